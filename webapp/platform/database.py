"""The database: metadata, engine, and the reading transaction of a scope."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DateTime,
    Engine,
    ForeignKeyConstraint,
    MetaData,
    Numeric,
    Text,
    Uuid,
    create_engine,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from webapp.platform.errors import Unavailable
from webapp.platform.tenancy import Scope, enter

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables; text has no length in the type, the forms and checks bound it."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this class attribute
        str: Text,
        datetime: DateTime(timezone=True),
        UUID: Uuid,
        Decimal: Numeric,
        dict[str, Any]: JSONB,
        list[str]: ARRAY(Text),
    }


def shortened(statement: str) -> str:
    """A statement on one line: up to 4,096 characters the driver keeps it parsed."""
    return " ".join(statement.split())


def tenant_reference(column: str, table: str) -> ForeignKeyConstraint:
    """A reference inside a tenant: the key carries ``enterprise_id``, so it cannot leave it."""
    return ForeignKeyConstraint(
        ["enterprise_id", column], [f"{table}.enterprise_id", f"{table}.id"]
    )


_engines: dict[str, Engine] = {}
_open: ContextVar[tuple[Session, Scope] | None] = ContextVar("open_transaction", default=None)


def configure(url: str, *, pool_size: int = 8) -> Engine:
    """Set the engine of this process; the restricted login, never the owner."""
    dispose()
    _engines["app"] = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=8,
        pool_pre_ping=False,
        pool_recycle=1800,
        connect_args={"connect_timeout": 5},
    )
    return _engines["app"]


def engine() -> Engine:
    """The engine of this process. Raises Unavailable before ``configure``."""
    try:
        return _engines["app"]
    except KeyError:
        raise Unavailable("数据库尚未配置。") from None


def dispose() -> None:
    """Close every connection, as before a fork and at the end."""
    for held in _engines.values():
        held.dispose()
    _engines.clear()


def open_transaction() -> tuple[Session, Scope] | None:
    """The transaction that the present use case or read runs in, if any."""
    return _open.get()


@contextmanager
def transaction(scope: Scope, *, bind: Engine | None = None) -> Iterator[Session]:
    """A new transaction in ``scope``; commits at the end, rolls back on any error."""
    session = _begun(scope, bind or engine())
    token = _open.set((session, scope))
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        _open.reset(token)
        session.close()


def _begun(scope: Scope, bind: Engine) -> Session:
    """A session inside ``scope``. Raises Unavailable while the database cannot be had."""
    try:
        return _entered(scope, bind)
    except OperationalError as error:
        if not error.connection_invalidated:
            raise Unavailable from error
    # The server had closed a connection that lay idle; nothing has been done on it yet.
    try:
        return _entered(scope, bind)
    except OperationalError as error:
        raise Unavailable from error


def _entered(scope: Scope, bind: Engine) -> Session:
    session = Session(bind, expire_on_commit=False, autoflush=True)
    try:
        enter(session.connection(), scope)
    except BaseException:
        session.close()
        raise
    return session


@contextmanager
def reading(scope: Scope) -> Iterator[Session]:
    """A session to read in ``scope``: the open transaction when it has that scope, else its own."""
    present = _open.get()
    if present is not None and present[1] == scope:
        yield present[0]
        return
    with transaction(scope) as session:
        yield session


@contextmanager
def snapshot(scope: Scope) -> Iterator[Session]:
    """A session whose every statement sees the same instant, for what is compared."""
    frozen = engine().execution_options(isolation_level="REPEATABLE READ")
    with transaction(scope, bind=frozen) as session:
        yield session
