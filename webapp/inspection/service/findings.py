"""What the officers find: on the enterprise's own ledger, by a criterion, or otherwise."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from webapp.enterprise.service.refusals import refuse_if
from webapp.hazards.service.photos import Picture, store
from webapp.inspection.models.cases import Finding, InspectionCase
from webapp.inspection.queries.ledger import ledger_place, officer_name
from webapp.inspection.rules.cases import (
    Basis,
    Disposition,
    Ordered,
    finding_refusal,
    ordered_refusal,
)
from webapp.inspection.rules.cases import Finding as Rule
from webapp.inspection.rules.edits import merged
from webapp.inspection.rules.findings import FINDING_FIELDS, Place, Words
from webapp.inspection.service.access import act_on_case, open_case
from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.errors import Conflict, Invalid, NotFound, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work
from webapp.standards.hazard_criteria import criterion
from webapp.standards.loader import UnknownCode


def add_finding(
    actor: Actor,
    enterprise_id: UUID,
    case_id: UUID,
    place: Place,
    words: Words,
    *,
    key: UUID,
    pictures: Collection[Picture] = (),
    kept: Collection[UUID] = (),
    at: datetime,
) -> UUID:
    """Write down a finding; the same key writes it once. The finding's id.

    Raises Invalid at a field that is missing or cannot be, RuleBroken once a record is issued.
    """
    with act_on_case(actor, "case.finding_added", enterprise_id, case_id, at=at) as work:
        answer = work.claim(key, "case.finding_added")
        if answer is not None:
            return UUID(answer["finding_id"])
        open_case(work, enterprise_id, case_id)
        _check(place, words, at=at)
        ledger = ledger_place(
            work.session, enterprise_id, place.point_id, place.event_id, place.measure_id
        )
        finding = Finding(
            enterprise_id=enterprise_id,
            id=new_id(at),
            case_id=case_id,
            ordinal=_next_ordinal(work, enterprise_id, case_id),
            basis=place.basis.value,
            point_id=ledger.point_id,
            event_id=ledger.event_id,
            measure_id=ledger.measure_id,
            criterion_code=place.criterion_code,
            photo_file_id=_photo(work, enterprise_id, pictures, kept),
            added_by=actor.user_id,
            added_at=at,
        )
        _write(finding, words)
        work.add(finding)
        work.subject = finding.id
        work.note(case=case_id, description=words.description, major=words.is_major)
        work.seal(key, {"finding_id": str(finding.id)})
        return finding.id


def change_finding(
    actor: Actor,
    enterprise_id: UUID,
    finding_id: UUID,
    words: Words,
    *,
    version: int,
    seen: dict[str, str],
    pictures: Collection[Picture] = (),
    kept: Collection[UUID] = (),
    at: datetime,
) -> None:
    """Write a finding anew; without a picture the former one stays.

    Raises Conflict like `save_case` when the colleague has changed it since.
    """
    with act_on_case(actor, "case.finding_changed", enterprise_id, finding_id, at=at) as work:
        finding = _own_finding(work, enterprise_id, finding_id)
        if finding.version != version:
            raise _conflict(work, finding, words, seen)
        _check(_place_of(finding), words, at=at)
        if finding.hazard_id is not None:
            refuse_if(ordered_refusal(_ordered(words_of(finding)), _ordered(words)))
        before = words_of(finding).texts()
        _write(finding, words)
        photo = _photo(work, enterprise_id, pictures, kept)
        finding.photo_file_id = photo or finding.photo_file_id
        finding.changed_by, finding.changed_at = actor.user_id, at
        changed = {n: [before[n], text] for n, text in words.texts().items() if before[n] != text}
        work.note(case=finding.case_id, changed=changed, photo=photo)


def remove_finding(
    actor: Actor, enterprise_id: UUID, finding_id: UUID, *, version: int, at: datetime
) -> None:
    """Take a finding back; it stays in the records.

    Raises Conflict when the colleague has changed it since, RuleBroken when it has become a
    hazard of the enterprise.
    """
    with act_on_case(actor, "case.finding_removed", enterprise_id, finding_id, at=at) as work:
        finding = _own_finding(work, enterprise_id, finding_id)
        if finding.version != version:
            raise Conflict("这条问题刚被同事修改，请核对最新内容后再删除。")
        if finding.hazard_id is not None:
            raise RuleBroken("这条问题已成为企业的隐患，不能删除。")
        finding.removed_at, finding.changed_by, finding.changed_at = at, actor.user_id, at
        work.note(case=finding.case_id, description=finding.description)


def _own_finding(work: Work, enterprise_id: UUID, finding_id: UUID) -> Finding:
    """The finding, locked after its case, so that two officers never wait for each other."""
    case_id = work.session.execute(
        select(Finding.case_id).where(
            Finding.enterprise_id == enterprise_id,
            Finding.id == finding_id,
            Finding.removed_at.is_(None),
        )
    ).scalar_one_or_none()
    if case_id is None:
        raise NotFound("这条问题已被删除，请返回检查页查看。")
    open_case(work, enterprise_id, case_id)
    finding = work.locked(Finding, enterprise_id, finding_id)
    if finding.removed_at is not None:
        raise NotFound("这条问题已被删除，请返回检查页查看。")
    return finding


def _check(place: Place, words: Words, *, at: datetime) -> None:
    rule = Rule(1, words.description, words.disposition, words.due_on, words.is_major)
    refuse_if(finding_refusal(rule, today=local_date(at)))
    if place.basis is Basis.CRITERION:
        try:
            criterion(place.criterion_code)
        except UnknownCode as unknown:
            raise Invalid("criterion_code", str(unknown)) from unknown
    if place.basis is Basis.LEDGER and place.point_id is None:
        raise Invalid("point_id", "请先选择企业风险清单中的风险点。")


def _next_ordinal(work: Work, enterprise_id: UUID, case_id: UUID) -> int:
    return work.session.execute(
        select(func.coalesce(func.max(Finding.ordinal), 0) + 1).where(
            Finding.enterprise_id == enterprise_id, Finding.case_id == case_id
        )
    ).scalar_one()


def _photo(
    work: Work, enterprise_id: UUID, pictures: Collection[Picture], kept: Collection[UUID]
) -> UUID | None:
    stored = store(work, enterprise_id, pictures, kept)
    return stored[-1].file_id if stored else None


def _write(finding: Finding, words: Words) -> None:
    finding.description = words.description.strip()
    finding.law_basis = words.law_basis.strip()
    finding.disposition = words.disposition.value
    # What was put right on the spot has no date left over from a former choice.
    is_ordered = words.disposition is Disposition.ORDER
    finding.due_on = words.due_on if is_ordered else None
    finding.is_major = words.is_major


def words_of(finding: Finding) -> Words:
    """What a finding says."""
    return Words(
        finding.description,
        finding.law_basis,
        Disposition(finding.disposition),
        finding.due_on,
        finding.is_major,
    )


def _place_of(finding: Finding) -> Place:
    return Place(
        Basis(finding.basis),
        finding.point_id,
        finding.event_id,
        finding.measure_id,
        finding.criterion_code,
    )


def _ordered(words: Words) -> Ordered:
    return Ordered(words.disposition, words.due_on, words.is_major)


def _conflict(work: Work, finding: Finding, words: Words, seen: dict[str, str]) -> Conflict:
    theirs = words_of(finding).texts()
    who = _changer(work, finding)
    when = finding.changed_at or finding.added_at
    return Conflict(
        f"{who}在 {when.astimezone(SHANGHAI):%H:%M} 改过这条问题，您的内容还没有保存。"
        "请核对下面的不同之处后再保存。",
        {
            "who": who,
            "at": when,
            "version": finding.version,
            "seen": theirs,
            "merge": merged(seen, theirs, words.texts(), FINDING_FIELDS),
        },
    )


def _changer(work: Work, finding: Finding) -> str:
    case = work.session.get_one(InspectionCase, (finding.enterprise_id, finding.case_id))
    return officer_name(work.session, case, finding.changed_by or finding.added_by)
