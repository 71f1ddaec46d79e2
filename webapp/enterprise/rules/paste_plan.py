"""What pasted rows would add to an organisation that already stands; nothing is doubled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from webapp.enterprise.rules.organisation import Department, Post, PostKind
from webapp.enterprise.rules.pasted_rows import PastedRow

Place = tuple[str, str]
"""Department and team by name; an empty team is the department itself, both empty the whole."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Someone who works here, as far as recognising them needs."""

    id: UUID
    name: str
    phone: str
    post_id: UUID | None


class Fate(StrEnum):
    """What becomes of the person of a row."""

    JOINS = "joins"
    MOVES = "moves"
    STAYS = "stays"
    NOBODY = "nobody"

    @property
    def words(self) -> str:
        """The fate as users read it."""
        return _FATE_WORDS[self]


_FATE_WORDS = {
    Fate.JOINS: "新增人员",
    Fate.MOVES: "调整岗位",
    Fate.STAYS: "已有，不变",
    Fate.NOBODY: "只建岗位",
}


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post to set up."""

    place: Place
    name: str
    kind: PostKind


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """A row with what becomes of its person; `person_id` of one who is already here."""

    row: PastedRow
    fate: Fate
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PastePlan:
    """Everything a confirmation would do."""

    new_places: tuple[Place, ...]
    new_posts: tuple[NewPost, ...]
    people: tuple[PlannedPerson, ...]

    def count(self, fate: Fate) -> int:
        """How many rows end so."""
        return sum(planned.fate == fate for planned in self.people)

    @property
    def is_empty(self) -> bool:
        """Whether confirming would change nothing."""
        changed = self.count(Fate.JOINS) + self.count(Fate.MOVES)
        return not (self.new_places or self.new_posts or changed)


def places(departments: Collection[Department]) -> dict[Place, UUID]:
    """The ids of open departments and teams by their names."""
    names = {each.id: each.name for each in departments}
    return {
        (names[each.parent_id], each.name) if each.parent_id in names else (each.name, ""): each.id
        for each in departments
    }


def paste_plan(
    rows: Sequence[PastedRow],
    departments: Collection[Department],
    posts: Collection[Post],
    staff: Collection[StaffMember],
) -> PastePlan:
    """What of the rows is new. Pasting the same again plans nothing."""
    known_places = places(departments)
    place_of = {id_: place for place, id_ in known_places.items()}
    known_posts = {
        (place_of.get(post.department_id, ("", "")) if post.department_id else ("", ""), post.name)
        : post.id
        for post in posts
    }  # fmt: skip
    wanted = dict.fromkeys(place for row in rows for place in _with_upper(place_of_row(row)))
    wanted_posts = {(place_of_row(row), row.post): row.kind for row in reversed(rows)}
    ordered = dict.fromkeys((place_of_row(row), row.post) for row in rows)
    return PastePlan(
        tuple(place for place in wanted if place not in known_places),
        tuple(
            NewPost(place, name, wanted_posts[place, name])
            for place, name in ordered
            if (place, name) not in known_posts
        ),
        tuple(_planned(row, known_posts, staff) for row in rows),
    )


def place_of_row(row: PastedRow) -> Place:
    """Where a row's post belongs."""
    return (row.department, row.team)


def _with_upper(place: Place) -> tuple[Place, ...]:
    department, team = place
    if not department:
        return ()
    return ((department, ""), place) if team else (place,)


def _planned(
    row: PastedRow, posts: dict[tuple[Place, str], UUID], staff: Collection[StaffMember]
) -> PlannedPerson:
    if not row.name:
        return PlannedPerson(row, Fate.NOBODY)
    found = _recognised(row, staff)
    if found is None:
        return PlannedPerson(row, Fate.JOINS)
    same_post = found.post_id is not None and found.post_id == posts.get(
        (place_of_row(row), row.post)
    )
    return PlannedPerson(row, Fate.STAYS if same_post else Fate.MOVES, found.id)


def _recognised(row: PastedRow, staff: Collection[StaffMember]) -> StaffMember | None:
    """The same name and phone, or the only one of that name where a phone is missing."""
    namesakes = [each for each in staff if each.name == row.name]
    same_phone = [each for each in namesakes if row.phone and each.phone == row.phone]
    if same_phone:
        return same_phone[0]
    unsure = [each for each in namesakes if not (row.phone and each.phone)]
    return unsure[0] if len(namesakes) == 1 and unsure else None
