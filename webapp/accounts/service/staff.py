"""Which staff record an account stands for: named when joining, or afterwards."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from webapp.accounts.events import MemberLinked
from webapp.accounts.models.memberships import Membership
from webapp.accounts.models.users import UserAccount
from webapp.accounts.queries.staff import has_account, person
from webapp.accounts.rules.roles import Role
from webapp.platform.errors import Invalid, NotFound, RuleBroken
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work

HAS_ACCOUNT = "这名人员已经有账号，请核对；需要换账号的，请先把原账号移出本单位。"


def link_member(actor: Actor, membership_id: UUID, *, person_id: UUID | None, at: datetime) -> None:
    """Say which of the staff a member is; another one than before where the first was wrong.

    The person's post then brings the member its tasks and its responsibility list. Raises
    Invalid at ``person_id`` for nobody, for someone who has left or who has an account.
    """
    with unit_of_work(actor, "member.linked", at=at, subject=membership_id) as work:
        member = work.locked(Membership, membership_id)
        if member.ends_on is not None:
            raise NotFound
        if member.enterprise_id is None or Role(member.role) is Role.EXPERT:
            raise RuleBroken("此人不在企业的人员名单里，不用关联。")
        if person_id is None:
            raise Invalid("person_id", "请选择人员。")
        work.only_on_chain(member.enterprise_id)
        name = work.session.execute(
            select(UserAccount.name).where(UserAccount.id == member.user_id)
        ).scalar_one()
        work.note(name=name, role=member.role)
        link(work, member, person_id)


def link(work: Work, member: Membership, person_id: UUID) -> None:
    """Let a member stand for a staff record, in the open transaction. Raises Invalid."""
    check_free(work, member.enterprise_id, person_id)
    member.person_id = person_id
    work.publish(
        MemberLinked(
            user_id=member.user_id,
            membership_id=member.id,
            enterprise_id=member.enterprise_id,
            person_id=person_id,
            at=work.at,
        )
    )


def check_free(work: Work, enterprise_id: UUID | None, person_id: UUID) -> None:
    """Whether the person is on the enterprise's staff and has no account; else Invalid.

    The record stays locked, so that two who link it at once do not both succeed.
    """
    found = work.session.execute(
        select(has_account())
        .where(
            person.c.enterprise_id == enterprise_id,
            person.c.id == person_id,
            person.c.left_on.is_(None),
        )
        .with_for_update(of=person)
    ).scalar_one_or_none()
    if found is None:
        raise Invalid("person_id", "没有这名在职人员，请从人员名单重新选择。")
    if found:
        raise Invalid("person_id", HAS_ACCOUNT)
