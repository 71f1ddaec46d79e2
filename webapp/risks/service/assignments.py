"""Letting a name in the ledger mean a person or a department."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from webapp.enterprise.queries.organisation import department
from webapp.enterprise.queries.people import person
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work
from webapp.risks.events import LedgerChanged, MeasuresChanged
from webapp.risks.models.ledger import RiskEvent, RiskPoint
from webapp.risks.models.measures import ControlMeasure


def assign_owner(actor: Actor, *, words: str, person_id: UUID, at: datetime) -> int:
    """Give all risks that name these words to a person; how many.

    Their measures that name no post yet go to the person's post. Raises NotFound for someone
    who is not on the staff.
    """
    with unit_of_work(actor, "ledger.owner_assigned", at=at, subject=person_id) as work:
        owner = person(actor.scope, actor.enterprise_id, person_id)
        events = _waiting(work, RiskEvent.owner_words == words, RiskEvent.owner_id.is_(None))
        for event in events:
            event.owner_id, event.owner_words = person_id, ""
        if owner.post_id is not None:
            _give_measures(work, [event.id for event in events], owner.post_id)
        _own_points(work, [event.point_id for event in events], owner_id=person_id)
        work.note(words=words, person=owner.name, events=len(events))
        _publish(work, events)
    return len(events)


def assign_department(actor: Actor, *, words: str, department_id: UUID, at: datetime) -> int:
    """Give all risks that name these words to a department; how many. Raises NotFound."""
    with unit_of_work(actor, "ledger.department_assigned", at=at, subject=department_id) as work:
        found = department(actor.scope, actor.enterprise_id, department_id)
        events = _waiting(
            work, RiskEvent.department_words == words, RiskEvent.department_id.is_(None)
        )
        for event in events:
            event.department_id, event.department_words = department_id, ""
        _own_points(work, [event.point_id for event in events], department_id=department_id)
        work.note(words=words, department=found.name, events=len(events))
        _publish(work, events)
    return len(events)


def _waiting(work: Work, *conditions: ColumnElement[bool]) -> list[RiskEvent]:
    rows = work.session.execute(
        select(RiskEvent)
        .where(
            RiskEvent.enterprise_id == work.actor.enterprise_id,
            RiskEvent.removed_at.is_(None),
            *conditions,
        )
        .order_by(RiskEvent.id)
        .with_for_update()
    ).scalars()
    return list(rows)


def _give_measures(work: Work, event_ids: list[UUID], post_id: UUID) -> None:
    work.session.execute(
        update(ControlMeasure)
        .where(
            ControlMeasure.enterprise_id == work.actor.enterprise_id,
            ControlMeasure.event_id.in_(event_ids),
            ControlMeasure.post_id.is_(None),
            ControlMeasure.removed_at.is_(None),
        )
        .values(post_id=post_id)
        .execution_options(synchronize_session=False)
    )


def _own_points(work: Work, point_ids: list[UUID], **values: UUID) -> None:
    """A point that nobody answers for goes along with its risks."""
    (name,) = values
    work.session.execute(
        update(RiskPoint)
        .where(
            RiskPoint.enterprise_id == work.actor.enterprise_id,
            RiskPoint.id.in_(point_ids),
            getattr(RiskPoint, name).is_(None),
        )
        .values(values)
        .execution_options(synchronize_session=False)
    )


def _publish(work: Work, events: list[RiskEvent]) -> None:
    work.session.flush()
    points = tuple(dict.fromkeys(event.point_id for event in events))
    if points:
        work.publish(MeasuresChanged(work.actor.enterprise_id, points, work.at))
        work.publish(LedgerChanged(work.actor.enterprise_id, work.at))
