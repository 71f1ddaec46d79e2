"""Removing what a seeding that was killed has left, so that the next one starts clean."""

from sqlalchemy import create_engine, pool, text

_TABLES = text(
    "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
    " where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition"
    " and c.relname <> 'alembic_version' order by 1"
)


def clear_half_made(owner_url: str) -> None:
    """Empty every table of a half-made city, as the owner; the platform's chain begins anew.

    Only for a database in which nothing but a seeding has written.
    """
    engine = create_engine(owner_url, poolclass=pool.NullPool)
    with engine.begin() as connection:
        names = ", ".join(f'"{name}"' for name in connection.execute(_TABLES).scalars())
        connection.execute(text(f"truncate {names} restart identity"))
        connection.execute(
            text("insert into audit_head values ('00000000-0000-0000-0000-000000000000', 0, '')")
        )
