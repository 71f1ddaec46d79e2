"""Up, down and up again, and no difference to what the models say."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic import command

from tests.fixtures.database import PASSWORD, execute, named
from webapp.platform import schema

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = sorted((ROOT / "migrations" / "versions").glob("[0-9]*.py"))


@pytest.fixture(scope="module")
def empty_database(cluster_address: str) -> Iterator[str]:
    """A database of its own, without a table in it; its owner's address."""
    name = f"migrated_{uuid4().hex[:8]}"
    execute(cluster_address, f"create database {name}")
    yield named(cluster_address, name)
    execute(cluster_address, f"drop database {name} with (force)")


def tables(address: str) -> set[str]:
    with psycopg.connect(address.replace("+psycopg", "")) as connection:
        rows = connection.execute(
            "select tablename from pg_tables where schemaname = 'public'"
            " and tablename <> 'alembic_version'"
        ).fetchall()
    return {row[0] for row in rows}


def policies(address: str) -> set[tuple[str, ...]]:
    with psycopg.connect(address.replace("+psycopg", "")) as connection:
        rows = connection.execute(
            "select tablename, policyname, cmd, qual, with_check from pg_policies"
        ).fetchall()
    return set(rows)


def test_every_revision_can_be_taken_back_and_made_again(empty_database: str):
    schema.upgrade(empty_database, PASSWORD)
    first = tables(empty_database), policies(empty_database)

    schema.downgrade(empty_database, "base")
    assert tables(empty_database) == set()
    schema.upgrade(empty_database, PASSWORD)

    assert (tables(empty_database), policies(empty_database)) == first


def test_the_models_say_what_the_migrations_make(empty_database: str):
    schema.upgrade(empty_database, PASSWORD)

    # Raises CommandError naming each difference.
    command.check(schema._config(empty_database))


def test_the_newest_revision_is_written_down_for_those_who_merge():
    newest = VERSIONS[-1].name.partition("_")[0]

    assert (ROOT / "migrations" / "head.txt").read_text().strip() == newest
    assert schema.newest_revision() == newest


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_revision_says_whether_it_expands_or_contracts(path: Path):
    assert re.search(r"^(expand|contract): .", path.read_text(), re.MULTILINE)
