"""The database goes away under the running web server, and comes back."""

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.dom import Page
from tests.fixtures.actors import make_world
from tests.fixtures.database import PASSWORD, restricted
from tests.fixtures.server import eventually, served
from tests.promises.conftest import Town
from tests.promises.visitor import Visitor, health
from webapp.enterprise.queries.organisation import departments
from webapp.platform import audit, cluster, database, schema, storage
from webapp.platform.tenancy import enterprise_scope

NEW_DEPARTMENT = "/organisation/departments/new"


@pytest.fixture(scope="module")
def postgres(folder: Path) -> Iterator[Path]:
    """A database server of this module's own, that may be hurt."""
    place = folder / "cluster"
    yield place
    cluster.stop(place)


@pytest.fixture(scope="module")
def town(postgres: Path, owner_address: str, _worker_engine: None, folder: Path) -> Iterator[Town]:
    """A town whose database is that one."""
    owner = cluster.ensure_database(cluster.start(postgres), "town")
    schema.upgrade(owner, PASSWORD)
    database.configure(restricted(owner))
    storage.configure(folder / "files")
    try:
        with served(owner, folder) as server:
            yield Town(server, make_world())
    finally:
        database.configure(restricted(owner_address))


def department_names(town: Town) -> list[str]:
    """All departments there are, asked for anew after the server's return."""
    database.configure(restricted(town.server.owner))
    place = town.world.enterprise_id
    return [row.name for row in departments(enterprise_scope(place), place)]


def is_back(town: Town) -> Callable[[], bool]:
    return lambda: health(town.visitor(), "/readyz")[0] == 200


def test_pages_say_so_and_come_back_with_the_database(town: Town, postgres: Path) -> None:
    visitor = town.visitor(town.world["safety_officer"])
    form = visitor.form(NEW_DEPARTMENT).fill(name="仓储部")
    worker = town.server.process
    assert worker is not None
    cluster.stop(postgres)

    assert health(visitor, "/healthz") == (200, {"alive": True})
    status, told = health(visitor, "/readyz")
    assert (status, told["ready"], told["database"]) == (503, False, False)
    assert told["words"] == "数据库没有应答。"
    for page in (visitor.get("/organisation"), visitor.send(form)):
        assert page.status == 503
        assert page.one("h1").text == "暂时连不上"
    assert town.visitor().get("/login").status == 200

    cluster.start(postgres)
    # At once, with the same form: the page that lay open all the while.
    assert visitor.send(form).status == 303
    assert health(visitor, "/readyz")[1]["ready"] is True
    assert visitor.get("/organisation").status == 200
    assert department_names(town).count("仓储部") == 1
    assert worker.poll() is None


@contextmanager
def in_use(visitors: list[Visitor], names: str) -> Iterator[list[tuple[str, Page]]]:
    """All add departments without a pause for as long as the block lasts; gives all answers."""
    ending = threading.Event()
    answers: list[tuple[str, Page]] = []

    def use(visitor: Visitor, number: int) -> None:
        form = visitor.form(NEW_DEPARTMENT)
        for turn in itertools.count(1):
            if ending.is_set():
                return
            name = f"{names} {number}-{turn}"
            answers.append((name, visitor.send(form.fill(name=name))))

    threads = [
        threading.Thread(target=use, args=(visitor, number))
        for number, visitor in enumerate(visitors, 1)
    ]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        ending.set()
        for thread in threads:
            thread.join()


def postmaster(postgres: Path) -> psutil.Process:
    """The database server's first process."""
    return psutil.Process(int((postgres / "postmaster.pid").read_text().split()[0]))


def backends(postgres: Path) -> list[psutil.Process]:
    """The database server's processes that work for the web server."""
    children = postmaster(postgres).children()
    return [each for each in children if "anqima_app" in " ".join(each.cmdline())]


@pytest.mark.parametrize("whom", ["backend", "postmaster"])
def test_a_killed_database_costs_no_acknowledged_write(
    town: Town, postgres: Path, whom: str
) -> None:
    visitors = [town.visitor(town.world["safety_officer"]) for _ in range(3)]
    with in_use(visitors, whom) as answers:
        assert eventually(lambda: len(answers) >= 6)
        killed = backends(postgres)[0] if whom == "backend" else postmaster(postgres)
        killed.kill()
        killed.wait(10)
        cluster.start(postgres)
        assert eventually(is_back(town))
        after = len(answers)
        assert eventually(lambda: len(answers) >= after + 6)

    assert {page.status for _, page in answers} <= {303, 503}
    kept = department_names(town)
    for name, page in answers:
        if page.status == 303:
            assert kept.count(name) == 1
        else:
            assert kept.count(name) <= 1
    assert not audit.verify().broken
