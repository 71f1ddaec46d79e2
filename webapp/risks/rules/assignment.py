"""Whom the words of a ledger mean: departments, people and posts by their names."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from webapp.risks.rules.import_ledger.words import squeezed
from webapp.standards.responsibility_templates import PostKind
from webapp.standards.risk_methods import ControlLevel

_T = TypeVar("_T")
_BETWEEN_NAMES = re.compile(r"[、，,;；/／\s和及]+")
_RANKS = {
    PostKind.PRINCIPAL: ControlLevel.COMPANY,
    PostKind.DEPUTY: ControlLevel.COMPANY,
    PostKind.SAFETY_DIRECTOR: ControlLevel.COMPANY,
    PostKind.SAFETY_OFFICER: ControlLevel.COMPANY,
    PostKind.DEPARTMENT_HEAD: ControlLevel.DEPARTMENT,
    PostKind.CONTRACTOR_MANAGER: ControlLevel.DEPARTMENT,
    PostKind.TEAM_LEADER: ControlLevel.TEAM,
}


def level_of_post(kind: str) -> ControlLevel:
    """The level of the enterprise that a kind of post stands on."""
    return _RANKS.get(PostKind(kind), ControlLevel.POST)


@dataclass(frozen=True, slots=True)
class KnownDepartment:
    """A department or team; ``path`` also bears the name of the one above a team."""

    id: UUID
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post with the department it belongs to."""

    id: UUID
    name: str
    kind: str
    department_id: UUID | None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Someone on the staff."""

    id: UUID
    name: str
    post_id: UUID | None
    department_id: UUID | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who answers; what the file said stays in words where nobody bears that name."""

    department_id: UUID | None
    owner_id: UUID | None
    post_id: UUID | None
    control_level: ControlLevel | None
    department_words: str = ""
    owner_words: str = ""


class Directory:
    """The enterprise's names, looked up the same way for every row."""

    def __init__(
        self,
        departments: Iterable[KnownDepartment],
        posts: Iterable[KnownPost],
        people: Iterable[KnownPerson],
    ) -> None:
        self._departments: dict[str, list[UUID]] = defaultdict(list)
        for department in departments:
            for name in {department.name, department.path}:
                self._departments[squeezed(name)].append(department.id)
        self._posts: dict[str, list[KnownPost]] = defaultdict(list)
        self._post_of: dict[UUID, KnownPost] = {}
        for post in posts:
            self._posts[squeezed(post.name)].append(post)
            self._post_of[post.id] = post
        self._people: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in people:
            self._people[squeezed(person.name)].append(person)

    def assignment(self, *, department: str, person: str, post: str) -> Assignment:
        """Whom a row's three cells mean; one name borne by two in doubt means nobody."""
        place = _only(self._departments.get(squeezed(department), []))
        owner = self._owner(person, place)
        found = self._post(post, place) or self._post(person, place)
        if found is None and owner is not None and owner.post_id is not None:
            found = self._post_of.get(owner.post_id)
        if place is None and owner is not None and not department:
            place = owner.department_id
        return Assignment(
            department_id=place,
            owner_id=owner.id if owner else None,
            post_id=found.id if found else None,
            control_level=level_of_post(found.kind) if found else None,
            department_words="" if place else department,
            owner_words="" if owner else person,
        )

    def _owner(self, words: str, place: UUID | None) -> KnownPerson | None:
        """The first of several names that is known; in the row's department if two bear it."""
        for name in filter(None, [squeezed(words), *map(squeezed, _BETWEEN_NAMES.split(words))]):
            bearers = self._people.get(name, [])
            near = [one for one in bearers if one.department_id == place]
            found = _only(bearers) or _only(near)
            if found is not None:
                return found
        return None

    def _post(self, words: str, place: UUID | None) -> KnownPost | None:
        bearers = self._posts.get(squeezed(words), [])
        near = [one for one in bearers if one.department_id == place]
        return _only(near) or _only(bearers)


def _only(found: list[_T]) -> _T | None:
    return found[0] if len(found) == 1 else None
