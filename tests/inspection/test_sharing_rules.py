"""Merging what two officers wrote; codes; the way of a case; where to look first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.inspection.rules import tokens
from webapp.inspection.rules.attention import MissedChecks, OpenHazard, attentions
from webapp.inspection.rules.cases import CaseState
from webapp.inspection.rules.edits import merged
from webapp.inspection.rules.enforcement import DocumentKind
from webapp.inspection.rules.measures import Measure, Sums, average_score, band_words, value_of
from webapp.inspection.rules.orders import OrderGroup
from webapp.inspection.rules.steps import PaperDates, next_paper, steps_of
from webapp.inspection.rules.wording import item_text, order_sentences, plain
from webapp.standards.document_forms import document_form

WORDS = {"a": "甲", "b": "乙"}
TODAY = date(2026, 11, 24)
TEXTS = st.fixed_dictionaries({"a": st.text(max_size=3), "b": st.text(max_size=3)})


def test_a_field_that_only_the_colleague_changed_is_taken():
    merge = merged({"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a": "1", "b": "3"}, WORDS)

    assert merge.values == {"a": "2", "b": "3"}
    assert [(d.words, d.is_contested) for d in merge.differences] == [("甲", False)]


def test_a_field_that_both_changed_keeps_mine_and_shows_both():
    merge = merged({"a": "1"}, {"a": "2"}, {"a": "3"}, {"a": "甲"})

    assert merge.values == {"a": "3"}
    assert [(d.theirs, d.mine) for d in merge.contested] == [("2", "3")]


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_of_either_is_lost_without_a_word(seen, theirs, mine):
    merge = merged(seen, theirs, mine, WORDS)

    told = {d.field for d in merge.differences}
    for name in WORDS:
        assert merge.values[name] in (theirs[name], mine[name])
        if merge.values[name] != theirs[name]:
            assert name in told or theirs[name] == seen[name]
        if merge.values[name] != mine[name]:
            assert name in told


@given(st.binary(min_size=8, max_size=16))
def test_a_code_survives_being_typed_by_hand(entropy):
    code = tokens.token(entropy)

    assert tokens.normalised(f" {tokens.grouped(code).lower()} ") == code
    assert tokens.codes_in(f"xx{tokens.address('https://a.cn/', code)})".encode()) == (code,)


@pytest.mark.parametrize("typed", ["", "7K4M", "7K4M9Q2F3H5O", "7K4M9Q2F3H5TT", "七"])
def test_what_cannot_be_a_code_is_none(typed):
    assert tokens.normalised(typed) is None


def test_a_case_with_an_order_has_five_steps_and_waits_for_its_reinspection():
    papers = {
        DocumentKind.INSPECTION_RECORD: PaperDates(TODAY),
        DocumentKind.RECTIFICATION_ORDER: PaperDates(TODAY, date(2026, 12, 1)),
    }

    steps = steps_of(
        CaseState.ORDERED, papers, has_ordered=True, inspected_on=TODAY, closed_on=None
    )

    assert [step.state for step in steps] == ["done", "done", "done", "now", ""]
    assert steps[3].note == "12月11日前"


def test_a_case_without_an_order_has_three():
    papers = {DocumentKind.INSPECTION_RECORD: PaperDates(TODAY)}

    steps = steps_of(
        CaseState.CLOSED, papers, has_ordered=False, inspected_on=TODAY, closed_on=TODAY
    )

    assert [(step.label, step.state) for step in steps] == [
        ("现场检查", "done"),
        ("检查记录", "done"),
        ("办结", "done"),
    ]


@pytest.mark.parametrize(
    ("state", "has_ordered", "paper"),
    [
        (CaseState.OPEN, True, DocumentKind.INSPECTION_RECORD),
        (CaseState.RECORDED, True, DocumentKind.RECTIFICATION_ORDER),
        (CaseState.RECORDED, False, None),
        (CaseState.REINSPECTED, True, DocumentKind.REINSPECTION_OPINION),
        (CaseState.CLOSED, True, None),
    ],
)
def test_one_paper_comes_next(state, has_ordered, paper):
    assert next_paper(state, has_ordered=has_ordered) is paper


def test_officers_look_at_majors_first_then_at_what_is_late():
    hazards = [
        OpenHazard("未到期", is_major=False, is_ordered=False, due_on=date(2026, 12, 1)),
        OpenHazard("逾期两天", is_major=False, is_ordered=True, due_on=date(2026, 11, 22)),
        OpenHazard("重大", is_major=True, is_ordered=False, due_on=None),
    ]

    found = attentions(hazards, MissedChecks(30, 20, 9), ["2 号炉"], today=TODAY)

    assert [(each.title, each.why) for each in found] == [
        ("重大", "重大事故隐患，整改中"),
        ("逾期两天", "逾期 2 天未改，执法指令列项"),
        ("2 号炉", "重大风险，近 30 天没有一次排查"),
    ]


def test_several_deadlines_stand_in_one_sentence():
    form = document_form("rectification_order")
    groups = [OrderGroup(date(2026, 11, 27), (1, 2)), OrderGroup(date(2026, 12, 1), (3,))]

    (sentence,) = order_sentences(form, groups)

    assert plain(sentence).startswith(
        "现责令你单位对上述第1、2项问题于2026年11月27日前整改完毕，"
        "对上述第3项问题于2026年12月1日前整改完毕，达到有关法律法规"
    )


def test_an_item_ends_with_one_full_stop_whatever_was_typed():
    assert item_text("积水。；", basis="", is_major=False) == "积水。"


def test_measures_are_made_of_sums():
    sums = Sums(
        enterprises=8,
        risks_major=4,
        overdue=2,
        hazards_due=3,
        hazards_on_time=2,
        tasks_due=0,
        tasks_on_time=0,
        score_tenths=6200,
        score_moved_tenths=-16,
    )

    assert str(value_of(Measure.OVERDUE, sums)) == "25.0"
    assert str(value_of(Measure.ON_TIME, sums)) == "66.7"
    assert str(average_score(sums)) == "77.5"


def test_a_scale_of_four_limits_has_five_words():
    assert band_words(Measure.OVERDUE) == ("不足 1条", "1–3", "3–5", "5–10", "10 以上")
