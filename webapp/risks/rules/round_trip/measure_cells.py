"""Cells of measures: one line one measure; each keeps its id as long as it can be known again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from webapp.risks.rules.control_levels import Frequency
from webapp.risks.rules.drafts import MeasureDraft
from webapp.risks.rules.round_trip.marks import plain_text
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel

_LINE_END = "；;。 "


def changed_measures(
    present: Sequence[MeasureDraft],
    cells: Mapping[MeasureCategory, str],
    *,
    control_level: ControlLevel,
) -> tuple[MeasureDraft, ...]:
    """The measures after these cells have been changed; those of other kinds stay as they are.

    A new measure is controlled on ``control_level`` and checked as the kind's others are.
    """
    of_kind = {
        kind: _aligned(
            [measure for measure in present if measure.category is kind],
            text,
            _model(present, kind, control_level),
        )
        for kind, text in cells.items()
    }
    return tuple(_in_order(present, of_kind))


def _in_order(
    present: Sequence[MeasureDraft], of_kind: dict[MeasureCategory, list[MeasureDraft]]
) -> Iterator[MeasureDraft]:
    """Each changed kind where its first measure stood, new kinds at the end."""
    changed = set(of_kind)
    for measure in present:
        if measure.category in changed:
            yield from of_kind.pop(measure.category, [])
        else:
            yield measure
    for added in of_kind.values():
        yield from added


def _model(
    present: Sequence[MeasureDraft], kind: MeasureCategory, level: ControlLevel
) -> MeasureDraft:
    """What a new measure of a kind is like: the kind's first one, else any of the event's."""
    near = [m for m in present if m.category is kind] or list(present)
    if not near:
        return MeasureDraft(kind, "", level)
    return replace(near[0], category=kind, description="", id=None)


def _aligned(present: list[MeasureDraft], text: str, model: MeasureDraft) -> list[MeasureDraft]:
    lines = _lines(text, [measure.description for measure in present])
    before = [_key(measure.description) for measure in present]
    matcher = SequenceMatcher(a=before, b=[_key(line) for line in lines], autojunk=False)
    found: list[MeasureDraft] = []
    for _, start, end, first, last in matcher.get_opcodes():
        kept = present[start:end]
        for at, line in enumerate(lines[first:last]):
            known = kept[at] if at < len(kept) else None
            if known is None:
                found.append(replace(model, description=line))
            elif _key(known.description) == _key(line):
                found.append(known)
            else:
                found.append(replace(known, description=line))
    return found


def _lines(text: str, known: list[str]) -> list[str]:
    """A line each, but for present measures that are of several lines themselves."""
    lines = [line for line in plain_text(text).split("\n") if line.strip(_LINE_END)]
    long = sorted((plain_text(one).split("\n") for one in known), key=len, reverse=True)
    found, at = [], 0
    while at < len(lines):
        size = next((len(one) for one in long if _is_at(one, lines, at)), 1)
        found.append("\n".join(lines[at : at + size]).rstrip("；; "))
        at += size
    return found


def _is_at(one: list[str], lines: list[str], at: int) -> bool:
    there = lines[at : at + len(one)]
    return len(one) > 1 and _key("\n".join(there)) == _key("\n".join(one))


def _key(text: str) -> str:
    return plain_text(text).rstrip(_LINE_END)


def with_frequency(
    measures: Sequence[MeasureDraft], before: Frequency | None, wanted: Frequency | None
) -> tuple[MeasureDraft, ...]:
    """The measures that were checked as the cell said are checked as it says now."""
    return tuple(
        replace(measure, frequency=wanted)
        if before is None or measure.frequency is before
        else measure
        for measure in measures
    )
