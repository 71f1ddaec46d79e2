"""The points and posts that a notice card can be printed for."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select

from webapp.enterprise.models.organisation import Department, Post
from webapp.platform.database import reading
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent, RiskPoint
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.cards import department_of, is_confirmed, source_joined
from webapp.risks.queries.conditions import GRAVITY, conditions
from webapp.risks.rules.filters import LedgerFilter
from webapp.standards.risk_methods import RiskLevel

MOST_POSTS = 1_000
_LEVELS = tuple(RiskLevel)


@dataclass(frozen=True, slots=True)
class PointWithCard:
    """A point in use with how many risks a filter means there, and the gravest of them."""

    id: UUID
    name: str
    place: str
    department: str
    risks: int
    level: RiskLevel


def points_with_cards(
    scope: Scope, enterprise_id: UUID, wanted: LedgerFilter, page: PageRequest
) -> Page[PointWithCard]:
    """One page of the points in use with a risk that the filter means, the gravest first."""
    chosen = _chosen(enterprise_id, wanted)
    with reading(scope) as session:
        total = session.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
        rows = session.execute(
            chosen.add_columns(
                RiskPoint.name,
                RiskPoint.place,
                func.coalesce(Department.name, ""),
                func.count(),
                func.min(GRAVITY),
            )
            .outerjoin(*department_of(RiskPoint))
            .group_by(RiskPoint.name, RiskPoint.place, Department.name)
            .order_by(func.min(GRAVITY), RiskPoint.name, RiskPoint.id)
            .offset(page.offset)
            .limit(page.size)
        )
        found = tuple(
            PointWithCard(id_, name, place, department, count, _LEVELS[rank - 1])
            for id_, name, place, department, count, rank in rows
        )
    return Page(found, total, page)


def point_ids(
    scope: Scope, enterprise_id: UUID, wanted: LedgerFilter, most: int
) -> tuple[UUID, ...]:
    """The points of the same list, all of them up to ``most``."""
    with reading(scope) as session:
        rows = session.execute(
            _chosen(enterprise_id, wanted)
            .group_by(RiskPoint.name)
            .order_by(func.min(GRAVITY), RiskPoint.name, RiskPoint.id)
            .limit(most)
        )
        return tuple(rows.scalars())


def _chosen(enterprise_id: UUID, wanted: LedgerFilter) -> Select[UUID]:
    joined = select(RiskPoint.id).join(
        RiskEvent,
        (RiskEvent.enterprise_id == RiskPoint.enterprise_id) & (RiskEvent.point_id == RiskPoint.id),
    )
    return (
        source_joined(joined)
        .where(RiskPoint.stopped_at.is_(None), *conditions(enterprise_id, wanted), is_confirmed)
        .group_by(RiskPoint.id)
    )


@dataclass(frozen=True, slots=True)
class PostWithCard:
    """A post that carries out measures, and of how many risks."""

    id: UUID
    name: str
    department: str
    risks: int
    level: RiskLevel


def posts_with_cards(scope: Scope, enterprise_id: UUID) -> tuple[PostWithCard, ...]:
    """The open posts that carry out measures, those with the gravest risks first."""
    risks = func.count(RiskEvent.id.distinct())
    with reading(scope) as session:
        rows = session.execute(
            select(Post.id, Post.name, func.coalesce(Department.name, ""), risks, func.min(GRAVITY))
            .join(
                ControlMeasure,
                (ControlMeasure.enterprise_id == Post.enterprise_id)
                & (ControlMeasure.post_id == Post.id),
            )
            .join(
                RiskEvent,
                (RiskEvent.enterprise_id == ControlMeasure.enterprise_id)
                & (RiskEvent.id == ControlMeasure.event_id),
            )
            .outerjoin(*department_of(Post))
            .where(
                Post.enterprise_id == enterprise_id,
                Post.closed_at.is_(None),
                ControlMeasure.removed_at.is_(None),
                RiskEvent.removed_at.is_(None),
                is_confirmed,
            )
            .group_by(Post.id, Post.name, Department.name)
            .order_by(func.min(GRAVITY), risks.desc(), Post.name, Post.id)
            .limit(MOST_POSTS)
        )
        return tuple(
            PostWithCard(id_, name, place, count, _LEVELS[rank - 1])
            for id_, name, place, count, rank in rows
        )
