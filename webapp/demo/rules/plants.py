"""The enterprises of the demo city: who works there, and which risk points they have."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from webapp.demo.rules.conduct import Conduct
from webapp.demo.rules.names import invented_names, invented_uscc
from webapp.demo.rules.risk_points import TypicalPoint, typical_points
from webapp.demo.rules.sheets import Block, blocks
from webapp.enterprise.rules.organisation import PostKind

MAIN = "hengyue"
_KINDS = {
    "H": PostKind.DEPARTMENT_HEAD,
    "L": PostKind.TEAM_LEADER,
    "W": PostKind.WORKER,
    "S": PostKind.SPECIAL_OPERATOR,
}
_FIELDS = 11


@dataclass(frozen=True, slots=True)
class Staff:
    """Someone in a department; a head belongs to no team."""

    department: str
    team: str
    post: str
    kind: PostKind
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A risk point in this enterprise and the post that looks after it."""

    name: str
    typical: TypicalPoint
    department: str
    team: str
    post: str


@dataclass(frozen=True, slots=True)
class Plant:
    """One enterprise; principal and safety officer are not among the staff of departments."""

    key: str
    number: int
    name: str
    region: str
    industry: str
    categories: tuple[str, ...]
    scale: str
    employees: int
    address: str
    principal: str
    safety_officer: str
    conduct: Conduct
    staff: tuple[Staff, ...]
    places: tuple[Place, ...]

    @property
    def county(self) -> str:
        """The county's code."""
        return self.region[:6]

    @property
    def uscc(self) -> str:
        """The invented code."""
        return invented_uscc(self.county, self.number)

    def head(self, department: str) -> str:
        """Who leads a department."""
        return self._first(department, "", PostKind.DEPARTMENT_HEAD)

    def leader(self, department: str, team: str) -> str:
        """Who leads a team."""
        return self._first(department, team, PostKind.TEAM_LEADER)

    def holders(self, place: Place) -> tuple[str, ...]:
        """Who holds the post that looks after a point."""
        return tuple(
            one.name
            for one in self.staff
            if (one.department, one.team, one.post) == (place.department, place.team, place.post)
        )

    def _first(self, department: str, team: str, kind: PostKind) -> str:
        return next(
            one.name
            for one in self.staff
            if one.department == department and one.team == team and one.kind is kind
        )


@cache
def plants() -> tuple[Plant, ...]:
    """All enterprises that take part."""
    return tuple(_plant(number, block) for number, block in enumerate(blocks("plants.psv"), 1))


def _plant(number: int, block: Block) -> Plant:
    if len(block.head) != _FIELDS:
        raise ValueError(f"{block.head[0]}: {len(block.head)} cells")
    key, name, region, industry, categories, scale, employees, *rest = block.head
    address, principal, safety_officer, conduct = rest
    return Plant(
        key,
        number,
        name,
        region,
        industry,
        tuple(categories.split()),
        scale,
        int(employees),
        address,
        principal,
        safety_officer,
        Conduct(conduct),
        tuple(_staff(key, block)),
        tuple(_places(block)),
    )


def _staff(key: str, block: Block) -> Iterator[Staff]:
    names = invented_names(key)
    for first, *cells in block.lines:
        if not first.startswith("+"):
            continue
        team, post, kind, who = cells
        people = who.split("、")
        if who.startswith("*"):
            people = [next(names) for _ in range(int(who[1:]))]
        for name in people:
            yield Staff(first[1:].strip(), team, post, _KINDS[kind], name)


def _places(block: Block) -> Iterator[Place]:
    for first, *cells in block.lines:
        if not first.startswith("@"):
            continue
        team, post, points = cells
        for group in points.split("；"):
            typical, _, own = group.partition(">")
            for name in (own or typical).split("、"):
                yield Place(name, typical_points()[typical], first[1:].strip(), team, post)
