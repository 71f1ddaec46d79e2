"""What all commands share, and the ground floor's own: schema, audit and jobs."""

import json
import signal
import sys
import threading
from dataclasses import asdict, is_dataclass
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from rq import Queue, SimpleWorker
from sqlalchemy.exc import OperationalError

from webapp.config import Settings
from webapp.platform import audit, jobs, schema
from webapp.platform.errors import AppError, Invalid, Unavailable


def tell(value: Any, words: str, *, as_json: bool) -> None:
    """Print the words for people, or the value as JSON for scripts."""
    if as_json:
        plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
        click.echo(json.dumps(plain, ensure_ascii=False, default=str))
    else:
        click.echo(words)


json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")

NO_DATABASE = "无法连接数据库，请核对 DATABASE_URL，并确认数据库正在运行。"
NO_REDIS = "无法连接 Redis，请核对 REDIS_URL，并确认它正在运行。"


class Command(click.Command):
    """A command that says what went wrong in one sentence, or as ``{"error"}`` with ``--json``."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exits with 1 when it is refused or the database is away."""
        try:
            return super().invoke(ctx)
        except AppError as error:
            words = refusal(error)
        except OperationalError as error:
            # A server that answers gives its errors a state; one that is away cannot.
            if getattr(error.orig, "sqlstate", None) is not None:
                raise
            words = NO_DATABASE
        except RedisConnectionError:
            words = NO_REDIS
        if ctx.params.get("as_json"):
            click.echo(json.dumps({"error": words}, ensure_ascii=False))
        else:
            click.echo(words, err=True)
        return ctx.exit(1)


class Group(AppGroup):
    """A group of such commands."""

    command_class = Command


def refusal(error: AppError) -> str:
    """The words of a refusal for someone at a terminal, who has no page and no form."""
    if isinstance(error, Unavailable) and error.message == Unavailable().message:
        return NO_DATABASE
    if isinstance(error, Invalid):
        return "；".join(error.fields.values())
    return error.message


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@click.command("db-upgrade", cls=Command)
@json_option
@with_appcontext
def db_upgrade(as_json: bool) -> None:  # noqa: FBT001 - click passes it
    """把数据库升级到最新结构。"""
    settings = _settings()
    schema.upgrade(settings.database_url, settings.app_password)
    revision = schema.owner_revision(settings.database_url)
    tell({"revision": revision}, f"数据库已是最新结构（{revision}）。", as_json=as_json)


@click.group("audit", cls=Group)
def audit_group() -> None:
    """审计链。"""


@audit_group.command("verify")
@json_option
def audit_verify(as_json: bool) -> None:  # noqa: FBT001 - click passes it
    """逐条核验审计链，指出第一处断裂。"""
    found = audit.verify()
    words = f"{found.chains} 条链，{found.events} 条记录，断裂 {len(found.broken)} 处。"
    for link in found.broken:
        words += f"\n断裂：链 {link.chain} 第 {link.position} 条 {link.event_id or ''}"
    tell(found, words, as_json=as_json)
    if found.broken:
        sys.exit(1)


@click.group("jobs", cls=Group)
def jobs_group() -> None:
    """后台任务。"""


@jobs_group.command("status")
@json_option
def jobs_status(as_json: bool) -> None:  # noqa: FBT001 - click passes it
    """排队、执行、失败的任务数。"""
    found = jobs.status()
    tell(found, _standing(found), as_json=as_json)
    if found.failed:
        sys.exit(1)


@jobs_group.command("work")
@click.option("--until-empty", is_flag=True, help="做完到期任务后退出。")
@json_option
def jobs_work(until_empty: bool, as_json: bool) -> None:  # noqa: FBT001 - click passes both
    """执行后台任务，直到中断；退出时说出队列的情况。"""
    url = _settings().redis_url
    if url:
        redis = Redis.from_url(url)
        jobs.dispatch(redis)
        SimpleWorker([Queue(jobs.QUEUE, connection=redis)], connection=redis).work(
            burst=until_empty
        )
    elif until_empty:
        while jobs.run_one():
            pass
    else:
        _work_until_told()
    found = jobs.status()
    tell(found, _standing(found), as_json=as_json)


def _work_until_told() -> None:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    worker = jobs.Worker()
    worker.start()
    ended.wait()
    worker.end()
    worker.join()


def _standing(found: jobs.Status) -> str:
    return (
        f"排队 {found.queued}，执行中 {found.running}，失败 {found.failed}，"
        f"最久等待 {found.oldest_s:.0f} 秒。"
    )


def init_app(app: Flask) -> None:
    """Add the commands."""
    for command in (db_upgrade, audit_group, jobs_group):
        app.cli.add_command(command)
