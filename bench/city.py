"""Databases of two sizes in one throw-away server, made by the product's own generator."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from flask import Flask

from webapp import create_app
from webapp.config import Settings
from webapp.demo.service.large_city import Size, make_large_city
from webapp.platform import cluster, database, schema
from webapp.platform.tenancy import system_actor

PASSWORD = "0" * 64
TUNED = {"shared_buffers": "1GB", "max_connections": "100", "work_mem": "32MB"}


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL server of our own; the owner's address of ``postgres``."""
    with TemporaryDirectory(prefix="anqima-bench-") as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "postgresql"
        address = cluster.start(folder)
        with psycopg.connect(plain(address), autocommit=True) as connection:
            for setting, value in TUNED.items():
                connection.execute(f"alter system set {setting} = '{value}'")
        cluster.stop(folder)
        try:
            yield cluster.start(folder)
        finally:
            database.dispose()
            cluster.stop(folder)


def plain(address: str) -> str:
    """The address as psycopg takes it."""
    return address.replace("postgresql+psycopg://", "postgresql://")


def restricted(owner: str) -> str:
    """The same database for the restricted login."""
    return owner.replace("postgres:@", f"anqima_app:{PASSWORD}@")


def make(address: str, name: str, *, enterprises: int, hazards: int, at: datetime) -> str:
    """A migrated database with a city in it; its owner address."""
    owner = cluster.ensure_database(address, name)
    schema.upgrade(owner, PASSWORD)
    database.configure(restricted(owner))
    size = Size(points=2, events_per_point=2, hazards=hazards)
    make_large_city(system_actor("bench"), enterprises, at=at, size=size)
    database.dispose()
    with psycopg.connect(plain(owner), autocommit=True) as connection:
        connection.execute("vacuum analyze")
    return owner


def application(owner: str, folder: Path) -> Flask:
    """The product on this database."""
    app = create_app(
        Settings(
            secret_key="bench" * 16,
            instance=folder,
            database_url=owner,
            database_app_url=restricted(owner),
            in_process_jobs=False,
        )
    )
    app.config["RATELIMIT_ENABLED"] = False
    return app
