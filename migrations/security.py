"""Row-level security as revisions write it: one role per kind of context, each policy simple.

A revision keeps the meaning it was released with, so a function here is never changed once a
release uses it; another policy is another function.
"""

from alembic import op

OWN = "= nullif(current_setting('app.enterprise', true), '')::uuid"
OWN_AGENCY = "= nullif(current_setting('app.agency', true), '')::uuid"
IN_REGION = (
    "region_code >= current_setting('app.region', true)"
    " and region_code < current_setting('app.region_end', true)"
)
READ, WRITE = "select", "select, insert, update"


def role(context: str) -> str:
    """The database role of a context."""
    return f"anqima_{context}"


def force(table: str) -> None:
    """Nobody reads or writes this table without a policy, its owner included."""
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")


def allow(
    table: str, context: str, using: str, *, grant: str = WRITE, command: str = "all"
) -> None:
    """Let a context see and write the rows for which ``using`` holds."""
    check = "" if command == "select" else f" with check ({using})"
    op.execute(
        f"create policy {context}_{command} on {table} for {command} to {role(context)}"
        f" using ({using}){check}"
    )
    op.execute(f"grant {grant} on {table} to {role(context)}")


def in_region(table: str, column: str = "enterprise_id") -> str:
    """The row's enterprise lies in the officer's region: ``enterprise`` has that policy itself."""
    return f"exists (select 1 from enterprise e where e.id = {table}.{column})"


def tenant(table: str, *, grant: str = WRITE, public: str = "") -> None:
    """A tenant table: own rows, rows of the region, everything for the system."""
    force(table)
    allow(table, "enterprise", f"enterprise_id {OWN}", grant=grant)
    allow(table, "officer", in_region(table), grant=grant)
    allow(table, "system", "true", grant="select, insert, update, delete")
    if public:
        allow(table, "public", f"enterprise_id {OWN}", grant=public, command="select")


def system_only(table: str) -> None:
    """A table that only the platform itself reads and writes."""
    force(table)
    allow(table, "system", "true", grant="select, insert, update, delete")


def monthly_partitions(table: str, first_year: int, last_year: int) -> None:
    """A partition a month, and one for what lies outside."""
    for year in range(first_year, last_year + 1):
        for month in range(1, 13):
            start = f"{year}-{month:02d}-01"
            end = f"{year + month // 12}-{month % 12 + 1:02d}-01"
            op.execute(
                f"create table {table}_p{year}{month:02d} partition of {table}"
                f" for values from ('{start}') to ('{end}')"
            )
    op.execute(f"create table {table}_default partition of {table} default")
