"""The one file of an enterprise: header, sections, timeline, and the whole as one PDF."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope, viewer
from webapp.enterprise.queries.profile import profile
from webapp.enterprise.queries.timeline import Timeline, cursor, timeline
from webapp.enterprise.service.file import JOB, BoundFile, order_file
from webapp.enterprise.service.file_parts import offered_part, sections
from webapp.enterprise.service.public_parts import public_page
from webapp.enterprise.views.answers import pdf_answer
from webapp.enterprise.views.blueprint import bp
from webapp.platform.clock import now
from webapp.platform.errors import NotFound
from webapp.platform.jobs import JobRow, job, retry, wake
from webapp.platform.outbox import JobState
from webapp.platform.storage import file_content

FIRST_PART = "profile"


@bp.get("/file")
@bp.get("/enterprises/<uuid:enterprise_id>/file")
@allow("file.see")
def file_show(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The header, the sections with one of them open, the timeline beside it."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    chosen = offered_part(request.args.get("part", FIRST_PART))
    return page(
        "enterprise/file/show.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        known=public_page(scope(), found.id),
        sections=sections(scope(), found.id),
        chosen=chosen,
        part=chosen.provider(scope(), found.id),
        is_own=found.id == viewer().enterprise_id,
        timeline=_timeline(found.id),
        now=now(),
    )


@bp.get("/file/timeline")
@bp.get("/enterprises/<uuid:enterprise_id>/file/timeline")
@allow("timeline.see")
def file_timeline(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """Everything that happened, page by page."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    return page(
        "enterprise/file/timeline.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        timeline=timeline(scope(), found.id, before=cursor(request.args.get("before", ""))),
    )


@bp.post("/file/downloads")
@bp.post("/enterprises/<uuid:enterprise_id>/file/downloads")
@allow("file.download")
def file_download(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """A small file at once, a large one as a job whose progress is shown."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    ordered = order_file(actor(), found.id, at=now())
    if isinstance(ordered, BoundFile):
        return _sent(found.id, ordered.file_id)
    wake()
    return redirect(url_for("enterprise.file_progress", job_id=ordered), 303)


@bp.get("/file/downloads/<uuid:job_id>")
@allow("file.download")
def file_progress(job_id: UUID) -> ResponseReturnValue:
    """How far the binding has come; htmx asks for the inner part alone."""
    found = _job(job_id)
    name = "_progress.html" if request.headers.get("HX-Request") else "progress.html"
    return page(f"enterprise/file/{name}", job=found, is_done=found.state is JobState.DONE)


@bp.post("/file/downloads/<uuid:job_id>/retry")
@allow("file.download")
def file_retry(job_id: UUID) -> ResponseReturnValue:
    """Bind again after a failure."""
    retry(scope(), _job(job_id).id)
    return redirect(url_for("enterprise.file_progress", job_id=job_id), 303)


@bp.get("/file/downloads/<uuid:job_id>/pdf")
@allow("file.download")
def file_pdf(job_id: UUID) -> ResponseReturnValue:
    """The bound file of a job that is done."""
    result = _job(job_id).result
    if result is None:
        raise NotFound("档案还在生成，请稍候。")
    return _sent(UUID(result["enterprise_id"]), UUID(result["file_id"]))


def _timeline(enterprise_id: UUID) -> Timeline | None:
    return timeline(scope(), enterprise_id, size=10) if viewer().may("timeline.see") else None


def _job(job_id: UUID) -> JobRow:
    found = job(scope(), job_id)
    if found.kind != JOB:
        raise NotFound
    return found


def _sent(enterprise_id: UUID, file_id: UUID) -> ResponseReturnValue:
    kept = file_content(scope(), enterprise_id, file_id)
    return pdf_answer(kept.data, kept.name, is_download=True)
