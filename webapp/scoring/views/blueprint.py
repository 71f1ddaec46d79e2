"""The blueprint that this room's views hang on."""

from flask import Blueprint

bp = Blueprint("scoring", __name__, template_folder="../templates")
