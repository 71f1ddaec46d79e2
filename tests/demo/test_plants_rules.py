"""The demo city's data: believable, complete and the same every time."""

from collections import Counter

import pytest

from webapp.accounts.rules.passwords import password_refusal
from webapp.accounts.rules.roles import Role
from webapp.demo.rules.conduct import Conduct
from webapp.demo.rules.hazard_words import troubles
from webapp.demo.rules.ledger_rows import ledger_rows
from webapp.demo.rules.plants import MAIN, Plant, plants
from webapp.demo.rules.risk_points import typical_points
from webapp.demo.rules.roster import PASSWORD, bureaus, known_logins
from webapp.demo.rules.sheets import parse
from webapp.demo.rules.stories import End, stories
from webapp.demo.service.ledger_file import ledger_file
from webapp.demo.service.pictures import SCENES
from webapp.platform.spreadsheets.reader import read_workbook
from webapp.risks.rules.import_ledger.preview import preview
from webapp.standards import regions, uscc
from webapp.standards.risk_methods import RiskLevel

EACH_PLANT = pytest.mark.parametrize("plant", plants(), ids=lambda plant: plant.key)


def test_a_sheet_is_read_block_by_block():
    first, second = parse("# for readers\n= a|b\n1|2\n\n= c\n3")

    assert first.head == ("a", "b")
    assert first.lines == (("1", "2"),)
    assert second.lines == (("3",),)


def test_a_line_without_a_heading_is_refused():
    with pytest.raises(ValueError, match="no heading"):
        tuple(parse("1|2"))


def test_twelve_enterprises_of_eight_trades_live_in_all_nine_counties():
    city = plants()

    assert len(city) >= 12
    assert len({plant.industry for plant in city}) >= 8
    assert {plant.county for plant in city} == {county.code for county in regions.counties()}


def test_enterprises_behave_in_every_way():
    assert {plant.conduct for plant in plants()} == set(Conduct)


@EACH_PLANT
def test_an_enterprise_has_a_well_formed_code_of_its_county(plant: Plant):
    assert uscc.check(plant.uscc) is None
    assert uscc.organisation_code_agrees(plant.uscc)
    assert plant.uscc[2:8] == plant.county


def test_no_code_and_no_name_is_given_twice():
    city = plants()

    assert len({plant.uscc for plant in city}) == len(city)
    for plant in city:
        names = [plant.principal, plant.safety_officer, *(one.name for one in plant.staff)]
        assert len(set(names)) == len(names)


@EACH_PLANT
def test_a_ledger_has_forty_to_two_hundred_rows(plant: Plant):
    assert 40 <= len(ledger_rows(plant)) <= 200


def test_the_main_enterprise_has_about_a_hundred_and_ten_rows():
    main = next(plant for plant in plants() if plant.key == MAIN)

    assert 100 <= len(ledger_rows(main)) <= 120


@EACH_PLANT
def test_a_ledger_is_understood_by_the_import_without_a_finding(plant: Plant):
    sheets = read_workbook(ledger_file(plant), "清单.xlsx").sheets

    found = preview(sheets)

    assert not found.findings
    assert len(found.ready) == len(ledger_rows(plant))
    assert {row.point for row in found.ready} == {place.name for place in plant.places}


def test_all_four_levels_occur_and_no_residual_risk_is_above_its_inherent_one():
    rows = [row for plant in plants() for row in ledger_rows(plant)]

    assert set(Counter(row.residual.level for row in rows)) == set(RiskLevel)
    assert all(row.residual.value <= row.inherent.value for row in rows)


@EACH_PLANT
def test_every_point_has_a_post_that_looks_after_it(plant: Plant):
    for place in plant.places:
        assert plant.head(place.department)
        assert plant.leader(place.department, place.team)
        assert plant.holders(place)


def test_every_trouble_has_a_picture_and_every_point_a_trouble():
    for name in typical_points():
        known = troubles(name)
        assert known
        assert {trouble.scene for trouble in known} <= set(SCENES)


def test_stories_come_out_the_same_every_time():
    for plant in plants():
        assert stories(plant) == stories(plant)


def test_the_main_enterprise_has_hazards_due_today_overdue_and_waiting():
    told = stories(next(plant for plant in plants() if plant.key == MAIN))
    open_ones = [story for story in told if story.end is not End.CLOSED]

    assert sum(story.due_in == 0 for story in open_ones) >= 2
    assert any((story.due_in or 0) < 0 for story in open_ones)
    assert any(story.end is End.RECTIFIED for story in open_ones)
    assert any(story.is_returned for story in told)
    assert any(story.is_extended for plant in plants() for story in stories(plant))


def test_an_enterprise_that_ticks_everything_off_finds_nothing():
    clean = next(plant for plant in plants() if plant.conduct is Conduct.CLEAN)

    assert stories(clean) == ()


def test_the_password_is_one_that_the_rules_accept():
    assert password_refusal(PASSWORD, personal=known_logins()) is None


def test_every_county_has_a_bureau_and_every_inspector_a_certificate():
    found = bureaus()
    officers = [officer for bureau in found for officer in bureau.officers]
    inspectors = [officer for officer in officers if officer.role is Role.INSPECTOR]

    assert {county.code for county in regions.counties()} <= {bureau.region for bureau in found}
    assert all(officer.certificate for officer in inspectors)
    assert len({officer.certificate for officer in inspectors}) == len(inspectors)
