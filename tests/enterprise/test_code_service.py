import pytest

from tests.factories import enterprise as make
from tests.factories.accounts import make_agency
from tests.factories.enterprise import NOW
from webapp.enterprise.queries.code import former_codes, issue_of, printed_code, scanned_code
from webapp.enterprise.rules.code import CodeState
from webapp.enterprise.service.code import is_signed, issue_code, revoke_code
from webapp.platform.errors import Invalid, NotFound
from webapp.platform.tenancy import enterprise_scope, public_scope

pytestmark = pytest.mark.usefixtures("app", "db")


@pytest.fixture
def officer():
    return make.staff_actor(make.enterprise())


def test_a_code_is_issued_once_and_printing_again_gives_the_same(officer):
    token = issue_code(officer, officer.enterprise_id, at=NOW)

    again = issue_code(officer, officer.enterprise_id, at=NOW)

    assert again == token == printed_code(officer.scope, officer.enterprise_id).token
    assert is_signed(token)


def test_a_revoked_code_stays_known_as_revoked_and_another_takes_its_place(officer):
    old = issue_code(officer, officer.enterprise_id, at=NOW)

    new = revoke_code(officer, officer.enterprise_id, reason="标牌遗失", at=NOW)

    assert scanned_code(old).state is CodeState.REVOKED
    assert scanned_code(new).state is CodeState.ACTIVE
    assert printed_code(officer.scope, officer.enterprise_id).edition == 2
    assert [row.reason for row in former_codes(officer.scope, officer.enterprise_id)] == [
        "标牌遗失"
    ]


def test_revoking_wants_a_reason_and_a_code(officer):
    with pytest.raises(NotFound):
        revoke_code(officer, officer.enterprise_id, reason="标牌遗失", at=NOW)
    issue_code(officer, officer.enterprise_id, at=NOW)
    with pytest.raises(Invalid) as refused:
        revoke_code(officer, officer.enterprise_id, reason=" ", at=NOW)

    assert list(refused.value.fields) == ["reason"]


def test_a_token_that_was_never_issued_is_unknown():
    assert scanned_code("0" * 36) is None


def test_a_code_printed_under_another_key_still_opens(officer):
    token = make.code_token(officer.enterprise_id)

    assert not is_signed(token)
    assert scanned_code(token).enterprise_id == officer.enterprise_id


def test_a_stranger_never_reads_the_token(officer):
    issue_code(officer, officer.enterprise_id, at=NOW)
    foreign = enterprise_scope(make.enterprise())

    with pytest.raises(NotFound):
        printed_code(foreign, officer.enterprise_id)


@pytest.mark.usefixtures("own_database")
def test_the_agency_of_the_county_stands_behind_a_code(officer):
    make_agency(region_code="41", name=f"省厅 {officer.enterprise_id}")
    county = make_agency(region_code="410527", name=f"县局 {officer.enterprise_id}")
    enterprise_id = make.enterprise(region_code="410527100")

    found = issue_of(public_scope(enterprise_id), enterprise_id, "410527100")

    assert found.agency == county.name
