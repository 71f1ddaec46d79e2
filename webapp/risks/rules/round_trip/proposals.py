"""From the changed cells of a row to the event they propose, by the rules of the form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from webapp.risks.rules.assignment import Directory
from webapp.risks.rules.control_levels import Frequency, answering_level, refused_level
from webapp.risks.rules.drafts import (
    MOST_MEASURES,
    Assessed,
    EventDraft,
    MeasureDraft,
    assessed,
    event_refusals,
)
from webapp.risks.rules.import_ledger.values import control_level, frequency, point_kind
from webapp.risks.rules.import_ledger.words import squeezed
from webapp.risks.rules.round_trip.grades import proposed_grade, stated_problems
from webapp.risks.rules.round_trip.measure_cells import changed_measures, with_frequency
from webapp.risks.rules.round_trip.problems import LONGEST_TEXTS, Problem, too_long
from webapp.risks.rules.round_trip.standing import Standing
from webapp.standards.accident_types import resolve
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, RiskLevel

_NAMES = ("point", "place", "unit", "activity", "step")
_OF_POINT = ("unit", "point_kind", "place")
_FIELDS = {
    "accident_types": "accident_types",
    "control_level": "control_level",
    "residual_level": "residual.level",
    "point": "point",
    "hazard_source": "hazard_source",
    "description": "description",
    "measures": "measures.engineering",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """The event that a row proposes, or all that is wrong with it.

    ``found`` is its new assessment, None where the one in force stays.
    """

    draft: EventDraft
    found: Assessed | None
    problems: tuple[Problem, ...]


def proposal(base: Standing | None, cells: Mapping[str, str], names: Directory) -> Proposal:
    """What a row proposes whose changed cells these are; ``base`` is None for a new one."""
    return _Reader(base, cells, names).read()


class _Reader:
    """Reads one row, gathering what is wrong with it."""

    def __init__(self, base: Standing | None, cells: Mapping[str, str], names: Directory) -> None:
        self._base = base
        self._cells = cells
        self._names = names
        self._problems: list[Problem] = []

    def read(self) -> Proposal:
        """The proposal."""
        self._check_texts()
        grade = proposed_grade(self._base, self._cells)
        self._problems += grade.problems
        found = None
        if grade.draft is not None:
            judged = assessed(grade.draft)
            if isinstance(judged, Assessed):
                found = judged
            else:
                self._problems += [_of_field(r.field or "", r.message) for r in judged]
        self._problems += stated_problems(self._base, found, self._cells)
        level = found.residual_level if found else self._level_in_force()
        draft = self._draft(level)
        draft = replace(draft, assessment=grade.draft)
        if level is not None:
            refused = event_refusals(draft, level)
            self._problems += [_of_field(r.field or "", r.message) for r in refused]
        return Proposal(draft, found, tuple(dict.fromkeys(self._problems)))

    def _draft(self, level: RiskLevel | None) -> EventDraft:
        control = self._control(level)
        post_id = self._post()
        source = self._text("hazard_source")
        # A ledger without a column for the event says it as the source.
        event = source if self._base is None else ""
        return EventDraft(
            point=self._text("point"),
            point_kind=self._kind(),
            place=self._text("place"),
            activity=self._text("activity"),
            step=self._text("step"),
            hazard_source=source,
            description=self._text("description") or event,
            accident_types=self._accident_types(),
            consequence=self._text("consequence"),
            assessment=None,
            control_level=control,
            department_id=self._department(),
            owner_id=self._owner(),
            remark=self._text("remark"),
            measures=self._measures(_rank(level, control), post_id),
            unit=self._text("unit"),
        )

    def _text(self, key: str) -> str:
        if key in self._cells:
            return " ".join(self._cells[key].split()) if key in _NAMES else self._cells[key]
        return "" if self._base is None else str(getattr(self._base.row, key))

    def _check_texts(self) -> None:
        for key, text in self._cells.items():
            self._problems += too_long(key, text)
        if self._base is None or self._is_moved():
            return
        for key in _OF_POINT:
            if key in self._cells:
                self._say(key, f"这一项属于风险点“{self._base.row.point}”，不能在某一条风险里改。")

    def _is_moved(self) -> bool:
        """Whether the row names another point, which may be a new one."""
        if self._base is None or "point" not in self._cells:
            return self._base is None
        return squeezed(self._cells["point"]) != squeezed(self._base.row.point)

    def _kind(self) -> str:
        text = self._cells.get("point_kind", "")
        kind = point_kind(text)
        if text and kind is None:
            self._say("point_kind", "请填写设备设施、作业活动或场所部位。")
        if kind is not None:
            return kind
        return "place" if self._base is None else self._base.row.point_kind

    def _accident_types(self) -> tuple[str, ...]:
        text = self._cells.get("accident_types")
        if text is None:
            return () if self._base is None else self._base.row.accident_types
        read = resolve(text)
        if read.unknown:
            words = "、".join(read.unknown)
            self._say("accident_types", f"“{words}”不是 GB 6441 的事故类型。")
        return tuple(known.code for known in read.types)

    def _control(self, level: RiskLevel | None) -> ControlLevel | None:
        """The level as the cell says; one left as it was rises with the risk, never falls."""
        text = self._cells.get("control_level", "")
        chosen = control_level(text)
        if text and chosen is None:
            self._say("control_level", "请填写公司级、部门级、班组级或岗位级。")
        if "control_level" in self._cells or self._base is None:
            return chosen
        present = self._base.row.control_level
        return None if level is not None and refused_level(level, present) else present

    def _level_in_force(self) -> RiskLevel | None:
        return None if self._base is None else self._base.row.residual.level

    def _department(self) -> UUID | None:
        text = self._cells.get("department")
        if text is None:
            return None if self._base is None else self._base.department_id
        found = self._names.assignment(department=text, person="", post="").department_id
        if text and found is None:
            self._say("department", f"组织机构里没有“{text}”，或有几个同名的部门。")
        return found

    def _owner(self) -> UUID | None:
        text = self._cells.get("owner")
        if text is None:
            return None if self._base is None else self._base.owner_id
        place = self._text("department")
        found = self._names.assignment(department=place, person=text, post="").owner_id
        if text and found is None:
            self._say("owner", f"人员名册里没有“{text}”，或有几个人同名。")
        return found

    def _post(self) -> UUID | None:
        text = self._cells.get("post", "")
        place = self._text("department")
        found = self._names.assignment(department=place, person="", post=text).post_id
        if text and found is None:
            self._say("post", f"组织机构里没有岗位“{text}”，或有几个同名的岗位；一次只能填一个。")
        return found

    def _frequency(self) -> Frequency | None:
        text = self._cells.get("frequency", "")
        found = frequency(text)
        if text and found is None:
            self._say("frequency", "请填写每班、每日、每周、每月、每季度、每半年或每年。")
        return found

    def _measures(self, control: ControlLevel, post_id: UUID | None) -> tuple[MeasureDraft, ...]:
        present = () if self._base is None else self._base.measures
        changed = {
            kind: self._cells[key]
            for kind in MeasureCategory
            if (key := f"measures.{kind}") in self._cells
        }
        found = changed_measures(present, changed, control_level=control) if changed else present
        if len(found) > MOST_MEASURES:
            self._say("measures.engineering", f"措施超过 {MOST_MEASURES} 条，请分成几条风险。")
        limit = LONGEST_TEXTS["measures"]
        for measure in found:
            if measure not in present and len(measure.description) > limit:
                key = f"measures.{measure.category}"
                self._say(key, f"一条措施不能超过 {limit} 个字；每条另起一行。")
        if "post" in self._cells:
            found = tuple(replace(measure, post_id=post_id) for measure in found)
        if "frequency" in self._cells:
            before = None if self._base is None else frequency(self._base.row.frequency)
            found = with_frequency(found, before, self._frequency())
        return found

    def _say(self, key: str, message: str) -> None:
        self._problems.append(Problem(key, message))


def _rank(level: RiskLevel | None, chosen: ControlLevel | None) -> ControlLevel:
    """The level that a new measure of the event is controlled on."""
    return ControlLevel.POST if level is None else answering_level(level, chosen)


def _of_field(field: str, message: str) -> Problem:
    """A refusal of the form's rules at the cell it is about."""
    side, _, factor = field.partition("_")
    if side in ("inherent", "residual") and field not in _FIELDS:
        return Problem(f"{side}.{factor}", message)
    return Problem(_FIELDS.get(field, field), message)


def derived(base: Standing, proposed: Proposal) -> Iterator[tuple[str, str, str]]:
    """What follows from the changed cells: the cell's key, what it says now, what it will say."""
    row, found = base.row, proposed.found
    level = row.residual.level
    if found is not None:
        level = found.residual_level
        sides = (
            ("inherent", row.inherent, found.inherent, found.inherent_level),
            ("residual", row.residual, found.residual, found.residual_level),
        )
        for key, before, after, after_level in sides:
            if before.value != after.value:
                yield f"{key}.value", str(before.value or ""), str(after.value)
            if before.level is not after_level:
                yield f"{key}.level", before.level.words, after_level.words
    control = proposed.draft.answering(level)
    if control is not row.control_level:
        yield "control_level", row.control_level.words, control.words
