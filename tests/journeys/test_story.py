"""The whole story: one enterprise from its application to the end of an enforcement case."""

from tests.journeys.acts import (
    beginning,
    checking,
    enforcing,
    ledger,
    numbers,
    overlooking,
    rectifying,
    scanning,
)
from tests.journeys.cast import City
from webapp.platform import audit
from webapp.scoring.service.recount import recount


def test_the_whole_story_of_an_enterprise(city: City) -> None:
    beginning.the_enterprise_comes_in(city)
    beginning.its_people_come_in(city)
    beginning.everybody_knows_their_duties(city)
    ledger.the_ledger_comes_from_excel(city)
    ledger.a_large_ledger_comes_in_the_background(city)
    ledger.plans_come_out_of_its_measures(city)
    numbers.the_numbers_before(city)
    rectifying.a_hazard_was_left_lying(city)
    checking.a_worker_checks_the_furnace(city)
    rectifying.the_hazard_of_the_check_is_closed(city)
    rectifying.a_snap_report_is_turned_back(city)
    rectifying.what_is_late_stands_out(city)
    numbers.the_numbers_after(city)
    scanning.everybody_scans_the_code(city)
    scanning.a_revoked_code_says_so(city)
    enforcing.two_officers_inspect(city)
    enforcing.they_issue_record_and_order(city)
    enforcing.the_enterprise_rectifies_what_was_ordered(city)
    enforcing.the_look_back_closes_the_case(city)
    overlooking.three_clicks_lead_to_a_photo(city)
    overlooking.filters_stay_in_the_address(city)
    overlooking.everything_is_in_the_one_file(city)

    assert audit.verify().broken == ()
    assert recount().differences == ()
