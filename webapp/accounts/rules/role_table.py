"""The permission table as an organisation reads it."""

from dataclasses import dataclass

from webapp.accounts.rules.permissions import GRANTS, may
from webapp.accounts.rules.roles import Role


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


def permission_words(role: Role) -> tuple[str, ...]:
    """What a role may do beyond what everyone may, in words."""
    return tuple(row.words for row in role_table((role,)))
