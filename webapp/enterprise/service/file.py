"""The one file of an enterprise, gathered from all rooms and bound as one PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from webapp.enterprise.pdf.enterprise_file import BoundPart, FilePaper, enterprise_file
from webapp.enterprise.queries.code import printed_code
from webapp.enterprise.queries.file_parts import timeline_part
from webapp.enterprise.queries.profile import profile
from webapp.enterprise.service.chains import on_enterprise_chain
from webapp.enterprise.service.code import address_of
from webapp.enterprise.service.file_parts import offered_parts
from webapp.enterprise.service.public_parts import public_page
from webapp.platform import audit, storage
from webapp.platform.clock import local_date
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import unit_of_work

JOB = "enterprise.file_pdf"
TIMELINE_TITLE = "动态"
MOST_ROWS_AT_ONCE = 400
"""A file with more table rows than this is bound in the background."""

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BoundFile:
    """A file that is ready: id and name of the stored PDF."""

    file_id: UUID
    name: str


def order_file(actor: Actor, enterprise_id: UUID, *, at: datetime) -> BoundFile | UUID:
    """Bind the file now when it is small; else order a job and give its id.

    Raises NotFound for an enterprise that the actor may not see.
    """
    paper = _gathered(actor, enterprise_id, at=at)
    if sum(bound.part.row_count for bound in paper.parts) <= MOST_ROWS_AT_ONCE:
        return _kept(actor, enterprise_id, paper, at=at)
    with unit_of_work(actor, "file.ordered", at=at, subject=enterprise_id) as work:
        on_enterprise_chain(work, enterprise_id)
        return work.enqueue(JOB, {"enterprise_id": str(enterprise_id)})


def bind_file(
    actor: Actor, enterprise_id: UUID, *, at: datetime, report: Report | None = None
) -> BoundFile:
    """Gather every part, telling the progress, and store the PDF. May run twice."""
    paper = _gathered(actor, enterprise_id, at=at, report=report)
    return _kept(actor, enterprise_id, paper, at=at)


def _gathered(
    actor: Actor, enterprise_id: UUID, *, at: datetime, report: Report | None = None
) -> FilePaper:
    scope = actor.scope
    found = profile(scope, enterprise_id)
    offered = offered_parts()
    parts = []
    for number, part in enumerate(offered, start=1):
        parts.append(BoundPart(part.title, part.provider(scope, enterprise_id)))
        if report is not None:
            # One step is left for drawing the pages.
            report(number, len(offered) + 1)
    parts.append(BoundPart(TIMELINE_TITLE, timeline_part(scope, enterprise_id)))
    known = public_page(scope, enterprise_id)
    position, head = audit.chain_head(scope, enterprise_id)
    return FilePaper(
        name=found.name,
        uscc=found.uscc,
        region=found.region_name,
        address=_address(actor, enterprise_id),
        level=known.level,
        grade=known.grade,
        parts=tuple(parts),
        chain_position=position,
        chain_head=head,
        made_by=actor.name,
        made_at=at,
    )


def _address(actor: Actor, enterprise_id: UUID) -> str:
    try:
        return address_of(printed_code(actor.scope, enterprise_id).token)
    except NotFound:
        return ""


def _kept(actor: Actor, enterprise_id: UUID, paper: FilePaper, *, at: datetime) -> BoundFile:
    data = enterprise_file(paper)
    name = f"{paper.name}安全生产档案{local_date(at):%Y%m%d}.pdf"
    with unit_of_work(actor, "file.bound", at=at, subject=enterprise_id) as work:
        on_enterprise_chain(work, enterprise_id)
        work.note(content_sha256=paper.content_hash, chain_position=paper.chain_position)
        file_id = storage.add_file(
            work.session,
            enterprise_id,
            data,
            name=name,
            media_type="application/pdf",
            added_by=actor.user_id,
            at=at,
        )
    return BoundFile(file_id, name)
