"""The moments at which the power is cut, spread over a write from before it to after it."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

import psycopg

COMES_WITHIN_S = 30


class Moment(StrEnum):
    """Where in the write it happens; the first lies anywhere before and in its beginning."""

    EARLY = "before or at the beginning"
    WRITING = "a transaction has written and not committed"
    KEPT = "the first is committed, perhaps not answered"
    LATE = "all but one are committed"


@dataclass(frozen=True, slots=True)
class Cut:
    """Waits for a moment while ``at_once`` senders write to ``table``; one alone ``takes_s``."""

    owner: str
    table: str
    takes_s: float
    at_once: int
    chance: random.Random

    @contextmanager
    def at(self, moment: Moment) -> Iterator[Callable[[], None]]:
        """What returns at the moment, once the senders have begun inside the block."""
        plain = self.owner.replace("postgresql+psycopg://", "postgresql://")
        with psycopg.connect(plain, autocommit=True) as connection:
            before = self._rows(connection)
            yield lambda: self._wait(connection, moment, before)

    def _wait(self, connection: psycopg.Connection, moment: Moment, before: int) -> None:
        match moment:
            case Moment.EARLY:
                _pass(self.chance.uniform(0, self.takes_s))
            case Moment.WRITING:
                _come(lambda: self._is_written(connection))
            case Moment.KEPT:
                _come(lambda: self._rows(connection) > before)
            case Moment.LATE:
                _come(lambda: self._rows(connection) >= before + self.at_once - 1)

    def _rows(self, connection: psycopg.Connection) -> int:
        return _number(connection, f"select count(*) from {self.table}")

    def _is_written(self, connection: psycopg.Connection) -> bool:
        """An uncommitted insert holds its lock on the table until its transaction ends."""
        held = (
            "select count(*) from pg_locks where mode = 'RowExclusiveLock' and granted"
            f" and relation = '{self.table}'::regclass"
        )
        return _number(connection, held) > 0


def _number(connection: psycopg.Connection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    assert row is not None
    return row[0]


def _pass(seconds: float) -> None:
    # Not a wait for something: the very moment of the power cut is the subject.
    threading.Event().wait(seconds)


def _come(holds: Callable[[], bool]) -> None:
    """Without a pause between two looks: the moment is shorter than any."""
    ends = time.monotonic() + COMES_WITHIN_S
    while not holds():
        assert time.monotonic() < ends
