from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.enterprise.rules.phones import is_mobile, is_phone, normalised_phone, phone_refusal
from webapp.enterprise.rules.registration import (
    FIELD_WORDS,
    Application,
    Change,
    RegistrationAction,
    RegistrationState,
    amendment_refusals,
    application_refusals,
    changes,
    decision_refusal,
    next_state,
)
from webapp.standards import regions
from webapp.standards.refusal import Refusal

TOWNSHIP = regions.townships("410502")[0].code
GOOD = Application(
    uscc="91410500MA40AYM1XG",
    name="安阳市文峰机械有限公司",
    region_code=TOWNSHIP,
    industry_code="34",
    scale="small",
    employees=86,
    address="文峰大道东段 18 号",
    legal_representative="王建国",
    principal_name="王建国",
    principal_phone="13837251234",
    safety_officer_name="李红",
    safety_officer_phone="0372-5112345",
    supervision_categories=("machinery",),
)


def fields_refused(**changed):
    return [refusal.field for refusal in application_refusals(replace(GOOD, **changed))]


def test_a_whole_application_is_accepted():
    assert application_refusals(GOOD) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uscc", "91410500MA40AYM1XH"),
        ("uscc", ""),
        ("name", "厂"),
        ("name", "长" * 101),
        ("region_code", "410502"),
        ("region_code", "999999999"),
        ("industry_code", "C"),
        ("industry_code", "00"),
        ("scale", "giant"),
        ("employees", 0),
        ("address", " "),
        ("legal_representative", ""),
        ("principal_name", "王"),
        ("principal_phone", "1383725123"),
        ("safety_officer_phone", "5112345"),
        ("supervision_categories", ("rockets",)),
    ],
)
def test_each_fault_is_told_at_its_field(field, value):
    assert fields_refused(**{field: value}) == [field]


@pytest.mark.parametrize(
    ("employees", "words"), [(0, "1 以上的整数"), (99_999_999_999, "太大"), (1_000_001, "太大")]
)
def test_a_number_of_employees_is_told_too_small_or_too_large(employees, words):
    (refusal,) = application_refusals(replace(GOOD, employees=employees))

    assert words in refusal.message


def test_all_faults_are_told_at_once_in_the_forms_order():
    found = fields_refused(principal_phone="", name="", uscc="1", employees=-1)

    assert found == ["uscc", "name", "employees", "principal_phone"]


@given(st.text(max_size=30), st.text(max_size=30), st.integers(-5, 5))
def test_anything_typed_gets_an_answer_and_never_an_error(text, other, number):
    odd = replace(
        GOOD, uscc=text, name=other, region_code=text, industry_code=other, employees=number
    )

    assert all(refusal.field in FIELD_WORDS for refusal in application_refusals(odd))


@pytest.mark.parametrize(
    ("state", "action", "after"),
    [
        (RegistrationState.APPLIED, RegistrationAction.APPROVE, RegistrationState.APPROVED),
        (RegistrationState.APPLIED, RegistrationAction.REJECT, RegistrationState.REJECTED),
        (RegistrationState.REJECTED, RegistrationAction.REAPPLY, RegistrationState.APPLIED),
        (RegistrationState.APPROVED, RegistrationAction.CLOSE, RegistrationState.CLOSED),
    ],
)
def test_an_application_is_approved_or_handed_back_and_may_come_again(state, action, after):
    assert next_state(state, action) is after


def test_what_was_decided_is_not_decided_again():
    refusal = next_state(RegistrationState.APPROVED, RegistrationAction.REJECT)

    assert refusal == Refusal("企业当前为“已入驻”，不能退回。")


@pytest.mark.parametrize(
    ("agency", "is_refused"),
    [("410502", False), ("410503", True), ("4105", False), ("41", True), (TOWNSHIP, True)],
)
def test_only_the_county_or_city_in_which_it_lies_decides(agency, is_refused):
    refusal = decision_refusal(
        RegistrationAction.APPROVE, agency_region=agency, region_code=TOWNSHIP, remark=""
    )

    assert (refusal is not None) is is_refused


def test_handing_back_needs_a_reason():
    refusal = decision_refusal(
        RegistrationAction.REJECT, agency_region="410502", region_code=TOWNSHIP, remark=" "
    )

    assert refusal == Refusal("请写明退回的原因，方便企业修改。", "remark")


def test_an_amendment_keeps_the_code_and_the_county():
    elsewhere = regions.townships("410503")[0].code
    within = regions.townships("410502")[1].code

    assert amendment_refusals(GOOD, replace(GOOD, name="安阳市文峰重工有限公司")) == ()
    assert amendment_refusals(GOOD, replace(GOOD, region_code=within)) == ()
    moved = amendment_refusals(GOOD, replace(GOOD, region_code=elsewhere))
    renamed = amendment_refusals(GOOD, replace(GOOD, uscc="91410502MA3X00010T"))
    assert [refusal.field for refusal in moved] == ["region_code"]
    assert [refusal.field for refusal in renamed] == ["uscc"]


def test_changes_name_the_field_and_both_values():
    after = replace(GOOD, employees=90, name="安阳市文峰重工有限公司")

    assert changes(GOOD, after) == (
        Change("name", "企业名称", "安阳市文峰机械有限公司", "安阳市文峰重工有限公司"),
        Change("employees", "从业人数", 86, 90),
    )
    assert changes(GOOD, GOOD) == ()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("138 3725 1234", "13837251234"),
        ("+86 138-3725-1234", "13837251234"),
        ("１３８３７２５１２３４", "13837251234"),
        ("（0372）5112345", "0372-5112345"),
        ("0372－5112345", "0372-5112345"),
        ("0086 13837251234", "13837251234"),
    ],
)
def test_a_number_is_stored_without_what_people_put_between(typed, stored):
    assert normalised_phone(typed) == stored


@pytest.mark.parametrize(
    ("phone", "is_good"),
    [
        ("13837251234", True),
        ("12837251234", False),
        ("0372-5112345", True),
        ("03725112345", True),
        ("010-65551234", True),
        ("0372-5112345-802", True),
        ("5112345", False),
        ("400-123-4567", True),
        ("12350", False),
        ("", False),
    ],
)
def test_mobile_landline_and_service_numbers_are_telephones(phone, is_good):
    assert is_phone(phone) is is_good
    assert (phone_refusal(phone, "phone") is None) is is_good


def test_only_a_mobile_number_takes_messages():
    assert is_mobile("13837251234")
    assert not is_mobile("0372-5112345")
