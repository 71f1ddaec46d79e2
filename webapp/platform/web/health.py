"""Whether the process is alive and whether it can do its work."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from webapp.platform import jobs, pulse, schema
from webapp.platform.errors import AppError

bp = Blueprint("health", __name__)

NO_DATABASE = "数据库没有应答。"


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(alive=True)


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """The database answers, has this code's schema, and the queue moves."""
    try:
        current, queue, stalled = schema.current_revision(), jobs.status(), pulse.stalled_s()
    except (SQLAlchemyError, AppError):
        return jsonify(ready=False, database=False, words=NO_DATABASE), 503
    migrated = current == schema.newest_revision()
    words = _words(stalled, migrated=migrated)
    body = {
        "ready": not words,
        "database": True,
        "migrated": migrated,
        "queue_moves": stalled is None,
        "queued": queue.queued,
        "oldest_s": round(queue.oldest_s, 1),
        "words": words,
    }
    return jsonify(body), 503 if words else 200


def _words(stalled: float | None, *, migrated: bool) -> str:
    """What keeps the installation from working, for whoever is called at night."""
    if not migrated:
        return "数据库结构不是这一版程序的，请运行 db-upgrade。"
    if stalled is not None:
        return (
            f"后台任务停了：最早的已等 {stalled / 60:.0f} 分钟，没有任务进程在做。"
            "请检查 jobs work 或网页进程里的任务线程。"
        )
    return ""
