"""Where officers look first: at most three places, each with the reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

MOST = 3


@dataclass(frozen=True, slots=True)
class OpenHazard:
    """An open hazard as the choice looks at it."""

    title: str
    is_major: bool
    is_ordered: bool
    due_on: date | None

    def overdue_days(self, today: date) -> int:
        """By how many days it is late; 0 when it is not."""
        return 0 if self.due_on is None else max(0, (today - self.due_on).days)


@dataclass(frozen=True, slots=True)
class MissedChecks:
    """Owed checks of the last days that were not handed in on time."""

    days: int
    due: int
    on_time: int

    @property
    def missed(self) -> int:
        """How many were not done in time."""
        return self.due - self.on_time


@dataclass(frozen=True, slots=True)
class Attention:
    """A place to look at, and why."""

    title: str
    why: str


def attentions(
    hazards: Iterable[OpenHazard],
    checks: MissedChecks,
    unchecked_majors: Sequence[str],
    *,
    today: date,
) -> tuple[Attention, ...]:
    """Open major hazards first, then what is late, then major risks nobody has looked at."""
    ordered = sorted(hazards, key=lambda h: (not h.is_major, -h.overdue_days(today), h.title))
    found = [_of_hazard(h, today) for h in ordered if h.is_major or h.overdue_days(today)]
    found += [
        Attention(name, f"重大风险，近 {checks.days} 天没有一次排查") for name in unchecked_majors
    ]
    if checks.missed > 0:
        words = f"近 {checks.days} 天应查 {checks.due} 次，漏查 {checks.missed} 次"
        found.append(Attention("排查任务", words))
    return tuple(found[:MOST])


def _of_hazard(hazard: OpenHazard, today: date) -> Attention:
    late = hazard.overdue_days(today)
    parts = [
        "重大事故隐患" if hazard.is_major else "",
        f"逾期 {late} 天未改" if late else "整改中",
        "执法指令列项" if hazard.is_ordered else "",
    ]
    return Attention(hazard.title, "，".join(part for part in parts if part))
