"""The indicators that records fill: a few counts each, and the standard's formula over them.

Each function gives numerator and denominator of x. Where a formula weighs several ratios, the
numerator carries the weighing, so that x is always the one divided by the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from webapp.scoring.rules.score import IndicatorInput, RecordRef
from webapp.scoring.rules.veto import VetoFacts

_FEW_HAZARDS_FROM_TASKS = 50
_HALF = Decimal("0.5")


class Ratio(NamedTuple):
    """Numerator and denominator of an indicator's x."""

    numerator: Decimal
    denominator: Decimal


@dataclass(frozen=True, slots=True)
class Coverage:
    """Points in use and those assessed, producing departments and those with a point."""

    points: int = 0
    assessed: int = 0
    departments: int = 0
    covered: int = 0
    has_activities: bool = True
    has_equipment: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, both counted."""

    part: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True)
class Tasks:
    """Check tasks due in the window (those excused for standstill left out) and done on time.

    ``open_today`` are due today, not done, and not among the due ones yet.
    """

    due: int = 0
    on_time: int = 0
    open_today: int = 0


@dataclass(frozen=True, slots=True)
class Honesty:
    """Check records in the window, those sent more than 24 hours late, tasks due, hazards found."""

    records: int = 0
    late: int = 0
    tasks_due: int = 0
    hazards: int = 0


@dataclass(frozen=True, slots=True)
class Rectification:
    """Hazards whose date fell in the window and those closed by it, extensions granted included.

    ``open_today`` are due today, not rectified, and not among the due ones yet.
    """

    due: int = 0
    on_time: int = 0
    open_today: int = 0


@dataclass(frozen=True, slots=True)
class Quality:
    """Hazards with a time limit and whole five implementations; rectified ones with photo and
    opinion; hazards found and those that came back at the same item within 90 days.
    """

    timed: int = 0
    implemented: int = 0
    rectified: int = 0
    evidenced: int = 0
    found: int = 0
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class Majors:
    """Major hazards of a year: reported in time, with a plan of all six parts, with protection
    meanwhile, and settled by their date or not yet due.
    """

    majors: int = 0
    reported: int = 0
    planned: int = 0
    protected: int = 0
    settled: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """All counts of one enterprise that its score is made of."""

    coverage: Coverage = field(default_factory=Coverage)
    grading: Share = field(default_factory=Share)
    measures: Share = field(default_factory=Share)
    responsibilities: Share = field(default_factory=Share)
    derivation: Share = field(default_factory=Share)
    tasks: Tasks = field(default_factory=Tasks)
    honesty: Honesty = field(default_factory=Honesty)
    rectification: Rectification = field(default_factory=Rectification)
    quality: Quality = field(default_factory=Quality)
    majors: Majors = field(default_factory=Majors)
    order_items: Share = field(default_factory=Share)
    accounts: Share = field(default_factory=Share)
    mobile: Share = field(default_factory=Share)
    sections: Share = field(default_factory=Share)
    reports: Share = field(default_factory=Share)
    vetoes: VetoFacts = field(default_factory=VetoFacts)


def share(counts: Share) -> Ratio:
    """part ÷ whole.

    H2.3 risks whose value, level and direct judgement agree ÷ risks; H2.4 risks with the kinds
    of measures their level asks ÷ risks; H2.5 control levels with a person in office ÷ all that
    must control; H3.1 measures with an item of known period and person ÷ measures to be checked;
    H3.8 order items re-inspected in time ÷ due; H4.1 people active in 30 days ÷ people with
    duties; H4.2 records sent on site by phone ÷ records; H4.5 file sections held and valid ÷
    required; H5.4 hazards reported by people without a leading post ÷ hazards confirmed.
    """
    return Ratio(Decimal(counts.part), Decimal(counts.whole))


def coverage(counts: Coverage) -> Ratio:
    """H2.1: min(points assessed ÷ points, departments covered ÷ departments).

    Halved while the list of activities or the list of equipment is empty.
    """
    candidates = [
        (counts.assessed, counts.points),
        (counts.covered, counts.departments),
    ]
    part, whole = min(
        ((a, b) for a, b in candidates if b),
        key=lambda pair: Fraction(*pair),
        default=(0, 0),
    )
    if not counts.points:
        return Ratio(Decimal(0), Decimal(0))
    whole_lists = counts.has_activities and counts.has_equipment
    return Ratio(Decimal(part) * (1 if whole_lists else _HALF), Decimal(whole))


def tasks(counts: Tasks) -> Ratio:
    """H3.2: tasks done on time ÷ tasks due, those excused for standstill left out (90 days)."""
    return Ratio(Decimal(counts.on_time), Decimal(counts.due))


def honesty(counts: Honesty) -> Ratio:
    """H3.3: 1 − late records ÷ records; halved when 50 tasks were due and no hazard was found."""
    honest = Decimal(counts.records - counts.late)
    is_too_clean = counts.tasks_due >= _FEW_HAZARDS_FROM_TASKS and not counts.hazards
    return Ratio(honest * (_HALF if is_too_clean else 1), Decimal(counts.records))


def rectification(counts: Rectification) -> Ratio:
    """H3.4: hazards due in the window and closed in time ÷ hazards due (90 days)."""
    return Ratio(Decimal(counts.on_time), Decimal(counts.due))


def quality(counts: Quality) -> Ratio:
    """H3.5: 0.5 × five implementations + 0.3 × photo and opinion + 0.2 × (1 − repeats), out of 1.

    A part without hazards counts as whole; without any hazard the indicator is empty.
    """
    if not (counts.timed or counts.rectified or counts.found):
        return Ratio(Decimal(0), Decimal(0))
    weighed = (
        _part(counts.implemented, counts.timed) * 5
        + _part(counts.evidenced, counts.rectified) * 3
        + _part(counts.found - counts.repeated, counts.found) * 2
    ) / 10
    exact = Decimal(weighed.numerator) / Decimal(weighed.denominator)
    return Ratio(exact.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP), Decimal(1))


def majors(counts: Majors) -> Ratio:
    """H3.6: the mean over major hazards of 0.2 × reported in time + 0.3 × plan of six parts
    + 0.2 × protection meanwhile + 0.3 × settled by its date (365 days).
    """
    tenths = 2 * counts.reported + 3 * counts.planned + 2 * counts.protected + 3 * counts.settled
    return Ratio(Decimal(tenths) / 10, Decimal(counts.majors))


def ratios(facts: Facts) -> Mapping[str, Ratio]:
    """x of every indicator that records fill, by code; the others are not assessable yet."""
    return {
        "H2.1": coverage(facts.coverage),
        "H2.3": share(facts.grading),
        "H2.4": share(facts.measures),
        "H2.5": share(facts.responsibilities),
        "H3.1": share(facts.derivation),
        "H3.2": tasks(facts.tasks),
        "H3.3": honesty(facts.honesty),
        "H3.4": rectification(facts.rectification),
        "H3.5": quality(facts.quality),
        "H3.6": majors(facts.majors),
        "H3.8": share(facts.order_items),
        "H4.1": share(facts.accounts),
        "H4.2": share(facts.mobile),
        "H4.5": share(facts.sections),
        "H5.4": share(facts.reports),
    }


def indicator_inputs(
    facts: Facts, records: Mapping[str, tuple[RecordRef, ...]] | None = None
) -> tuple[IndicatorInput, ...]:
    """The inputs of a score, with the records behind each indicator where they are known."""
    behind = records or {}
    return tuple(
        IndicatorInput(code, ratio.numerator, ratio.denominator, records=behind.get(code, ()))
        for code, ratio in ratios(facts).items()
    )


def _part(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(1)
