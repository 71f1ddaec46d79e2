"""What the enterprise's first page shows of its score: the number, its way here, the next steps."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from webapp.platform.clock import local_date, now
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope
from webapp.scoring.queries.score import history, moved_since, score_facts
from webapp.scoring.rules.advice import advise, rescore
from webapp.standards.five_have import five_have

SHOWN_ADVICE = 3
HISTORY_DAYS = 90
TREND_DAYS = 30


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do with the points it brings."""

    points: Decimal
    words: str
    detail: str


@dataclass(frozen=True, slots=True)
class HomeScore:
    """The score on the first page; ``moved`` is against 30 days ago, None without a history."""

    total: Decimal
    grade_name: str
    moved: Decimal | None
    days: list[tuple[date, float]]
    rows: list[tuple[str, str]]
    steps: tuple[NextStep, ...]


def home_score(scope: Scope, enterprise_id: UUID) -> HomeScore | None:
    """The first page's part; None for an enterprise that is not counted yet."""
    at, standard = now(), five_have()
    try:
        counts = score_facts(scope, enterprise_id, at)
    except NotFound:
        return None
    tree = rescore(standard, counts, at=at)
    advice = advise(standard, counts, at=at)[:SHOWN_ADVICE]
    days = history(scope, enterprise_id, local_date(at) - timedelta(days=HISTORY_DAYS))
    month_ago = local_date(at) - timedelta(days=TREND_DAYS)
    return HomeScore(
        tree.total,
        tree.grade_name,
        moved_since(days, month_ago, tree.total),
        [(day.day, float(day.total)) for day in days],
        [(day.day.isoformat(), str(day.total)) for day in reversed(days)],
        tuple(NextStep(a.points, a.action.words, a.action.detail) for a in advice),
    )
