from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.enterprise.rules.answers import ORDER, answers
from webapp.enterprise.rules.file_part import Completeness
from webapp.enterprise.rules.organisation import Department, DepartmentKind, Post, PostKind
from webapp.enterprise.rules.paste_plan import Fate, StaffMember, paste_plan
from webapp.enterprise.rules.pasted_rows import parse_pasted
from webapp.enterprise.rules.registration import FIELD_WORDS, Application
from webapp.enterprise.rules.search import search_pattern, search_text
from webapp.enterprise.rules.sentences import OTHER, sentence


@pytest.mark.parametrize(
    ("action", "detail", "words", "about"),
    [
        ("organisation.department_added", {"kind": "班组", "name": "甲班"}, "新设班组", "甲班"),
        ("organisation.department_added", {}, "新设", ""),
        ("enterprise.amended", {"fields": ["地址", "人数"]}, "修改基本信息", "地址、人数"),
        ("people.handed_over", {"name": "甲"}, "交接岗位", ""),
        ("no.such_thing", {"name": "甲"}, OTHER, ""),
    ],
)
def test_an_act_is_told_with_as_much_as_its_entry_knows(action, detail, words, about):
    told = sentence(action, detail)

    assert (told.words, told.detail) == (words, about)


@given(st.dictionaries(st.sampled_from(["name", "kind", "title"]), st.text() | st.none()))
def test_whatever_an_entry_holds_it_can_be_told(detail):
    assert sentence("organisation.department_added", detail).words.startswith("新设")


def test_an_enterprise_is_found_by_its_initials_and_syllables():
    text = search_text("安阳洹丰精密铸造有限公司", "91410505MA40P3K73L")

    assert all(part in text for part in ("洹丰", "ma40p3k73l", "anyanghuanfeng", "ayhfjmzz"))


def test_signs_of_a_pattern_are_searched_as_themselves():
    assert search_pattern("１０0%_\\") == "%100\\%\\_\\\\%"


def test_every_field_of_an_application_is_answered():
    record = Application(
        "91410500MA40AYM1XG", "安阳洹丰公司", "410502001", "33", "small", 5, "文峰大道",
        "周洪涛", "周洪涛", "13803720001", "赵建民", "13803720002",
    )  # fmt: skip

    told = {answer.field: answer.value for answer in answers(record)}

    assert set(ORDER) == set(FIELD_WORDS) == set(told)
    assert told["supervision_categories"] == "未选"
    assert told["industry_code"] == "33 金属制品业"


WORKSHOP = Department(uuid4(), "铸造车间", DepartmentKind.DEPARTMENT)
MELTER = Post(uuid4(), "熔炼工", PostKind.WORKER, WORKSHOP.id)
LIU = StaffMember(uuid4(), "刘伟", "13803720005", MELTER.id)


@pytest.mark.parametrize(
    ("row", "fate"),
    [
        ("铸造车间\t熔炼工\t\t刘伟\t13803720005", Fate.STAYS),
        ("铸造车间\t熔炼工\t\t刘伟\t", Fate.STAYS),
        ("铸造车间\t浇注工\t\t刘伟\t13803720005", Fate.MOVES),
        ("铸造车间\t熔炼工\t\t刘伟\t13900000000", Fate.JOINS),
        ("铸造车间\t熔炼工\t\t马红梅\t", Fate.JOINS),
        ("铸造车间\t浇注工\t\t\t", Fate.NOBODY),
    ],
)
def test_a_pasted_person_is_recognised_by_name_and_number(row, fate):
    plan = paste_plan(parse_pasted(row).rows, [WORKSHOP], [MELTER], [LIU])

    assert [planned.fate for planned in plan.people] == [fate]


def test_of_two_of_one_name_none_is_guessed():
    twins = [LIU, StaffMember(uuid4(), "刘伟", "", None)]

    plan = paste_plan(parse_pasted("铸造车间\t熔炼工\t\t刘伟\t").rows, [WORKSHOP], [MELTER], twins)

    assert plan.count(Fate.JOINS) == 1


def test_what_stands_already_plans_nothing():
    rows = parse_pasted("铸造车间\t熔炼工\t\t刘伟\t13803720005").rows

    assert paste_plan(rows, [WORKSHOP], [MELTER], [LIU]).is_empty


def test_a_part_is_complete_when_nothing_lacks():
    assert Completeness(3, 3).is_complete
    assert not Completeness(2, 3).is_complete
