"""Charging a post with risks on its level."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from webapp.enterprise.queries.organisation import posts
from webapp.platform.errors import Invalid, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work
from webapp.risks.events import LedgerChanged, MeasuresChanged
from webapp.risks.models.ledger import RiskEvent
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.rules.control_levels import default_frequency
from webapp.risks.service.locks import check_reach, lock_ledger
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel

WITHOUT_PEOPLE = "这个岗位现在没有人，请另选岗位，或先安排人员。"


def charge_post(
    actor: Actor,
    event_ids: Collection[UUID],
    *,
    level: ControlLevel,
    post_id: UUID | None,
    words: str,
    at: datetime,
) -> int:
    """Charge a post with what risks ask of its level; how many risks.

    The level's measures whose post nobody holds go to this one. A risk without a measure on the
    level gets one in these words: an upper level controls what the lower ones do by looking
    after it. Raises Invalid at ``post_id`` for a post without people, at ``words`` for none.
    """
    with unit_of_work(actor, "ledger.duty_given", at=at, subject=post_id) as work:
        lock_ledger(work.session, actor.enterprise_id)
        held = {row.id: row for row in posts(actor.scope, actor.enterprise_id) if row.holders}
        if post_id is None or post_id not in held:
            raise Invalid("post_id", WITHOUT_PEOPLE if post_id else "请选择责任岗位。")
        events = _events(work, event_ids, level)
        for event in events:
            _charge(work, event, level=level, post_id=post_id, held=frozenset(held), words=words)
        work.note(post=held[post_id].full_name, level=level.words, events=len(events))
        work.session.flush()
        points = tuple(dict.fromkeys(event.point_id for event in events))
        work.publish(MeasuresChanged(actor.enterprise_id, points, at))
        work.publish(LedgerChanged(actor.enterprise_id, at))
    return len(events)


def _events(work: Work, event_ids: Collection[UUID], level: ControlLevel) -> list[RiskEvent]:
    """The risks that the level must control, locked. Raises RuleBroken where none is left."""
    rows = work.session.execute(
        select(RiskEvent)
        .where(
            RiskEvent.enterprise_id == work.actor.enterprise_id,
            RiskEvent.id.in_(event_ids),
            RiskEvent.removed_at.is_(None),
        )
        .order_by(RiskEvent.id)
        .with_for_update()
    ).scalars()
    found = [event for event in rows if level in ControlLevel(event.control_level).with_lower]
    if not found:
        raise RuleBroken("所选风险已变动，请刷新页面后重新选择。")
    check_reach(work.actor, *(event.department_id for event in found))
    return found


def _charge(
    work: Work,
    event: RiskEvent,
    *,
    level: ControlLevel,
    post_id: UUID,
    held: frozenset[UUID],
    words: str,
) -> None:
    measures = work.session.scalars(
        select(ControlMeasure).where(
            ControlMeasure.enterprise_id == event.enterprise_id,
            ControlMeasure.event_id == event.id,
            ControlMeasure.removed_at.is_(None),
            ControlMeasure.control_level == level.value,
        )
    ).all()
    for measure in measures:
        if measure.post_id not in held:
            measure.post_id = post_id
    if not measures:
        if not words:
            raise Invalid("words", "请填写这一层级做什么。")
        work.add(_measure(work, event, level=level, post_id=post_id, words=words))
    # Who edits the risk meanwhile is told that its measures have changed.
    flag_modified(event, "description")


def _measure(
    work: Work, event: RiskEvent, *, level: ControlLevel, post_id: UUID, words: str
) -> ControlMeasure:
    last = work.session.execute(
        select(func.max(ControlMeasure.ordinal)).where(
            ControlMeasure.enterprise_id == event.enterprise_id,
            ControlMeasure.event_id == event.id,
        )
    ).scalar_one()
    return ControlMeasure(
        enterprise_id=event.enterprise_id,
        id=new_id(work.at),
        event_id=event.id,
        ordinal=(last or 0) + 1,
        category=MeasureCategory.MANAGEMENT.value,
        description=words,
        control_level=level.value,
        post_id=post_id,
        frequency=default_frequency(level).value,
        created_at=work.at,
    )
