"""The staff: who works here, in which post, and since when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from webapp.accounts.models.memberships import Membership
from webapp.enterprise.models.organisation import Department, Post
from webapp.enterprise.models.people import Person
from webapp.enterprise.queries.organisation import Upper, place_words
from webapp.enterprise.rules.filters import PeopleFilter as PeopleFilter
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One member of the staff with post and department in words."""

    id: UUID
    name: str
    phone: str
    post_id: UUID | None
    post_name: str
    department_id: UUID | None
    department_name: str
    user_id: UUID | None
    joined_on: date
    left_on: date | None
    version: int

    @property
    def masked_phone(self) -> str:
        """The number with its middle hidden, for lists that many see."""
        shown = 3
        if len(self.phone) <= 2 * shown:
            return self.phone
        return f"{self.phone[:shown]}****{self.phone[-4:]}"


def people(
    scope: Scope, enterprise_id: UUID, filter_: PeopleFilter, page: PageRequest
) -> Page[PersonRow]:
    """One page of the staff, by department and name."""
    wanted = _conditions(enterprise_id, filter_)
    with reading(scope) as session:
        total = session.execute(
            select(func.count()).select_from(Person).where(*wanted)
        ).scalar_one()
        rows = session.execute(
            _rows()
            .where(*wanted)
            .order_by(place_words(), Person.name, Person.id)
            .offset(page.offset)
            .limit(page.size)
        )
        return Page(tuple(PersonRow(*row) for row in rows), total, page)


def person(scope: Scope, enterprise_id: UUID, person_id: UUID) -> PersonRow:
    """One of the staff, also one who left. Raises NotFound."""
    with reading(scope) as session:
        row = session.execute(
            _rows().where(Person.enterprise_id == enterprise_id, Person.id == person_id)
        ).one_or_none()
        if row is None:
            raise NotFound
        return PersonRow(*row)


def person_by_name(scope: Scope, enterprise_id: UUID, name: str) -> PersonRow | None:
    """The only one of that name who works here now; None when there is none or several."""
    with reading(scope) as session:
        rows = session.execute(
            _rows()
            .where(
                Person.enterprise_id == enterprise_id,
                Person.name == name.strip(),
                Person.left_on.is_(None),
            )
            .order_by(Person.id)
            .limit(2)
        ).all()
    return PersonRow(*rows[0]) if len(rows) == 1 else None


MOST_STAFF = 10_000


def staff(scope: Scope, enterprise_id: UUID) -> tuple[PersonRow, ...]:
    """Everyone who works here now, for lists to choose from and papers; bounded."""
    with reading(scope) as session:
        rows = session.execute(
            _rows()
            .where(Person.enterprise_id == enterprise_id, Person.left_on.is_(None))
            .order_by(place_words(), Person.name, Person.id)
            .limit(MOST_STAFF)
        )
        return tuple(PersonRow(*row) for row in rows)


def membership_of(scope: Scope, enterprise_id: UUID, person_id: UUID) -> UUID | None:
    """The membership by which someone of the staff signs in, if there is one."""
    with reading(scope) as session:
        return session.execute(
            select(Membership.id)
            .where(
                Membership.enterprise_id == enterprise_id,
                Membership.person_id == person_id,
                Membership.ends_on.is_(None),
            )
            .order_by(Membership.id)
            .limit(1)
        ).scalar_one_or_none()


def _rows() -> Select[
    UUID, str, str, UUID | None, str, UUID | None, str, UUID | None, date, date | None, int
]:
    return (
        select(
            Person.id,
            Person.name,
            Person.phone,
            Person.post_id,
            func.coalesce(Post.name, ""),
            Person.department_id,
            place_words(),
            Person.user_id,
            Person.joined_on,
            Person.left_on,
            Person.version,
        )
        .outerjoin(Post, (Post.enterprise_id == Person.enterprise_id) & (Post.id == Person.post_id))
        .outerjoin(
            Department,
            (Department.enterprise_id == Person.enterprise_id)
            & (Department.id == Person.department_id),
        )
        .outerjoin(
            Upper,
            (Upper.enterprise_id == Department.enterprise_id) & (Upper.id == Department.parent_id),
        )
    )


def _conditions(enterprise_id: UUID, filter_: PeopleFilter) -> tuple[ColumnElement[bool], ...]:
    found = [Person.enterprise_id == enterprise_id]
    found.append(Person.left_on.is_not(None) if filter_.has_left else Person.left_on.is_(None))
    if filter_.text:
        like = f"%{_plain(filter_.text)}%"
        found.append(or_(Person.name.like(like, escape="\\"), Person.phone.like(like, escape="\\")))
    if filter_.department_id is not None:
        teams = select(Department.id).where(
            Department.enterprise_id == enterprise_id,
            or_(
                Department.id == filter_.department_id,
                Department.parent_id == filter_.department_id,
            ),
        )
        found.append(Person.department_id.in_(teams))
    if filter_.without_post:
        found.append(Person.post_id.is_(None))
    return tuple(found)


def _plain(text: str) -> str:
    """The text as itself inside a pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
