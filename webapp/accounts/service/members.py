"""Accounts, agencies, memberships: how they come into being."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from webapp.accounts.events import MemberJoined
from webapp.accounts.models.memberships import Agency, Invitation, Membership
from webapp.accounts.models.users import UserAccount
from webapp.accounts.queries.members import lacks_principal
from webapp.accounts.rules.logins import login_refusal, normalised_login
from webapp.accounts.rules.members import INVITATION_LASTS, grantable_in
from webapp.accounts.rules.passwords import password_refusal
from webapp.accounts.rules.roles import Role
from webapp.accounts.service.secrets import hash_password
from webapp.accounts.service.staff import check_free
from webapp.platform.errors import Forbidden, Invalid, RuleBroken
from webapp.platform.identifiers import new_id, new_token, token_hash
from webapp.platform.tenancy import SYSTEM, Actor
from webapp.platform.unit_of_work import Work, unit_of_work, violated
from webapp.standards import regions

CITY_DIGITS = 4
ALREADY_MEMBER = "此人已经是本单位成员，不用重复加入。"


def on_platform(actor: Actor) -> Actor:
    """The same person where only the platform may write: accounts, secrets, sign-ins."""
    return replace(actor, scope=SYSTEM)


def create_user(
    actor: Actor,
    *,
    login: str,
    name: str,
    password: str,
    phone: str = "",
    must_change_password: bool = False,
    at: datetime,
) -> UUID:
    """Give a person an account without any membership; its id.

    Raises Invalid at ``login`` for an unfit or taken name, at ``password`` for a weak one.
    """
    login = normalised_login(login)
    personal = (login, name, phone)
    for refusal in (login_refusal(login), password_refusal(password, personal=personal)):
        if refusal is not None:
            raise Invalid(refusal.field or "login", refusal.message)
    hashed = hash_password(password)
    user_id = new_id(at)
    with unit_of_work(on_platform(actor), "user.created", at=at, subject=user_id) as work:
        work.only_on_chain(actor.scope.chain)
        work.note(login=login, name=name)
        _add_user(
            work,
            UserAccount(
                id=user_id,
                login=login,
                name=name,
                phone=phone,
                password_hash=hashed,
                password_changed_at=at,
                must_change_password=must_change_password,
                created_at=at,
            ),
        )
    return user_id


def _add_user(work: Work, account: UserAccount) -> None:
    try:
        work.add(account)
    except IntegrityError as error:
        if violated(error) == "uq_user_account_login":
            message = "这个账号已有人使用，请换一个；如果是您本人的，请登录后再操作。"
            raise Invalid("login", message) from error
        raise


def add_membership(
    actor: Actor,
    *,
    user_id: UUID,
    role: str,
    enterprise_id: UUID | None = None,
    agency_id: UUID | None = None,
    person_id: UUID | None = None,
    certificate_number: str = "",
    at: datetime,
) -> UUID:
    """Let an account work for an organisation in a role; without one, as operator.

    Raises RuleBroken when it is a member already.
    """
    membership = Membership(
        id=new_id(at),
        user_id=user_id,
        enterprise_id=enterprise_id,
        agency_id=agency_id,
        role=Role(role).value,
        person_id=person_id,
        certificate_number=certificate_number,
        created_at=at,
    )
    with unit_of_work(on_platform(actor), "member.joined", at=at, subject=user_id) as work:
        organisation = enterprise_id or agency_id
        work.only_on_chain(actor.scope.chain if organisation is None else organisation)
        try:
            work.add(membership)
        except IntegrityError as error:
            if violated(error) == "uq_membership_present":
                raise RuleBroken(ALREADY_MEMBER) from error
            raise
        _publish_joined(work, membership)
    return membership.id


def _publish_joined(work: Work, membership: Membership) -> None:
    name, phone = work.session.execute(
        select(UserAccount.name, UserAccount.phone).where(UserAccount.id == membership.user_id)
    ).one()
    work.note(name=name, role=membership.role)
    work.publish(
        MemberJoined(
            user_id=membership.user_id,
            membership_id=membership.id,
            enterprise_id=membership.enterprise_id,
            agency_id=membership.agency_id,
            role=membership.role,
            person_id=membership.person_id,
            name=name,
            phone=phone,
            at=work.at,
        )
    )


def create_agency(
    actor: Actor,
    *,
    name: str,
    region_code: str,
    document_prefix: str,
    reconsideration_organ: str,
    court: str,
    address: str = "",
    phone: str = "",
    at: datetime,
) -> UUID:
    """Enter an agency whose region prefix is its scope; its id.

    Raises Invalid at ``region_code`` for an unknown region, at ``name`` for a name in use, at
    ``document_prefix`` for one that another agency of the same city numbers its papers with.
    """
    region = regions.normalise(region_code)
    if not regions.exists(region):
        raise Invalid("region_code", "没有这个区划代码，请核对后重新填写。")
    agency = Agency(
        id=new_id(at),
        name=name,
        region_code=region,
        document_prefix=document_prefix,
        reconsideration_organ=reconsideration_organ,
        court=court,
        address=address,
        phone=phone,
        created_at=at,
    )
    with unit_of_work(on_platform(actor), "agency.created", at=at, subject=agency.id) as work:
        work.note(name=name, region_code=region)
        try:
            work.add(agency)
        except IntegrityError as error:
            if violated(error) == "uq_agency_name":
                raise Invalid("name", "已有同名机关，请核对。") from error
            raise
        _check_prefix(work, agency)
        work.open_chain(agency.id)
    return agency.id


def _check_prefix(work: Work, agency: Agency) -> None:
    """Refuse a prefix that would give two agencies of a city the same document number."""
    # One agency is entered at a time, so that two with one prefix do not pass each other.
    work.session.execute(text("select pg_advisory_xact_lock(hashtextextended('agency', 0))"))
    taken = work.session.execute(
        select(Agency.name)
        .where(
            Agency.id != agency.id,
            Agency.document_prefix == agency.document_prefix,
            func.left(Agency.region_code, CITY_DIGITS) == agency.region_code[:CITY_DIGITS],
        )
        .order_by(Agency.name)
        .limit(1)
    ).scalar_one_or_none()
    if taken is not None:
        message = f"“{agency.document_prefix}”已由{taken}使用，同一文号会重复，请换一个简称。"
        raise Invalid("document_prefix", message)


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation and the only copy of its link's token."""

    invitation_id: UUID
    token: str


def invite(
    actor: Actor,
    *,
    role: str,
    name: str,
    phone: str = "",
    person_id: UUID | None = None,
    enterprise_id: UUID | None = None,
    agency_id: UUID | None = None,
    at: datetime,
) -> Invited:
    """Make a link that lets its holder join once within seven days.

    The organisation is the actor's own; only an operator names another. Raises Invalid at
    ``role`` for one that the actor cannot give, at ``person_id`` for one who has an account.
    """
    enterprise_id, agency_id = _organisation(actor, enterprise_id, agency_id)
    grantable = grantable_in(
        Role(actor.role),
        is_agency=agency_id is not None,
        lacks_principal=lacks_principal(actor.scope),
    )
    if Role(role) not in grantable:
        raise Invalid("role", "您不能邀请这个角色，请重新选择。")
    invited = Invited(new_id(at), new_token())
    with unit_of_work(actor, "member.invited", at=at, subject=invited.invitation_id) as work:
        work.only_on_chain(enterprise_id or agency_id or actor.scope.chain)
        work.note(name=name, role=role)
        if person_id is not None:
            check_free(work, enterprise_id, person_id)
        work.add(
            Invitation(
                id=invited.invitation_id,
                enterprise_id=enterprise_id,
                agency_id=agency_id,
                token_hash=token_hash(invited.token),
                role=role,
                name=name,
                phone=phone,
                person_id=person_id,
                invited_by=actor.user_id,
                created_at=at,
                expires_at=at + INVITATION_LASTS,
            )
        )
    return invited


def _organisation(
    actor: Actor, enterprise_id: UUID | None, agency_id: UUID | None
) -> tuple[UUID | None, UUID | None]:
    if actor.role != Role.OPERATOR:
        return actor.scope.enterprise_id, actor.scope.agency_id
    if (enterprise_id is None) == (agency_id is None):
        raise Forbidden
    return enterprise_id, agency_id


def create_operator(actor: Actor, *, login: str, name: str, password: str, at: datetime) -> UUID:
    """Give the platform an operator; the account's id. Raises Invalid like ``create_user``."""
    with unit_of_work(on_platform(actor), "operator.created", at=at) as work:
        user_id = create_user(actor, login=login, name=name, password=password, at=at)
        add_membership(actor, user_id=user_id, role=Role.OPERATOR, at=at)
        work.subject = user_id
    return user_id
