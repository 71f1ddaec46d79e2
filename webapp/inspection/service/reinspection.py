"""What the officers see when they come back: item by item, before the opinion is signed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from webapp.enterprise.service.refusals import granted
from webapp.inspection.models.cases import Finding
from webapp.inspection.queries.cases import CaseDetail, case_detail
from webapp.inspection.rules.cases import CaseAction, CaseState, next_state
from webapp.inspection.rules.edits import merged
from webapp.inspection.rules.reinspection import Seen, field_words, texts_of
from webapp.inspection.service.access import act_on_case, own_case
from webapp.platform.clock import SHANGHAI
from webapp.platform.errors import Conflict
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work


def record_outcomes(
    actor: Actor,
    enterprise_id: UUID,
    case_id: UUID,
    outcomes: Mapping[int, Seen],
    *,
    version: int,
    seen: dict[str, str],
    at: datetime,
) -> None:
    """Keep what was seen of an order's open items, by the order's item numbers.

    Raises Conflict like `save_case` when the colleague has saved since, RuleBroken when the case
    has no order to answer.
    """
    with act_on_case(actor, "case.reinspected", enterprise_id, case_id, at=at) as work:
        row = own_case(work, enterprise_id, case_id)
        granted(next_state(CaseState(row.state), CaseAction.REINSPECT))
        case = case_detail(actor.scope, enterprise_id, case_id)
        if case.version != version:
            raise _conflict(case, outcomes, seen)
        _write(work, case, outcomes)
        row.changed_by, row.changed_at = actor.user_id, at
        work.note(case=case_id, outcomes=_noted(outcomes))


def _write(work: Work, case: CaseDetail, outcomes: Mapping[int, Seen]) -> None:
    for number, finding in case.open_items:
        told = outcomes.get(number)
        if told is None:
            continue
        row = work.locked(Finding, case.enterprise_id, finding.id)
        row.outcome = told.outcome.value if told.outcome else ""
        row.outcome_words = told.words.strip()


def outcomes_of(case: CaseDetail) -> dict[int, Seen]:
    """What is kept of the open items."""
    return {number: Seen(f.outcome, f.outcome_words) for number, f in case.open_items}


def _conflict(case: CaseDetail, outcomes: Mapping[int, Seen], seen: dict[str, str]) -> Conflict:
    theirs = texts_of(outcomes_of(case))
    words = field_words(theirs)
    merge = merged(seen, theirs, texts_of(outcomes), words)
    return Conflict(
        f"{case.changer}在 {case.changed_at.astimezone(SHANGHAI):%H:%M} 保存过复查情况，"
        "您的内容还没有保存。请核对下面的不同之处后再保存。",
        {
            "who": case.changer,
            "at": case.changed_at,
            "version": case.version,
            "seen": theirs,
            "merge": merge,
        },
    )


def _noted(outcomes: Mapping[int, Seen]) -> dict[str, str]:
    return {
        str(number): told.outcome.value if told.outcome else "" for number, told in outcomes.items()
    }
