"""The permission table as an organisation reads it."""

from dataclasses import dataclass

from webapp.accounts.rules.permissions import GRANTS, may
from webapp.accounts.rules.roles import AGENCY_ROLES, ENTERPRISE_ROLES, Audience, Role


@dataclass(frozen=True, slots=True)
class RoleTableRow:
    """One thing to do, and how far each of the roles reaches with it; empty for not at all."""

    words: str
    reaches: tuple[str, ...]


def role_table(roles: tuple[Role, ...]) -> tuple[RoleTableRow, ...]:
    """What these roles may do, in the order of the table; what everyone may is left out."""
    return tuple(
        RoleTableRow(
            grant.words,
            tuple(grant.reaches[r].words if r in grant.reaches else "" for r in roles),
        )
        for permission, grant in GRANTS.items()
        if not may(Role.PUBLIC, permission) and any(role in grant.reaches for role in roles)
    )


def audience_roles(audience: Audience) -> tuple[Role, ...]:
    """The roles that someone of this side meets in their own organisation."""
    if audience is Audience.PLATFORM:
        return tuple(role for role in Role if role is not Role.PUBLIC)
    return AGENCY_ROLES if audience is Audience.AGENCY else (*ENTERPRISE_ROLES, Role.EXPERT)
