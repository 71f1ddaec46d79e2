"""The room's door in Flask."""

from flask import Blueprint

bp = Blueprint("enterprise", __name__, template_folder="../templates")
