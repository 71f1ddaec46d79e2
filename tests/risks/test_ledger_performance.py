"""Counts without noise: statements of a page, plans that an import lives by."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import event

from tests.factories import enterprise as tenant
from tests.fixtures.actors import Browser, make_world
from tests.risks.ledgers import HEAD, Page, row, xlsx
from tests.risks.round_trips import exported, looked_at, with_cells
from webapp.platform import database
from webapp.risks.service import imports
from webapp.risks.service.round_trip import receive_upload

REFERENCED = ("risk_unit", "risk_point", "hazard_source", "risk_event", "control_measure")


@pytest.mark.parametrize("table", REFERENCED)
def test_a_reference_into_an_empty_ledger_is_checked_by_the_key(own_database: str, table: str):
    """What is planned while a table is empty goes on for as long as the connection lives."""
    with psycopg.connect(own_database.replace("+psycopg", "")) as connection:
        plan = connection.execute(
            f"explain select 1 from only {table} x"
            f" where enterprise_id = '{uuid4()}' and id = '{uuid4()}' for key share of x"
        ).fetchall()

    assert f"using pk_{table}" in str(plan)


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        seen.append(statement)

    event.listen(database.engine(), "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine(), "before_cursor_execute", note)


def imported(actor, rows: int) -> None:
    lines = [row(number, point=f"风险点{number % 25}") for number in range(rows)]
    data = xlsx(Page([HEAD, *lines]))
    import_id = imports.preview_upload(actor, data, "台账.xlsx", at=tenant.NOW)
    imports.import_rows(actor, import_id, at=tenant.NOW)


def test_a_page_of_the_ledger_takes_as_many_statements_however_long_it_is(app, own_database: str):
    counts = []
    for rows in (21, 400):
        world = make_world()
        imported(world["safety_officer"].actor, rows)
        browser = Browser(app, world["safety_officer"].token)
        browser.get("risks.ledger")
        with statements() as seen:
            page = browser.get("risks.ledger")
        assert len(page.select("tbody th")) == 20
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_an_import_takes_as_many_statements_however_many_rows_it_has(db: str):
    counts = []
    for rows in (30, 300):
        actor = tenant.staff_actor(tenant.enterprise())
        with statements() as seen:
            imported(actor, rows)
        counts.append(sum("risk_" in s or "control_measure" in s for s in seen))

    assert counts[0] == counts[1]


def test_a_returned_ledger_is_compared_in_as_many_statements_however_long_it_is(db: str):
    counts = []
    for rows in (30, 300):
        actor = tenant.staff_actor(tenant.enterprise())
        imported(actor, rows)
        lines = range(2, rows + 2)
        data = with_cells(exported(actor), {line: {"备注": "复评"} for line in lines})
        with statements() as seen:
            import_id = receive_upload(actor, data, "清单.xlsx", at=tenant.NOW)
        assert looked_at(actor, import_id).upload.ready_count == rows
        counts.append(len(seen))

    assert counts[0] == counts[1]
