"""An inspection begins, is written on by two officers, is given up."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from webapp.accounts.queries.members import officers as agency_officers
from webapp.accounts.rules.roles import Role
from webapp.enterprise.queries.profile import profile
from webapp.enterprise.rules.registration import RegistrationState
from webapp.enterprise.service.refusals import granted, refuse_if
from webapp.inspection.models.cases import CaseOfficer, InspectionCase
from webapp.inspection.queries.cases import case_detail
from webapp.inspection.rules.cases import (
    CaseAction,
    CaseState,
    Officer,
    next_state,
    officers_refusal,
    time_refusal,
)
from webapp.inspection.rules.edits import merged
from webapp.inspection.rules.visits import ACCOUNT_FIELDS, Account, Start, typed_time
from webapp.inspection.service.access import act_on_case, acting_user, open_case, own_case
from webapp.platform.clock import SHANGHAI
from webapp.platform.errors import Conflict, Invalid, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work


def start_case(actor: Actor, enterprise_id: UUID, start: Start, *, key: UUID, at: datetime) -> UUID:
    """Begin an inspection of an enterprise in one's region with a second officer; the case's id.

    The same key begins it once. Raises Invalid at ``officers`` for fewer than two officers with
    certificates, RuleBroken while the agency has another one open there.
    """
    with act_on_case(actor, "case.started", enterprise_id, enterprise_id, at=at) as work:
        answer = work.claim(key, "case.started")
        if answer is not None:
            return UUID(answer["case_id"])
        enterprise = profile(actor.scope, enterprise_id)
        if enterprise.state is not RegistrationState.APPROVED:
            raise RuleBroken("企业尚未审核入驻，不能发起执法检查。")
        if not start.is_certificate_shown:
            raise Invalid("is_certificate_shown", "请先向现场负责人出示执法证件。")
        officers = _officers(actor, start.second_officer_id)
        refuse_if(officers_refusal(officers, enterprise.region_code))
        _check_none_open(work, enterprise_id)
        case = _new_case(work, enterprise_id, start)
        work.add(case)
        work.add(*(_on_case(case, place, one) for place, one in enumerate(officers, 1)))
        work.subject = case.id
        work.note(case=case.id, enterprise=enterprise.name, officers=[one.name for one in officers])
        work.seal(key, {"case_id": str(case.id)})
        return case.id


def _officers(actor: Actor, second_officer_id: UUID) -> list[Officer]:
    scope = actor.scope
    known = {
        row.user_id: row
        for row in agency_officers(scope, scope.agency_id or UUID(int=0))
        if row.role is Role.INSPECTOR
    }
    own, second = known.get(acting_user(actor)), known.get(second_officer_id)
    if own is None or second is None:
        raise Invalid("officers", "请选择本机关的另一名执法人员。")
    return [
        Officer(one.user_id, one.name, one.certificate_number, scope.region)
        for one in (own, second)
    ]


def _check_none_open(work: Work, enterprise_id: UUID) -> None:
    still_open = work.session.execute(
        select(InspectionCase.id)
        .where(
            InspectionCase.enterprise_id == enterprise_id,
            InspectionCase.agency_id == work.actor.scope.agency_id,
            InspectionCase.state == CaseState.OPEN.value,
        )
        .limit(1)
    ).scalar_one_or_none()
    if still_open is not None:
        raise RuleBroken("本机关在这家企业有一次检查还在进行，请先完成或终止那次检查。")


def _new_case(work: Work, enterprise_id: UUID, start: Start) -> InspectionCase:
    agency_id = work.actor.scope.agency_id
    if agency_id is None:
        raise RuleBroken("只有执法机关的人员可以发起检查。")
    return InspectionCase(
        enterprise_id=enterprise_id,
        id=new_id(work.at),
        agency_id=agency_id,
        state=CaseState.OPEN.value,
        places=start.places,
        contact_name=start.contact_name,
        contact_position=start.contact_position,
        contact_phone=start.contact_phone,
        started_at=work.at.replace(second=0, microsecond=0),
        created_by=work.actor.user_id,
        changed_by=work.actor.user_id,
        changed_at=work.at,
    )


def _on_case(case: InspectionCase, ordinal: int, officer: Officer) -> CaseOfficer:
    return CaseOfficer(
        enterprise_id=case.enterprise_id,
        case_id=case.id,
        user_id=officer.user_id,
        ordinal=ordinal,
        name=officer.name,
        certificate_number=officer.certificate_number,
    )


def save_case(
    actor: Actor,
    enterprise_id: UUID,
    case_id: UUID,
    account: Account,
    *,
    version: int,
    seen: dict[str, str],
    at: datetime,
) -> None:
    """Keep what an officer wrote of the inspection.

    ``version`` and ``seen`` are what the officer began with. When the colleague has saved since,
    raises Conflict whose changes hold the merge, the colleague's name, the time and the new
    version; nothing is written. Raises Invalid at a time that cannot be.
    """
    with act_on_case(actor, "case.saved", enterprise_id, case_id, at=at) as work:
        case = open_case(work, enterprise_id, case_id)
        if case.version != version:
            raise _conflict(actor, case, account, seen)
        account = _with_seconds(account, case)
        if account.ended_at is not None:
            refuse_if(time_refusal(account.started_at, account.ended_at, now=at))
        if account.started_at > at:
            raise Invalid("started_at", "检查开始时间不能晚于现在。")
        before = account_of(case).texts()
        _write(case, account)
        case.changed_by, case.changed_at = actor.user_id, at
        work.session.flush()
        after = account.texts()
        changed = [name for name in ACCOUNT_FIELDS if before[name] != after[name]]
        work.note(case=case_id, changed={name: [before[name], after[name]] for name in changed})


def _conflict(
    actor: Actor, case: InspectionCase, account: Account, seen: dict[str, str]
) -> Conflict:
    theirs = account_of(case).texts()
    merge = merged(seen, theirs, account.texts(), ACCOUNT_FIELDS)
    detail = case_detail(actor.scope, case.enterprise_id, case.id)
    when = case.changed_at.astimezone(SHANGHAI)
    return Conflict(
        f"{detail.changer}在 {when:%H:%M} 保存过这次检查，您的内容还没有保存。"
        "请核对下面的不同之处后再保存。",
        {
            "who": detail.changer,
            "at": case.changed_at,
            "version": case.version,
            "seen": theirs,
            "merge": merge,
        },
    )


def account_of(case: InspectionCase) -> Account:
    """The account that a case holds."""
    return Account(
        places=case.places,
        contact_name=case.contact_name,
        contact_position=case.contact_position,
        contact_phone=case.contact_phone,
        situation=case.situation,
        started_at=case.started_at,
        ended_at=case.ended_at,
    )


def _with_seconds(account: Account, case: InspectionCase) -> Account:
    """A time that the form shows unchanged keeps the seconds that the form does not show."""
    return replace(
        account,
        started_at=_kept(account.started_at, case.started_at),
        ended_at=_kept(account.ended_at, case.ended_at),
    )


Instant = TypeVar("Instant", datetime, datetime | None)


def _kept(typed: Instant, stored: Instant) -> Instant:
    return stored if typed_time(typed) == typed_time(stored) else typed


def _write(case: InspectionCase, account: Account) -> None:
    case.places, case.situation = account.places, account.situation
    case.contact_name = account.contact_name
    case.contact_position = account.contact_position
    case.contact_phone = account.contact_phone
    case.started_at, case.ended_at = account.started_at, account.ended_at


def finish_visit(actor: Actor, enterprise_id: UUID, case_id: UUID, *, at: datetime) -> None:
    """Note that the officers are done looking; an end that was written before stays."""
    with act_on_case(actor, "case.saved", enterprise_id, case_id, at=at) as work:
        case = open_case(work, enterprise_id, case_id)
        if case.ended_at is None:
            minute = at.replace(second=0, microsecond=0)
            end = minute if minute > case.started_at else at
            refuse_if(time_refusal(case.started_at, end, now=at))
            case.ended_at, case.changed_by, case.changed_at = end, actor.user_id, at
        work.note(case=case_id, ended_at=case.ended_at)


def abandon_case(
    actor: Actor, enterprise_id: UUID, case_id: UUID, *, reason: str, at: datetime
) -> None:
    """Give up an inspection that led to no paper, as when it was begun by mistake.

    Raises Invalid without a reason, RuleBroken once a record has been issued.
    """
    with act_on_case(actor, "case.abandoned", enterprise_id, case_id, at=at) as work:
        case = own_case(work, enterprise_id, case_id)
        if not reason.strip():
            raise Invalid("reason", "请写明终止检查的原因。")
        case.state = granted(next_state(CaseState(case.state), CaseAction.ABANDON)).value
        case.closed_at, case.changed_by, case.changed_at = at, actor.user_id, at
        work.note(case=case_id, reason=reason.strip())
