"""Risk points: each with what it holds, to be shown, searched and chosen from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, true

from webapp.enterprise.models.organisation import Department
from webapp.enterprise.models.people import Person
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent, RiskPoint, RiskUnit
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.conditions import GRAVITY, plain
from webapp.risks.queries.ledger import rows_of_ledger, with_measures
from webapp.risks.queries.rows import LedgerRow
from webapp.risks.rules.words import POINT_KINDS
from webapp.standards.risk_methods import RiskLevel

MOST_EVENTS = 500
MOST_MEASURES = 5_000


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point; as grave as the gravest event in it."""

    id: UUID
    name: str
    kind: str
    place: str
    unit_name: str
    department_id: UUID | None
    department_name: str
    owner_name: str
    level: RiskLevel | None
    events: int
    stopped_at: datetime | None

    @property
    def kind_words(self) -> str:
        """场所部位, 设备设施 or 作业活动."""
        return POINT_KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class PointDetail:
    """A point with its events, the gravest first."""

    point: PointRow
    events: tuple[LedgerRow, ...]


def points(scope: Scope, enterprise_id: UUID, text: str, page: PageRequest) -> Page[PointRow]:
    """One page of the points in use whose name, place or unit holds the text, by gravity."""
    where = [RiskPoint.enterprise_id == enterprise_id, RiskPoint.stopped_at.is_(None)]
    if text:
        said = func.concat_ws(" ", RiskPoint.name, RiskPoint.place, RiskUnit.name)
        where.append(said.ilike(f"%{plain(text)}%", escape="\\"))
    with reading(scope) as session:
        total = session.execute(
            select(func.count()).select_from(RiskPoint).outerjoin(*_UNIT).where(*where)
        ).scalar_one()
        rows = session.execute(
            _rows()
            .where(*where)
            .order_by("rank", RiskPoint.name, RiskPoint.id)
            .offset(page.offset)
            .limit(page.size)
        ).all()
        return Page(tuple(_point(row) for row in rows), total, page)


def point_detail(scope: Scope, enterprise_id: UUID, point_id: UUID) -> PointDetail:
    """One point with its events. Raises NotFound."""
    with reading(scope) as session:
        found = session.execute(
            _rows().where(RiskPoint.enterprise_id == enterprise_id, RiskPoint.id == point_id)
        ).one_or_none()
        if found is None:
            raise NotFound
        rows = session.execute(
            rows_of_ledger()
            .where(
                RiskEvent.enterprise_id == enterprise_id,
                RiskEvent.point_id == point_id,
                RiskEvent.removed_at.is_(None),
            )
            .order_by(GRAVITY, RiskEvent.value.desc().nulls_last(), RiskEvent.number)
            .limit(MOST_EVENTS)
        ).all()
        return PointDetail(_point(found), with_measures(session, enterprise_id, rows))


def point_names(scope: Scope, enterprise_id: UUID) -> tuple[str, ...]:
    """The names of the points in use, to choose from while typing; bounded."""
    with reading(scope) as session:
        return tuple(
            session.execute(
                select(RiskPoint.name)
                .where(RiskPoint.enterprise_id == enterprise_id, RiskPoint.stopped_at.is_(None))
                .order_by(RiskPoint.name)
                .limit(MOST_EVENTS)
            ).scalars()
        )


@dataclass(frozen=True, slots=True)
class PointMeasure:
    """A measure in force with the point and the risk it belongs to."""

    measure_id: UUID
    event_id: UUID
    point_id: UUID
    point_name: str
    description: str
    category: str
    control_level: str
    frequency: str
    post_id: UUID | None
    level: RiskLevel


def measures_of_points(
    scope: Scope, enterprise_id: UUID, point_ids: Collection[UUID]
) -> tuple[PointMeasure, ...]:
    """The measures in force of these points, in the ledger's order; bounded."""
    with reading(scope) as session:
        rows = session.execute(
            select(
                ControlMeasure.id,
                RiskEvent.id,
                RiskPoint.id,
                RiskPoint.name,
                ControlMeasure.description,
                ControlMeasure.category,
                ControlMeasure.control_level,
                ControlMeasure.frequency,
                ControlMeasure.post_id,
                RiskEvent.level,
            )
            .join(
                RiskEvent,
                (RiskEvent.enterprise_id == ControlMeasure.enterprise_id)
                & (RiskEvent.id == ControlMeasure.event_id),
            )
            .join(
                RiskPoint,
                (RiskPoint.enterprise_id == RiskEvent.enterprise_id)
                & (RiskPoint.id == RiskEvent.point_id),
            )
            .where(
                ControlMeasure.enterprise_id == enterprise_id,
                RiskPoint.id.in_(point_ids),
                ControlMeasure.removed_at.is_(None),
                RiskEvent.removed_at.is_(None),
                RiskPoint.stopped_at.is_(None),
            )
            .order_by(RiskEvent.number, ControlMeasure.ordinal, ControlMeasure.id)
            .limit(MOST_MEASURES)
        ).all()
        return tuple(_measure(row) for row in rows)


_UNIT = (
    RiskUnit,
    (RiskUnit.enterprise_id == RiskPoint.enterprise_id) & (RiskUnit.id == RiskPoint.unit_id),
)


def _rows() -> Select[*tuple[Any, ...]]:
    events = (
        select(func.count().label("events"), func.min(GRAVITY).label("rank"))
        .where(
            RiskEvent.enterprise_id == RiskPoint.enterprise_id,
            RiskEvent.point_id == RiskPoint.id,
            RiskEvent.removed_at.is_(None),
        )
        .lateral("held")
    )
    return (
        select(
            RiskPoint.id,
            RiskPoint.name,
            RiskPoint.kind,
            RiskPoint.place,
            func.coalesce(RiskUnit.name, "").label("unit_name"),
            RiskPoint.department_id,
            func.coalesce(Department.name, "").label("department_name"),
            func.coalesce(Person.name, "").label("owner_name"),
            events.c.rank,
            events.c.events,
            RiskPoint.stopped_at,
        )
        .outerjoin(*_UNIT)
        .outerjoin(
            Department,
            (Department.enterprise_id == RiskPoint.enterprise_id)
            & (Department.id == RiskPoint.department_id),
        )
        .outerjoin(
            Person,
            (Person.enterprise_id == RiskPoint.enterprise_id) & (Person.id == RiskPoint.owner_id),
        )
        .join(events, true())
    )


def _measure(row: Any) -> PointMeasure:
    values = list(row)
    values[-1] = RiskLevel(row.level)
    return PointMeasure(*values)


def _point(row: Any) -> PointRow:
    values = list(row)
    values[8] = None if row.rank is None else tuple(RiskLevel)[row.rank - 1]
    return PointRow(*values)
