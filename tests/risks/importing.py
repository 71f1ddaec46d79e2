"""Steps of an import, as tests take them."""

from sqlalchemy import func, select

from tests.factories import enterprise as tenant
from tests.risks.ledgers import HEAD, Page, row, xlsx
from webapp.platform.audit import AuditEvent
from webapp.platform.database import reading
from webapp.platform.paging import PageRequest
from webapp.platform.tenancy import SYSTEM, Actor
from webapp.risks.queries.imports import preview, upload
from webapp.risks.queries.ledger import ledger
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.kept_preview import RowView
from webapp.risks.service import imports

NOW = tenant.NOW


def uploaded(officer: Actor, *rows: list[object], head: tuple[str, ...] = HEAD) -> object:
    data = xlsx(Page([head, *rows]))
    return imports.preview_upload(officer, data, "风险清单.xlsx", at=NOW)


def confirm(officer: Actor, import_id: object) -> None:
    found = upload(officer.scope, officer.enterprise_id, import_id)
    imports.confirm(officer, import_id, found.version, at=NOW)


def events(officer: Actor) -> list:
    return list(
        ledger(officer.scope, officer.enterprise_id, LedgerFilter(), PageRequest(size=100)).rows
    )


def count(model: type, officer: Actor) -> int:
    with reading(SYSTEM) as session:
        return session.execute(
            select(func.count()).where(model.enterprise_id == officer.enterprise_id)
        ).scalar_one()


def actions(officer: Actor) -> list[str]:
    with reading(SYSTEM) as session:
        return list(
            session.execute(
                select(AuditEvent.action)
                .where(AuditEvent.chain == officer.enterprise_id)
                .order_by(AuditEvent.position)
            ).scalars()
        )


def corrected(officer: Actor, import_id: object) -> None:
    found = preview(officer.scope, officer.enterprise_id, import_id, RowView.ALL, PageRequest())
    table = found.preview.tables[0]
    columns = {c.at: c.field for c in table.columns if c.field}
    columns |= {0: Field.POINT, 1: Field.HAZARD_SOURCE}
    imports.correct_mapping(
        officer, import_id, {table.fingerprint: columns}, version=found.upload.version, at=NOW
    )


def many(officer: Actor, rows: int = imports.AT_ONCE + 1) -> object:
    return uploaded(officer, *(row(number, point=f"风险点{number % 40}") for number in range(rows)))
