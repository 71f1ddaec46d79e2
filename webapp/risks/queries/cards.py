"""What notice cards say, read for many points at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from webapp.enterprise.models.organisation import Department, Post
from webapp.enterprise.models.people import Person
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import HazardSource, RiskEvent, RiskPoint
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.conditions import GRAVITY
from webapp.risks.rules.notice_card import (
    CardKind,
    CardMeasure,
    CardRisk,
    CardSubject,
    NoticeCard,
    notice_card,
)
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import RiskLevel

Selected = TypeVar("Selected", bound=Select[*tuple[Any, ...]])

is_confirmed = RiskEvent.is_proposed.is_(False)
"""What a template proposes stands on no wall before a person has confirmed it."""

MOST_RISKS = 500
"""A card that spoke of more risks than this could not be read."""


@dataclass(frozen=True, slots=True)
class PointCard:
    """A point's card and the point it leads back to."""

    point_id: UUID
    card: NoticeCard


def point_cards(scope: Scope, enterprise_id: UUID, ids: Sequence[UUID]) -> tuple[PointCard, ...]:
    """The cards of these points, in their order; points that are gone are left out."""
    with reading(scope) as session:
        subjects = _points(session, enterprise_id, ids)
        risks = _risks(session, enterprise_id, RiskEvent.point_id.in_(ids), None)
    by_point: dict[UUID, list[CardRisk]] = defaultdict(list)
    for point_id, risk in risks:
        by_point[point_id].append(risk)
    return tuple(
        PointCard(id_, notice_card(subjects[id_], by_point[id_][:MOST_RISKS]))
        for id_ in ids
        if id_ in subjects
    )


def point_card(scope: Scope, enterprise_id: UUID, point_id: UUID) -> PointCard:
    """The card of one point in use. Raises NotFound."""
    found = point_cards(scope, enterprise_id, [point_id])
    if not found:
        raise NotFound
    return found[0]


def post_card(scope: Scope, enterprise_id: UUID, post_id: UUID) -> NoticeCard:
    """The card of an open post: the risks whose measures it carries out. Raises NotFound."""
    with reading(scope) as session:
        subject = _post(session, enterprise_id, post_id)
        charged = (
            select(ControlMeasure.event_id)
            .where(
                ControlMeasure.enterprise_id == enterprise_id,
                ControlMeasure.post_id == post_id,
                ControlMeasure.removed_at.is_(None),
            )
            .distinct()
        )
        risks = _risks(session, enterprise_id, RiskEvent.id.in_(charged), post_id)
    return notice_card(subject, [risk for _, risk in risks[:MOST_RISKS]])


def department_of(model: type[Post] | type[RiskPoint]) -> tuple[Any, Any]:
    """The department of a post or a point, to be joined."""
    return (
        Department,
        (Department.enterprise_id == model.enterprise_id) & (Department.id == model.department_id),
    )


def source_joined(rows: Selected) -> Selected:
    """The rows of risk events with their hazard sources."""
    return rows.join(
        HazardSource,
        (HazardSource.enterprise_id == RiskEvent.enterprise_id)
        & (HazardSource.id == RiskEvent.source_id),
    )


def _points(
    session: Session, enterprise_id: UUID, ids: Collection[UUID]
) -> dict[UUID, CardSubject]:
    """Each point with who answers for it: its owner, or the owner of its gravest risk."""
    owners = _owners(session, enterprise_id, ids)
    rows = session.execute(
        select(
            RiskPoint.id,
            RiskPoint.name,
            RiskPoint.place,
            func.coalesce(Department.name, ""),
            func.coalesce(Person.name, ""),
            func.coalesce(Person.phone, ""),
        )
        .outerjoin(*department_of(RiskPoint))
        .outerjoin(
            Person,
            (Person.enterprise_id == RiskPoint.enterprise_id) & (Person.id == RiskPoint.owner_id),
        )
        .where(
            RiskPoint.enterprise_id == enterprise_id,
            RiskPoint.id.in_(ids),
            RiskPoint.stopped_at.is_(None),
        )
        .order_by(RiskPoint.id)
    )
    found = {}
    for id_, name, place, department, owner, phone in rows:
        who = _Owner(department, owner, phone) if owner else owners.get(id_, _NOBODY)
        found[id_] = CardSubject(
            CardKind.POINT, name, place, department or who.department, who.name, who.phone
        )
    return found


@dataclass(frozen=True, slots=True)
class _Owner:
    department: str
    name: str
    phone: str


_NOBODY = _Owner("", "", "")


def _owners(session: Session, enterprise_id: UUID, ids: Collection[UUID]) -> dict[UUID, _Owner]:
    name = func.coalesce(Person.name, func.nullif(RiskEvent.owner_words, ""), "")
    rows = session.execute(
        select(
            RiskEvent.point_id,
            func.coalesce(Department.name, RiskEvent.department_words),
            name,
            func.coalesce(Person.phone, ""),
        )
        .ext(distinct_on(RiskEvent.point_id))
        .outerjoin(
            Person,
            (Person.enterprise_id == RiskEvent.enterprise_id) & (Person.id == RiskEvent.owner_id),
        )
        .outerjoin(
            Department,
            (Department.enterprise_id == RiskEvent.enterprise_id)
            & (Department.id == RiskEvent.department_id),
        )
        .where(
            RiskEvent.enterprise_id == enterprise_id,
            RiskEvent.point_id.in_(ids),
            RiskEvent.removed_at.is_(None),
            is_confirmed,
        )
        .order_by(RiskEvent.point_id, name == "", GRAVITY, RiskEvent.number)
    )
    return {point_id: _Owner(*who) for point_id, *who in rows}


def _post(session: Session, enterprise_id: UUID, post_id: UUID) -> CardSubject:
    holder = func.coalesce(func.array_agg(Person.name).filter(Person.id.is_not(None)), [])
    phones = func.coalesce(func.array_agg(Person.phone).filter(Person.phone != ""), [])
    row = session.execute(
        select(Post.name, func.coalesce(Department.name, ""), holder, phones)
        .outerjoin(*department_of(Post))
        .outerjoin(
            Person,
            (Person.enterprise_id == Post.enterprise_id)
            & (Person.post_id == Post.id)
            & Person.left_on.is_(None),
        )
        .where(Post.enterprise_id == enterprise_id, Post.id == post_id, Post.closed_at.is_(None))
        .group_by(Post.name, Department.name)
    ).one_or_none()
    if row is None:
        raise NotFound
    name, department, holders, phones_ = row
    return CardSubject(
        CardKind.POST, name, department, department, "、".join(sorted(holders)[:3]),
        phones_[0] if len(phones_) == 1 else "",
    )  # fmt: skip


def _risks(
    session: Session, enterprise_id: UUID, which: ColumnElement[bool], post_id: UUID | None
) -> list[tuple[UUID, CardRisk]]:
    rows = session.execute(
        source_joined(
            select(
                RiskEvent.id,
                RiskEvent.point_id,
                HazardSource.name,
                RiskEvent.description,
                RiskEvent.accident_types,
                RiskEvent.level,
                RiskEvent.inherent_level,
            )
        )
        .where(
            RiskEvent.enterprise_id == enterprise_id,
            RiskEvent.removed_at.is_(None),
            is_confirmed,
            which,
        )
        .order_by(GRAVITY, RiskEvent.value.desc().nulls_last(), RiskEvent.number)
    ).all()
    measures = _measures(session, enterprise_id, [row.id for row in rows], post_id)
    return [(row.point_id, _risk(row, measures.get(row.id, ()))) for row in rows]


def _risk(row: Any, measures: tuple[CardMeasure, ...]) -> CardRisk:
    return CardRisk(
        row.name,
        row.description,
        tuple(row.accident_types),
        RiskLevel(row.level),
        RiskLevel(row.inherent_level),
        measures,
    )


def _measures(
    session: Session, enterprise_id: UUID, event_ids: Sequence[UUID], post_id: UUID | None
) -> dict[UUID, tuple[CardMeasure, ...]]:
    rows = session.execute(
        select(
            ControlMeasure.event_id,
            ControlMeasure.category,
            ControlMeasure.description,
            ControlMeasure.post_id,
        )
        .where(
            ControlMeasure.enterprise_id == enterprise_id,
            ControlMeasure.event_id.in_(event_ids),
            ControlMeasure.removed_at.is_(None),
        )
        .order_by(ControlMeasure.ordinal, ControlMeasure.id)
    )
    found: dict[UUID, tuple[CardMeasure, ...]] = defaultdict(tuple)
    for event_id, category, description, carried_by in rows:
        own = post_id is None or carried_by == post_id
        found[event_id] += (CardMeasure(MeasureCategory(category), description, own),)
    return found
