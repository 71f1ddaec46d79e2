import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from tests.scoring.facts import GOOD
from webapp.scoring.rules.advice import rescore
from webapp.scoring.rules.explanation import (
    as_json,
    explain,
    explain_have,
    explain_total,
    fraction_words,
    next_grade_words,
    number,
    percent,
)
from webapp.scoring.rules.indicators import Facts, indicator_inputs
from webapp.scoring.rules.score import IndicatorInput, RecordRef, score
from webapp.standards.five_have import five_have

AT = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)
STANDARD = five_have()


def of(code, *counts, **more):
    given = IndicatorInput(code, *(Decimal(c) for c in counts), **more)
    tree = score(STANDARD, [given], at=AT)
    return next(i for i in tree.indicators if i.code == code)


@pytest.mark.parametrize(
    ("indicator", "sentence"),
    [
        (
            of("H3.2", 176, 236),
            "按期完成 176 / 应完成 236 = 74.6%，满分线 95%，起分线 60% → 得 2.92 / 7 分",
        ),
        (
            of("H3.2", 3512, 3832),
            "按期完成 3,512 / 应完成 3,832 = 91.6%，满分线 95%，起分线 60% → 得 6.33 / 7 分",
        ),
        (of("H3.5", "0.938", 1), "系数 0.938 = 93.8%，满分线 100%，起分线 50% → 得 2.63 / 3 分"),
        (of("H3.4"), "没有需要计算的记录，按标准计满分 → 得 6 / 6 分"),
        (of("H3.2"), "还没有可以计算的记录，按标准计 0 分 → 得 0 / 7 分"),
        (of("H4.6"), "本单位不适用，权重分摊到同项其他指标。"),
        (of("H1.1", assessable=False), "尚未纳入评分，不计入基数。"),
        (
            of("H5.2", 176, 236),
            "分子 176 / 分母 236 = 74.6%，满分线 95%，起分线 30% → 得 2.74 / 4 分",
        ),
    ],
)
def test_an_indicator_in_words(indicator, sentence):
    assert explain(indicator) == sentence


def test_the_fraction_of_a_table_cell():
    assert fraction_words(of("H3.4", 61, 72)) == "61 / 72 条"
    assert fraction_words(of("H3.5", "0.938", 1)) == "系数 0.938"
    assert fraction_words(of("H3.4")) == "—"


def test_a_have_says_its_base():
    tree = rescore(STANDARD, GOOD, at=AT)

    assert explain_have(tree.haves[0]) == "本项 15 分的指标尚未纳入评分，不计入基数。"
    assert explain_have(tree.haves[4]).startswith(
        "已纳入评分 3 分，得 2.27 / 3 分；折合 11.33 / 15"
    )


def test_the_total_says_its_base_and_its_cap():
    tree = rescore(STANDARD, GOOD, at=AT)
    barred = replace(GOOD, vetoes=replace(GOOD.vetoes, overdue_majors=1))

    assert "÷ 已纳入评分的 56 分 × 100 = " in explain_total(tree)
    assert f"等级 {tree.grade}（良好）。" in explain_total(tree)
    assert "触发否决项 V2，封顶 59.9 分，等级 D（不达标）。" in explain_total(
        rescore(STANDARD, barred, at=AT)
    )


@pytest.mark.parametrize(
    ("total", "words"),
    [
        ("87.7", "距“优秀”还差 2.3 分"),
        ("59.9", "距“合格”还差 0.1 分"),
        ("90.0", ""),
    ],
)
def test_the_next_grade_is_as_far_as_its_lower_limit(total, words):
    assert next_grade_words(STANDARD, Decimal(total)) == words


def test_the_json_holds_the_contract_and_adds_up():
    ref = RecordRef("hazard", UUID(int=1))
    tree = score(STANDARD, indicator_inputs(GOOD, {"H3.4": (ref,)}), at=AT)

    found = json.loads(json.dumps(as_json(tree)))

    assert {"total", "grade", "version", "at", "vetoes", "haves"} <= set(found)
    assert found["total"] == float(tree.total)
    for have in found["haves"]:
        assert {"code", "score", "weight", "indicators"} <= set(have)
        assert have["score"] == pytest.approx(sum(i["score"] for i in have["indicators"]))
        for indicator in have["indicators"]:
            assert {
                "code", "score", "weight", "numerator", "denominator", "assessable", "records",
            } <= set(indicator)  # fmt: skip
    rectified = found["haves"][2]["indicators"][3]
    assert rectified["records"] == [{"kind": "hazard", "id": str(UUID(int=1))}]
    assert found["total"] == pytest.approx(
        found["points"] / found["assessable_weight"] * 100, abs=0.06
    )


def test_an_empty_enterprise_is_explained_too():
    tree = rescore(STANDARD, Facts(), at=AT)

    assert all(explain(i) for i in tree.indicators)
    assert json.dumps(as_json(tree), ensure_ascii=False)


def test_numbers_as_read():
    assert number(Decimal("1234.5000")) == "1,234.5"
    assert number(Decimal(100)) == "100"
    assert number(Decimal("2.745"), places=2) == "2.75"
    assert percent(Decimal("0.7458")) == "74.6%"
    assert percent(Decimal(1)) == "100%"
