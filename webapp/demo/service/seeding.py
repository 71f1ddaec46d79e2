"""Seeding once: what is there stays, what was begun and killed is begun anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from psycopg import Connection
from sqlalchemy import event, text

from webapp.demo.queries.city import CityCounts, CityState, city_counts, city_state, is_enlarged
from webapp.demo.service.city import Surroundings, make_city
from webapp.demo.service.clearing import clear_half_made
from webapp.demo.service.large_city import make_large_city
from webapp.platform import database
from webapp.platform.errors import RuleBroken
from webapp.platform.tenancy import system_actor

FOREIGN = (
    "数据库里已有其他企业或机关的数据，演示城市只写入空库。"
    "请换一个数据文件夹（INSTANCE_PATH）或空数据库后再试。"
)
BUSY = "另一个进程正在写入演示城市，请等它完成。"


def seed(
    surroundings: Surroundings, *, owner_url: str, enterprises: int, at: datetime
) -> CityCounts | None:
    """Make the demo city, and beside it so many small enterprises; None when all is there.

    Raises RuleBroken for a database that holds something else.
    """
    with _alone():
        is_new = False
        match city_state():
            case CityState.FOREIGN:
                raise RuleBroken(FOREIGN)
            case CityState.HALF_MADE:
                clear_half_made(owner_url)
                is_new = True
            case CityState.EMPTY:
                is_new = True
            case CityState.MADE:
                pass
        with _in_a_hurry():
            if is_new:
                make_city(surroundings, at=at)
            if enterprises and not is_enlarged():
                make_large_city(system_actor("demo"), enterprises, at=at)
                is_new = True
    return city_counts() if is_new else None


@contextmanager
def _in_a_hurry() -> Iterator[None]:
    """Do not wait for the disk at each commit: a seeding that is killed begins anew anyway."""

    def connected(connection: Connection, *_: object) -> None:
        connection.execute("set synchronous_commit = off")
        connection.commit()

    engine = database.engine()
    event.listen(engine, "connect", connected)
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, "connect", connected)
        engine.dispose()
        with engine.begin() as connection:
            # Whoever waits for this commit waits for all before it.
            connection.execute(text("select pg_current_xact_id()"))


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the one lock of seeding. Raises RuleBroken while another process holds it."""
    name = {"name": "demo.seeding"}
    with database.engine().connect() as connection:
        # The pool is made anew meanwhile and would lose sight of this connection.
        connection.detach()
        held = connection.execute(
            text("select pg_try_advisory_lock(hashtextextended(:name, 0))"), name
        ).scalar_one()
        if not held:
            raise RuleBroken(BUSY)
        try:
            yield
        finally:
            connection.execute(text("select pg_advisory_unlock(hashtextextended(:name, 0))"), name)
