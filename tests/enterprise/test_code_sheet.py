from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from tests.documents.reading import flat, texts
from tests.factories import enterprise as make
from tests.fixtures.actors import Browser, World, make_world
from webapp.enterprise.pdf.code_sheet import PER_SHEET, SheetCode, code_sheet
from webapp.enterprise.queries.code import printed_code
from webapp.enterprise.service import papers
from webapp.platform.tenancy import SYSTEM

Open = Callable[[str], Browser]


def read_back(content: bytes) -> list[str]:
    found = []
    for page in pypdfium2.PdfDocument(content):
        picture = page.render(scale=200 / 72).to_pil().convert("L")
        found += [code.text for code in zxingcpp.read_barcodes(picture)]
    return found


@pytest.mark.usefixtures("app")
def test_every_code_of_a_sheet_can_be_read_whatever_its_length():
    ends = ["7ZQ3K9M2T5B8XWV1D4F6G0HJNPRSYC0A9E3K", "x" * 36, "短", "A" * 120]
    codes = [
        SheetCode("安阳市示例机械制造有限公司", "91410502MA40000001", f"https://a.cn/e/{end}{at}")
        for at in range(8)
        for end in ends
    ]

    content = code_sheet(codes, "安阳市", date(2026, 11, 25))

    assert sorted(read_back(content)) == sorted(code.address for code in codes)
    assert len(texts(content)) == -(-len(codes) // PER_SHEET)


def test_an_agency_prints_the_codes_of_its_region_and_of_no_other(client_of: Open, world: World):
    elsewhere = make_world(county="410503", township="410503001")
    make.enterprise(name="没有企业码的企业有限公司")

    content = client_of("regulator").get("enterprise.code_sheet").body

    codes = read_back(content)
    own = printed_code(SYSTEM, world.enterprise_id).token
    others = printed_code(SYSTEM, elsewhere.enterprise_id).token
    assert f"http://127.0.0.1:8000/e/{own}" in codes
    assert f"http://127.0.0.1:8000/e/{others}" not in codes
    assert "没有企业码" not in flat(content)


def test_the_filter_of_the_list_holds_for_the_sheet(client_of: Open, world: World):
    make.enterprise(name="滑县粮油加工有限公司", search="滑县粮油加工有限公司", is_coded=True)

    content = client_of("inspector").get("enterprise.code_sheet", q="粮油").body

    assert len(read_back(content)) == 1
    assert "滑县粮油加工有限公司" in flat(content)


@pytest.mark.parametrize("query", ["没有这个企业", ""])
def test_too_many_or_no_codes_are_refused_in_words(
    client_of: Open, world: World, monkeypatch: pytest.MonkeyPatch, query: str
):
    monkeypatch.setattr(papers, "MOST_CODES", 0)

    page = client_of("regulator").get("enterprise.code_sheet", q=query)

    assert page.status == 409
    assert ("没有符合条件的企业码" if query else "一次最多打印") in page.text


def test_an_enterprise_prints_no_codes_of_others(client_of: Open):
    assert client_of("principal").get("enterprise.code_sheet").status == 403
