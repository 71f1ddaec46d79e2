"""Keeping the control measures of an event."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from webapp.platform.errors import Conflict
from webapp.platform.identifiers import new_id
from webapp.platform.unit_of_work import Work
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.rules.drafts import MeasureDraft


def add_measures(work: Work, event_id: UUID, drafts: Iterable[MeasureDraft]) -> None:
    """Enter the measures of a new event in the order they were typed."""
    work.add(*(_new(work, event_id, at, draft) for at, draft in enumerate(drafts, 1)))


def change_measures(work: Work, event_id: UUID, drafts: Iterable[MeasureDraft]) -> None:
    """Bring an event's measures in line: known ones change, new ones come, left-out ones go.

    A measure keeps its id, so that checks and hazards go on pointing at it.
    """
    present = {
        row.id: row
        for row in work.session.execute(
            select(ControlMeasure)
            .where(
                ControlMeasure.enterprise_id == work.actor.enterprise_id,
                ControlMeasure.event_id == event_id,
                ControlMeasure.removed_at.is_(None),
            )
            .order_by(ControlMeasure.ordinal)
        ).scalars()
    }
    added = []
    for at, draft in enumerate(drafts, 1):
        if draft.id is None:
            added.append(_new(work, event_id, at, draft))
            continue
        known = present.pop(draft.id, None)
        if known is None:
            raise Conflict("有一条措施已被其他人删除，请核对最新内容后再提交。")
        _write(known, at, draft)
    for left_out in present.values():
        left_out.removed_at = work.at
    work.add(*added)


def _new(work: Work, event_id: UUID, ordinal: int, draft: MeasureDraft) -> ControlMeasure:
    row = ControlMeasure(
        enterprise_id=work.actor.enterprise_id,
        id=new_id(work.at),
        event_id=event_id,
        created_at=work.at,
    )
    _write(row, ordinal, draft)
    return row


def _write(row: ControlMeasure, ordinal: int, draft: MeasureDraft) -> None:
    row.ordinal = ordinal
    row.category = draft.category
    row.description = draft.description
    row.control_level = draft.control_level
    row.post_id = draft.post_id
    row.frequency = draft.rhythm
