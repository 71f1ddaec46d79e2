"""Four-colour maps with their shapes; the colours are computed from the ledger as it is now."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, func, select, union
from sqlalchemy.orm import Session

from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.storage import FileContent, file_content
from webapp.platform.tenancy import SYSTEM, Scope
from webapp.risks.models.ledger import RiskEvent, RiskPoint, RiskUnit
from webapp.risks.models.maps import FourColourMap, MapShape, MapShapePoint
from webapp.risks.queries.conditions import GRAVITY
from webapp.risks.queries.map_rows import LinkedPoint, MapDetail, MapRow, ShapeRow
from webapp.risks.rules.map_drafts import MOST_SHAPES
from webapp.risks.rules.map_outlines import ShapeKind
from webapp.standards.risk_methods import RiskLevel

MOST_MAPS_SHOWN = 50
EVENT_IN_FORCE = (
    (RiskEvent.enterprise_id == RiskPoint.enterprise_id)
    & (RiskEvent.point_id == RiskPoint.id)
    & RiskEvent.removed_at.is_(None)
)
"""Joins the events in force of a point."""


def maps(scope: Scope, enterprise_id: UUID) -> tuple[MapDetail, ...]:
    """All maps in their order."""
    with reading(scope) as session:
        units = _units(session, enterprise_id)
        rows = session.execute(_in_order(_maps(enterprise_id))).all()
        return tuple(_detail(session, enterprise_id, row, units) for row in rows)


def published_maps(scope: Scope, enterprise_id: UUID) -> tuple[MapDetail, ...]:
    """The maps that strangers may see, without what is confidential, whoever asks."""
    with reading(scope) as session:
        rows = session.execute(
            _in_order(_maps(enterprise_id).where(FourColourMap.published_at.is_not(None)))
        ).all()
        found = (_detail(session, enterprise_id, row, {}) for row in rows)
        return tuple(
            MapDetail(each.map, tuple(s for s in each.shapes if not s.is_confidential))
            for each in found
        )


def map_detail(scope: Scope, enterprise_id: UUID, map_id: UUID) -> MapDetail:
    """One map. Raises NotFound."""
    with reading(scope) as session:
        row = session.execute(_maps(enterprise_id).where(FourColourMap.id == map_id)).one_or_none()
        if row is None:
            raise NotFound
        return _detail(session, enterprise_id, row, _units(session, enterprise_id))


def map_picture(scope: Scope, enterprise_id: UUID, map_id: UUID) -> FileContent:
    """The plan of a map that the scope may see. Raises NotFound.

    Strangers see no files; the map that they may see names the one that they get.
    """
    with reading(scope) as session:
        file_id = session.execute(
            select(FourColourMap.file_id).where(
                FourColourMap.enterprise_id == enterprise_id,
                FourColourMap.id == map_id,
                FourColourMap.removed_at.is_(None),
            )
        ).scalar_one_or_none()
    if file_id is None:
        raise NotFound
    return file_content(SYSTEM, enterprise_id, file_id)


def _maps(enterprise_id: UUID) -> Select[*tuple[Any, ...]]:
    columns = (getattr(FourColourMap, name) for name in MapRow.__dataclass_fields__)
    return select(*columns).where(
        FourColourMap.enterprise_id == enterprise_id, FourColourMap.removed_at.is_(None)
    )


def _in_order(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    order = (FourColourMap.ordinal, FourColourMap.name, FourColourMap.id)
    return statement.order_by(*order).limit(MOST_MAPS_SHOWN)


def _units(session: Session, enterprise_id: UUID) -> dict[UUID, str]:
    """Names of the risk units, which strangers do not see."""
    rows = session.execute(
        select(RiskUnit.id, RiskUnit.name).where(RiskUnit.enterprise_id == enterprise_id)
    )
    return {row[0]: row[1] for row in rows}


def _detail(session: Session, enterprise_id: UUID, row: Any, units: dict[UUID, str]) -> MapDetail:
    found = MapRow(*row)
    rated = _rated(enterprise_id, found.id)
    shapes = session.execute(
        select(MapShape, rated.c.rank, rated.c.events)
        .outerjoin(rated, rated.c.shape_id == MapShape.id)
        .where(
            MapShape.enterprise_id == enterprise_id,
            MapShape.map_id == found.id,
            MapShape.removed_at.is_(None),
        )
        .order_by(MapShape.ordinal, MapShape.id)
        .limit(MOST_SHAPES)
    ).all()
    points = _points(session, enterprise_id, found.id)
    return MapDetail(
        found, tuple(_shape(each, points, units, found.drawn_height) for each in shapes)
    )


def _shape(
    row: Any, points: dict[UUID, tuple[LinkedPoint, ...]], units: dict[UUID, str], height: float
) -> ShapeRow:
    shape, rank, events = row
    return ShapeRow(
        shape.id,
        shape.name,
        ShapeKind(shape.kind),
        tuple((x, y) for x, y in shape.vertices),
        height,
        shape.unit_id,
        units.get(shape.unit_id, ""),
        shape.is_confidential,
        level_of(rank),
        events or 0,
        points.get(shape.id, ()),
    )


def _points(
    session: Session, enterprise_id: UUID, map_id: UUID
) -> dict[UUID, tuple[LinkedPoint, ...]]:
    rows = session.execute(
        select(MapShapePoint.shape_id, RiskPoint.id, RiskPoint.name)
        .join(
            MapShape,
            (MapShape.enterprise_id == MapShapePoint.enterprise_id)
            & (MapShape.id == MapShapePoint.shape_id),
        )
        .join(
            RiskPoint,
            (RiskPoint.enterprise_id == MapShapePoint.enterprise_id)
            & (RiskPoint.id == MapShapePoint.point_id),
        )
        .where(MapShapePoint.enterprise_id == enterprise_id, MapShape.map_id == map_id)
        .order_by(RiskPoint.name, RiskPoint.id)
    )
    found: dict[UUID, tuple[LinkedPoint, ...]] = {}
    for shape_id, point_id, name in rows:
        found[shape_id] = (*found.get(shape_id, ()), LinkedPoint(point_id, name))
    return found


def _rated(enterprise_id: UUID, map_id: UUID) -> Subquery:
    """Of each shape of a map the gravest rank among its points' events in force, and how many."""
    own = (MapShape.enterprise_id == enterprise_id, MapShape.map_id == map_id)
    named = (
        select(MapShapePoint.shape_id, MapShapePoint.point_id)
        .join(
            MapShape,
            (MapShape.enterprise_id == MapShapePoint.enterprise_id)
            & (MapShape.id == MapShapePoint.shape_id),
        )
        .where(*own)
    )
    of_unit = (
        select(MapShape.id, RiskPoint.id)
        .join(
            RiskPoint,
            (RiskPoint.enterprise_id == MapShape.enterprise_id)
            & (RiskPoint.unit_id == MapShape.unit_id),
        )
        .where(*own)
    )
    held = union(named, of_unit).subquery("held")
    return (
        select(
            held.c.shape_id,
            func.min(GRAVITY).label("rank"),
            func.count(RiskEvent.id).label("events"),
        )
        .join(
            RiskPoint,
            (RiskPoint.enterprise_id == enterprise_id) & (RiskPoint.id == held.c.point_id),
        )
        .join(RiskEvent, EVENT_IN_FORCE)
        .where(RiskPoint.stopped_at.is_(None))
        .group_by(held.c.shape_id)
        .subquery("rated")
    )


def level_of(rank: int | None) -> RiskLevel | None:
    """The level of a rank by gravity, counted from 1."""
    return None if rank is None else tuple(RiskLevel)[rank - 1]
