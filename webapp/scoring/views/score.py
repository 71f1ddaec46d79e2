"""The score: number, tree down to the records, advice, history."""

from datetime import timedelta
from uuid import UUID

from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, page, scope
from webapp.enterprise.queries.profile import profile
from webapp.platform.clock import local_date, now
from webapp.scoring.queries.explained import explained
from webapp.scoring.queries.record_rows import record_rows
from webapp.scoring.queries.score import history, score_facts
from webapp.scoring.rules.advice import advise, cost_of_waiting
from webapp.scoring.views import targets
from webapp.scoring.views.blueprint import bp
from webapp.standards.five_have import five_have

HISTORY_DAYS = 365


@bp.get("/score")
@allow("score.see")
def score() -> ResponseReturnValue:
    """The viewer's own enterprise."""
    return _score(actor().enterprise_id, is_own=True)


@bp.get("/enterprises/<uuid:enterprise_id>/score")
@allow("score.see")
def enterprise_score(enterprise_id: UUID) -> ResponseReturnValue:
    """An enterprise of the officer's region."""
    return _score(enterprise_id, is_own=False)


def _score(enterprise_id: UUID, *, is_own: bool) -> ResponseReturnValue:
    at, viewing = now(), scope()
    tree = explained(viewing, enterprise_id, at)
    counts = score_facts(viewing, enterprise_id, at)
    standard = five_have()
    refs = [ref for indicator in tree.indicators for ref in indicator.records]
    since = local_date(at) - timedelta(days=HISTORY_DAYS)
    advice = advise(standard, counts, at=at)
    return page(
        "scoring/score/show.html",
        profile=profile(viewing, enterprise_id),
        tree=tree,
        shown=targets.shown(tree, record_rows(viewing, enterprise_id, refs), enterprise_id),
        advice=targets.advice_items(advice, is_own=is_own),
        costs=cost_of_waiting(standard, counts, at=at),
        history=targets.history_chart(history(viewing, enterprise_id, since), standard),
        at=at,
    )
