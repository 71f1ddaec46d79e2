"""Which open action brings how many points, and what waiting until tomorrow costs.

An action's points are the difference of two whole scores, so that caps of vetoes and empty
denominators are in them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from webapp.scoring.rules.actions import Action, open_actions
from webapp.scoring.rules.indicators import Facts, indicator_inputs
from webapp.scoring.rules.score import ScoreTree, score
from webapp.scoring.rules.veto import vetoes
from webapp.standards.five_have import FiveHave


@dataclass(frozen=True, slots=True)
class Advice:
    """An action with the points it brings and the total it leads to.

    ``points`` is the exact difference of the precise totals, to four places.
    """

    action: Action
    points: Decimal
    total_after: Decimal


@dataclass(frozen=True, slots=True)
class TimeCost:
    """What is lost if the things due today are left until tomorrow, in points."""

    words: str
    points: Decimal
    total_after: Decimal


def rescore(standard: FiveHave, facts: Facts, *, at: datetime) -> ScoreTree:
    """The score of the counts with their vetoes, without the records behind."""
    hits = vetoes(facts.vetoes, standard)
    return score(standard, indicator_inputs(facts), at=at, vetoes=hits)


def advise(standard: FiveHave, facts: Facts, *, at: datetime) -> tuple[Advice, ...]:
    """Open actions that raise the total, most points first."""
    now = rescore(standard, facts, at=at)
    found = [_advice(standard, action, now, at) for action in open_actions(facts)]
    return tuple(
        sorted((a for a in found if a.points > 0), key=lambda a: (-a.points, a.action.code))
    )


def cost_of_waiting(standard: FiveHave, facts: Facts, *, at: datetime) -> tuple[TimeCost, ...]:
    """What tomorrow costs: hazards and tasks due today and still open, largest loss first."""
    now = rescore(standard, facts, at=at)
    costs = []
    for words, later in _tomorrow(facts):
        tree = rescore(standard, later, at=at)
        costs.append(TimeCost(words, now.precise_total - tree.precise_total, tree.total))
    return tuple(sorted((c for c in costs if c.points > 0), key=lambda c: (-c.points, c.words)))


def _advice(standard: FiveHave, action: Action, now: ScoreTree, at: datetime) -> Advice:
    after = rescore(standard, action.after, at=at)
    return Advice(action, after.precise_total - now.precise_total, after.total)


def _tomorrow(facts: Facts) -> Iterator[tuple[str, Facts]]:
    due, work, counts = facts.rectification, facts.tasks, facts.vetoes
    if due.open_today:
        overdue = replace(due, due=due.due + due.open_today, open_today=0)
        late = replace(
            counts,
            overdue_majors=counts.overdue_majors + counts.majors_due_today,
            majors_due_today=0,
        )
        yield (
            f"{due.open_today} 条隐患今天到期，未销号即逾期",
            replace(facts, rectification=overdue, vetoes=late),
        )
    if work.open_today:
        honest = replace(facts.honesty, tasks_due=facts.honesty.tasks_due + work.open_today)
        missed = replace(work, due=work.due + work.open_today, open_today=0)
        yield (
            f"{work.open_today} 项排查任务今天到期，未完成即漏检",
            replace(facts, tasks=missed, honesty=honest),
        )
