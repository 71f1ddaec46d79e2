"""Responsibility lists: where each post stands, and lists in full."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from webapp.enterprise.models.organisation import Department, Post
from webapp.enterprise.models.people import Person
from webapp.enterprise.models.responsibilities import (
    ResponsibilityDuty,
    ResponsibilityList,
    ResponsibilitySignature,
)
from webapp.enterprise.queries.organisation import PostRow, posts
from webapp.enterprise.rules import organisation as rules
from webapp.enterprise.rules.responsibilities import Duty, ListState
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope

MOST_EDITIONS = 50


@dataclass(frozen=True, slots=True)
class PostStanding:
    """How far the list of a post has come."""

    post: PostRow
    list_id: UUID | None
    """Of the published edition."""
    edition: int
    published_at: datetime | None
    review_by: date | None
    draft_id: UUID | None
    signed: int

    @property
    def unsigned(self) -> int:
        """How many holders have not signed the published edition."""
        return max(len(self.post.holders) - self.signed, 0)


def standings(scope: Scope, enterprise_id: UUID) -> tuple[PostStanding, ...]:
    """Every open post with the state of its list, from the principal down."""
    draft = aliased(ResponsibilityList)
    signed = (
        select(func.count())
        .select_from(ResponsibilitySignature)
        .join(
            Person,
            (Person.enterprise_id == ResponsibilitySignature.enterprise_id)
            & (Person.id == ResponsibilitySignature.person_id),
        )
        .where(
            ResponsibilitySignature.enterprise_id == ResponsibilityList.enterprise_id,
            ResponsibilitySignature.list_id == ResponsibilityList.id,
            Person.post_id == ResponsibilityList.post_id,
            Person.left_on.is_(None),
        )
        .correlate(ResponsibilityList)
        .scalar_subquery()
    )
    with reading(scope) as session:
        rows = session.execute(
            select(
                Post.id,
                ResponsibilityList.id,
                ResponsibilityList.edition,
                ResponsibilityList.published_at,
                ResponsibilityList.review_by,
                draft.id,
                signed,
            )
            .outerjoin(
                ResponsibilityList,
                (ResponsibilityList.enterprise_id == Post.enterprise_id)
                & (ResponsibilityList.post_id == Post.id)
                & (ResponsibilityList.state == ListState.PUBLISHED),
            )
            .outerjoin(
                draft,
                (draft.enterprise_id == Post.enterprise_id)
                & (draft.post_id == Post.id)
                & (draft.state == ListState.DRAFT),
            )
            .where(Post.enterprise_id == enterprise_id, Post.closed_at.is_(None))
            .order_by(Post.id)
        )
        found = {row[0]: tuple(row)[1:] for row in rows}
    return tuple(
        PostStanding(post, row[0], row[1] or 0, *row[2:])
        for post in posts(scope, enterprise_id)
        if (row := found.get(post.id))
    )


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A holder's signature under a list."""

    person_id: UUID
    name: str
    signed_at: datetime
    file_id: UUID


@dataclass(frozen=True, slots=True)
class DutyList:
    """One edition of a post's list with everything on it."""

    id: UUID
    post_id: UUID
    post_name: str
    department_name: str
    kind: rules.PostKind
    edition: int
    state: ListState
    approver: str
    published_at: datetime | None
    review_by: date | None
    version: int
    duties: tuple[Duty, ...]
    signatures: tuple[SignedBy, ...]


def duty_list(scope: Scope, enterprise_id: UUID, list_id: UUID) -> DutyList:
    """One list in full. Raises NotFound."""
    found = duty_lists(scope, enterprise_id, list_ids=(list_id,))
    if not found:
        raise NotFound
    return found[0]


def published_lists(scope: Scope, enterprise_id: UUID) -> tuple[DutyList, ...]:
    """Every list in force, from the principal's down."""
    in_force = [row.list_id for row in standings(scope, enterprise_id) if row.list_id]
    found = {row.id: row for row in duty_lists(scope, enterprise_id, list_ids=tuple(in_force))}
    return tuple(found[list_id] for list_id in in_force)


def duty_lists(
    scope: Scope, enterprise_id: UUID, *, list_ids: tuple[UUID, ...]
) -> tuple[DutyList, ...]:
    """The named lists in full, in three statements however many there are."""
    approver = aliased(Person)
    with reading(scope) as session:
        heads = session.execute(
            select(
                ResponsibilityList.id,
                ResponsibilityList.post_id,
                Post.name,
                func.coalesce(Department.name, ""),
                Post.kind,
                ResponsibilityList.edition,
                ResponsibilityList.state,
                func.coalesce(approver.name, ""),
                ResponsibilityList.published_at,
                ResponsibilityList.review_by,
                ResponsibilityList.version,
            )
            .join(
                Post,
                (Post.enterprise_id == ResponsibilityList.enterprise_id)
                & (Post.id == ResponsibilityList.post_id),
            )
            .outerjoin(
                Department,
                (Department.enterprise_id == Post.enterprise_id)
                & (Department.id == Post.department_id),
            )
            .outerjoin(
                approver,
                (approver.enterprise_id == ResponsibilityList.enterprise_id)
                & (approver.user_id == ResponsibilityList.approved_by),
            )
            .where(
                ResponsibilityList.enterprise_id == enterprise_id,
                ResponsibilityList.id.in_(list_ids),
            )
            .order_by(ResponsibilityList.post_id, ResponsibilityList.edition)
        ).all()
    duties = _duties(scope, enterprise_id, list_ids)
    signatures = signatures_under(scope, enterprise_id, list_ids)
    return tuple(
        DutyList(
            *head[:4],
            rules.PostKind(head[4]),
            head[5],
            ListState(head[6]),
            *head[7:],
            duties.get(head[0], ()),
            signatures.get(head[0], ()),
        )
        for head in heads
    )


def _duties(
    scope: Scope, enterprise_id: UUID, list_ids: tuple[UUID, ...]
) -> dict[UUID, tuple[Duty, ...]]:
    found: dict[UUID, tuple[Duty, ...]] = {}
    with reading(scope) as session:
        rows = session.execute(
            select(
                ResponsibilityDuty.list_id,
                ResponsibilityDuty.duty,
                ResponsibilityDuty.frequency,
                ResponsibilityDuty.work_standard,
                ResponsibilityDuty.assessment,
                ResponsibilityDuty.source,
            )
            .where(
                ResponsibilityDuty.enterprise_id == enterprise_id,
                ResponsibilityDuty.list_id.in_(list_ids),
            )
            .order_by(ResponsibilityDuty.list_id, ResponsibilityDuty.ordinal)
        )
        for row in rows:
            found[row[0]] = (*found.get(row[0], ()), Duty(*row[1:]))
    return found


def signatures_under(
    scope: Scope, enterprise_id: UUID, list_ids: tuple[UUID, ...]
) -> dict[UUID, tuple[SignedBy, ...]]:
    """Who has signed each of the named lists, in the order of signing."""
    found: dict[UUID, tuple[SignedBy, ...]] = {}
    with reading(scope) as session:
        rows = session.execute(
            select(
                ResponsibilitySignature.list_id,
                Person.id,
                Person.name,
                ResponsibilitySignature.signed_at,
                ResponsibilitySignature.file_id,
            )
            .join(
                Person,
                (Person.enterprise_id == ResponsibilitySignature.enterprise_id)
                & (Person.id == ResponsibilitySignature.person_id),
            )
            .where(
                ResponsibilitySignature.enterprise_id == enterprise_id,
                ResponsibilitySignature.list_id.in_(list_ids),
            )
            .order_by(ResponsibilitySignature.signed_at, ResponsibilitySignature.id)
        )
        for row in rows:
            found[row[0]] = (*found.get(row[0], ()), SignedBy(*row[1:]))
    return found


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One edition in the history of a post's list."""

    id: UUID
    edition: int
    state: ListState
    created_at: datetime
    published_at: datetime | None


def editions(scope: Scope, enterprise_id: UUID, post_id: UUID) -> tuple[EditionRow, ...]:
    """The editions of a post's list, newest first."""
    with reading(scope) as session:
        rows = session.execute(
            select(
                ResponsibilityList.id,
                ResponsibilityList.edition,
                ResponsibilityList.state,
                ResponsibilityList.created_at,
                ResponsibilityList.published_at,
            )
            .where(
                ResponsibilityList.enterprise_id == enterprise_id,
                ResponsibilityList.post_id == post_id,
            )
            .order_by(ResponsibilityList.edition.desc(), ResponsibilityList.id)
            .limit(MOST_EDITIONS)
        )
        return tuple(EditionRow(row[0], row[1], ListState(row[2]), row[3], row[4]) for row in rows)
