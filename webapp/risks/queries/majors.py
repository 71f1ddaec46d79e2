"""The gravest risks, as an enterprise tells everybody about them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.enterprise.models.organisation import Post
from webapp.enterprise.models.people import Person
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent, RiskPoint
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.conditions import GRAVITY
from webapp.risks.rules.words import type_names
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import RiskLevel

MOST = 100
MAJOR_ONLY = (RiskLevel.MAJOR,)
GRAVE = (RiskLevel.MAJOR, RiskLevel.SIGNIFICANT)


@dataclass(frozen=True, slots=True)
class MajorRisk:
    """A grave risk without anything personal: a post answers for it, no name and no phone."""

    event_id: UUID
    point: str
    place: str
    event: str
    accident_names: str
    consequence: str
    level: RiskLevel
    measures: tuple[str, ...]
    emergency: tuple[str, ...]
    post: str


def major_risks(
    scope: Scope, enterprise_id: UUID, levels: tuple[RiskLevel, ...] = MAJOR_ONLY
) -> tuple[MajorRisk, ...]:
    """The risks of these levels with their measures and the post that answers; bounded."""
    with reading(scope) as session:
        rows = session.execute(
            select(
                RiskEvent.id,
                RiskPoint.name,
                RiskPoint.place,
                RiskEvent.description,
                RiskEvent.accident_types,
                RiskEvent.consequence,
                RiskEvent.level,
                func.coalesce(Post.name, ""),
            )
            .join(
                RiskPoint,
                (RiskPoint.enterprise_id == RiskEvent.enterprise_id)
                & (RiskPoint.id == RiskEvent.point_id),
            )
            .outerjoin(
                Person,
                (Person.enterprise_id == RiskEvent.enterprise_id)
                & (Person.id == RiskEvent.owner_id),
            )
            .outerjoin(
                Post,
                (Post.enterprise_id == Person.enterprise_id) & (Post.id == Person.post_id),
            )
            .where(
                RiskEvent.enterprise_id == enterprise_id,
                RiskEvent.level.in_([str(level) for level in levels]),
                RiskEvent.removed_at.is_(None),
            )
            .order_by(GRAVITY, RiskEvent.value.desc().nulls_last(), RiskEvent.number)
            .limit(MOST)
        ).all()
        said = _measures(session, enterprise_id, [row[0] for row in rows])
    return tuple(_risk(row, said) for row in rows)


Said = dict[tuple[UUID, bool], tuple[str, ...]]


def _measures(session: Session, enterprise_id: UUID, event_ids: list[UUID]) -> Said:
    """Measures by event and by whether they are for an emergency."""
    rows = session.execute(
        select(ControlMeasure.event_id, ControlMeasure.category, ControlMeasure.description)
        .where(
            ControlMeasure.enterprise_id == enterprise_id,
            ControlMeasure.event_id.in_(event_ids),
            ControlMeasure.removed_at.is_(None),
        )
        .order_by(ControlMeasure.ordinal, ControlMeasure.id)
    )
    found: Said = {}
    for event_id, category, description in rows:
        key = (event_id, category == MeasureCategory.EMERGENCY)
        found[key] = (*found.get(key, ()), description)
    return found


def _risk(row: tuple[UUID, str, str, str, list[str], str, str, str], said: Said) -> MajorRisk:
    event_id, point, place, event, types, consequence, level, post = row
    return MajorRisk(
        event_id,
        point,
        place,
        event,
        type_names(types),
        consequence,
        RiskLevel(level),
        said.get((event_id, False), ()),
        said.get((event_id, True), ()),
        post,
    )
