"""Each command speaks to people and to scripts, and says in one sentence what stands in its way."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from redis import Redis

from tests.fixtures.server import ROOT, free_port
from webapp.platform import database, schema

UNKNOWN = "91410502MA00000000"
CONTRACT = [
    "db-upgrade",
    "demo seed",
    "demo accounts",
    "audit verify",
    "score explain",
    "stats recount",
    "ledger import",
    "documents verify",
    "jobs work",
    "jobs status",
    "users create-operator",
]
ENDS_WITHIN_S = 90


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


@pytest.mark.parametrize("command", CONTRACT)
def test_each_command_takes_json(app: Flask, command: str):
    assert "--json" in run(app, *command.split(), "--help").output


@pytest.fixture
def with_settings(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Run the commands with other settings for this test."""

    def change(**values: str) -> None:
        settings = replace(app.extensions["settings"], **values)
        monkeypatch.setitem(app.extensions, "settings", settings)

    return change


def test_the_upgrade_tells_the_revision(app: Flask, own_database: str, with_settings):
    with_settings(database_url=own_database)

    told = json.loads(run(app, "db-upgrade", "--json").stdout)

    assert told == {"revision": schema.newest_revision()}


@pytest.mark.parametrize("with_redis", [False, True])
def test_a_worker_that_has_emptied_the_queue_tells_how_it_stands(
    app: Flask, own_database: str, redis: Redis, redis_url: str, with_settings, *, with_redis: bool
):
    with_settings(redis_url=redis_url if with_redis else "")

    told = run(app, "jobs", "work", "--until-empty", "--json")

    assert json.loads(told.stdout) == {"queued": 0, "running": 0, "failed": 0, "oldest_s": 0.0}


def test_a_refusal_is_an_error_in_json_and_a_sentence_without(app: Flask, db: str):
    refused = run(app, "score", "explain", UNKNOWN, "--json")
    words = json.loads(refused.stdout)["error"]

    assert refused.exit_code == 1
    assert run(app, "score", "explain", UNKNOWN).stderr == f"{words}\n"


def test_a_database_that_is_away_is_told_in_words(app: Flask, db: str):
    kept = database.engine().url.render_as_string(hide_password=False)
    database.configure(f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/none")
    try:
        told = run(app, "jobs", "status", "--json")
    finally:
        database.configure(kept)

    assert told.exit_code == 1
    assert "无法连接数据库" in json.loads(told.stdout)["error"]


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"ENVIRONMENT": "production"}, "必须设置不少于 32 个字符的 SECRET_KEY"),
        ({"DATABASE_URL": "anqima.example"}, "DATABASE_URL 不是 PostgreSQL 的地址"),
        ({"TRUSTED_PROXIES": "one"}, "现在是“one”"),
        ({"INSTANCE_PATH": "/dev/null/anqima"}, "无法"),
    ],
)
def test_settings_that_cannot_work_are_told_in_one_sentence(
    environment: dict[str, str], words: str, tmp_path: Path
):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "status"],
        cwd=ROOT,
        env={**kept, "INSTANCE_PATH": str(tmp_path / "instance"), **environment},
        capture_output=True,
        text=True,
        timeout=ENDS_WITHIN_S,
        check=False,
    )

    assert done.returncode != 0
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
