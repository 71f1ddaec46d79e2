"""Whether the process is alive and whether it can do its work."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from webapp.platform import jobs, schema
from webapp.platform.errors import AppError

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(alive=True)


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """The database answers, has this code's schema, and the queue moves."""
    try:
        current, queue = schema.current_revision(), jobs.status()
    except (SQLAlchemyError, AppError):
        return jsonify(ready=False, database=False), 503
    migrated = current == schema.newest_revision()
    body = {
        "ready": migrated,
        "database": True,
        "migrated": migrated,
        "queued": queue.queued,
        "oldest_s": round(queue.oldest_s, 1),
    }
    return jsonify(body), 200 if migrated else 503
