"""Users, agencies, memberships and sign-ins, as rows with plain valid values."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID, uuid4

from webapp.accounts.models.memberships import Agency, Invitation, Membership
from webapp.accounts.models.sessions import LoginSession
from webapp.accounts.models.users import UserAccount
from webapp.accounts.service.secrets import hash_password
from webapp.platform import audit
from webapp.platform.database import Base, transaction
from webapp.platform.identifiers import new_id, new_token, token_hash
from webapp.platform.tenancy import SYSTEM

MADE = datetime(2026, 1, 5, 1, tzinfo=UTC)
PASSWORD = "黄河之水天上来1"
# Sign-ins are made long after any test's `now`, which the clock at the door does not know.
NEVER = datetime(2099, 1, 1, tzinfo=UTC)


@cache
def password_hash(password: str = PASSWORD) -> str:
    """One hash for all: it is as slow as it must be."""
    return hash_password(password)


def insert(*rows: Base) -> None:
    """Write rows as the platform itself."""
    with transaction(SYSTEM) as session:
        session.add_all(rows)


def make_user(
    *,
    login: str = "",
    name: str = "王建国",
    phone: str = "",
    password: str = PASSWORD,
    **values: object,
) -> UserAccount:
    user = UserAccount(
        id=new_id(),
        login=login or f"u{uuid4().hex[:12]}",
        name=name,
        phone=phone,
        password_hash=password_hash(password),
        password_changed_at=MADE,
        created_at=MADE,
        **values,
    )
    insert(user)
    return user


def make_agency(
    *, name: str = "", region_code: str = "4105", document_prefix: str = "安", **values: object
) -> Agency:
    """An agency with its audit chain."""
    agency = Agency(
        id=new_id(),
        name=name or f"安阳市应急管理局{uuid4().hex[:6]}",
        region_code=region_code,
        document_prefix=document_prefix,
        reconsideration_organ="安阳市人民政府",
        court="安阳市文峰区人民法院",
        created_at=MADE,
        **values,
    )
    with transaction(SYSTEM) as session:
        session.add(agency)
        session.flush()
        audit.open_chain(session, agency.id)
    return agency


def make_membership(
    user_id: UUID,
    role: str,
    *,
    enterprise_id: UUID | None = None,
    agency_id: UUID | None = None,
    person_id: UUID | None = None,
    certificate_number: str = "",
    ends_on: date | None = None,
    suspended_at: datetime | None = None,
) -> Membership:
    membership = Membership(
        id=new_id(),
        user_id=user_id,
        enterprise_id=enterprise_id,
        agency_id=agency_id,
        role=role,
        person_id=person_id,
        certificate_number=certificate_number,
        created_at=MADE,
        ends_on=ends_on,
        suspended_at=suspended_at,
    )
    insert(membership)
    return membership


def make_session(
    user_id: UUID, membership_id: UUID | None, *, expires_at: datetime = NEVER, **values: object
) -> str:
    """A living sign-in; its token."""
    token = new_token()
    insert(
        LoginSession(
            token_hash=token_hash(token),
            id=new_id(),
            user_id=user_id,
            membership_id=membership_id,
            created_at=MADE,
            expires_at=expires_at,
            device="Windows 电脑 · Chrome",
            address="127.0.0.1",
            **values,
        )
    )
    return token


def make_invitation(
    invited_by: UUID,
    *,
    role: str = "worker",
    enterprise_id: UUID | None = None,
    agency_id: UUID | None = None,
    at: datetime,
    **values: object,
) -> tuple[Invitation, str]:
    """An open invitation and the token of its link."""
    token = new_token()
    invitation = Invitation(
        id=new_id(),
        enterprise_id=enterprise_id,
        agency_id=agency_id,
        token_hash=token_hash(token),
        role=role,
        invited_by=invited_by,
        created_at=at,
        expires_at=at + timedelta(days=7),
        **{"name": "李小红", "phone": "13700000001", **values},
    )
    insert(invitation)
    return invitation, token
