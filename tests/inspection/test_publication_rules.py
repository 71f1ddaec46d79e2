import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.inspection.rules.law_basis import (
    basis,
    combined,
    criterion_basis,
    suggested_bases,
)
from webapp.inspection.rules.masking import masked_name, masked_phone, masked_text
from webapp.standards.hazard_criteria import criterion


@pytest.mark.parametrize(
    ("description", "code"),
    [
        ("电工王某无证上岗", "work_safety_law.30"),
        ("配电室未设置安全警示标志", "work_safety_law.35"),
        ("冲床防护罩缺失", "work_safety_law.36"),
        ("未如实记录隐患排查治理情况", "work_safety_law.41"),
        ("未建立全员安全生产责任制", "work_safety_law.22"),
        ("新员工未经三级教育上岗", "work_safety_law.28"),
    ],
)
def test_a_typical_finding_is_offered_its_article(description, code):
    assert code in [offer.code for offer in suggested_bases(description)]


@given(st.text(max_size=60))
def test_any_finding_is_offered_something_and_nothing_twice(description):
    offers = suggested_bases(description)

    assert offers
    assert len({offer.code for offer in offers}) == len(offers)


def test_what_is_not_recognised_rests_on_the_duty_to_remove_hazards():
    assert [offer.code for offer in suggested_bases("物料堆放杂乱")] == ["work_safety_law.41"]


def test_a_basis_is_cited_as_papers_cite_and_names_its_penalty():
    found = basis("work_safety_law.30")

    assert found.citation == "《中华人民共和国安全生产法》第三十条"
    assert found.penalties == ("《中华人民共和国安全生产法》第九十七条第（七）项",)


def test_citations_are_joined_once_each():
    assert combined(("甲", "乙", "甲")) == "甲、乙"


def test_a_criterion_is_cited_with_its_document():
    assert "第10号" in criterion_basis(criterion("GM10-03-02"))


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张**"),
        ("张三丰", "张**"),
        ("欧阳修", "欧阳**"),
        ("欧阳", "欧**"),
        (" 李 ", "李**"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname_only(name, masked):
    assert masked_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800001234", "138****1234"),
        ("138 0000 1234", "138****1234"),
        ("0372-5112345", "0372-511**45"),
        ("12350", "*****"),
        ("", ""),
    ],
)
def test_a_number_loses_its_middle(phone, masked):
    assert masked_phone(phone) == masked


def test_a_text_for_publication_names_nobody():
    text = "负责人王建国（13800001234，身份证 410502198001011234）承认问题，王建国签字。"

    assert masked_text(text, ("王建国",)) == (
        "负责人王**（138****1234，身份证 410502********1234）承认问题，王**签字。"
    )


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.text(alphabet="安全，。 \n", max_size=8))
def test_no_mobile_number_survives_in_a_text(phone, around):
    assert phone not in masked_text(f"{around}{phone}{around}")
