"""Bringing a database to the newest schema, and knowing whether it is there."""

import importlib
import pkgutil
from pathlib import Path

import psycopg
import psycopg.sql
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, make_url, pool, text
from sqlalchemy.exc import OperationalError

from webapp.config import APP_LOGIN
from webapp.platform import database
from webapp.platform.errors import Unavailable

_ROOT = Path(__file__).resolve().parents[2]
CONNECT_WITHIN_S = 10


def load_models() -> None:
    """Import every room's tables, so that the metadata is whole."""
    package = importlib.import_module("webapp")
    for room in pkgutil.iter_modules(package.__path__, "webapp."):
        if not room.ispkg:
            continue
        found = importlib.import_module(room.name)
        for furniture in pkgutil.iter_modules(found.__path__, f"{room.name}."):
            if furniture.name.endswith(".models"):
                models = importlib.import_module(furniture.name)
                for topic in pkgutil.iter_modules(models.__path__, f"{furniture.name}."):
                    importlib.import_module(topic.name)
    for name in ("audit", "idempotency", "numbering", "outbox", "storage"):
        importlib.import_module(f"webapp.platform.{name}")


def _config(owner_url: str) -> Config:
    config = Config(_ROOT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", owner_url.replace("%", "%%"))
    return config


def newest_revision() -> str | None:
    """The revision that this code needs."""
    return ScriptDirectory.from_config(_config("")).get_current_head()


def upgrade(owner_url: str, app_password: str, *, revision: str = "head") -> None:
    """Migrate as the owner and let the restricted login in. Raises Unavailable without a server."""
    owner_revision(owner_url)
    command.upgrade(_config(owner_url), revision)
    plain = owner_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(
            psycopg.sql.SQL("alter role {} with login password {}").format(
                psycopg.sql.Identifier(APP_LOGIN), psycopg.sql.Literal(app_password)
            )
        )


def downgrade(owner_url: str, revision: str) -> None:
    """Go back to an earlier revision, as the owner."""
    command.downgrade(_config(owner_url), revision)


def current_revision() -> str | None:
    """The revision that the database of this process is at."""
    with database.engine().connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def owner_revision(owner_url: str) -> str | None:
    """The revision of a database, asked as its owner. Raises Unavailable when it cannot be had."""
    within = {"connect_timeout": CONNECT_WITHIN_S}
    engine = create_engine(owner_url, poolclass=pool.NullPool, connect_args=within)
    try:
        with engine.connect() as connection:
            connection.execute(text("select 1"))
            return MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        raise Unavailable(_unreachable(owner_url)) from error


def _unreachable(url: str) -> str:
    """What to look at when this database does not answer; without its password."""
    parts = make_url(url)
    place = f"{parts.host or '本机'}:{parts.port or 5432}/{parts.database or ''}"
    return (
        f"无法以用户 {parts.username or ''} 连接数据库 {place}，"
        "请核对 DATABASE_URL，并确认数据库正在运行、允许这个用户登录。"
    )
