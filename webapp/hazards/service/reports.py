"""Reporting a hazard in three taps."""

from datetime import datetime
from uuid import UUID

from webapp.hazards.models.hazards import Hazard
from webapp.hazards.queries.records import is_point
from webapp.hazards.rules.checks import hazard_title
from webapp.hazards.rules.lifecycle import HazardSource
from webapp.hazards.rules.submissions import OpenedHazard, Report, opened_of
from webapp.hazards.service.acts import act
from webapp.hazards.service.lifecycle import open_hazard
from webapp.hazards.service.photos import prepared, store
from webapp.platform.errors import Invalid
from webapp.platform.tenancy import Actor

ACTION = "report.submitted"


def report_hazard(
    actor: Actor, enterprise_id: UUID, report: Report, *, at: datetime
) -> OpenedHazard:
    """Open the hazard that someone came across; a repeated key gets the first answer.

    Raises Invalid at ``words``, ``photos`` or ``point_id``.
    """
    pictures = prepared(report.uploads)
    with act(actor, enterprise_id, ACTION, at=at) as work:
        earlier = work.claim(report.key, ACTION)
        if earlier is not None:
            return opened_of(earlier)
        _check(report)
        if report.point_id and not is_point(work.session, enterprise_id, report.point_id):
            raise Invalid("point_id", "没有找到这个风险点，请重新选择。")
        photos = store(work, enterprise_id, pictures, report.kept)
        title = hazard_title(report.words)
        hazard_id = open_hazard(
            actor,
            enterprise_id,
            title=title,
            description=report.words,
            source=HazardSource.REPORT,
            place=report.place,
            point_id=report.point_id,
            photos=[photo.file_id for photo in photos],
            at=at,
        )
        work.subject = hazard_id
        number = work.locked(Hazard, enterprise_id, hazard_id).number
        opened = OpenedHazard(hazard_id, number, title)
        work.seal(report.key, opened.as_json())
    return opened


def _check(report: Report) -> None:
    if not report.words.strip():
        raise Invalid("words", "请说一句哪里不对。")
    if not report.uploads and not report.kept:
        raise Invalid("photos", "请至少拍一张照片。")
    if report.point_id is None and not report.place.strip():
        raise Invalid("place", "请选择风险点，或写明在哪里。")
