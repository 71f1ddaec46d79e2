"""Writing the shapes of a map: those that were there keep their row, others come and go."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select

from webapp.platform.errors import Invalid
from webapp.platform.identifiers import new_id
from webapp.platform.unit_of_work import Work
from webapp.risks.models.ledger import RiskPoint, RiskUnit
from webapp.risks.models.maps import MapShape, MapShapePoint
from webapp.risks.rules.map_drafts import ShapeDraft, as_kept

GONE = "关联的风险点或风险单元已不存在，请刷新页面后重新选择。"


def write_shapes(work: Work, map_id: UUID, drafts: Sequence[ShapeDraft]) -> None:
    """Let a locked map have these shapes. Raises Invalid for a link to what is not there."""
    _check_links(work, drafts)
    present = {shape.id: shape for shape in _shapes(work, map_id)}
    drawn: dict[UUID, tuple[UUID, ...]] = {}
    for ordinal, draft in enumerate(drafts, 1):
        shape = present.get(draft.id) if draft.id else None
        if shape is None:
            shape = _new(work, map_id)
        _write(shape, draft, ordinal)
        work.session.add(shape)
        drawn[shape.id] = draft.point_ids
    for shape_id, shape in present.items():
        if shape_id not in drawn and shape.removed_at is None:
            shape.removed_at = work.at
    work.session.flush()
    _link(work, drawn)


def _shapes(work: Work, map_id: UUID) -> list[MapShape]:
    rows = work.session.scalars(
        select(MapShape)
        .where(MapShape.enterprise_id == work.actor.enterprise_id, MapShape.map_id == map_id)
        .order_by(MapShape.id)
    )
    return list(rows)


def _new(work: Work, map_id: UUID) -> MapShape:
    return MapShape(
        enterprise_id=work.actor.enterprise_id,
        id=new_id(work.at),
        map_id=map_id,
        created_at=work.at,
    )


def _write(shape: MapShape, draft: ShapeDraft, ordinal: int) -> None:
    shape.ordinal = ordinal
    shape.name = draft.name
    shape.kind = draft.kind.value
    shape.vertices = [list(vertex) for vertex in as_kept(draft)]
    shape.unit_id = draft.unit_id
    shape.is_confidential = draft.is_confidential
    # Who saves over another's removal has seen it and wants the shape back.
    shape.removed_at = None


def _check_links(work: Work, drafts: Sequence[ShapeDraft]) -> None:
    points = {point_id for draft in drafts for point_id in draft.point_ids}
    units = {draft.unit_id for draft in drafts if draft.unit_id}
    for model, wanted in ((RiskPoint, points), (RiskUnit, units)):
        known = set(
            work.session.scalars(
                select(model.id).where(
                    model.enterprise_id == work.actor.enterprise_id, model.id.in_(wanted)
                )
            )
        )
        if known != wanted:
            raise Invalid("shapes", GONE)


def _link(work: Work, drawn: dict[UUID, tuple[UUID, ...]]) -> None:
    enterprise_id = work.actor.enterprise_id
    work.session.execute(
        delete(MapShapePoint)
        .where(MapShapePoint.enterprise_id == enterprise_id, MapShapePoint.shape_id.in_(drawn))
        .execution_options(synchronize_session=False)
    )
    work.add(
        *(
            MapShapePoint(enterprise_id=enterprise_id, shape_id=shape_id, point_id=point_id)
            for shape_id, point_ids in drawn.items()
            for point_id in point_ids
        )
    )
