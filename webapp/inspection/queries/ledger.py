"""The enterprise's own ledger as officers search it on the spot, and the criteria beside it."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from webapp.inspection.models.cases import CaseOfficer, InspectionCase
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent, RiskPoint
from webapp.risks.models.measures import ControlMeasure
from webapp.standards.risk_methods import RiskLevel

MOST_FOUND = 40


@dataclass(frozen=True, slots=True)
class LedgerPlace:
    """A place on the ledger: a point, one of its events, one of the event's measures."""

    point_id: UUID | None
    event_id: UUID | None
    measure_id: UUID | None
    point: str = ""
    event: str = ""
    measure: str = ""
    level: str | None = None
    value: Decimal | None = None

    @property
    def words(self) -> str:
        """Point › measure or event."""
        return " › ".join(part for part in (self.point, self.measure or self.event) if part)


_GRAVITY = func.array_position([str(level) for level in RiskLevel], RiskEvent.level)


def _rows(enterprise_id: UUID) -> "Select[*tuple[object, ...]]":
    return (
        select(
            RiskPoint.id,
            RiskEvent.id,
            ControlMeasure.id,
            RiskPoint.name,
            RiskEvent.description,
            ControlMeasure.description,
            RiskEvent.level,
            RiskEvent.value,
        )
        .join(
            RiskEvent,
            (RiskEvent.enterprise_id == RiskPoint.enterprise_id)
            & (RiskEvent.point_id == RiskPoint.id),
        )
        .outerjoin(
            ControlMeasure,
            (ControlMeasure.enterprise_id == RiskEvent.enterprise_id)
            & (ControlMeasure.event_id == RiskEvent.id)
            & ControlMeasure.removed_at.is_(None),
        )
        .where(RiskPoint.enterprise_id == enterprise_id, RiskEvent.removed_at.is_(None))
    )


def ledger_search(scope: Scope, enterprise_id: UUID, text: str) -> tuple[LedgerPlace, ...]:
    """Events and measures that hold every word of the text, the gravest first.

    Without a text the gravest events are offered, one row each.
    """
    statement = _rows(enterprise_id)
    words = text.split()
    if words:
        statement = statement.where(*(_says(word) for word in words))
    else:
        statement = statement.ext(distinct_on(_GRAVITY, RiskEvent.number, RiskEvent.id))
    with reading(scope) as session:
        rows = session.execute(
            statement.order_by(
                _GRAVITY, RiskEvent.number, RiskEvent.id, ControlMeasure.ordinal, ControlMeasure.id
            ).limit(MOST_FOUND)
        )
        found = [LedgerPlace(*row) for row in rows]  # type: ignore[arg-type]  # the columns' order
    if words:
        return tuple(found)
    return tuple(
        LedgerPlace(p.point_id, p.event_id, None, p.point, p.event, "", p.level, p.value)
        for p in found
    )


def _says(word: str) -> ColumnElement[bool]:
    return or_(
        RiskPoint.name.contains(word, autoescape=True),
        RiskEvent.description.contains(word, autoescape=True),
        ControlMeasure.description.contains(word, autoescape=True),
    )


def ledger_place(
    session: Session,
    enterprise_id: UUID,
    point_id: UUID | None,
    event_id: UUID | None,
    measure_id: UUID | None,
) -> LedgerPlace:
    """A place of the ledger by its ids; the lowest one leads to those above it.

    Raises NotFound for one that is not this enterprise's.
    """
    if point_id is None:
        return LedgerPlace(None, None, None)
    statement = _rows(enterprise_id).where(RiskPoint.id == point_id)
    if event_id is not None:
        statement = statement.where(RiskEvent.id == event_id)
    if measure_id is not None:
        statement = statement.where(ControlMeasure.id == measure_id)
    row = session.execute(statement.order_by(RiskEvent.number, RiskEvent.id).limit(1)).one_or_none()
    if row is None:
        raise NotFound("企业的风险清单里没有这一项，可能已被修改，请重新选择。")
    found = LedgerPlace(*row)  # type: ignore[arg-type]  # the columns stand in the fields' order
    return LedgerPlace(
        found.point_id,
        found.event_id if event_id else None,
        found.measure_id if measure_id else None,
        found.point,
        found.event if event_id else "",
        found.measure if measure_id else "",
        found.level if event_id else None,
        found.value if event_id else None,
    )


def shown_place(
    scope: Scope,
    enterprise_id: UUID,
    point_id: UUID | None,
    event_id: UUID | None,
    measure_id: UUID | None,
) -> LedgerPlace:
    """A place of the ledger for a page. Raises NotFound."""
    with reading(scope) as session:
        return ledger_place(session, enterprise_id, point_id, event_id, measure_id)


def officer_name(session: Session, case: InspectionCase, user_id: UUID | None) -> str:
    """The name of one of a case's officers."""
    name = session.execute(
        select(CaseOfficer.name).where(
            CaseOfficer.enterprise_id == case.enterprise_id,
            CaseOfficer.case_id == case.id,
            CaseOfficer.user_id == user_id,
        )
    ).scalar_one_or_none()
    return name or "同事"
