"""Act 2: the enterprise's own Excel ledger becomes its risk ledger and its check plans."""

from io import BytesIO

import openpyxl
from playwright.sync_api import expect

from tests.journeys.cast import City
from tests.journeys.ledgers import BAD, FURNACE, GOOD, large_ledger, ledger
from tests.journeys.pages.imports import ImportPage


def the_ledger_comes_from_excel(city: City) -> None:
    """A column is set right, what is faultless is taken, the rest is handed back with reasons."""
    zhao = city["赵建民"]
    page = ImportPage(zhao).open()
    zhao.look("import-new")
    page.upload("风险清单.xlsx", ledger())
    zhao.look("import-preview")
    for fault in ("应为 10、6、3、1、0.5、0.2、0.1 之一", "D 应为 1×6×7＝42", "没有填写管控措施"):
        assert fault in zhao.words
    page.point_column_at("由谁盯着", "责任岗位")
    zhao.sees(f"导入 {len(GOOD)} 行，跳过 {len(BAD)} 行")
    page.confirm()
    zhao.sees(f"已导入 {len(GOOD)} 行")
    zhao.look("import-done")
    rest = openpyxl.load_workbook(BytesIO(page.rest())).active
    said = [" ".join(str(cell) for cell in row if cell) for row in rest.values]
    for _, _, source, *_ in BAD:
        assert any(source in line for line in said), said


def a_large_ledger_comes_in_the_background(city: City) -> None:
    """Seven hundred rows show their progress and end by themselves."""
    zhao = city["赵建民"]
    page = ImportPage(zhao).open().upload("机加工.xlsx", large_ledger())
    page.confirm()
    expect(zhao.page.get_by_role("heading", level=1)).to_contain_text("导入")
    page.wait_until_done()
    zhao.sees("已导入 700 行")


def plans_come_out_of_its_measures(city: City) -> None:
    """Each point, post and frequency has a plan; each says what it came from."""
    zhao = city["赵建民"]
    zhao.follow("排查", within="主导航")
    zhao.look("plans")
    zhao.open("/plans?q=熔炼")
    assert FURNACE in zhao.words
    assert "熔炼工" in zhao.words
