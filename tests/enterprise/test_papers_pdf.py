from datetime import date
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from tests.factories import enterprise as make
from tests.factories.enterprise import NOW
from tests.factories.responsibilities import Workshop, drawing
from webapp.enterprise.pdf.code_sign import SignContent, code_sign_a4, code_sign_a6
from webapp.enterprise.pdf.responsibility_list import (
    ListPaper,
    responsibility_list,
    responsibility_lists,
)
from webapp.enterprise.queries import file_parts as file_part_queries
from webapp.enterprise.queries.timeline import told_count
from webapp.enterprise.rules.file_part import FilePart, PartTable
from webapp.enterprise.service import file_parts
from webapp.enterprise.service.file import bind_file, order_file
from webapp.enterprise.service.file_parts import offer_part
from webapp.enterprise.service.responsibilities import draft_list
from webapp.enterprise.service.signatures import png_of
from webapp.enterprise.service.signing import sign_list
from webapp.platform.errors import NotFound
from webapp.platform.storage import file_content

pytestmark = pytest.mark.usefixtures("app", "db")

ADDRESS = "https://anqima.example/e/0123456789ABCDEFGHJKMNPQRSTVWXYZ0123"
SIGN = SignContent(
    name="安阳洹丰精密铸造有限公司",
    uscc="91410505MA40P3K73L",
    address=ADDRESS,
    level="major",
    agency="安阳市应急管理局",
    edition=2,
    printed_on=date(2026, 9, 1),
)


def pages(pdf: bytes) -> list[str]:
    """The words of each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def picture(pdf: bytes, number: int = 0, scale: float = 3) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[number].render(scale=scale).to_pil()


def outline(pdf: bytes) -> list[str]:
    return [entry.get_title() for entry in pypdfium2.PdfDocument(pdf).get_toc()]


@pytest.mark.parametrize(
    ("drawn", "millimetres"), [(code_sign_a6, (105, 148)), (code_sign_a4, (210, 297))]
)
def test_a_sign_holds_the_printed_address_name_and_level(drawn, millimetres):
    pdf = drawn(SIGN)

    page = pypdfium2.PdfDocument(pdf)[0]
    assert tuple(round(side / 72 * 25.4) for side in page.get_size()) == millimetres
    assert [code.text for code in zxingcpp.read_barcodes(picture(pdf))] == [ADDRESS]
    words = pages(pdf)[0]
    for expected in (SIGN.name, SIGN.uscc, "重大风险（红）", "第 2 版", "12350", "2026年9月1日"):
        assert expected in words


def test_the_same_sign_printed_again_is_the_same_paper():
    assert code_sign_a6(SIGN) == code_sign_a6(SIGN)


def test_the_list_of_a_post_holds_its_duties_and_signatures():
    shop = Workshop()
    list_id = shop.published()
    sign_list(shop.worker, list_id, image=png_of(drawing()), at=NOW)
    found = shop.list(list_id)
    file_id = found.signatures[0].file_id
    kept = file_content(shop.officer.scope, shop.id, file_id).data

    pdf = responsibility_list(ListPaper("安阳洹丰公司", found, ("刘伟",), {file_id: kept}))

    words = "".join(pages(pdf)).replace("\r\n", "")
    assert found.duties[0].duty in words
    assert "2026年11月24日" in words
    assert "刘伟" in words


def test_all_lists_are_bound_with_contents_and_bookmarks():
    shop = Workshop()
    first = shop.list(shop.published())
    second = shop.list(draft_list(shop.officer, shop.head_post, at=NOW))
    papers = [ListPaper("安阳洹丰公司", found, (), {}) for found in (first, second)]

    pdf = responsibility_lists("安阳洹丰公司", papers)

    assert outline(pdf)[0] == "目录"
    assert {"焊工安全生产责任清单", "车间主任安全生产责任清单"} <= set(outline(pdf))
    assert "焊工" in pages(pdf)[0]


@pytest.fixture
def officer():
    return make.staff_actor(make.enterprise(is_coded=True))


def test_a_small_file_is_bound_at_once_with_cover_parts_and_proof(officer):
    bound = order_file(officer, officer.enterprise_id, at=NOW)

    kept = file_content(officer.scope, officer.enterprise_id, bound.file_id)
    texts = pages(kept.data)
    assert "企业安全生产档案" in texts[0]
    assert zxingcpp.read_barcodes(picture(kept.data))[0].text.startswith("http://127.0.0.1:8000/e/")
    titles = outline(kept.data)
    assert titles[0] == "封面与目录"
    assert titles[-1] == "核验说明"
    assert any("基本信息" in title for title in titles)
    assert "审计链头" in texts[-1]


def test_a_part_of_an_upper_room_stands_in_the_file_with_its_levels(officer, monkeypatch):
    # The registry of the process is given back as it was.
    monkeypatch.setattr(file_parts, "_parts", dict(file_parts._parts))
    table = PartTable("风险", ("名称", "等级"), (("中频炉漏炉", "major"),), levels=1)
    offer_part("test-risks", 45, "风险清单", lambda _scope, _id: FilePart((), (table,)))

    bound = bind_file(officer, officer.enterprise_id, at=NOW)

    texts = "".join(pages(file_content(officer.scope, officer.enterprise_id, bound.file_id).data))
    assert "中频炉漏炉" in texts
    assert "重大" in texts


def test_the_file_tells_what_happened_and_how_much_more_there_is(officer, monkeypatch):
    for _ in range(2):
        order_file(officer, officer.enterprise_id, at=NOW)
    monkeypatch.setattr(file_part_queries, "MOST_MOMENTS", 1)

    bound = bind_file(officer, officer.enterprise_id, at=NOW)

    kept = file_content(officer.scope, officer.enterprise_id, bound.file_id)
    titles = outline(kept.data)
    assert any(title.endswith("动态") for title in titles)
    told = "".join(pages(kept.data))
    more = told_count(officer.scope, officer.enterprise_id) - 2
    assert f"更早的 {more} 项未列出" in told


def test_the_file_of_another_enterprise_cannot_be_had(officer):
    with pytest.raises(NotFound):
        order_file(officer, make.enterprise(), at=NOW)


def test_signatures_are_kept_as_plain_pictures():
    kept = Image.open(BytesIO(png_of(drawing())))

    assert kept.width < 600
    assert kept.info == {}
