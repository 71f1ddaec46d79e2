import pytest

from webapp.risks.rules.notice_card import (
    CardKind,
    CardMeasure,
    CardRisk,
    CardSubject,
    level_words,
    notice_card,
    source_words,
)
from webapp.risks.rules.safety_signs import duty_signs, warning_signs
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import RiskLevel

POINT = CardSubject(CardKind.POINT, "1 号中频炉", "熔炼跨", "熔炼车间", "马国强", "13803725138")


def risk(
    source: str = "炉衬侵蚀",
    event: str = "漏炉",
    *measures: CardMeasure,
    level: RiskLevel = RiskLevel.MODERATE,
    inherent: RiskLevel = RiskLevel.MAJOR,
    types: tuple[str, ...] = ("07",),
) -> CardRisk:
    return CardRisk(source, event, types, level, inherent, measures)


def measure(kind: str, words: str, *, is_own: bool = True) -> CardMeasure:
    return CardMeasure(MeasureCategory(kind), words, is_own)


def test_a_card_is_as_grave_as_its_gravest_risk():
    card = notice_card(POINT, [risk(level=RiskLevel.LOW), risk(level=RiskLevel.SIGNIFICANT)])

    assert card.level is RiskLevel.SIGNIFICANT
    assert level_words(card) == "橙色 · 无措施时为重大风险"


def test_a_card_of_a_point_without_risks_says_so():
    card = notice_card(POINT, [])

    assert (card.level, card.risks) == (None, 0)
    assert level_words(card) == "尚未登记风险"


def test_nothing_stands_twice_on_a_card():
    same = measure("management", "每班检查炉坑；")

    card = notice_card(POINT, [risk("炉衬侵蚀", "漏炉", same), risk("炉衬侵蚀", "漏炉", same)])

    assert card.sources == ("炉衬侵蚀：漏炉",)
    assert card.measures == ((MeasureCategory.MANAGEMENT, ("每班检查炉坑",)),)
    assert card.accidents == ("07",)


def test_a_posts_card_holds_its_own_measures_and_what_protects_everybody():
    card = notice_card(
        POINT,
        [
            risk(
                "炉衬侵蚀",
                "漏炉",
                measure("management", "测量炉衬"),
                measure("engineering", "装漏炉报警", is_own=False),
                measure("personal_protection", "穿阻燃服", is_own=False),
                measure("emergency", "断电撤离", is_own=False),
            )
        ],
    )

    assert dict(card.measures) == {
        MeasureCategory.MANAGEMENT: ("测量炉衬",),
        MeasureCategory.PERSONAL_PROTECTION: ("穿阻燃服",),
    }
    assert card.emergency == ("断电撤离",)


@pytest.mark.parametrize(
    ("source", "event", "words"),
    [
        ("炉衬侵蚀", "漏炉", "炉衬侵蚀：漏炉"),
        ("炉衬侵蚀", "炉衬侵蚀导致漏炉", "炉衬侵蚀导致漏炉"),
        ("热辐射，高温中暑", "高温中暑", "热辐射，高温中暑"),
        ("热辐射。", "", "热辐射"),
    ],
)
def test_source_and_event_are_said_once(source: str, event: str, words: str):
    assert source_words(risk(source, event)) == words


def test_accident_types_call_for_the_warning_signs_of_gb_2894():
    assert [s.words for s in warning_signs(["05", "18", "17"])] == ["当心触电", "当心爆炸"]
    assert [s.words for s in warning_signs([])] == ["注意安全"]


def test_protective_equipment_calls_for_mandatory_signs():
    assert duty_signs(["戴安全帽、防护面罩", "穿防砸鞋"]) == (
        "必须戴安全帽",
        "必须戴防护眼镜",
        "必须穿防护鞋",
    )
