"""The newcomer's one command: it says what stands in its way, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.fixtures.database import restricted
from tests.fixtures.server import ROOT, eventually, free_port
from webapp.config import from_environment
from webapp.demo.queries.city import MADE
from webapp.platform import cluster, database, schema
from webapp.platform.clock import now
from webapp.platform.tenancy import system_actor
from webapp.platform.unit_of_work import unit_of_work

# Generous, as the machine may be busy: what is asked is that it ends, not how fast.
STARTS_WITHIN_S, ENDS_WITHIN_S = 180, 90
OWN = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


@dataclass(frozen=True, slots=True)
class Installation:
    """A folder with a database in which the city is said to be made."""

    folder: Path

    def environment(self, port: int | str, **others: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in OWN if name in os.environ}
        own = {"INSTANCE_PATH": str(self.folder), "PORT": str(port), "WEB_WORKERS": "1"}
        return {**kept, **own, **others}

    def refused(self, port: int | str, **others: str) -> str:
        """What a start says that must not come to anything."""
        done = subprocess.run(
            [sys.executable, "scripts/serve.py"],
            cwd=ROOT,
            env=self.environment(port, **others),
            capture_output=True,
            text=True,
            timeout=ENDS_WITHIN_S,
            check=False,
        )
        assert done.returncode != 0
        assert "Traceback" not in done.stderr
        return done.stderr

    @contextmanager
    def begun(self, port: int) -> Iterator[subprocess.Popen[bytes]]:
        """The command in a terminal of its own; what is left of it is ended."""
        with (self.folder / "log").open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "scripts/serve.py"],
                cwd=ROOT,
                env=self.environment(port),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait(ENDS_WITHIN_S)

    @contextmanager
    def served(self, port: int) -> Iterator[subprocess.Popen[bytes]]:
        """The command, ready."""
        with self.begun(port) as process:
            assert eventually(
                lambda: is_ready(process, port, self.folder / "log"), within_s=STARTS_WITHIN_S
            )
            yield process

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    @property
    def postmaster(self) -> Path:
        return self.folder / "postgresql" / "postmaster.pid"


def is_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> bool:
    assert process.poll() is None, log.read_text()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
            return True
    except (OSError, HTTPException):
        return False


def family(process: subprocess.Popen[bytes], postmaster: Path) -> list[psutil.Process]:
    """Everything that the command has started."""
    server = psutil.Process(int(postmaster.read_text().split()[0]))
    web = psutil.Process(process.pid).children(recursive=True)
    return [*web, server, *server.children(recursive=True)]


@pytest.fixture(scope="module")
def installation(folder: Path, owner_address: str, _worker_engine: None) -> Iterator[Installation]:
    place = folder / "instance"
    settings = from_environment({"INSTANCE_PATH": str(place)})
    with cluster.running(place / "postgresql") as server:
        owner = cluster.ensure_database(server, cluster.DATABASE)
        schema.upgrade(owner, settings.app_password)
        database.configure(settings.restricted_url(owner))
        # As the last thing that seeding does; the city itself is not needed here.
        with unit_of_work(system_actor("demo"), MADE, at=now()):
            pass
        database.configure(restricted(owner_address))
    yield Installation(place)
    cluster.stop(place / "postgresql")


def test_a_taken_port_is_told_before_anything_is_started(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = installation.refused(taken.getsockname()[1])

    assert "已被占用" in said
    assert not installation.postmaster.exists()


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_a_port_that_is_none_is_told(installation: Installation, port: str) -> None:
    assert f"现在是“{port}”" in installation.refused(port)


def test_a_folder_that_cannot_be_made_is_told(folder: Path) -> None:
    (folder / "file").touch()

    said = Installation(folder / "file" / "instance").refused(free_port())

    assert said.startswith("无法")
    assert "file/instance" in said


def test_a_database_that_does_not_answer_is_told(folder: Path) -> None:
    address = f"postgresql://owner:hidden@127.0.0.1:{free_port()}/anqima"

    said = Installation(folder / "away").refused(free_port(), DATABASE_URL=address)

    assert said.startswith("无法以用户 owner 连接数据库 127.0.0.1:")
    assert "hidden" not in said


def test_an_interrupt_leaves_no_process_and_the_next_start_works(
    installation: Installation,
) -> None:
    port = free_port()
    for _ in range(2):
        with installation.served(port) as process:
            started = family(process, installation.postmaster)
            assert len(started) > 3
            said = installation.refused(free_port())
            assert "正被另一个安企码使用" in said
            process.send_signal(signal.SIGINT)
            assert process.wait(ENDS_WITHIN_S) == 0
        assert psutil.wait_procs(started, timeout=ENDS_WITHIN_S)[1] == []
        assert not installation.postmaster.exists()
        assert "已停止" in installation.log
    assert [path.name for path in installation.folder.glob("accounts.*")] == ["accounts.txt"]


def test_an_interrupt_while_it_starts_leaves_no_process(installation: Installation) -> None:
    with installation.begun(free_port()) as process:
        assert eventually(installation.postmaster.exists, within_s=STARTS_WITHIN_S)
        process.send_signal(signal.SIGINT)
        assert process.wait(ENDS_WITHIN_S) is not None
    assert not installation.postmaster.exists()


def test_killed_outright_it_takes_the_web_with_it_and_starts_again(
    installation: Installation,
) -> None:
    port = free_port()
    with installation.served(port) as process:
        web = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait(ENDS_WITHIN_S)
        assert psutil.wait_procs(web, timeout=ENDS_WITHIN_S)[1] == []
    with installation.served(port) as process:
        started = family(process, installation.postmaster)
        process.send_signal(signal.SIGTERM)
        assert process.wait(ENDS_WITHIN_S) == 0
    assert psutil.wait_procs(started, timeout=ENDS_WITHIN_S)[1] == []


def test_the_mark_of_a_dead_server_harms_nobody(installation: Installation) -> None:
    """After a power cut the mark's process id may be anybody's, such as ours."""
    place = installation.postmaster.parent
    lines = [os.getpid(), place, 1, 5432, place, "", "1 1", "ready"]
    installation.postmaster.write_text("".join(f"{line}\n" for line in lines))

    cluster.stop(place)
    with cluster.running(place) as server:
        assert answers(server)


def test_a_server_that_is_still_coming_up_is_waited_for(installation: Installation) -> None:
    place = installation.postmaster.parent
    with cluster.running(place):
        ready = installation.postmaster.read_text()
        assert ready.rstrip().endswith("ready")
        installation.postmaster.write_text(ready.replace("ready", "starting"))
        recovered = threading.Timer(1, installation.postmaster.write_text, [ready])
        recovered.start()

        assert answers(cluster.start(place))
        recovered.join()


def test_an_interrupted_first_start_is_begun_again(folder: Path) -> None:
    place = folder / "half"
    place.mkdir()
    (place / "PG_VERSION").write_text("18\n")
    (folder / "half.unfinished").touch()

    with cluster.running(place) as server:
        assert answers(server)
    assert not (folder / "half.unfinished").exists()


def answers(server: str) -> bool:
    plain = server.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain) as connection:
        return connection.execute("select 1").fetchone() == (1,)
