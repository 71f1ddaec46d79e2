"""The rows that someone ticked in a list, each judged by the same right as its own form."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, select

from webapp.platform.errors import Forbidden
from webapp.platform.unit_of_work import Work
from webapp.risks.models.ledger import RiskEvent
from webapp.risks.rules.words import number_words
from webapp.risks.service.locks import check_reach


def chosen_events(
    work: Work, event_ids: Collection[UUID], *conditions: ColumnElement[bool]
) -> tuple[list[RiskEvent], tuple[str, ...]]:
    """The chosen risks in force, locked, that the actor may write, and why others are refused.

    Rows removed meanwhile, of another enterprise or without the conditions are passed over.
    """
    events = work.session.scalars(
        select(RiskEvent)
        .where(
            RiskEvent.enterprise_id == work.actor.enterprise_id,
            RiskEvent.id.in_(list(event_ids)),
            RiskEvent.removed_at.is_(None),
            *conditions,
        )
        .order_by(RiskEvent.id)
        .with_for_update()
    ).all()
    allowed, refused = [], []
    for event in events:
        try:
            check_reach(work.actor, event.department_id)
        except Forbidden as error:
            refused.append(f"{number_words(event.number)}：{error}")
        else:
            allowed.append(event)
    return allowed, tuple(refused)
