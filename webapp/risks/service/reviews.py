"""Declaring what demands new assessments, and assessing again what has not changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from webapp.platform.clock import local_date
from webapp.platform.errors import Invalid, NotFound
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work
from webapp.risks.events import LedgerChanged
from webapp.risks.models.assessments import RiskAssessment
from webapp.risks.models.ledger import RiskPoint
from webapp.risks.models.reviews import ReviewTrigger
from webapp.risks.rules.reviews import TriggerKind
from webapp.risks.rules.words import number_words
from webapp.risks.service.chosen import chosen_events
from webapp.risks.service.locks import lock_ledger


def declare_trigger(
    actor: Actor,
    kind: TriggerKind,
    *,
    words: str,
    happened_on: date,
    point_id: UUID | None,
    at: datetime,
) -> UUID:
    """Say that something happened that assessments must consider; its id.

    Raises Invalid for a day that has not come, NotFound for a point of another enterprise.
    """
    if happened_on > local_date(at):
        raise Invalid("happened_on", "发生日期不能晚于今天。")
    trigger_id = new_id(at)
    with unit_of_work(actor, "ledger.review_declared", at=at, subject=trigger_id) as work:
        if point_id is not None and _point_name(work, point_id) is None:
            raise NotFound
        work.add(
            ReviewTrigger(
                enterprise_id=actor.enterprise_id,
                id=trigger_id,
                kind=kind,
                words=words,
                happened_on=happened_on,
                point_id=point_id,
                declared_by_name=actor.name,
                declared_at=at,
            )
        )
        work.note(kind=kind.words, words=words)
    return trigger_id


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many assessments were confirmed, and which rows were refused, and why."""

    reviewed: int
    refused: tuple[str, ...]


def confirm_assessments(actor: Actor, event_ids: Collection[UUID], *, at: datetime) -> Reviewed:
    """Assess these risks again with the same result: the old assessments stay on record.

    Rows that are not one's own to assess are named; rows removed meanwhile are passed over.
    """
    with unit_of_work(actor, "ledger.reviewed", at=at) as work:
        lock_ledger(work.session, actor.enterprise_id)
        done, refused = chosen_events(work, event_ids)
        _assess_alike(work, [event.id for event in done])
        work.note(reviewed=len(done), numbers=[number_words(event.number) for event in done])
        if done:
            work.publish(LedgerChanged(actor.enterprise_id, at))
    return Reviewed(len(done), refused)


def _assess_alike(work: Work, event_ids: Collection[UUID]) -> None:
    present = work.session.scalars(
        select(RiskAssessment).where(
            RiskAssessment.enterprise_id == work.actor.enterprise_id,
            RiskAssessment.event_id.in_(list(event_ids)),
            RiskAssessment.replaced_at.is_(None),
        )
    ).all()
    for old in present:
        old.replaced_at = work.at
    # The old ones must have left their place before the new ones take it.
    work.session.flush()
    work.add(
        *(
            RiskAssessment(
                enterprise_id=old.enterprise_id,
                id=new_id(work.at),
                event_id=old.event_id,
                kind=old.kind,
                method=old.method,
                method_version=old.method_version,
                factors=dict(old.factors),
                value=old.value,
                level=old.level,
                direct_rule=old.direct_rule,
                assessed_by=work.actor.user_id,
                assessed_at=work.at,
            )
            for old in present
        )
    )


def _point_name(work: Work, point_id: UUID) -> str | None:
    return work.session.execute(
        select(RiskPoint.name).where(
            RiskPoint.enterprise_id == work.actor.enterprise_id, RiskPoint.id == point_id
        )
    ).scalar_one_or_none()
