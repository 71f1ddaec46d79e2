"""Inviting, changing and suspending the users of an organisation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from webapp.accounts.rules.roles import AGENCY_ROLES, ENTERPRISE_ROLES, Audience, Role
from webapp.standards.refusal import Refusal

INVITATION_LASTS = timedelta(days=7)

# An organisation without one of these could let nobody in any more.
_KEYHOLDERS = {
    Audience.ENTERPRISE: frozenset({Role.PRINCIPAL, Role.SAFETY_OFFICER}),
    Audience.AGENCY: frozenset({Role.AGENCY_LEADER}),
    Audience.PLATFORM: frozenset({Role.OPERATOR}),
}


@dataclass(frozen=True, slots=True)
class Membership:
    """One person's roles in an organisation, and whether they are in force."""

    person_id: UUID
    roles: frozenset[Role]
    is_active: bool = True


def keyholder_roles(audience: Audience) -> frozenset[Role]:
    """The roles of which an organisation must keep someone, so that others can be let in."""
    return _KEYHOLDERS.get(audience, frozenset())


def roles_refusal(roles: frozenset[Role], audience: Audience) -> Refusal | None:
    """Why these roles cannot be given in an organisation of this audience, or None."""
    if not roles:
        return Refusal("请至少选择一个角色。", "roles")
    if any(role.audience is not audience for role in roles):
        return Refusal("所选角色不属于本单位，请重新选择。", "roles")
    return None


def is_invitation_open(sent_at: datetime, now: datetime, *, is_used: bool) -> bool:
    """Whether an invitation can still be accepted: once, within seven days."""
    return not is_used and now < sent_at + INVITATION_LASTS


def suspension_refusal(
    person_id: UUID, *, by: UUID, members: tuple[Membership, ...], audience: Audience
) -> Refusal | None:
    """Why a member may not be suspended, or None."""
    if person_id == by:
        return Refusal("不能停用自己的账号，请由其他管理人员操作。")
    return change_refusal(person_id, frozenset(), members=members, audience=audience)


def change_refusal(
    person_id: UUID,
    roles: frozenset[Role],
    *,
    members: tuple[Membership, ...],
    audience: Audience,
) -> Refusal | None:
    """Why a member's roles may not become these, or None: somebody must keep the keys."""
    keyholders = _KEYHOLDERS.get(audience, frozenset())
    others = (member for member in members if member.person_id != person_id and member.is_active)
    if not keyholders or roles & keyholders or any(m.roles & keyholders for m in others):
        return None
    names = "或".join(role.words for role in Role if role in keyholders)
    return Refusal(f"本单位至少要保留一名{names}账号。")


def grantable(by: Role) -> tuple[Role, ...]:
    """The roles that one may invite others into or move them to, in the order of the list.

    A safety officer cannot make a principal: who signs what the law wants signed is for the
    principal alone to say (Work Safety Law 2021, Art. 5).
    """
    match by:
        case Role.PRINCIPAL:
            return (*ENTERPRISE_ROLES, Role.EXPERT)
        case Role.SAFETY_OFFICER:
            return tuple(r for r in (*ENTERPRISE_ROLES, Role.EXPERT) if r is not Role.PRINCIPAL)
        case Role.AGENCY_LEADER:
            return AGENCY_ROLES
        case Role.OPERATOR:
            return (*ENTERPRISE_ROLES, Role.EXPERT, *AGENCY_ROLES)
        case _:
            return ()


def grantable_in(by: Role, *, is_agency: bool, lacks_principal: bool = False) -> tuple[Role, ...]:
    """The same, for an organisation of one kind; an operator staffs both kinds.

    While nobody is the principal yet, the safety officer who applied for the enterprise may
    invite one: somebody has to bring in the person who approves.
    """
    wanted = {Audience.AGENCY} if is_agency else {Audience.ENTERPRISE, Audience.EXPERT}
    first = (Role.PRINCIPAL,) if lacks_principal and by is Role.SAFETY_OFFICER else ()
    return first + tuple(role for role in grantable(by) if role.audience in wanted)


def handling_refusal(by: Role, target: Role) -> Refusal | None:
    """Why one may not suspend, move, end or reset a member of this role."""
    if target in grantable(by) or by is target is Role.OPERATOR:
        return None
    return Refusal(f"您不能调整{target.words}的账号，请联系{_WHO_HANDLES[target.audience]}。")


_WHO_HANDLES = {
    Audience.ENTERPRISE: "本单位主要负责人",
    Audience.EXPERT: "邀请单位",
    Audience.AGENCY: "本机关分管领导",
    Audience.PLATFORM: "平台运维",
}


def reset_refusal(by: Role, target: Role, *, is_elsewhere: bool) -> Refusal | None:
    """Why one may not give a member a new password.

    A new password opens every organisation that the account belongs to, so an account that
    also belongs to another is reset by the operator only.
    """
    if is_elsewhere and by is not Role.OPERATOR:
        return Refusal("该账号还加入了其他单位，为防越权，请联系平台运维重置。")
    return handling_refusal(by, target)
