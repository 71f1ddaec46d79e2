import io
import re

import pytest
import zxingcpp
from PIL import Image

from tests.documents.reading import flat, inked, picture, texts
from webapp.documents.blocks import Paragraph
from webapp.documents.boxed import Boxed, SignedPart
from webapp.documents.flow import Document
from webapp.documents.form_grid import Entry, FormCell, FormGrid, Label, Opinion
from webapp.documents.official import (
    Officer,
    copies_line,
    official_body,
    official_document,
    official_items,
    seal_and_date,
    two_officers_signature,
    unit_signature,
)  # fmt: skip
from webapp.documents.page import A4, MM
from webapp.documents.runs import Rich, fill
from webapp.documents.signature import Refusal, Signature
from webapp.documents.verification import Verification, grouped

AGENCY, UNIT = "安阳市应急管理局", "安阳洹丰精密铸造有限公司"
NUMBER = "（安）应急责改〔2026〕47号"
ADDRESS = "https://anqima.example/v/7K4M9Q2F"
WAVE = Signature(strokes=(((0, 0), (10, 8), (20, 0), (30, 8)), ((5, 5),)), on="2026年11月24日")
VERIFICATION = Verification(ADDRESS, "7K4M-9Q2F", "5b" * 32, "9d" * 32, "2026年11月24日16时42分")


def _order(items: int, signed: Signature | Refusal = WAVE) -> Document:
    document = official_document(AGENCY, "责令限期整改指令书", NUMBER)
    document.add(*official_body(UNIT, ["经查，你单位存在下列问题："]))
    document.add(*official_items(["桥式起重机主钩防脱钩装置缺失，日常检查记录中未反映。"] * items))
    closing: Rich = [
        "现责令你单位对第",
        fill("1"),
        "项问题于",
        fill("2026年12月1日"),
        "前整改完毕。",
    ]
    document.add(*official_body("", [closing, "如果不服本指令，可以依法申请行政复议。" * 3]))
    document.add(
        two_officers_signature([Officer("16050120027", WAVE), Officer("16050120041", WAVE)])
    )
    document.add(unit_signature(signed), seal_and_date(AGENCY, "2026年11月24日"))
    return document.add(copies_line(AGENCY)).verification(VERIFICATION)


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (60, 30), (20, 33, 61, 255)).save(out, "PNG")
    return out.getvalue()


def test_an_order_says_who_to_whom_what_and_under_which_number() -> None:
    content = flat(_order(3).build())

    copies = f"本文书一式两份：一份由{AGENCY}备案，一份交被检查单位。"
    for words in (AGENCY, "责令限期整改指令书", NUMBER, "应急管理行政执法文书", f"{UNIT}："):
        assert words in content
    for words in ("1．桥式", "3．桥式", "2026年12月1日", "证号：16050120041", copies, "共1页第1页"):
        assert words in content


@pytest.mark.parametrize("items", range(1, 26))
def test_signatures_never_stand_on_a_page_without_the_text_they_sign(items: int) -> None:
    pages = texts(_order(items).build())

    page = next(page for page in pages if "签名" in page)
    assert page is pages[-1]
    before = re.sub(r"\s", "", page[: page.index("行政执法人员（签名）")])
    assert "行政复议。" in before
    assert "备案" in page
    assert "7K4M-9Q2F" in page


def test_the_following_pages_name_the_paper_and_its_number() -> None:
    pages = texts(_order(45).build())

    assert len(pages) > 2
    assert all("责令限期整改指令书（续页）" in page and NUMBER in page for page in pages[1:])


def test_the_code_on_the_last_page_leads_to_the_check() -> None:
    content = _order(12).build()

    codes = zxingcpp.read_barcodes(picture(content, len(texts(content)) - 1))

    assert ADDRESS in {code.text for code in codes}


def test_a_refusal_is_written_down_with_its_reason_and_witness() -> None:
    refusal = Refusal("认为第1项不属实。", ("王小明",), "2026年11月24日")

    content = flat(_order(2, refusal).build())

    assert "被检查单位负责人拒绝签名，原因：认为第1项不属实。见证人：王小明。" in content


def test_one_officer_alone_may_not_sign() -> None:
    with pytest.raises(ValueError, match="不得少于两人"):
        two_officers_signature([Officer("16050120027")])


def test_a_signature_may_be_a_picture() -> None:
    with_picture = _order(1, Signature(png=_png())).build()

    assert b"/Subtype /Image" in with_picture


def test_an_unreadable_picture_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="无法读取"):
        _order(1, Signature(png=b"no picture")).build()


def test_a_long_agency_or_title_shrinks_to_the_line() -> None:
    document = official_document("安" * 60, "责令限期整改指令书" * 6, NUMBER)

    left, _, right, _ = inked(document.paragraph("正文").build())

    assert left >= 28 * MM - 2
    assert right <= A4.width - 26 * MM + 2


def test_a_form_holds_labels_entries_and_signed_opinions() -> None:
    grid = FormGrid(
        [26, 60, 26, 44],
        [
            [Label("案由"), Entry("未在有限空间作业场所设置警示标志", columns=3)],
            [Label("当事人", rows=2), Entry(UNIT), Label("电话"), Entry("0372-5550126")],
            [Entry("殷都区曲沟镇"), Label("邮编"), Entry("455000")],
            [
                Label("审批意见"),
                Opinion("同意立案。", "审批人（签名）", (WAVE,), "2026年11月25日", 3),
            ],
        ],
    )

    content = flat(Document(title="表", author=AGENCY).add(grid).build())

    for words in ("案由", "当事人", "455000", "同意立案。", "审批人（签名）：", "2026年11月25日"):
        assert words in content


def test_a_form_row_longer_than_a_page_flows_and_loses_nothing() -> None:
    rows: list[list[FormCell]] = [
        [Label("案件基本情况"), Entry("查" * 3000)],
        [Label("备注"), Entry("末")],
    ]

    pages = texts(Document(title="表", author=AGENCY).add(FormGrid([1, 5], rows)).build())

    assert len(pages) > 2
    assert sum(page.count("查") for page in pages) == 3000


def test_a_form_row_with_too_many_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="第 1 行的单元格超出列数"):
        Document(title="表", author=AGENCY).add(FormGrid([1], [[Label("甲"), Label("乙")]])).build()


def test_a_boxed_record_is_signed_on_every_page() -> None:
    body = tuple(Paragraph(f"问：第{index}问。答：已经整改完毕。" * 3) for index in range(30))
    parts = (
        SignedPart("询问人（签名）：", (WAVE,)),
        SignedPart("被询问人（签名）：", (WAVE,), "2026年"),
    )

    pages = texts(Document(title="笔录", author=AGENCY).add(Boxed(body, parts)).build())

    assert len(pages) > 2
    assert all(page.count("被询问人（签名）") == 1 for page in pages)
    assert ["（转下页）" in page for page in pages] == [True] * (len(pages) - 1) + [False]


def test_a_digest_is_printed_in_groups_of_four() -> None:
    assert grouped("5B1F0C9E" * 8) == "5b1f 0c9e 5b1f 0c9e … 5b1f 0c9e"
    assert grouped("9d2741be") == "9d27 41be"


@pytest.mark.parametrize("text", ["W" * 5000, "，" * 600, "\u202e反\x00<b>&", "😀\n\n表\t情", ""])
def test_hostile_words_in_any_field_stay_on_the_paper(text: str) -> None:
    document = official_document(text, text, text, note=text)
    document.add(*official_body(text, [text, ["前", fill(text), "后"]]), *official_items([text]))
    document.grid([1, 3], [[Label(text[:40]), Entry(text)], [Opinion(text, text[:8], columns=2)]])
    document.add(Boxed((Paragraph(text),), (SignedPart(text, (WAVE,), text[:12], remark=text),)))
    document.add(two_officers_signature([Officer(text)] * 2), unit_signature(Refusal(text)))
    document.add(seal_and_date(text, text), copies_line(text))
    content = document.verification(Verification(ADDRESS, text[:9], text, text, text)).build()

    for page in range(len(texts(content))):
        left, top, right, bottom = inked(content, page)
        assert left >= 28 * MM - 2
        assert top >= 15 * MM
        assert right <= A4.width - 26 * MM + 2
        assert bottom <= A4.height - 10 * MM
