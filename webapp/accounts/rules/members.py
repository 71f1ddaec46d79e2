"""Inviting, changing and suspending the users of an organisation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from webapp.accounts.rules.roles import Audience, Role
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
