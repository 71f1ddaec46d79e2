"""A hazard from its discovery to its closure; each function is one step and one audit entry."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from webapp.accounts.rules.roles import Role
from webapp.hazards.events import (
    HazardOpened,
    HazardReturned,
)
from webapp.hazards.models.hazards import Hazard
from webapp.hazards.queries.records import department_of_point, has_failed_since
from webapp.hazards.rules.checks import hazard_title
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import (
    HazardAction,
    HazardSource,
    HazardState,
    Outcome,
    after_reinspection,
    first_state,
    rectification_refusal,
    remark_refusal,
)
from webapp.hazards.rules.orders import OrderItem
from webapp.hazards.rules.repeats import REPEAT_WITHIN_DAYS
from webapp.hazards.rules.submissions import Upload
from webapp.hazards.service.acts import act, check_reach, obey
from webapp.hazards.service.closing import (
    close_too,
    rectified_on_time,
    refusal_to_close,
    tell_rectified,
)
from webapp.hazards.service.photos import prepared, store
from webapp.hazards.service.standing import (
    check_implementations,
    check_rectifier,
    check_verifier,
)
from webapp.hazards.service.steps import (
    WORDS,
    moved,
    show_photos,
    taken,
    told,
    write_step,
)
from webapp.platform.clock import local_date
from webapp.platform.errors import RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.numbering import next_number
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work

_FRONTLINE = frozenset({Role.WORKER.value, Role.TEAM_LEADER.value})


def open_hazard(
    actor: Actor,
    enterprise_id: UUID,
    *,
    title: str,
    description: str,
    source: HazardSource,
    at: datetime,
    place: str = "",
    level: HazardLevel = HazardLevel.GENERAL,
    criterion_code: str = "",
    point_id: UUID | None = None,
    event_id: UUID | None = None,
    measure_id: UUID | None = None,
    item_id: UUID | None = None,
    check_id: UUID | None = None,
    photos: Collection[UUID] = (),
    order_id: UUID | None = None,
    order_number: str = "",
    order_item: int | None = None,
    due_on: date | None = None,
) -> UUID:
    """Open a hazard that knows where it comes from; ``photos`` are stored files showing it.

    Its number runs without a gap in the enterprise and the year.
    """
    first_day = local_date(at) - timedelta(days=REPEAT_WITHIN_DAYS)
    with act(actor, enterprise_id, "hazard.reported", at=at) as work:
        hazard = Hazard(
            enterprise_id=enterprise_id,
            id=new_id(at),
            number=_number(work, enterprise_id),
            title=title,
            description=description,
            place=place,
            source=source.value,
            level=level.value,
            criterion_code=criterion_code,
            state=first_state(source).value,
            point_id=point_id,
            event_id=event_id,
            measure_id=measure_id,
            item_id=item_id,
            check_id=check_id,
            department_id=_department(work, enterprise_id, point_id),
            order_id=order_id,
            order_number=order_number,
            order_item=order_item,
            reported_by=actor.person_id,
            reported_by_user=actor.user_id,
            reported_by_name=actor.name,
            is_frontline=actor.role in _FRONTLINE,
            is_repeated=measure_id is not None
            and has_failed_since(work.session, enterprise_id, measure_id, first_day),
            reported_at=at,
            due_on=due_on,
        )
        work.subject = hazard.id
        work.add(hazard)
        write_step(work, hazard, HazardAction.REPORT, description)
        show_photos(work, hazard, photos, "before")
        told(work, hazard, source=hazard.source)
        work.publish(
            HazardOpened(
                enterprise_id,
                hazard.id,
                level,
                source,
                due_on,
                hazard.is_frontline,
                hazard.is_repeated,
                actor.person_id,
                at,
            )
        )
    return hazard.id


def _number(work: Work, enterprise_id: UUID) -> str:
    year = local_date(work.at).year
    return f"YH-{year}-{next_number(work.session, enterprise_id, 'hazard', year):04d}"


def _department(work: Work, enterprise_id: UUID, point_id: UUID | None) -> UUID | None:
    if point_id is None:
        return None
    return department_of_point(work.session, enterprise_id, point_id)


def open_from_order(
    actor: Actor,
    enterprise_id: UUID,
    *,
    order_id: UUID,
    order_number: str,
    items: tuple[OrderItem, ...],
    at: datetime,
) -> dict[int, UUID]:
    """Make an order's items hazards of the enterprise, with the order's dates; ids by item number.

    They come graded by the officers and can be closed by their re-inspection only.
    """
    with act(actor, enterprise_id, "hazard.ordered", at=at, subject=order_id) as work:
        work.note(order=order_number, count=len(items))
        return {
            item.number: open_hazard(
                actor,
                enterprise_id,
                title=hazard_title(item.description),
                description=item.description,
                source=HazardSource.INSPECTION,
                level=HazardLevel.MAJOR if item.is_major else HazardLevel.GENERAL,
                criterion_code=item.criterion_code,
                point_id=item.point_id,
                event_id=item.event_id,
                measure_id=item.measure_id,
                photos=(item.photo_file_id,) if item.photo_file_id else (),
                order_id=order_id,
                order_number=order_number,
                order_item=item.number,
                due_on=item.due_on,
                at=at,
            )
            for item in items
        }


def rectify(
    actor: Actor,
    enterprise_id: UUID,
    hazard_id: UUID,
    *,
    measures: str,
    uploads: Collection[Upload] = (),
    kept: Collection[UUID] = (),
    version: int | None = None,
    at: datetime,
) -> None:
    """Report a rectification as done, with words and at least one picture of the result.

    ``kept`` are pictures stored by an earlier try that was refused. A major hazard needs its five
    implementations first (Order No. 16 of the State Administration of Work Safety).
    """
    pictures = prepared(uploads)
    with act(actor, enterprise_id, "hazard.rectified", at=at, subject=hazard_id) as work:
        hazard = taken(work, enterprise_id, hazard_id, version=version, yours={WORDS: measures})
        obey(rectification_refusal(measures, len(uploads) + len(kept)))
        check_rectifier(work, hazard)
        check_implementations(hazard)
        moved(hazard, HazardAction.RECTIFY)
        hazard.rectification = measures
        hazard.rectified_by_user, hazard.rectified_by_name = actor.user_id, actor.name
        hazard.rectified_at = at
        files = store(work, enterprise_id, pictures, kept)
        show_photos(work, hazard, [each.file_id for each in files], "after")
        write_step(work, hazard, HazardAction.RECTIFY, measures)
        told(work, hazard)
        tell_rectified(work, hazard)


def verify(
    actor: Actor,
    enterprise_id: UUID,
    hazard_id: UUID,
    *,
    outcome: Outcome,
    words: str = "",
    version: int | None = None,
    at: datetime,
) -> HazardState:
    """Accept or return a rectification; the verifier is never the one who rectified.

    Who may close it and finds nothing missing closes it with the same tap. Gives the state it
    has come to. Raises RuleBroken, or Invalid at ``remark`` when a return gives no reason.
    """
    is_accepted = outcome is Outcome.ACCEPTED
    action = HazardAction.ACCEPT if is_accepted else HazardAction.RETURN
    name = "hazard.verified" if is_accepted else "hazard.returned"
    with act(actor, enterprise_id, name, at=at, subject=hazard_id) as work:
        hazard = taken(work, enterprise_id, hazard_id, version=version)
        check_reach(work, enterprise_id, "hazards.verify", department_id=hazard.department_id)
        obey(remark_refusal(action, words))
        check_verifier(work, hazard)
        moved(hazard, action)
        write_step(work, hazard, action, words)
        told(work, hazard)
        if not is_accepted:
            _send_back(work, hazard)
            return HazardState(hazard.state)
        hazard.verification = words
        hazard.verified_by_user, hazard.verified_by_name = actor.user_id, actor.name
        hazard.verified_at = at
        work.session.flush()
        if refusal_to_close(work, hazard) is None:
            close_too(work, hazard)
        return HazardState(hazard.state)


def _send_back(work: Work, hazard: Hazard) -> None:
    was_on_time = rectified_on_time(work, hazard)
    hazard.return_count += 1
    hazard.verified_by_user, hazard.verified_by_name, hazard.verified_at = None, "", None
    hazard.rectified_at = None
    level = HazardLevel(hazard.level)
    work.publish(
        HazardReturned(hazard.enterprise_id, hazard.id, level, hazard.due_on, was_on_time, work.at)
    )


def close_by_reinspection(
    actor: Actor,
    enterprise_id: UUID,
    hazard_id: UUID,
    *,
    outcome: Outcome,
    words: str,
    at: datetime,
) -> HazardState:
    """The officers' re-inspection of an order's item: closed, or back to whoever has to do it.

    What they see on the spot decides, whatever the enterprise has reported so far.
    """
    name = "hazard.verified" if outcome is Outcome.ACCEPTED else "hazard.returned"
    with act(actor, enterprise_id, name, at=at, subject=hazard_id) as work:
        hazard = taken(work, enterprise_id, hazard_id, version=None)
        if hazard.order_id is None:
            raise RuleBroken("这条隐患不是执法指令的列项，由企业自行验收。")
        if hazard.state == HazardState.CLOSED:
            raise RuleBroken("这一列项已经复查销号。")
        was_reported = hazard.state in (HazardState.RECTIFIED, HazardState.VERIFIED)
        if outcome is Outcome.RETURNED:
            hazard.state = after_reinspection(HazardState(hazard.state), outcome)
            write_step(work, hazard, HazardAction.RETURN, words)
            if was_reported:
                _send_back(work, hazard)
        else:
            hazard.verification = words
            hazard.verified_by_user, hazard.verified_by_name = actor.user_id, actor.name
            hazard.verified_at = at
            if hazard.rectified_at is None:
                # Nobody had reported it done: it was found done.
                hazard.rectified_at = at
                tell_rectified(work, hazard)
            write_step(work, hazard, HazardAction.ACCEPT, words)
            close_too(work, hazard)
        told(work, hazard)
        return HazardState(hazard.state)
