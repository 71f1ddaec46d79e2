"""Counting what a read asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from webapp.platform.database import engine


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent meanwhile, without the one that enters the scope."""
    sent: list[str] = []

    def keep(_connection, _cursor, statement, *_rest) -> None:
        if "set_config" not in statement:
            sent.append(statement)

    event.listen(engine(), "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(engine(), "before_cursor_execute", keep)
