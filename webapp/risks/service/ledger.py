"""Adding, changing and removing risk events."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from webapp.enterprise.service.refusals import error_of, refuse_all
from webapp.platform.errors import Conflict, NotFound, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work
from webapp.risks.events import LedgerChanged, MeasuresChanged
from webapp.risks.models.ledger import HazardSource, RiskEvent, RiskPoint, RiskUnit
from webapp.risks.rules.drafts import Assessed, EventDraft, assessed, event_refusals
from webapp.risks.rules.import_ledger.words import squeezed
from webapp.risks.rules.words import number_words
from webapp.risks.service.assessments import assess_anew, record_assessments
from webapp.risks.service.locks import check_reach, last_number, lock_ledger
from webapp.risks.service.measures import add_measures, change_measures
from webapp.standards.risk_methods import RiskLevel

CHANGED_MEANWHILE = "这条风险刚被其他人修改，请核对本页列出的最新内容后再提交。"


def add_event(actor: Actor, draft: EventDraft, *, at: datetime) -> UUID:
    """Enter a risk event with its assessments and measures; its id.

    A point of a name that is new comes into being with it. Raises Invalid at the field.
    """
    event_id = new_id(at)
    with unit_of_work(actor, "ledger.event_added", at=at, subject=event_id) as work:
        lock_ledger(work.session, actor.enterprise_id)
        _publish(work, enter_event(work, event_id, draft))
    return event_id


def enter_event(work: Work, event_id: UUID, draft: EventDraft) -> tuple[UUID, ...]:
    """Enter an event into the locked ledger without telling others yet; the points concerned.

    Raises Invalid as ``add_event`` does.
    """
    found = _checked(draft)
    if found is None:
        raise ValueError("a new event needs an assessment")
    check_reach(work.actor, draft.department_id)
    point_id = _point(work, draft)
    number = last_number(work.session, work.actor.enterprise_id) + 1
    event = RiskEvent(
        enterprise_id=work.actor.enterprise_id,
        id=event_id,
        number=number,
        point_id=point_id,
        source_id=_source(work, point_id, draft),
        created_at=work.at,
    )
    _write(event, draft)
    _grade(event, draft, found)
    work.add(event)
    record_assessments(work, event_id, found)
    add_measures(work, event_id, draft.measures)
    _note(work, draft, number)
    return (point_id,)


def change_event(
    actor: Actor, event_id: UUID, draft: EventDraft, *, version: int, at: datetime
) -> None:
    """Change an event; a changed assessment is a new one, the old one stays on record.

    Raises Invalid at the field, or Conflict when another has saved since ``version``.
    """
    with unit_of_work(actor, "ledger.event_changed", at=at, subject=event_id) as work:
        lock_ledger(work.session, actor.enterprise_id)
        _publish(work, rewrite_event(work, event_id, draft, version=version))


def rewrite_event(
    work: Work, event_id: UUID, draft: EventDraft, *, version: int
) -> tuple[UUID, ...]:
    """Change an event of the locked ledger without telling others yet; the points concerned.

    A draft without an assessment leaves the one in force. Raises as ``change_event`` does.
    """
    found = _checked(draft)
    event = _event(work, event_id, version)
    if found is None:
        refuse_all(event_refusals(draft, RiskLevel(event.level)))
    check_reach(work.actor, event.department_id, draft.department_id)
    before, point_id = event.point_id, _point(work, draft)
    source_id = _source(work, point_id, draft)
    event.point_id, event.source_id = point_id, source_id
    _write(event, draft)
    if found is None:
        event.control_level = draft.answering(RiskLevel(event.level))
    else:
        _grade(event, draft, found)
    # The version counts changes of measures and assessments too.
    flag_modified(event, "description")
    work.session.flush()
    if found is not None:
        assess_anew(work, event_id, found)
    change_measures(work, event_id, draft.measures)
    _note(work, draft, event.number)
    return tuple(dict.fromkeys((before, point_id)))


def remove_event(actor: Actor, event_id: UUID, *, reason: str, version: int, at: datetime) -> None:
    """Take an event out of the ledger; it stays on record with its number.

    Raises Conflict when another has saved since ``version``.
    """
    with unit_of_work(actor, "ledger.event_removed", at=at, subject=event_id) as work:
        event = _event(work, event_id, version)
        check_reach(actor, event.department_id)
        event.removed_at = at
        work.session.flush()
        work.note(number=number_words(event.number), event=event.description, reason=reason)
        _publish(work, (event.point_id,))


def stop_point(actor: Actor, point_id: UUID, *, at: datetime) -> None:
    """Take a point that holds no event out of use. Raises RuleBroken while it holds one."""
    with unit_of_work(actor, "ledger.point_stopped", at=at, subject=point_id) as work:
        point = work.locked(RiskPoint, actor.enterprise_id, point_id)
        check_reach(actor, point.department_id)
        held = work.session.execute(
            select(func.count())
            .select_from(RiskEvent)
            .where(
                RiskEvent.enterprise_id == actor.enterprise_id,
                RiskEvent.point_id == point_id,
                RiskEvent.removed_at.is_(None),
            )
        ).scalar_one()
        if held:
            raise RuleBroken(f"“{point.name}”下还有 {held} 条风险，请先删除或移到其他风险点。")
        point.stopped_at = at
        work.session.flush()
        work.note(point=point.name)
        _publish(work, (point_id,))


def _checked(draft: EventDraft) -> Assessed | None:
    """The new assessment of a draft that holds by the rules, None where it brings none."""
    if draft.assessment is None:
        return None
    found = assessed(draft.assessment)
    if not isinstance(found, Assessed):
        raise error_of(found)
    refuse_all(event_refusals(draft, found.residual_level))
    return found


def _event(work: Work, event_id: UUID, version: int) -> RiskEvent:
    try:
        event = work.locked(RiskEvent, work.actor.enterprise_id, event_id, version=version)
    except Conflict:
        raise Conflict(CHANGED_MEANWHILE) from None
    if event.removed_at is not None:
        raise NotFound
    return event


def _write(event: RiskEvent, draft: EventDraft) -> None:
    event.description = draft.description
    # Who saves a proposal has looked at it.
    event.is_proposed = False
    event.accident_types = list(draft.accident_types)
    event.consequence = draft.consequence
    event.department_id = draft.department_id
    event.owner_id = draft.owner_id
    event.remark = draft.remark
    if draft.department_id is not None:
        event.department_words = ""
    if draft.owner_id is not None:
        event.owner_words = ""


def _grade(event: RiskEvent, draft: EventDraft, found: Assessed) -> None:
    event.method = found.residual.method
    event.value = found.residual.value
    event.level = found.residual_level
    event.inherent_level = found.inherent_level
    event.control_level = draft.answering(found.residual_level)


def _point(work: Work, draft: EventDraft) -> UUID:
    """The point of that name, blanks aside, or a new one; one out of use is in use again."""
    enterprise_id = work.actor.enterprise_id
    known = _known_point(work.session, enterprise_id, draft.point)
    if known is not None:
        work.locked(RiskPoint, enterprise_id, known).stopped_at = None
        return known
    point = RiskPoint(
        enterprise_id=enterprise_id,
        id=new_id(work.at),
        name=draft.point,
        kind=draft.point_kind,
        unit_id=_unit(work, draft.unit),
        place=draft.place,
        department_id=draft.department_id,
        owner_id=draft.owner_id,
        created_at=work.at,
    )
    work.add(point)
    return point.id


def _known_point(session: Session, enterprise_id: UUID, name: str) -> UUID | None:
    own = select(RiskPoint.id, RiskPoint.name).where(RiskPoint.enterprise_id == enterprise_id)
    # Most names come as they are kept; only others need all of them.
    exact = session.execute(own.where(RiskPoint.name == name)).one_or_none()
    if exact is not None:
        return exact[0]
    wanted = squeezed(name)
    return next((id_ for id_, there in session.execute(own) if squeezed(there) == wanted), None)


def _unit(work: Work, name: str) -> UUID | None:
    """The unit of that name, blanks aside, or a new one; None for no name."""
    if not name:
        return None
    enterprise_id = work.actor.enterprise_id
    names = work.session.execute(
        select(RiskUnit.id, RiskUnit.name).where(RiskUnit.enterprise_id == enterprise_id)
    )
    known = next((id_ for id_, there in names if squeezed(there) == squeezed(name)), None)
    if known is not None:
        return known
    unit = RiskUnit(enterprise_id=enterprise_id, id=new_id(work.at), name=name)
    work.add(unit)
    return unit.id


def _source(work: Work, point_id: UUID, draft: EventDraft) -> UUID:
    enterprise_id = work.actor.enterprise_id
    known = _known_source(work.session, enterprise_id, point_id, draft)
    if known is not None:
        return known
    source = HazardSource(
        enterprise_id=enterprise_id,
        id=new_id(work.at),
        point_id=point_id,
        activity=draft.activity,
        step=draft.step,
        name=draft.hazard_source,
    )
    work.add(source)
    return source.id


def _known_source(
    session: Session, enterprise_id: UUID, point_id: UUID, draft: EventDraft
) -> UUID | None:
    return session.execute(
        select(HazardSource.id)
        .where(
            HazardSource.enterprise_id == enterprise_id,
            HazardSource.point_id == point_id,
            HazardSource.activity == draft.activity,
            HazardSource.step == draft.step,
            HazardSource.name == draft.hazard_source,
        )
        .order_by(HazardSource.id)
        .limit(1)
    ).scalar_one_or_none()


def _note(work: Work, draft: EventDraft, number: int) -> None:
    work.note(number=number_words(number), point=draft.point, event=draft.description)


def _publish(work: Work, points: tuple[UUID, ...]) -> None:
    enterprise_id = work.actor.enterprise_id
    work.publish(MeasuresChanged(enterprise_id, points, work.at))
    work.publish(LedgerChanged(enterprise_id, work.at))
