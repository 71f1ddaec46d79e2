from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.hazards.rules.checklists import (
    Measure,
    derived_items,
    difference,
    question,
    statements,
)
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import RiskLevel


def measure(number=1, **changes):
    facts = {
        "measure_id": UUID(int=number),
        "words": "安全阀每年校验且铅封完好",
        "category": MeasureCategory.ENGINEERING,
        "event_id": UUID(int=100),
        "event": "容器爆炸",
        "point_id": UUID(int=200),
        "point": "储气罐",
        "risk_level": RiskLevel.MODERATE,
    }
    return Measure(**facts | changes)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("安全阀每年校验且铅封完好", "安全阀每年校验且铅封完好？"),
        ("安全阀每年校验且铅封完好。", "安全阀每年校验且铅封完好？"),
        ("定期检查接地电阻", "是否做到：定期检查接地电阻？"),
        ("严禁带电作业", "是否做到：严禁带电作业？"),
        ("灭火器压力是否正常", "灭火器压力是否正常？"),
        ("防护罩是否齐全?", "防护罩是否齐全？"),
    ],
)
def test_a_measure_becomes_a_question_in_its_own_words(statement, expected):
    assert question(statement) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("安全阀完好", ("安全阀完好",)),
        ("1.佩戴安全帽；2.系好安全带。", ("佩戴安全帽", "系好安全带")),
        ("（1）防护罩齐全（2）急停有效", ("防护罩齐全", "急停有效")),
        ("①断电②挂牌③验电", ("断电", "挂牌", "验电")),
        ("1、通风良好\n2、检测合格\n", ("通风良好", "检测合格")),
        ("电压不超过1.5倍，间距0.7米", ("电压不超过1.5倍，间距0.7米",)),
        ("防护罩齐全；防护罩齐全", ("防护罩齐全",)),
        ("；。\n", ()),
    ],
)
def test_a_list_of_measures_becomes_several_statements(words, expected):
    assert statements(words) == expected


@given(st.text(max_size=200))
def test_any_words_give_statements_that_are_not_empty_and_not_split_again(words):
    for statement in statements(words):
        assert statement.strip()
        assert "；" not in statement
        assert question(statement).endswith("？")


def test_items_of_grave_risks_must_be_seen():
    items = derived_items(
        [measure(number, risk_level=level) for number, level in enumerate(RiskLevel, 1)]
    )

    assert [item.is_must_see for item in items] == [True, True, False, False]


def test_items_are_grouped_by_event_with_the_gravest_first():
    fire = {"event_id": UUID(int=101), "event": "火灾", "risk_level": RiskLevel.MAJOR}
    items = derived_items(
        [
            measure(1),
            measure(2, **fire, category=MeasureCategory.EMERGENCY),
            measure(3),
            measure(4, **fire),
        ]
    )

    assert [item.measure_id.int for item in items] == [4, 2, 1, 3]
    assert [item.group for item in items] == ["火灾", "火灾", "容器爆炸", "容器爆炸"]


def test_a_key_outlives_new_words():
    (before,) = derived_items([measure()])
    (after,) = derived_items([measure(words="安全阀铅封完好")])

    assert before.key == after.key
    assert before.text != after.text


@given(st.permutations([measure(n, words="1.断电；2.挂牌") for n in range(1, 5)]))
def test_the_order_of_measures_does_not_matter_and_keys_are_unique(measures):
    items = derived_items(measures)

    assert items == derived_items(reversed(measures))
    assert len({item.key for item in items}) == 8


def test_the_difference_names_what_a_new_edition_would_change():
    kept, gone, reworded = measure(1), measure(2), measure(3)
    now = [kept, measure(3, words="安全阀铅封完好"), measure(4)]

    found = difference(
        [item.asked for item in derived_items([kept, gone, reworded])],
        [item.asked for item in derived_items(now)],
    )

    assert found.added == {UUID(int=4)}
    assert found.removed == {UUID(int=2)}
    assert found.changed == {UUID(int=3)}
    assert not found.is_empty


def test_deriving_again_without_a_change_changes_nothing():
    asked = [item.asked for item in derived_items([measure(1), measure(2)])]

    assert difference(asked, asked).is_empty
