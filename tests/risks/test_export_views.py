import csv
from collections.abc import Callable
from io import BytesIO, StringIO

import openpyxl
import pytest

from tests.documents.reading import picture, texts
from tests.factories.risks import make_event, make_measure, make_point
from tests.fixtures.actors import Account, Browser, World
from tests.risks.drafts import draft, measure
from webapp.platform.clock import now
from webapp.risks.rules.import_ledger.words import squeezed
from webapp.risks.rules.ledger_sheet import sheet_columns
from webapp.risks.service.ledger import add_event
from webapp.standards.control_measure_categories import MeasureCategory

Open = Callable[[str], Browser]


@pytest.fixture
def officer(world: World) -> Account:
    return world["safety_officer"]


@pytest.fixture
def event_id(officer: Account):
    return add_event(officer.actor, draft(), at=now())


def exported(browser: Browser, endpoint: str, **args: object) -> bytes:
    answer = browser.get(endpoint, **args)
    assert answer.status == 200
    return answer.body


def test_the_workbook_holds_every_column_and_no_formula(client_of: Open, world: World, event_id):
    make_measure(world.enterprise_id, event_id, "=1+1", category="training")

    data = exported(client_of("worker"), "risks.ledger_workbook")

    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    head, line = ([cell.value for cell in cells] for cells in sheet.rows)
    said = dict(zip(head, line, strict=True))
    assert said["编号"] == "R-0001"
    assert (said["固有D"], said["残余D"], said["残余风险等级"]) == (720, 270, "较大")
    assert said["培训教育措施"] == "'=1+1"


def test_the_exported_workbook_comes_back_as_the_same_risks(client_of: Open, event_id):
    browser = client_of("safety_officer")
    data = exported(browser, "risks.ledger_workbook")

    sent = browser.post("risks.import_upload", file=(BytesIO(data), "回传.xlsx"))
    page = browser.follow(browser.follow(sent))

    assert page.texts(".stat__value") == ["0 条", "0 条", "0 条", "0 条"]
    assert page.texts(".confirm-bar h2") == ["没有可以采用的改动"]


def test_screen_workbook_text_and_paper_say_the_same_of_a_risk(client_of: Open, event_id):
    browser = client_of("worker")
    book = openpyxl.load_workbook(BytesIO(exported(browser, "risks.ledger_workbook")))
    head, line = ([c.value for c in cells] for cells in book.worksheets[0].rows)
    plain = exported(browser, "risks.ledger_text").decode("utf-8-sig")
    text_head, text_line = csv.reader(StringIO(plain, newline=""))
    screen = browser.get("risks.ledger")
    columns = sheet_columns(())

    assert head[:-1] == text_head
    assert ["" if value is None else str(value) for value in line[:-1]] == text_line
    said = dict(zip(head, line, strict=True))
    # Paper breaks long words and leaves the group's name out of short headings.
    paper = "".join("".join(texts(exported(browser, "risks.ledger_paper"))).split())
    for column in (c for c in columns if c.paper and said.get(c.heading)):
        assert squeezed(str(said[column.heading])) in paper.upper(), column.heading
    heads = screen.texts("table thead th")
    shown = squeezed(screen.one("table tbody tr").text)
    for column in (c for c in columns if c.screen):
        assert column.screen in heads
        words = str(said[column.heading] or "未指定").removesuffix("级")
        assert squeezed(words) in shown, column.heading


def test_the_filter_holds_for_what_is_exported(client_of: Open, world: World, event_id):
    make_event(world.enterprise_id, make_point(world.enterprise_id, "成品库"), level="low")

    data = exported(client_of("worker"), "risks.ledger_workbook", level="low")

    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    assert [row[2].value for row in sheet.rows][1:] == ["成品库"]


def test_the_paper_says_levels_in_words_and_counts_its_pages(
    client_of: Open, officer: Account, event_id
):
    for at in range(60):
        kinds = tuple(measure(f"措施{at}", category=kind) for kind in MeasureCategory)
        add_event(officer.actor, draft(hazard_source=f"危险源{at}", measures=kinds), at=now())

    content = exported(client_of("worker"), "risks.ledger_paper")

    pages = texts(content)
    width, height = picture(content, dpi=72).size
    assert len(pages) > 1
    assert all(f"共 {len(pages)} 页" in text for text in pages)
    assert all("危险源" in text and "工程技术措施" in text for text in pages)
    assert "重大" in pages[0]
    assert "较大" in pages[0]
    assert "61 条" in pages[0]
    assert (width, height) == (1191, 842)


def test_the_paper_has_no_column_that_no_row_fills(client_of: Open, world: World, event_id):
    make_event(world.enterprise_id, make_point(world.enterprise_id, "成品库"), level="low")
    browser = client_of("worker")

    whole = "".join(texts(exported(browser, "risks.ledger_paper")))
    without = "".join(texts(exported(browser, "risks.ledger_paper", level="low")))

    assert "作业步骤" in whole
    assert "作业步骤" not in without
    assert "LEC（D = L × E × C）" in without
