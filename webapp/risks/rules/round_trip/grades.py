"""The assessment that a row proposes: from its factors alone, never from a level typed over."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from webapp.risks.rules.drafts import STATED, Assessed, AssessmentDraft, declarable_rules
from webapp.risks.rules.import_ledger.levels import level as level_named
from webapp.risks.rules.import_ledger.values import method_code, number
from webapp.risks.rules.ledger_sheet import SheetSide
from webapp.risks.rules.round_trip.problems import Problem
from webapp.risks.rules.round_trip.standing import Standing
from webapp.standards.risk_methods import RiskLevel, RiskMethod, method, plain

SIDES = ("inherent", "residual")
_RESULTS = ("value", "level")


@dataclass(frozen=True, slots=True)
class Grade:
    """A new assessment, or None where the one in force stays; and what is wrong with the cells."""

    draft: AssessmentDraft | None
    problems: tuple[Problem, ...] = ()


def proposed_grade(base: Standing | None, cells: Mapping[str, str]) -> Grade:
    """The assessment that the changed cells ask for."""
    asked = {
        key
        for key in cells
        if key == "method" or (key.startswith(SIDES) and not key.endswith(_RESULTS))
    }
    if base is not None and not asked:
        return Grade(None)
    if base is not None and base.direct_rule and base.direct_rule not in _declarable():
        message = "这条风险由原台账注明为直接判定，请在页面上重新评价后再改取值。"
        return Grade(None, tuple(Problem(key, message) for key in sorted(asked)))
    known = _method(base, cells)
    if known is None:
        return Grade(None, (Problem("method", "请填写评价方法：LEC、LS 或 MES，并填写取值。"),))
    return _of_factors(base, cells, known)


def _of_factors(base: Standing | None, cells: Mapping[str, str], known: RiskMethod) -> Grade:
    problems: list[Problem] = []
    sides: dict[str, dict[str, Decimal]] = {}
    for side in SIDES:
        present = _present(base, side, known)
        for factor in known.factors:
            key = f"{side}.{factor.code}"
            if key not in cells:
                continue
            present.pop(factor.code, None)
            value = number(cells[key])
            if value is not None:
                present[factor.code] = plain(value)
            elif cells[key]:
                problems.append(Problem(key, f"应为数字，表中为“{cells[key][:20]}”。"))
        sides[side] = present
    # A ledger with one assessment states it for both.
    if base is None and not sides["residual"]:
        sides["residual"] = sides["inherent"]
    if problems:
        return Grade(None, tuple(problems))
    declared = frozenset({base.direct_rule} if base is not None and base.direct_rule else ())
    return Grade(AssessmentDraft(known.code, sides["inherent"], sides["residual"], declared))


def _present(base: Standing | None, side: str, known: RiskMethod) -> dict[str, Decimal]:
    if base is None:
        return {}
    there: SheetSide = getattr(base.row, side)
    return dict(there.factors) if there.method == known.code else {}


def _method(base: Standing | None, cells: Mapping[str, str]) -> RiskMethod | None:
    if "method" in cells:
        code = method_code(cells["method"])
        return None if code is None else method(code)
    if base is None or base.row.inherent.method == STATED:
        return None
    return method(base.row.inherent.method)


def _declarable() -> frozenset[str]:
    return frozenset(rule.code for rule in declarable_rules())


def stated_problems(
    base: Standing | None, found: Assessed | None, cells: Mapping[str, str]
) -> list[Problem]:
    """Values and levels typed over: each must be what the factors give."""
    if base is None and found is None:
        return []
    problems = []
    for side in SIDES:
        value, level = _result(base, found, side)
        key = f"{side}.value"
        if cells.get(key) and number(cells[key]) != value:
            words = "没有风险值" if value is None else f"是 {value}"
            problems.append(Problem(key, f"风险值由取值算出，现在{words}，请改取值。"))
        key = f"{side}.level"
        if cells.get(key) and level_named(cells[key]) is not level:
            message = f"风险等级由取值得出，应为{level.words}，不能直接改写；请改取值。"
            problems.append(Problem(key, message))
    return problems


def _result(
    base: Standing | None, found: Assessed | None, side: str
) -> tuple[Decimal | None, RiskLevel]:
    if found is not None:
        if side == "inherent":
            return found.inherent.value, found.inherent_level
        return found.residual.value, found.residual_level
    if base is None:
        raise ValueError("a new row without an assessment has no result")
    there: SheetSide = getattr(base.row, side)
    return there.value, there.level
