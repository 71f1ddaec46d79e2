import pytest

from webapp.standards.check_types import (
    CheckType,
    check_types,
    exchange_codes,
    frequencies,
    limits,
)
from webapp.standards.control_measure_categories import (
    MeasureCategory,
    categories,
    category_for,
    shortfall,
)
from webapp.standards.risk_methods import RiskLevel

ALL = tuple(MeasureCategory)
ENGINEERING, MANAGEMENT, TRAINING, PROTECTION, EMERGENCY = ALL


def test_five_kinds_in_the_order_of_effect():
    assert [c.name for c in categories()] == [
        "工程技术", "管理", "培训教育", "个体防护", "应急处置",
    ]  # fmt: skip
    assert [c.words for c in ALL] == [c.name for c in categories()]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("工程技术措施", ENGINEERING),
        (" 管理 措施", MANAGEMENT),
        ("教育培训", TRAINING),
        ("个人防护措施", PROTECTION),
        ("应急措施", EMERGENCY),
        ("备注", None),
    ],
)
def test_headings_of_ledgers(heading, kind):
    assert category_for(heading) is kind


@pytest.mark.parametrize(
    ("level", "present", "lacks"),
    [
        (RiskLevel.LOW, (ENGINEERING, TRAINING), None),
        (RiskLevel.LOW, (ENGINEERING, ENGINEERING), "至少 2 类措施，现有 1 类"),
        (RiskLevel.MODERATE, (), "现有 0 类"),
        (RiskLevel.SIGNIFICANT, ALL, None),
        (RiskLevel.SIGNIFICANT, (MANAGEMENT, TRAINING, PROTECTION, EMERGENCY), None),
        (RiskLevel.MAJOR, (ENGINEERING, MANAGEMENT, TRAINING, PROTECTION), "缺少应急处置措施"),
        (RiskLevel.MAJOR, (TRAINING, PROTECTION, EMERGENCY), "缺少工程技术或管理措施"),
        (RiskLevel.MAJOR, (MANAGEMENT, PROTECTION, EMERGENCY), "至少 4 类措施，现有 3 类"),
    ],
)
def test_what_a_risk_lacks_in_measures(level, present, lacks):
    found = shortfall(level, present)

    assert (found is None) == (lacks is None)
    assert lacks is None or lacks in str(found)


def test_eight_ways_of_checking_and_four_mere_origins():
    rows = check_types()

    assert [r.code for r in rows] == list(CheckType)
    assert sum(not r.is_origin_only for r in rows) == 8
    assert [r.exchange for r in rows[:10]] == [str(n) for n in range(1, 11)]
    assert CheckType.ANALOGY.words == "事故类比排查"


def test_frequencies_of_chemicals_and_of_others():
    chemicals = frequencies("hazardous_chemicals")

    assert [(f.every, f.unit) for f in chemicals[:3]] == [(2, "hour"), (1, "hour"), (12, "hour")]
    assert {f.who: (f.every, f.unit) for f in frequencies()} == {
        "post": (1, "shift"),
        "team": (1, "day"),
        "department": (7, "day"),
        "company": (1, "month"),
    }


def test_limits_and_escalation():
    assert (limits().urgent_days, limits().serious_days, limits().ordinary_days) == (3, 7, 15)
    assert [e.overdue_days for e in limits().escalations] == [1, 3, 7, 15]
    assert exchange_codes("specialty")["3"] == "电气"
