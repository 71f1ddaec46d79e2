"""Responsibility lists: where each post stands, one list, its editing and approval."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope, viewer
from webapp.enterprise.forms.responsibilities import DutiesForm
from webapp.enterprise.queries.organisation import post
from webapp.enterprise.queries.profile import profile
from webapp.enterprise.queries.responsibilities import (
    DutyList,
    PostStanding,
    duty_list,
    editions,
    published_lists,
    standings,
)
from webapp.enterprise.queries.signing import responsibility_gaps
from webapp.enterprise.rules.responsibilities import ListState, is_review_near
from webapp.enterprise.service.responsibilities import (
    draft_list,
    draft_missing,
    publish_drafts,
    publish_list,
    save_duties,
)
from webapp.enterprise.views.blueprint import bp
from webapp.platform.clock import local_date, now
from webapp.platform.errors import Conflict, Invalid, RuleBroken

SPARE_ROWS = 3
MOST_SHOWN = 300


@bp.get("/responsibilities")
@bp.get("/enterprises/<uuid:enterprise_id>/responsibilities")
@allow("responsibilities.see")
def responsibilities_list(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """Every post with the state of its list."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    rows = standings(scope(), found.id)
    return page(
        "enterprise/responsibilities/list.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        rows=rows,
        gap_count=len(responsibility_gaps(scope(), found.id)),
        draft_count=sum(row.draft_id is not None for row in rows),
        unlisted_count=sum(row.draft_id is None and row.list_id is None for row in rows),
        published_count=sum(row.list_id is not None for row in rows),
        unsigned_count=sum(row.unsigned for row in rows if row.list_id),
        due_soon=_due_soon(rows, local_date(now())),
        today=local_date(now()),
    )


@bp.get("/responsibilities/gaps")
@bp.get("/enterprises/<uuid:enterprise_id>/responsibilities/gaps")
@allow("responsibilities.see")
def responsibilities_gaps(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """What is missing in the chain from the principal to the post."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    gaps = responsibility_gaps(scope(), found.id)
    return page(
        "enterprise/responsibilities/gaps.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        gaps=gaps[:MOST_SHOWN],
        count=len(gaps),
        hidden=len(gaps[MOST_SHOWN:]),
    )


@bp.get("/responsibilities/display")
@bp.get("/enterprises/<uuid:enterprise_id>/responsibilities/display")
@allow("responsibilities.see")
def responsibilities_display(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """All lists in force on one page, to be shown or printed."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    return page(
        "enterprise/responsibilities/display.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        lists=published_lists(scope(), found.id),
    )


@bp.get("/responsibilities/posts/<uuid:post_id>")
@bp.get("/enterprises/<uuid:enterprise_id>/responsibilities/posts/<uuid:post_id>")
@allow("responsibilities.see")
def responsibilities_post(post_id: UUID, enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The list of a post: in force, in draft, and its editions."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    held = post(scope(), found.id, post_id)
    known = editions(scope(), found.id, post_id)
    return page(
        "enterprise/responsibilities/post.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        post=held,
        editions=known,
        in_force=_first(found.id, [row.id for row in known if row.state is ListState.PUBLISHED]),
        draft=_first(found.id, [row.id for row in known if row.state is ListState.DRAFT]),
        today=local_date(now()),
    )


@bp.post("/responsibilities/drafts")
@allow("responsibilities.edit")
def responsibilities_draft_missing() -> ResponseReturnValue:
    """Begin a list for every post that has none."""
    count = draft_missing(actor(), at=now())
    flash(f"已按岗位类别起草 {count} 份责任清单，请逐份核对修改。", "ok")
    return redirect(url_for("enterprise.responsibilities_list"), 303)


@bp.post("/responsibilities/posts/<uuid:post_id>/drafts")
@allow("responsibilities.edit")
def responsibilities_draft(post_id: UUID) -> ResponseReturnValue:
    """Begin a new edition of a post's list."""
    list_id = draft_list(actor(), post_id, at=now())
    return redirect(url_for("enterprise.responsibilities_edit", list_id=list_id), 303)


@bp.get("/responsibilities/lists/<uuid:list_id>/edit")
@allow("responsibilities.edit")
def responsibilities_edit(list_id: UUID) -> ResponseReturnValue:
    """The duties of a draft as a form, with rows to spare."""
    found = duty_list(scope(), enterprise_in_view(), list_id)
    duties = [
        {
            "duty": each.duty,
            "frequency": each.frequency,
            "work_standard": each.work_standard,
            "assessment": each.assessment,
            "source": each.source,
        }
        for each in found.duties
    ]
    form = DutiesForm(data={"version": found.version, "duties": duties + [{}] * SPARE_ROWS})
    return _edit_page(found, form)


@bp.post("/responsibilities/lists/<uuid:list_id>/edit")
@allow("responsibilities.edit")
def responsibilities_save(list_id: UUID) -> ResponseReturnValue:
    """Keep the duties of a draft."""
    found, form = duty_list(scope(), enterprise_in_view(), list_id), DutiesForm()
    if form.validate():
        with form.refusals():
            version = form.version.data or 0
            save_duties(actor(), list_id, form.kept(), version=version, at=now())
            flash(f"duties:{viewer().user_id}:{list_id}", "draft-done")
            return _to_post(found.post_id, "已保存，等主要负责人批准公示。")
    return _edit_page(found, form), 422


@bp.post("/responsibilities/lists/<uuid:list_id>/publication")
@allow("responsibilities.approve")
def responsibilities_publish(list_id: UUID) -> ResponseReturnValue:
    """Approve a draft and publish it."""
    found = duty_list(scope(), enterprise_in_view(), list_id)
    try:
        publish_list(actor(), list_id, version=found.version, at=now())
    except (Conflict, Invalid, RuleBroken) as refused:
        flash(refused.message, "bad")
        return redirect(url_for("enterprise.responsibilities_post", post_id=found.post_id), 303)
    return _to_post(found.post_id, "已批准公示，任职人员可以在手机上签收。")


@bp.post("/responsibilities/publication")
@allow("responsibilities.approve")
def responsibilities_publish_drafts() -> ResponseReturnValue:
    """Approve every draft at once."""
    try:
        count = publish_drafts(actor(), at=now())
        flash(f"已批准公示 {count} 份责任清单。", "ok")
    except (Invalid, RuleBroken) as refused:
        flash(refused.message, "bad")
    return redirect(url_for("enterprise.responsibilities_list"), 303)


def _due_soon(rows: Sequence[PostStanding], today: date) -> set[UUID]:
    """The posts whose list is to be reviewed within thirty days or is overdue."""
    return {row.post.id for row in rows if row.review_by and is_review_near(row.review_by, today)}


def _first(enterprise_id: UUID, list_ids: list[UUID]) -> DutyList | None:
    return duty_list(scope(), enterprise_id, list_ids[0]) if list_ids else None


def _to_post(post_id: UUID, words: str) -> ResponseReturnValue:
    flash(words, "ok")
    return redirect(url_for("enterprise.responsibilities_post", post_id=post_id), 303)


def _edit_page(found: DutyList, form: DutiesForm) -> str:
    return page("enterprise/responsibilities/edit.html", found=found, form=form)
