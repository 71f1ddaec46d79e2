"""The chart: departments, teams, posts and who holds them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Function, func, select
from sqlalchemy.orm import aliased

from webapp.enterprise.models.organisation import Department, Post
from webapp.enterprise.models.people import Person
from webapp.enterprise.rules import organisation as rules
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope

MOST_DEPARTMENTS = 1_000
MOST_POSTS = 3_000
Upper = aliased(Department)
"""The department that a team belongs to."""


def place_words() -> Function[str]:
    """Department and team in one: 铸造车间 / 甲班; empty for none. Joins Department and Upper."""
    return func.concat_ws(" / ", Upper.name, Department.name)


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """An open department or team."""

    id: UUID
    name: str
    kind: rules.DepartmentKind
    parent_id: UUID | None
    is_production: bool
    version: int

    @property
    def node(self) -> rules.Department:
        """The department as the rules see it."""
        return rules.Department(self.id, self.name, self.kind, self.parent_id)


@dataclass(frozen=True, slots=True)
class PostRow:
    """An open post with the names of its holders."""

    id: UUID
    name: str
    kind: rules.PostKind
    department_id: UUID | None
    department_name: str
    holders: tuple[str, ...]
    version: int

    @property
    def node(self) -> rules.Post:
        """The post as the rules see it."""
        return rules.Post(self.id, self.name, self.kind, self.department_id)

    @property
    def full_name(self) -> str:
        """The post with its department: 铸造车间 班长."""
        return f"{self.department_name} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class ChartNode:
    """A department with its posts and what lies below it."""

    department: DepartmentRow
    posts: tuple[PostRow, ...]
    children: tuple["ChartNode", ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole organisation: posts of the enterprise itself, then the departments."""

    posts: tuple[PostRow, ...]
    departments: tuple[ChartNode, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been set up."""
        return not self.posts and not self.departments


def departments(scope: Scope, enterprise_id: UUID) -> tuple[DepartmentRow, ...]:
    """All open departments and teams, by name."""
    with reading(scope) as session:
        rows = session.execute(
            select(
                Department.id,
                Department.name,
                Department.kind,
                Department.parent_id,
                Department.is_production,
                Department.version,
            )
            .where(Department.enterprise_id == enterprise_id, Department.closed_at.is_(None))
            .order_by(Department.kind, Department.name, Department.id)
            .limit(MOST_DEPARTMENTS)
        )
        return tuple(
            DepartmentRow(id_, name, rules.DepartmentKind(kind), parent_id, produces, version)
            for id_, name, kind, parent_id, produces, version in rows
        )


def department(scope: Scope, enterprise_id: UUID, department_id: UUID) -> DepartmentRow:
    """One open department or team. Raises NotFound."""
    found = next(
        (row for row in departments(scope, enterprise_id) if row.id == department_id), None
    )
    if found is None:
        raise NotFound
    return found


def posts(scope: Scope, enterprise_id: UUID) -> tuple[PostRow, ...]:
    """All open posts with their holders, from the principal down."""
    holders = func.array_remove(func.array_agg(Person.name), None)
    with reading(scope) as session:
        rows = session.execute(
            select(
                Post.id,
                Post.name,
                Post.kind,
                Post.department_id,
                place_words(),
                holders,
                Post.version,
            )
            .outerjoin(
                Department,
                (Department.enterprise_id == Post.enterprise_id)
                & (Department.id == Post.department_id),
            )
            .outerjoin(
                Upper,
                (Upper.enterprise_id == Department.enterprise_id)
                & (Upper.id == Department.parent_id),
            )
            .outerjoin(
                Person,
                (Person.enterprise_id == Post.enterprise_id)
                & (Person.post_id == Post.id)
                & Person.left_on.is_(None),
            )
            .where(Post.enterprise_id == enterprise_id, Post.closed_at.is_(None))
            .group_by(
                Post.id,
                Post.name,
                Post.kind,
                Post.department_id,
                Post.version,
                Department.name,
                Upper.name,
            )
            .order_by(Post.name, Post.id)
            .limit(MOST_POSTS)
        )
        found = [
            PostRow(id_, name, rules.PostKind(kind), where, place, tuple(sorted(names)), version)
            for id_, name, kind, where, place, names, version in rows
        ]
    ranks = {kind: rank for rank, kind in enumerate(rules.PostKind)}
    return tuple(sorted(found, key=lambda row: (ranks[row.kind], row.department_name)))


def post(scope: Scope, enterprise_id: UUID, post_id: UUID) -> PostRow:
    """One open post. Raises NotFound."""
    found = next((row for row in posts(scope, enterprise_id) if row.id == post_id), None)
    if found is None:
        raise NotFound
    return found


def chart(scope: Scope, enterprise_id: UUID) -> Chart:
    """The organisation as a tree."""
    all_departments = departments(scope, enterprise_id)
    all_posts = posts(scope, enterprise_id)
    known = {row.id for row in all_departments}

    def below(parent_id: UUID | None) -> tuple[ChartNode, ...]:
        return tuple(
            ChartNode(
                row,
                tuple(p for p in all_posts if p.department_id == row.id),
                below(row.id),
            )
            for row in all_departments
            # A team whose department was closed still shows, at the top.
            if (row.parent_id if row.parent_id in known else None) == parent_id
        )

    return Chart(tuple(p for p in all_posts if p.department_id is None), below(None))
