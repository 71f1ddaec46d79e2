"""Responsibility lists: drafted from the template, edited, approved and published."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from webapp.accounts.rules.permissions import Permission, reach_of
from webapp.accounts.rules.roles import Reach, Role
from webapp.enterprise.events import OrganisationChanged
from webapp.enterprise.models.organisation import Department, Post
from webapp.enterprise.models.responsibilities import (
    ResponsibilityDuty,
    ResponsibilityList,
)
from webapp.enterprise.queries import responsibilities as queries
from webapp.enterprise.rules.organisation import PostKind
from webapp.enterprise.rules.responsibilities import (
    Duty,
    ListAction,
    ListState,
    next_state,
    publishing_refusals,
    review_by,
    starter_duties,
)
from webapp.enterprise.service.organisation import lock_organisation, open_post
from webapp.enterprise.service.refusals import granted, refuse_all
from webapp.platform.clock import local_date
from webapp.platform.errors import Forbidden, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work


def draft_list(actor: Actor, post_id: UUID, *, at: datetime) -> UUID:
    """Begin a new edition: from the one in force, or from the template; an open draft stays."""
    with unit_of_work(actor, "responsibility.drafted", at=at, subject=post_id) as work:
        lock_organisation(work)
        post = open_post(work, post_id)
        _check_reach(work, post)
        work.note(post=post.name)
        return _draft(work, post)


def draft_missing(actor: Actor, *, at: datetime) -> int:
    """Begin a list for every post that has none; how many."""
    with unit_of_work(actor, "responsibility.drafted", at=at, subject=actor.enterprise_id) as work:
        lock_organisation(work)
        listed = select(ResponsibilityList.post_id).where(
            ResponsibilityList.enterprise_id == actor.enterprise_id
        )
        posts = work.session.scalars(
            select(Post)
            .where(
                Post.enterprise_id == actor.enterprise_id,
                Post.closed_at.is_(None),
                Post.id.not_in(listed),
            )
            .order_by(Post.id)
        ).all()
        own = [post for post in posts if _is_within_reach(work, post)]
        for post in own:
            _draft(work, post)
        work.note(count=len(own))
        return len(own)


def save_duties(
    actor: Actor, list_id: UUID, duties: Sequence[Duty], *, version: int, at: datetime
) -> None:
    """Replace the duties of a draft. Raises Conflict when another has saved since."""
    with unit_of_work(actor, "responsibility.edited", at=at, subject=list_id) as work:
        found = work.locked(ResponsibilityList, actor.enterprise_id, list_id, version=version)
        granted(next_state(ListState(found.state), ListAction.EDIT))
        post = open_post(work, found.post_id)
        _check_reach(work, post)
        refuse_all(publishing_refusals(duties))
        work.session.execute(
            delete(ResponsibilityDuty).where(
                ResponsibilityDuty.enterprise_id == actor.enterprise_id,
                ResponsibilityDuty.list_id == list_id,
            )
        )
        _add_duties(work, list_id, duties)
        found.version += 1
        work.note(post=post.name, edition=found.edition, count=len(duties))


def publish_list(actor: Actor, list_id: UUID, *, version: int, at: datetime) -> None:
    """Approve a draft and put it in the place of the edition in force, to be signed anew."""
    with unit_of_work(actor, "responsibility.published", at=at, subject=list_id) as work:
        lock_organisation(work)
        found = work.locked(ResponsibilityList, actor.enterprise_id, list_id, version=version)
        _publish(work, found)
        work.note(post=open_post(work, found.post_id).name, edition=found.edition)
        work.publish(OrganisationChanged(actor.enterprise_id, at))


def publish_drafts(actor: Actor, *, at: datetime) -> int:
    """Approve every draft at once; how many. Raises RuleBroken when there is none."""
    with unit_of_work(
        actor, "responsibility.published", at=at, subject=actor.enterprise_id
    ) as work:
        lock_organisation(work)
        drafts = work.session.scalars(
            select(ResponsibilityList)
            .where(
                ResponsibilityList.enterprise_id == actor.enterprise_id,
                ResponsibilityList.state == ListState.DRAFT,
            )
            .order_by(ResponsibilityList.id)
            .with_for_update()
        ).all()
        if not drafts:
            raise RuleBroken("没有待批准的责任清单。")
        for draft in drafts:
            _publish(work, draft)
        work.note(count=len(drafts))
        work.publish(OrganisationChanged(actor.enterprise_id, at))
        return len(drafts)


def _draft(work: Work, post: Post) -> UUID:
    """A draft of this post's list, the open one if there is one."""
    lists = work.session.execute(
        select(ResponsibilityList.id, ResponsibilityList.edition, ResponsibilityList.state)
        .where(
            ResponsibilityList.enterprise_id == post.enterprise_id,
            ResponsibilityList.post_id == post.id,
        )
        .order_by(ResponsibilityList.edition.desc())
    ).all()
    open_draft: UUID | None = next((row.id for row in lists if row.state == ListState.DRAFT), None)
    if open_draft is not None:
        return open_draft
    in_force = next((row.id for row in lists if row.state == ListState.PUBLISHED), None)
    draft = ResponsibilityList(
        enterprise_id=post.enterprise_id,
        id=new_id(work.at),
        post_id=post.id,
        edition=lists[0].edition + 1 if lists else 1,
        state=ListState.DRAFT,
        created_at=work.at,
    )
    work.add(draft)
    _add_duties(work, draft.id, _first_duties(work, post, in_force))
    return draft.id


def _first_duties(work: Work, post: Post, in_force: UUID | None) -> Sequence[Duty]:
    if in_force is None:
        return starter_duties(PostKind(post.kind), post.name)
    return queries.duty_list(work.actor.scope, post.enterprise_id, in_force).duties


def _add_duties(work: Work, list_id: UUID, duties: Sequence[Duty]) -> None:
    work.add(
        *(
            ResponsibilityDuty(
                enterprise_id=work.actor.enterprise_id,
                id=new_id(work.at),
                list_id=list_id,
                ordinal=ordinal,
                duty=duty.duty.strip(),
                frequency=duty.frequency.strip(),
                work_standard=duty.work_standard.strip(),
                assessment=duty.assessment.strip(),
                source=duty.source.strip(),
            )
            for ordinal, duty in enumerate(duties, start=1)
        )
    )


def _publish(work: Work, draft: ResponsibilityList) -> None:
    draft_state = granted(next_state(ListState(draft.state), ListAction.PUBLISH))
    duties = queries.duty_list(work.actor.scope, draft.enterprise_id, draft.id).duties
    refuse_all(publishing_refusals(duties))
    in_force = work.session.scalars(
        select(ResponsibilityList)
        .where(
            ResponsibilityList.enterprise_id == draft.enterprise_id,
            ResponsibilityList.post_id == draft.post_id,
            ResponsibilityList.state == ListState.PUBLISHED,
        )
        .with_for_update()
    ).one_or_none()
    if in_force is not None:
        in_force.state = granted(next_state(ListState(in_force.state), ListAction.REPLACE))
        # Only one edition may be in force at any moment, also between two statements.
        work.session.flush()
    draft.state, draft.published_at, draft.approved_by = draft_state, work.at, work.actor.user_id
    draft.review_by = review_by(local_date(work.at))
    work.session.flush()


def _check_reach(work: Work, post: Post) -> None:
    if not _is_within_reach(work, post):
        raise Forbidden("只能编制本部门岗位的责任清单。")


def _is_within_reach(work: Work, post: Post) -> bool:
    """A head edits the posts of the own department and its teams, management edits all."""
    reach = reach_of([Role(work.actor.role)], Permission.RESPONSIBILITIES_EDIT)
    if reach is not Reach.DEPARTMENT:
        return True
    own = work.actor.department_id
    if own is None or post.department_id is None:
        return False
    return own == post.department_id or own == work.session.scalar(
        select(Department.parent_id).where(
            Department.enterprise_id == post.enterprise_id, Department.id == post.department_id
        )
    )
