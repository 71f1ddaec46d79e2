"""The room's blueprint."""

from flask import Blueprint

bp = Blueprint("hazards", __name__, template_folder="../templates")
