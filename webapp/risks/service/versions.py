"""Taking a ledger from its draft to a published version."""

import hashlib
import json
from collections import Counter
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from webapp.enterprise.service.refusals import refuse_if
from webapp.platform import storage
from webapp.platform.errors import Conflict
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work
from webapp.risks.models.ledger import RiskEvent
from webapp.risks.models.versions import LedgerReview, LedgerVersion
from webapp.risks.queries.versions import (
    Answering,
    departments_in,
    present_rows,
    published_rows,
)
from webapp.risks.rules.ledger_versions import (
    VersionState,
    after_review,
    difference,
    refused_publication,
    refused_review,
    refused_submission,
)
from webapp.risks.service.locks import check_reach, lock_ledger

CHANGED_MEANWHILE = "这一版刚有新的审核意见，请看过最新内容后再操作。"
OPEN = (VersionState.SUBMITTED.value, VersionState.REVIEWED.value)


def submit_version(actor: Actor, *, note: str, at: datetime) -> UUID:
    """Submit the ledger as it stands for review by the departments that it names.

    Raises RuleBroken when there is nothing to review or something is unfinished.
    """
    version_id = new_id(at)
    with unit_of_work(actor, "ledger.version_submitted", at=at, subject=version_id) as work:
        lock_ledger(work.session, actor.enterprise_id)
        rows = present_rows(actor.scope, actor.enterprise_id)
        before = published_rows(work.session, actor.enterprise_id)
        refuse_if(
            refused_submission(
                rows=len(rows),
                proposed=_proposed(work),
                has_open=_has_open(work),
                changed=None if before is None else difference(before, rows),
            )
        )
        text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        reviewers = departments_in(work.session, actor.enterprise_id)
        work.add(
            LedgerVersion(
                enterprise_id=actor.enterprise_id,
                id=version_id,
                state=VersionState.SUBMITTED if reviewers else VersionState.REVIEWED,
                note=note,
                rows=[dict(row) for row in rows],
                rows_sha256=hashlib.sha256(text.encode()).hexdigest(),
                row_count=len(rows),
                levels=dict(Counter(row["level_code"] for row in rows)),
                submitted_by=actor.user_id,
                submitted_by_name=actor.name,
                submitted_at=at,
            )
        )
        work.add(*_reviews(work, version_id, reviewers))
        work.note(rows=len(rows))
    return version_id


def review_version(
    actor: Actor,
    version_id: UUID,
    department_id: UUID,
    *,
    agreed: bool,
    words: str,
    at: datetime,
) -> None:
    """Give a department's decision; one that does not agree returns the version.

    Raises RuleBroken when it has been decided, Forbidden for another department.
    """
    with unit_of_work(actor, "ledger.version_reviewed", at=at, subject=version_id) as work:
        found = _version(work, version_id)
        review = work.locked(LedgerReview, actor.enterprise_id, version_id, department_id)
        check_reach(actor, department_id)
        refuse_if(refused_review(VersionState(found.state), decided=review.agreed))
        review.agreed, review.words = agreed, words
        review.decided_by_name, review.decided_at = actor.name, at
        work.session.flush()
        found.state = after_review(_decisions(work, version_id))
        if found.state == VersionState.RETURNED:
            _end(found, actor, words, at)
        work.session.flush()
        work.note(
            department=review.department_name, decision="同意" if agreed else "退回", reason=words
        )


def withdraw_version(actor: Actor, version_id: UUID, *, reason: str, at: datetime) -> None:
    """Take back what nobody has signed yet. Raises Conflict once it has been decided."""
    with unit_of_work(actor, "ledger.version_withdrawn", at=at, subject=version_id) as work:
        found = _version(work, version_id)
        if found.state not in OPEN:
            raise Conflict(CHANGED_MEANWHILE)
        found.state = VersionState.WITHDRAWN
        _end(found, actor, reason, at)
        work.session.flush()
        work.note(reason=reason)


def publish_version(
    actor: Actor, version_id: UUID, *, image: bytes, version: int, at: datetime
) -> int:
    """Sign a reviewed version as the principal: it gets its number and is in force; the number.

    Raises RuleBroken while a department has not decided, Conflict when it changed meanwhile.
    """
    with unit_of_work(actor, "ledger.version_published", at=at, subject=version_id) as work:
        lock_ledger(work.session, actor.enterprise_id)
        found = _version(work, version_id, version)
        awaited = [
            review.department_name
            for review in _review_rows(work, version_id)
            if review.agreed is None
        ]
        refuse_if(refused_publication(VersionState(found.state), awaited))
        found.signature_file_id = storage.add_file(
            work.session,
            actor.enterprise_id,
            image,
            name=f"{actor.name}签名.png",
            media_type="image/png",
            added_by=actor.user_id,
            at=at,
        )
        number = _last_number(work) + 1
        found.number, found.state = number, VersionState.PUBLISHED
        found.published_by_name, found.published_at = actor.name, at
        work.session.flush()
        work.note(number=number, rows=found.row_count, sha256=found.rows_sha256)
    return number


def _version(work: Work, version_id: UUID, version: int | None = None) -> LedgerVersion:
    try:
        return work.locked(LedgerVersion, work.actor.enterprise_id, version_id, version=version)
    except Conflict:
        raise Conflict(CHANGED_MEANWHILE) from None


def _end(found: LedgerVersion, actor: Actor, reason: str, at: datetime) -> None:
    found.ended_by_name, found.ended_at, found.ended_reason = actor.name, at, reason


def _reviews(work: Work, version_id: UUID, reviewers: tuple[Answering, ...]) -> list[LedgerReview]:
    return [
        LedgerReview(
            enterprise_id=work.actor.enterprise_id,
            version_id=version_id,
            department_id=each.department_id,
            department_name=each.name,
            row_count=each.rows,
        )
        for each in reviewers
    ]


def _review_rows(work: Work, version_id: UUID) -> list[LedgerReview]:
    return list(
        work.session.scalars(
            select(LedgerReview)
            .where(
                LedgerReview.enterprise_id == work.actor.enterprise_id,
                LedgerReview.version_id == version_id,
            )
            .order_by(LedgerReview.department_name)
        )
    )


def _decisions(work: Work, version_id: UUID) -> list[bool | None]:
    return [review.agreed for review in _review_rows(work, version_id)]


def _proposed(work: Work) -> int:
    return work.session.execute(
        select(func.count()).where(
            RiskEvent.enterprise_id == work.actor.enterprise_id,
            RiskEvent.removed_at.is_(None),
            RiskEvent.is_proposed.is_(True),
        )
    ).scalar_one()


def _has_open(work: Work) -> bool:
    return (
        work.session.execute(
            select(func.count()).where(
                LedgerVersion.enterprise_id == work.actor.enterprise_id,
                LedgerVersion.state.in_(OPEN),
            )
        ).scalar_one()
        > 0
    )


def _last_number(work: Work) -> int:
    return (
        work.session.execute(
            select(func.max(LedgerVersion.number)).where(
                LedgerVersion.enterprise_id == work.actor.enterprise_id
            )
        ).scalar_one()
        or 0
    )
