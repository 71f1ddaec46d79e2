from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.hazards.rules.checks import (
    MAX_PHOTOS,
    MAX_WORDS,
    Answer,
    AnswerResult,
    HazardFound,
    Item,
    grouped,
    judge,
    unanswered,
    with_others_normal,
)

WIRING = Item(UUID(int=1), "线路无裸露、无老化？", "触电", is_must_see=True)
GROUND = Item(UUID(int=2), "接地良好？", "触电")
EXIT = Item(UUID(int=3), "疏散通道畅通？", "火灾")
ITEMS = (WIRING, GROUND, EXIT)
NORMAL, ABNORMAL, UNCHECKED = AnswerResult


def answers(*, wiring=NORMAL, words="", photos=()):
    return (
        Answer(WIRING.key, wiring, words, photos),
        Answer(GROUND.key, NORMAL),
        Answer(EXIT.key, NORMAL),
    )


def messages(given):
    return [refusal.message for refusal in judge(ITEMS, given).refusals]


def test_a_check_with_everything_normal_is_accepted():
    judgement = judge(ITEMS, answers())

    assert judgement.is_accepted
    assert (judgement.normal, judgement.abnormal, judgement.unchecked) == (3, 0, 0)
    assert judgement.hazards == ()


def test_an_abnormal_item_becomes_a_hazard_with_its_words_and_photos():
    judgement = judge(ITEMS, answers(wiring=ABNORMAL, words=" 线路裸露 ", photos=("a1",)))

    assert judgement.is_accepted
    assert judgement.hazards == (HazardFound(WIRING.key, "线路裸露", ("a1",)),)


def test_an_abnormal_item_needs_words_and_a_photo():
    assert messages(answers(wiring=ABNORMAL)) == [
        "第1项“线路无裸露、无老化？”选了异常，请描述发现的问题。",
        "第1项“线路无裸露、无老化？”选了异常，请至少拍一张照片。",
    ]


def test_an_unchecked_item_needs_a_reason():
    assert messages(answers(wiring=UNCHECKED)) == [
        "第1项“线路无裸露、无老化？”选了未查，请说明原因。"
    ]
    assert messages(answers(wiring=UNCHECKED, words="设备检修停用")) == []


def test_every_item_needs_an_answer():
    assert messages(answers()[:2]) == ["第3项“疏散通道畅通？”还没有检查结果。"]
    assert unanswered(ITEMS, answers()[:2]) == (EXIT,)


def test_words_and_photos_have_an_end():
    long = answers(wiring=ABNORMAL, words="长" * (MAX_WORDS + 1), photos=("p",) * (MAX_PHOTOS + 1))

    assert messages(long) == [
        "第1项“线路无裸露、无老化？”的描述最多 500 字。",
        "第1项“线路无裸露、无老化？”的照片最多 9 张。",
    ]


def test_an_answer_to_what_was_not_asked_is_refused():
    stranger = Answer(UUID(int=99), NORMAL)

    assert messages((*answers(), stranger)) == ["答案中有清单以外的检查项，请刷新任务后重新提交。"]


def test_two_answers_to_one_item_are_refused():
    twice = (*answers(), Answer(EXIT.key, ABNORMAL, "堵塞", ("a",)))

    assert "同一检查项有两个答案，请只保留一个。" in messages(twice)


def test_all_others_normal_leaves_out_what_must_be_seen():
    filled = with_others_normal(ITEMS, (), "触电")

    assert {answer.item_key for answer in filled} == {GROUND.key}


def test_all_others_normal_keeps_what_was_answered():
    found = Answer(GROUND.key, ABNORMAL, "接地线断开", ("a1",))

    assert with_others_normal(ITEMS, (found,), "触电") == (found,)


def test_items_are_shown_by_risk_event():
    assert dict(grouped(ITEMS)) == {"触电": (WIRING, GROUND), "火灾": (EXIT,)}


ANY_ANSWERS = st.lists(
    st.builds(
        Answer,
        st.sampled_from([WIRING.key, GROUND.key, EXIT.key, UUID(int=99)]),
        st.sampled_from(AnswerResult),
        st.sampled_from(["", " ", "有裂纹"]),
        st.sampled_from([(), ("a",)]),
    ),
    max_size=6,
)


@given(ANY_ANSWERS)
def test_an_accepted_check_is_complete_and_every_hazard_is_told(given_answers):
    judgement = judge(ITEMS, given_answers)

    if judgement.is_accepted:
        assert {answer.item_key for answer in given_answers} == {item.key for item in ITEMS}
        assert judgement.normal + judgement.abnormal + judgement.unchecked == len(ITEMS)
        assert len(judgement.hazards) == judgement.abnormal
        assert all(found.description and found.photos for found in judgement.hazards)


@given(ANY_ANSWERS, st.sampled_from(["触电", "火灾", "坍塌"]))
def test_all_others_normal_never_changes_an_answer(given_answers, group):
    before = {answer.item_key: answer for answer in given_answers}
    after = {a.item_key: a for a in with_others_normal(ITEMS, given_answers, group)}

    assert before.items() <= after.items()


@pytest.mark.parametrize("result", AnswerResult)
def test_results_have_words(result):
    assert result.words
