"""Departments as a tree: who stands above, what lies below."""

from collections.abc import Mapping
from uuid import UUID

Parents = Mapping[UUID, UUID | None]
"""Each department with the one above it."""


def outwards(department_id: UUID | None, parents: Parents) -> tuple[UUID, ...]:
    """A department and those above it, nearest first; a circle in the records ends it."""
    chain: list[UUID] = []
    while department_id is not None and department_id not in chain:
        chain.append(department_id)
        department_id = parents.get(department_id)
    return tuple(chain)


def within(department_id: UUID | None, parents: Parents) -> frozenset[UUID]:
    """A department and all that lie below it."""
    if department_id is None:
        return frozenset()
    return frozenset(each for each in parents if department_id in outwards(each, parents))


def areas_around(department_id: UUID | None, parents: Parents) -> tuple[frozenset[UUID], ...]:
    """Where to look for a department's people: itself, what lies below it, each one above."""
    if department_id is None:
        return ()
    above = outwards(department_id, parents)[1:]
    below = within(department_id, parents) - {department_id}
    return (frozenset({department_id}), below, *(frozenset({each}) for each in above))
