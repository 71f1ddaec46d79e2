"""Migrations run as the owner, on the connection or the address they are given."""

import re

from alembic import context
from sqlalchemy import Connection, create_engine, pool, text

from webapp.platform.database import Base
from webapp.platform.schema import load_models

load_models()

PARTITION = re.compile(r"(audit_event|check_answer)_(p\d{6}|default)")

# A migration that waits for a lock holds up every request behind it.
LIMITS = "set lock_timeout = '4s'; set statement_timeout = '5s'"


def include_object(_found: object, name: str | None, kind: str, *_rest: object) -> bool:
    """Leave out the monthly partitions, which belong to their parent table."""
    return kind != "table" or name is None or not PARTITION.fullmatch(name)


def run(connection: Connection) -> None:
    """Run the migrations in one transaction each."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        include_object=include_object,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """Use the caller's connection when there is one."""
    given = context.config.attributes.get("connection")
    if given is not None:
        run(given)
        return
    engine = create_engine(
        context.config.get_main_option("sqlalchemy.url", ""), poolclass=pool.NullPool
    )
    with engine.connect() as connection:
        connection.execute(text(LIMITS))
        connection.commit()
        run(connection)


main()
