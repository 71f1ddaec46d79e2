"""A score in words and as the JSON that scripts read: each number says where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

from webapp.scoring.rules.score import HaveScore, IndicatorScore, ScoreTree, Standing
from webapp.standards.five_have import FiveHave


@dataclass(frozen=True, slots=True)
class Words:
    """What an indicator's numerator and denominator count, and in which measure word."""

    numerator: str
    denominator: str
    unit: str


_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "H2.1": Words("已辨识评价", "在用风险点或生产部门", "个"),
        "H2.3": Words("分级一致", "风险", "条"),
        "H2.4": Words("措施齐全", "风险", "条"),
        "H2.5": Words("已有在职责任人", "应管控层级", "项"),
        "H3.1": Words("已派生排查项", "应排查措施", "条"),
        "H3.2": Words("按期完成", "应完成", "项"),
        "H3.3": Words("可信记录", "排查记录", "条"),
        "H3.4": Words("按期销号", "到期隐患", "条"),
        "H3.6": Words("治理得分", "重大隐患", "条"),
        "H3.8": Words("按期复查合格", "到期列项", "项"),
        "H4.1": Words("近30天有操作", "有职责的在岗人员", "人"),
        "H4.2": Words("手机现场提交", "排查记录", "条"),
        "H4.5": Words("有效", "必备档案", "项"),
        "H5.4": Words("一线员工上报", "确认隐患", "条"),
    }
)
MOST_RECORDS = 50
"""An indicator with more records behind it leads to a list of all of them."""

_EMPTY = Words("分子", "分母", "项")
_STANDING_WORDS: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.NOT_ASSESSABLE: "尚未纳入评分，不计入基数",
        Standing.NOT_APPLICABLE: "本单位不适用，权重分摊到同项其他指标",
        Standing.EMPTY_FULL: "没有需要计算的记录，按标准计满分",
        Standing.EMPTY_ZERO: "还没有可以计算的记录，按标准计 0 分",
    }
)


def fraction_words(indicator: IndicatorScore) -> str:
    """The two counts as a table's cell: 61 / 72 条, or the weighed factor: 系数 0.938."""
    words = _WORDS.get(indicator.code)
    if indicator.standing is not Standing.SCORED:
        return "—"
    if words is None:
        return f"系数 {number(indicator.numerator)}"
    return f"{number(indicator.numerator)} / {number(indicator.denominator)} {words.unit}"


def explain(indicator: IndicatorScore) -> str:
    """An indicator in one sentence.

    按期完成 176 / 应完成 236 = 74.6%，满分线 95%，起分线 60% → 得 2.92 / 7 分
    """
    weight = number(indicator.weight)
    if indicator.standing in (Standing.NOT_ASSESSABLE, Standing.NOT_APPLICABLE):
        return f"{_STANDING_WORDS[indicator.standing]}。"
    earned = f"得 {number(indicator.score, places=2)} / {weight} 分"
    if indicator.standing is not Standing.SCORED:
        return f"{_STANDING_WORDS[indicator.standing]} → {earned}"
    lines = f"满分线 {percent(indicator.full)}，起分线 {percent(indicator.floor)}"
    exact = indicator.numerator / indicator.denominator
    return f"{_counts(indicator)} = {percent(exact)}，{lines} → {earned}"


def explain_have(have: HaveScore) -> str:
    """A have in one sentence: points out of what could be assessed, and scaled to its weight."""
    if not have.assessable_weight:
        return f"本项 {number(have.weight)} 分的指标尚未纳入评分，不计入基数。"
    earned = f"得 {number(have.score, places=2)} / {number(have.assessable_weight)} 分"
    if have.assessable_weight == have.weight:
        return f"{earned}。"
    scaled = f"折合 {number(have.scaled, places=2)} / {number(have.weight)} 分"
    return f"已纳入评分 {number(have.assessable_weight)} 分，{earned}；{scaled}。"


def explain_total(tree: ScoreTree) -> str:
    """The total in one sentence, with the base it stands on and the veto that caps it."""
    points, base = number(tree.points, places=2), number(tree.assessable_weight)
    text = f"{points} ÷ 已纳入评分的 {base} 分 × 100 = {tree.uncapped_total} 分"
    grade = f"等级 {tree.grade}（{tree.grade_name}）"
    if tree.total == tree.uncapped_total:
        return f"{text}，{grade}。"
    codes = "、".join(hit.code for hit in tree.vetoes)
    return f"{text}；触发否决项 {codes}，封顶 {tree.total} 分，{grade}。"


def next_grade_words(standard: FiveHave, total: Decimal) -> str:
    """How far it is to the next better grade; nothing at the best one."""
    better = [grade for grade in standard.grades if grade.lower > total]
    if not better:
        return ""
    nearest = min(better, key=lambda grade: grade.lower)
    return f"距“{nearest.name}”还差 {number(nearest.lower - total, places=1)} 分"


def as_json(tree: ScoreTree) -> dict[str, Any]:
    """The tree as `score explain --json` prints it; fields may be added, none renamed."""
    return {
        "total": float(tree.total),
        "grade": tree.grade,
        "version": tree.version,
        "at": tree.at.isoformat(),
        "vetoes": [
            {"code": v.code, "text": v.text, "cap": float(v.cap), "reason": v.reason}
            for v in tree.vetoes
        ],
        "haves": [_have_json(have) for have in tree.haves],
        "points": float(tree.points),
        "assessable_weight": float(tree.assessable_weight),
        "uncapped_total": float(tree.uncapped_total),
        "grade_name": tree.grade_name,
        "words": explain_total(tree),
    }


def number(value: Decimal, *, places: int = 4) -> str:
    """A number as read: rounded half up, thousands parted, no trailing zeros."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(ratio: Decimal) -> str:
    """A ratio as percent with at most one place: 74.6%, 95%."""
    return f"{number(ratio * 100, places=1)}%"


def _counts(indicator: IndicatorScore) -> str:
    if indicator.code not in _WORDS and indicator.denominator == 1:
        return f"系数 {number(indicator.numerator)}"
    words = _WORDS.get(indicator.code, _EMPTY)
    return (
        f"{words.numerator} {number(indicator.numerator)} / "
        f"{words.denominator} {number(indicator.denominator)}"
    )


def _have_json(have: HaveScore) -> dict[str, Any]:
    return {
        "code": have.code,
        "name": have.name,
        "score": float(have.score),
        "weight": float(have.weight),
        "assessable_weight": float(have.assessable_weight),
        "scaled": float(have.scaled),
        "indicators": [_indicator_json(indicator) for indicator in have.indicators],
    }


def _indicator_json(indicator: IndicatorScore) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "name": indicator.name,
        "score": float(indicator.score),
        "weight": float(indicator.weight),
        "numerator": float(indicator.numerator),
        "denominator": float(indicator.denominator),
        "assessable": indicator.assessable,
        "standing": indicator.standing.value,
        "ratio": None if indicator.ratio is None else float(indicator.ratio),
        "floor": float(indicator.floor),
        "full": float(indicator.full),
        "words": explain(indicator),
        "records": [{"kind": r.kind, "id": str(r.id)} for r in indicator.records[:MOST_RECORDS]],
    }
