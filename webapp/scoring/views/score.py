"""The score: number, tree down to the records, advice, history."""

from datetime import timedelta
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from webapp.accounts.access import allow, enterprise_in_view, page, scope
from webapp.enterprise.queries.profile import profile
from webapp.platform.clock import local_date, now
from webapp.platform.errors import NotFound
from webapp.platform.paging import PageRequest
from webapp.scoring.queries.costing import costing_page
from webapp.scoring.queries.explained import explained
from webapp.scoring.queries.record_rows import record_rows
from webapp.scoring.queries.score import history, moved_since, score_facts
from webapp.scoring.rules.advice import advise, cost_of_waiting
from webapp.scoring.rules.explanation import explain_total, next_grade_words
from webapp.scoring.views import targets
from webapp.scoring.views.blueprint import bp
from webapp.standards.five_have import five_have

HISTORY_DAYS = 365
TREND_DAYS = 30


@bp.get("/score", defaults={"enterprise_id": None})
@bp.get("/enterprises/<uuid:enterprise_id>/score")
@allow("score.see")
def score(enterprise_id: UUID | None) -> ResponseReturnValue:
    """The viewer's own enterprise, or one of the officer's region."""
    is_own, enterprise_id = enterprise_id is None, enterprise_in_view(enterprise_id)
    at, viewing = now(), scope()
    tree = explained(viewing, enterprise_id, at)
    counts = score_facts(viewing, enterprise_id, at)
    standard = five_have()
    refs = [ref for indicator in tree.indicators for ref in indicator.records]
    days = history(viewing, enterprise_id, local_date(at) - timedelta(days=HISTORY_DAYS))
    advice = advise(standard, counts, at=at)
    return page(
        "scoring/score/show.html",
        profile=profile(viewing, enterprise_id),
        tree=tree,
        total_words=explain_total(tree),
        next_grade_words=next_grade_words(standard, tree.total),
        moved=moved_since(days, local_date(at) - timedelta(days=TREND_DAYS), tree.total),
        shown=targets.shown(
            tree, record_rows(viewing, enterprise_id, refs), None if is_own else enterprise_id
        ),
        advice=targets.advice_items(advice, is_own=is_own),
        costs=cost_of_waiting(standard, counts, at=at),
        history=targets.history_chart(days, standard),
        at=at,
    )


@bp.get("/score/<code>/records", defaults={"enterprise_id": None})
@bp.get("/enterprises/<uuid:enterprise_id>/score/<code>/records")
@allow("score.see")
def score_records(code: str, enterprise_id: UUID | None) -> ResponseReturnValue:
    """All records that keep an indicator from being full, in pages."""
    is_own, enterprise_id = enterprise_id is None, enterprise_in_view(enterprise_id)
    indicator = next((one for one in five_have().indicators if one.code == code), None)
    if indicator is None:
        raise NotFound
    viewing, wanted = scope(), PageRequest(request.args.get("page", 1, int))
    refs = costing_page(viewing, enterprise_id, code, now(), wanted)
    rows = record_rows(viewing, enterprise_id, refs.rows)
    return page(
        "scoring/score/records.html",
        profile=profile(viewing, enterprise_id),
        indicator=indicator,
        refs=refs,
        records=targets.shown_records(
            [rows[ref.id] for ref in refs.rows if ref.id in rows],
            None if is_own else enterprise_id,
        ),
        enterprise_id=None if is_own else enterprise_id,
    )
