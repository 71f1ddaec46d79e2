"""Enterprises, their organisation, staff and codes, with plain valid defaults."""

from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID, uuid4

from webapp.accounts.rules.roles import Role
from webapp.enterprise.events import EnterpriseApproved, OrganisationChanged
from webapp.enterprise.models.code import EnterpriseCode
from webapp.enterprise.models.organisation import Department, Post
from webapp.enterprise.models.people import Person
from webapp.enterprise.models.profile import Enterprise
from webapp.enterprise.rules.code import new_token
from webapp.enterprise.rules.organisation import DepartmentKind, PostKind
from webapp.platform import audit
from webapp.platform.database import transaction
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import SYSTEM, Actor, enterprise_scope, system_actor
from webapp.platform.unit_of_work import unit_of_work
from webapp.standards.uscc import check_character

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
TOWNSHIP = "410502001"
KEY = b"test key of the enterprise code."
_numbers = count(1)


def uscc(number: int | None = None) -> str:
    """A valid code that no other enterprise of the run has."""
    body = uuid4().int if number is None else number
    first = f"91410502MA{body % 10**7:07d}"
    return first + check_character(first + "0")


def enterprise(*, is_coded: bool = False, **changes: object) -> UUID:
    """An approved enterprise with its audit chain."""
    identity = uscc()
    name = f"安阳市示例机械制造{next(_numbers)}有限公司"
    values = {
        "id": new_id(NOW),
        "uscc": identity,
        "name": name,
        "search": f"{name} {identity.lower()}",
        "region_code": TOWNSHIP,
        "industry_code": "34",
        "supervision_categories": ["machinery"],
        "scale": "small",
        "employees": 86,
        "address": "文峰大道东段 18 号",
        "legal_representative": "周洪涛",
        "principal_name": "周洪涛",
        "principal_phone": "13803720001",
        "safety_officer_name": "赵建民",
        "safety_officer_phone": "13803720002",
        "state": "approved",
        "applied_at": NOW,
        "decided_at": NOW,
    } | changes
    with transaction(SYSTEM) as session:
        row = Enterprise(**values)
        session.add(row)
        session.flush()
        audit.open_chain(session, row.id)
        if is_coded:
            session.add(_code(row.id))
    # The rooms above hear of a new tenant as they do in the product: its counters begin.
    with unit_of_work(system_actor("factory"), "enterprise.approved", at=NOW) as work:
        work.only_on_chain(row.id)
        work.publish(EnterpriseApproved(row.id, row.region_code, row.industry_code, NOW))
    return row.id


def announce_organisation(enterprise_id: UUID) -> None:
    """Let the rooms above hear of departments, posts and people that were put in by hand."""
    with unit_of_work(system_actor("factory"), "organisation.amended", at=NOW) as work:
        work.only_on_chain(enterprise_id)
        work.publish(OrganisationChanged(enterprise_id, NOW))


def code_token(enterprise_id: UUID) -> str:
    """Issue a code to an enterprise that has none; its token."""
    row = _code(enterprise_id)
    with transaction(SYSTEM) as session:
        session.add(row)
    return row.token


def department(
    enterprise_id: UUID,
    name: str = "铸造车间",
    *,
    kind: DepartmentKind = DepartmentKind.DEPARTMENT,
    parent_id: UUID | None = None,
) -> UUID:
    """An open department, or a team below one."""
    row = Department(
        enterprise_id=enterprise_id, id=new_id(NOW), name=name, kind=kind, parent_id=parent_id
    )
    with transaction(SYSTEM) as session:
        session.add(row)
    return row.id


def post(
    enterprise_id: UUID,
    name: str = "熔炼工",
    *,
    kind: PostKind = PostKind.WORKER,
    department_id: UUID | None = None,
) -> UUID:
    """An open post."""
    row = Post(
        enterprise_id=enterprise_id,
        id=new_id(NOW),
        name=name,
        kind=kind,
        department_id=department_id,
    )
    with transaction(SYSTEM) as session:
        session.add(row)
    return row.id


def person(
    enterprise_id: UUID,
    name: str = "刘伟",
    *,
    post_id: UUID | None = None,
    department_id: UUID | None = None,
    phone: str = "",
    user_id: UUID | None = None,
    joined_on: date = date(2026, 1, 5),
) -> UUID:
    """Someone who works there now."""
    row = Person(
        enterprise_id=enterprise_id,
        id=new_id(NOW),
        name=name,
        phone=phone,
        post_id=post_id,
        department_id=department_id,
        user_id=user_id,
        joined_on=joined_on,
        created_at=NOW,
    )
    with transaction(SYSTEM) as session:
        session.add(row)
    return row.id


def staff_actor(
    enterprise_id: UUID,
    role: Role = Role.SAFETY_OFFICER,
    *,
    name: str = "赵建民",
    person_id: UUID | None = None,
    post_id: UUID | None = None,
    department_id: UUID | None = None,
) -> Actor:
    """One of the enterprise's people as services know them."""
    return Actor(
        user_id=uuid4(),
        name=name,
        role=role.value,
        scope=enterprise_scope(enterprise_id),
        person_id=person_id,
        post_id=post_id,
        department_id=department_id,
    )


def _code(enterprise_id: UUID) -> EnterpriseCode:
    return EnterpriseCode(
        enterprise_id=enterprise_id,
        id=new_id(NOW),
        token=new_token(uuid4().bytes, KEY),
        state="active",
        issued_at=NOW,
    )
