"""The overview: numbers from sums, a way down to the enterprise, filters in the address."""

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import event

from tests.factories import enterprise as tenant
from tests.factories.accounts import make_agency
from tests.fixtures.actors import Browser, World, make_officer, make_world
from webapp.accounts.rules.roles import Role
from webapp.platform import database


@pytest.fixture
def city(app, own_database) -> tuple[Browser, World]:
    """A regulator of the whole city in a database of its own, and one world in 文峰区."""
    world = make_world()
    agency = make_agency(region_code="4105", name="安阳市应急管理局")
    regulator = make_officer(agency.id, Role.REGULATOR)
    return Browser(app, regulator.token), world


def test_a_city_is_summed_by_county_with_a_map(city):
    browser, _ = city
    tenant.enterprise(region_code="410581001")

    page = browser.get("inspection.overview_show")

    rows = {row.select("th")[0].text: row for row in page.select("#rollup tbody tr")}
    assert page.one("h1").text == "安阳市总览"
    assert len(rows) == 10
    assert rows["文峰区"].select("td")[0].text == "1"
    assert rows["林州市"].select("td")[0].text == "1"
    assert rows["安阳市"].select("td")[0].text == "2"
    assert len(page.select("svg.map a")) >= 9


def test_three_clicks_lead_from_the_city_to_an_enterprise(city):
    browser, world = city
    page = browser.get("inspection.overview_show")

    county = browser.get(_link(page, "#rollup tbody th a", "文峰区"))
    township = browser.follow(browser.get(county.select("#rollup tbody th a")[0]["href"]))
    names = [a["href"] for a in township.select("tbody th a")]

    assert county.one("h1").text == "文峰区总览"
    assert f"/enterprises/{world.enterprise_id}/inspections/new" in names


def _link(page, css: str, words: str) -> str:
    return next(a["href"] for a in page.select(css) if a.text == words)


def test_the_measure_and_the_window_live_in_the_address(city):
    browser, _ = city

    page = browser.get("inspection.overview_show", measure="score", window=30, industry="34")

    assert page.one(".segmented [aria-current=true]").text == "五有分"
    assert page.one("#filter-window option[selected]").text == "近 30 天"
    assert "行业：34" in page.one(".filters__on").text


@pytest.mark.parametrize(
    "query", [{"window": "x"}, {"measure": "colour"}, {"sort": "rank"}, {"page": "-3"}]
)
def test_what_means_nothing_in_the_address_is_left_out(city, query):
    browser, _ = city

    assert browser.get("inspection.overview_show", **query).status == 200


def test_another_region_in_the_address_is_answered_with_ones_own(as_, world):
    page = as_(world["regulator"]).get("inspection.overview_show", region="410581")

    assert page.one("h1").text == "文峰区总览"
    assert "不在您的管辖范围" in page.text


def test_the_enterprises_behind_a_number_are_sorted_and_lead_to_their_hazards(city):
    browser, world = city

    page = browser.get("inspection.overview_enterprises", region="410502", sort="open")

    assert page.one(".tabs [aria-current=page]").text == "未销号隐患最多"
    links = [a["href"] for a in page.select("tbody td a")]
    assert f"/enterprises/{world.enterprise_id}/hazards?state=open" in links


def test_the_table_can_be_taken_away_as_csv_and_as_a_workbook(city):
    browser, _ = city

    csv = browser.get("inspection.overview_export", form="csv")
    book = browser.get("inspection.overview_export", form="xlsx")

    lines = csv.body.decode("utf-8-sig").splitlines()
    sheet = openpyxl.load_workbook(BytesIO(book.body)).active
    assert lines[0].startswith("区划代码,辖区,企业（家）")
    assert any(line.startswith("410502,文峰区,1") for line in lines)
    assert sheet.max_row >= 11


def test_the_overview_reads_no_hazard_risk_or_check(city):
    browser, _ = city
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        statements.append(statement)

    engine = database.engine()
    event.listen(engine, "before_cursor_execute", note)
    try:
        browser.get("inspection.overview_show")
    finally:
        event.remove(engine, "before_cursor_execute", note)

    read = " ".join(s for s in statements if "enterprise_counter" not in s)
    assert "from hazard" not in read.lower()
    assert "risk_event" not in read
    assert "check_answer" not in read
    assert len(statements) < 25


def test_a_heading_orders_the_regions_by_its_measure_worst_first(city):
    browser, _ = city
    tenant.enterprise(region_code="410581001")
    page = browser.get("inspection.overview_show")

    ordered = browser.get(_link(page, "#rollup thead a", "五有均分"))

    heading = next(th for th in ordered.select("#rollup th") if th.get("aria-sort"))
    assert (heading.text, heading["aria-sort"]) == ("五有均分", "ascending")
