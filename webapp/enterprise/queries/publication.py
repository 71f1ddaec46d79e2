"""What of the responsibility lists a stranger may read: posts and their duties, no names."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from webapp.enterprise.models.organisation import Department, Post
from webapp.enterprise.models.responsibilities import ResponsibilityDuty, ResponsibilityList
from webapp.enterprise.rules.responsibilities import ListState
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope

MOST_DUTIES = 5_000


@dataclass(frozen=True, slots=True)
class PublishedPost:
    """A post with the duties of its list in force."""

    post_name: str
    department_name: str
    duties: tuple[str, ...]


def published_posts(scope: Scope, enterprise_id: UUID) -> tuple[PublishedPost, ...]:
    """Every post with a list in force, by department."""
    with reading(scope) as session:
        rows = session.execute(
            select(
                Post.id,
                Post.name,
                func.coalesce(Department.name, ""),
                ResponsibilityDuty.duty,
            )
            .join(
                ResponsibilityList,
                (ResponsibilityList.enterprise_id == Post.enterprise_id)
                & (ResponsibilityList.post_id == Post.id)
                & (ResponsibilityList.state == ListState.PUBLISHED),
            )
            .join(
                ResponsibilityDuty,
                (ResponsibilityDuty.enterprise_id == ResponsibilityList.enterprise_id)
                & (ResponsibilityDuty.list_id == ResponsibilityList.id),
            )
            .outerjoin(
                Department,
                (Department.enterprise_id == Post.enterprise_id)
                & (Department.id == Post.department_id),
            )
            .where(Post.enterprise_id == enterprise_id, Post.closed_at.is_(None))
            .order_by(
                func.coalesce(Department.name, ""), Post.name, Post.id, ResponsibilityDuty.ordinal
            )
            .limit(MOST_DUTIES)
        )
        found: dict[UUID, PublishedPost] = {}
        for post_id, name, place, duty in rows:
            before = found.get(post_id)
            duties = (duty,) if before is None else (*before.duties, duty)
            found[post_id] = PublishedPost(name, place, duties)
    return tuple(found.values())


def count_published(scope: Scope, enterprise_id: UUID) -> int:
    """How many posts have a list in force."""
    with reading(scope) as session:
        return session.execute(
            select(func.count(ResponsibilityList.id)).where(
                ResponsibilityList.enterprise_id == enterprise_id,
                ResponsibilityList.state == ListState.PUBLISHED,
            )
        ).scalar_one()
