"""The ground floor's commands: schema, audit and jobs, as text or as JSON."""

import json
import signal
import sys
import threading
from dataclasses import asdict, is_dataclass
from typing import Any

import click
from flask import Flask, current_app
from redis import Redis
from rq import Queue, SimpleWorker

from webapp.config import Settings
from webapp.platform import audit, jobs, schema


def tell(value: Any, words: str, *, as_json: bool) -> None:
    """Print the words for people, or the value as JSON for scripts."""
    if as_json:
        plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
        click.echo(json.dumps(plain, ensure_ascii=False, default=str))
    else:
        click.echo(words)


json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@click.command("db-upgrade")
def db_upgrade() -> None:
    """把数据库升级到最新结构。"""
    settings = _settings()
    schema.upgrade(settings.database_url, settings.app_password)
    click.echo("数据库已是最新结构。")


@click.group("audit")
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


@click.group("jobs")
def jobs_group() -> None:
    """后台任务。"""


@jobs_group.command("status")
@json_option
def jobs_status(as_json: bool) -> None:  # noqa: FBT001 - click passes it
    """排队、执行、失败的任务数。"""
    found = jobs.status()
    words = (
        f"排队 {found.queued}，执行中 {found.running}，失败 {found.failed}，"
        f"最久等待 {found.oldest_s:.0f} 秒。"
    )
    tell(found, words, as_json=as_json)
    if found.failed:
        sys.exit(1)


@jobs_group.command("work")
@click.option("--until-empty", is_flag=True, help="做完到期任务后退出。")
def jobs_work(until_empty: bool) -> None:  # noqa: FBT001 - click passes it
    """执行后台任务，直到中断。"""
    url = _settings().redis_url
    if url:
        redis = Redis.from_url(url)
        jobs.dispatch(redis)
        SimpleWorker([Queue(jobs.QUEUE, connection=redis)], connection=redis).work(
            burst=until_empty
        )
        return
    if until_empty:
        while jobs.run_one():
            pass
        return
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    worker = jobs.Worker()
    worker.start()
    ended.wait()
    worker.end()
    worker.join()


def init_app(app: Flask) -> None:
    """Add the commands."""
    for command in (db_upgrade, audit_group, jobs_group):
        app.cli.add_command(command)
