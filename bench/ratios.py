"""Timing in turns: A B C A B C …, one ratio a round, so that a noisy machine disturbs all alike."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """One goal: the ratio's spread, the bar it is held to, and counts without noise."""

    id: str
    name: str
    bar: str
    median: float
    low: float
    high: float
    rounds: int
    ok: bool
    subject_ms: float | None = None
    anchor_ms: float | None = None
    counts: dict[str, Any] = field(default_factory=dict)

    def line(self) -> str:
        """The goal as one line of the report."""
        words = f"{self.id:5} {self.name:44} {self.median:7.2f} ({self.low:.2f}..{self.high:.2f})"
        times = ""
        if self.subject_ms is not None and self.anchor_ms is not None:
            times = f"  [{self.subject_ms:.3f} ms / {self.anchor_ms:.3f} ms]"
        counted = "".join(f" {name}={value}" for name, value in self.counts.items())
        verdict = "ok" if self.ok else "MISSED"
        return f"{words} bar {self.bar} {verdict}{times}{counted}"


def in_turn(
    subjects: Mapping[str, Callable[[], object]], *, rounds: int, calls: int
) -> dict[str, list[float]]:
    """Milliseconds a call of each subject, round by round, after one round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in subjects}
    for number in range(rounds + 1):
        gc.collect()
        for name, subject in subjects.items():
            began = time.perf_counter()
            for _ in range(calls):
                subject()
            if number:
                times[name].append((time.perf_counter() - began) / calls * 1000)
    return times


def ratio(
    goal: str,
    name: str,
    subject: list[float],
    anchor: list[float],
    *,
    most: float | None = None,
    least: float | None = None,
    counts: dict[str, Any] | None = None,
    counts_hold: bool = True,
) -> Result:
    """Compare two subjects of one run.

    The best third of the rounds decides: noise cannot fail a goal, a slow path does.
    """
    ratios = sorted(s / a for s, a in zip(subject, anchor, strict=True))
    third = max(1, len(ratios) // 3)
    if most is not None:
        ok, bar = statistics.mean(ratios[:third]) <= most, f"<={most}"
    else:
        ok, bar = statistics.mean(ratios[-third:]) >= (least or 0), f">={least}"
    return Result(
        goal,
        name,
        bar,
        statistics.median(ratios),
        ratios[0],
        ratios[-1],
        len(ratios),
        ok and counts_hold,
        statistics.median(subject),
        statistics.median(anchor),
        counts or {},
    )
