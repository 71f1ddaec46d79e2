"""An enterprise applies, its agency decides, and its own people amend the record later."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select

from webapp.accounts.queries.credentials import credentials_of
from webapp.accounts.rules.logins import normalised_login
from webapp.accounts.rules.roles import Role
from webapp.accounts.service.login import Device, check_lock, refuse
from webapp.accounts.service.members import create_user, on_platform
from webapp.accounts.service.secrets import is_password
from webapp.enterprise.events import EnterpriseMoved
from webapp.enterprise.models.profile import Enterprise, EnterpriseHistory
from webapp.enterprise.queries.profile import profile, profile_row
from webapp.enterprise.rules.phones import normalised_phone
from webapp.enterprise.rules.registration import (
    Application,
    RegistrationAction,
    RegistrationState,
    amendment_refusals,
    application_refusals,
    changes,
    decision_refusal,
    next_state,
)
from webapp.enterprise.rules.search import search_text
from webapp.enterprise.service.founding import found_enterprise
from webapp.enterprise.service.refusals import constraint_words, granted, refuse_all, refuse_if
from webapp.platform.database import reading
from webapp.platform.errors import Invalid
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import SYSTEM, Actor
from webapp.platform.unit_of_work import Work, unit_of_work
from webapp.standards import regions, uscc

_KNOWN = {
    RegistrationState.APPLIED: "这家企业的申请正在审核，不用重复提交，可以在“查询进度”里查看。",
    RegistrationState.APPROVED: "这家企业已经入驻，请联系本单位安全管理人员邀请您加入。",
    RegistrationState.CLOSED: "这家企业已注销，如需重新入驻请联系所在县（市、区）应急管理局。",
}


@dataclass(frozen=True, slots=True)
class Applicant:
    """The account that applies, and what it becomes in the enterprise.

    Either the one that is signed in (`user_id`), or a new one (`login`, `password`).
    """

    role: Role
    login: str = ""
    password: str = ""
    user_id: UUID | None = None


def apply(
    actor: Actor,
    application: Application,
    *,
    applicant: Applicant,
    key: UUID | None = None,
    at: datetime,
) -> UUID:
    """Hand in an application; the enterprise's id. The same `key` again gives the same answer.

    A rejected enterprise may apply again. Raises Invalid at the field.
    """
    record = cleaned(application)
    refuse_all(application_refusals(record))
    known_user = applicant.user_id or _earlier_applicant(record.uscc, applicant, at)
    with unit_of_work(on_platform(actor), "enterprise.applied", at=at) as work:
        answer = None if key is None else work.claim(key, "enterprise.applied")
        if answer is not None:
            return UUID(answer["enterprise_id"])
        found = _applying(work, record)
        found.applicant_role = applicant.role
        found.applicant_id = known_user or _new_user(work.actor, record, applicant, at)
        with constraint_words(uq_enterprise_uscc=("uscc", _KNOWN[RegistrationState.APPLIED])):
            work.add(found)
        work.subject = found.id
        work.note(name=record.name, uscc=record.uscc, region_code=record.region_code)
        if key is not None:
            work.seal(key, {"enterprise_id": str(found.id)})
        return found.id


def check_application(application: Application) -> None:
    """Say what is wrong with an application before it is handed in. Raises Invalid."""
    record = cleaned(application)
    refuse_all(application_refusals(record))
    with reading(SYSTEM) as session:
        state = session.scalar(select(Enterprise.state).where(Enterprise.uscc == record.uscc))
    if state is not None and RegistrationState(state) in _KNOWN:
        raise Invalid("uscc", _KNOWN[RegistrationState(state)])


def approve(actor: Actor, enterprise_id: UUID, *, at: datetime) -> None:
    """Let an enterprise in: its chain, code, first posts and people, the applicant's membership.

    Approving again changes nothing. Raises NotFound outside the agency's region, RuleBroken
    when the agency or the state does not allow it.
    """
    seen = profile(actor.scope, enterprise_id)
    _check_decision(actor, seen.region_code, RegistrationAction.APPROVE)
    with unit_of_work(on_platform(actor), "enterprise.approved", at=at, subject=seen.id) as work:
        work.only_on_chain(actor.scope.chain)
        found = work.locked(Enterprise, enterprise_id)
        once = uuid5(found.id, f"approve {found.applied_at.isoformat()}")
        if work.claim(once, "enterprise.approved") is not None:
            return
        state = RegistrationState(found.state)
        found.state = granted(next_state(state, RegistrationAction.APPROVE))
        _decided(work, found, remark="")
        work.open_chain(found.id)
        work.note(name=found.name, uscc=found.uscc, applied_at=found.applied_at.isoformat())
        found_enterprise(work, found)
        work.seal(once, {})


def reject(actor: Actor, enterprise_id: UUID, *, remark: str, at: datetime) -> None:
    """Hand an application back with the reason. Raises Invalid without one."""
    seen = profile(actor.scope, enterprise_id)
    _check_decision(actor, seen.region_code, RegistrationAction.REJECT, remark)
    with unit_of_work(actor, "enterprise.rejected", at=at, subject=enterprise_id) as work:
        found = work.locked(Enterprise, enterprise_id)
        state = RegistrationState(found.state)
        found.state = granted(next_state(state, RegistrationAction.REJECT))
        _decided(work, found, remark=remark.strip())
        work.note(name=found.name, uscc=found.uscc, remark=remark.strip())


def amend(actor: Actor, application: Application, *, version: int, at: datetime) -> None:
    """Change the record of the actor's own enterprise; what it said before is kept.

    Raises Conflict when another has saved since, Invalid at the field.
    """
    enterprise_id = actor.enterprise_id
    with unit_of_work(actor, "enterprise.amended", at=at, subject=enterprise_id) as work:
        found = work.locked(Enterprise, enterprise_id, version=version)
        before = profile_row(found).application
        after = replace(cleaned(application), uscc=uscc.normalise(application.uscc))
        refuse_all(amendment_refusals(before, after))
        changed = changes(before, after)
        if not changed:
            raise Invalid("name", "没有修改任何内容。")
        work.add(
            EnterpriseHistory(
                enterprise_id=enterprise_id,
                id=new_id(at),
                profile=asdict(before),
                changed_by=actor.user_id,
                changed_at=at,
            )
        )
        _write(found, after)
        work.note(fields=[change.words for change in changed])
        _publish_move(work, before, after)


def cleaned(application: Application) -> Application:
    """The application as it is stored: code, phones and region in their one form."""
    return replace(
        application,
        uscc=uscc.normalise(application.uscc),
        name=application.name.strip(),
        region_code=regions.normalise(application.region_code),
        address=application.address.strip(),
        legal_representative=application.legal_representative.strip(),
        principal_name=application.principal_name.strip(),
        principal_phone=normalised_phone(application.principal_phone),
        safety_officer_name=application.safety_officer_name.strip(),
        safety_officer_phone=normalised_phone(application.safety_officer_phone),
    )


def _check_decision(
    actor: Actor, region_code: str, action: RegistrationAction, remark: str = ""
) -> None:
    refuse_if(
        decision_refusal(
            action, agency_region=actor.scope.region, region_code=region_code, remark=remark
        )
    )


def _decided(work: Work, found: Enterprise, *, remark: str) -> None:
    found.decided_at, found.decided_by = work.at, work.actor.user_id
    found.decision_remark = remark


def _earlier_applicant(code: str, applicant: Applicant, at: datetime) -> UUID | None:
    """The account that applied before and was rejected, when it applies again itself."""
    with reading(SYSTEM) as session:
        row = session.execute(
            select(Enterprise.applicant_id).where(
                Enterprise.uscc == code,
                Enterprise.state == RegistrationState.REJECTED,
                Enterprise.applicant_id.is_not(None),
            )
        ).one_or_none()
    if row is None or row[0] is None:
        return None
    account = credentials_of(row[0])
    if account.login != normalised_login(applicant.login):
        return None
    check_lock(account.login, at)
    if not is_password(applicant.password, account.password_hash):
        refuse(account.login, device=Device("企业入驻申请", ""), at=at)
        raise Invalid("password", "这个账号上次申请时已设密码，请输入当时的密码。")
    return account.user_id


def _new_user(actor: Actor, record: Application, applicant: Applicant, at: datetime) -> UUID:
    is_principal = applicant.role is Role.PRINCIPAL
    return create_user(
        actor,
        login=applicant.login,
        password=applicant.password,
        name=record.principal_name if is_principal else record.safety_officer_name,
        phone=record.principal_phone if is_principal else record.safety_officer_phone,
        at=at,
    )


def _applying(work: Work, record: Application) -> Enterprise:
    """A new row, or the rejected one of this code, with what the application says."""
    found = work.session.scalars(
        select(Enterprise).where(Enterprise.uscc == record.uscc).with_for_update()
    ).one_or_none()
    if found is None:
        found = Enterprise(id=new_id(work.at), uscc=record.uscc)
        found.state = RegistrationState.APPLIED
    else:
        state = RegistrationState(found.state)
        if state in _KNOWN:
            raise Invalid("uscc", _KNOWN[state])
        found.state = granted(next_state(state, RegistrationAction.REAPPLY))
    _write(found, record)
    found.applied_at, found.decided_at, found.decided_by = work.at, None, None
    found.decision_remark = ""
    return found


def _write(found: Enterprise, record: Application) -> None:
    for field, value in asdict(record).items():
        if field != "uscc":
            setattr(found, field, list(value) if isinstance(value, tuple) else value)
    found.search = search_text(record.name, record.uscc)


def _publish_move(work: Work, before: Application, after: Application) -> None:
    places = (before.region_code, after.region_code, before.industry_code, after.industry_code)
    if before.region_code != after.region_code or before.industry_code != after.industry_code:
        work.publish(EnterpriseMoved(work.actor.enterprise_id, *places, at=work.at))
