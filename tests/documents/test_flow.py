import re
from concurrent.futures import ThreadPoolExecutor

import pypdfium2  # type: ignore[import-untyped]
import pytest

from tests.documents.reading import flat, inked, texts
from webapp.documents.blocks import Heading, Paragraph
from webapp.documents.flow import Document
from webapp.documents.page import A3, A4, A6, MM, Layout, Margins, Sheet
from webapp.documents.runs import Style

LINE = Style(size=12, leading=20)
HOSTILE = [
    "空\x00字符\x07与\ud800孤立代理",
    "\u202e反向\u2066控制\u2069 مرحبا بالعالم שלום",
    "表情😀👨‍👩‍👧‍👦☑️与零宽\u200b\u200d",
    "W" * 5000,
    "，" * 500,
    "（" * 500,
    "<b>加粗</b> & <para> &lt; <font size=99>",
    "e\u0301\u0323" * 50,
    "",
    " \n\n \t ",
]


def _document(layout: Layout | None = None) -> Document:
    return Document(layout, title="测试文书", author="安阳市应急管理局")


def test_the_same_content_gives_the_same_bytes() -> None:
    first, second = (_document().heading("一").paragraph("安全☑").build() for _ in range(2))

    assert first == second


def test_threads_build_at_the_same_time_without_disturbing_each_other() -> None:
    def build(number: int) -> bytes:
        document = _document().heading(f"第{number}份")
        for index in range(40):
            document.paragraph(f"第{number}份第{index}段：安全生产☑₂龘" * 5)
        return document.build()

    alone = [build(number) for number in range(6)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(build, range(6)))

    assert together == alone


def test_every_page_says_which_it_is_and_how_many_there_are() -> None:
    document = _document()
    for _ in range(3):
        document.paragraph("正文").page_break()

    pages = texts(document.paragraph("末页").build())

    assert [re.findall(r"共 4 页|第 \d 页", page) for page in pages] == [
        ["共 4 页", f"第 {number} 页"] for number in range(1, 5)
    ]


def test_a_page_break_at_the_end_adds_no_empty_page() -> None:
    assert len(texts(_document().paragraph("一页").page_break().build())) == 1


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("sheet", [A4, A6, A3.landscape])
def test_hostile_text_neither_breaks_nor_leaves_the_frame(text: str, sheet: Sheet) -> None:
    layout = Layout(sheet, Margins(top=15, right=15, bottom=20, left=15))

    content = _document(layout).heading(text).paragraph(text).paragraph([text, text]).build()

    for page in range(len(texts(content))):
        left, top, right, bottom = inked(content, page)
        assert left >= 15 * MM - 2
        assert top >= 15 * MM - 2
        assert right <= layout.sheet.width - 15 * MM + 2
        assert bottom <= layout.sheet.height - 8 * MM


def test_markup_is_text() -> None:
    content = _document().paragraph("<b>加粗</b> & &lt;").build()

    assert "<b>加粗</b>&&lt;" in flat(content)


def test_a_paragraph_leaves_no_single_line_on_either_page() -> None:
    for lead in range(20, 40):
        document = _document()
        document.add(Paragraph("\n".join("行" * 3 for _ in range(lead)), LINE))
        document.add(Paragraph("\n".join(f"段{index}" for index in range(6)), LINE))
        counts = [len(re.findall(r"段\d", page)) for page in texts(document.build())]
        assert 1 not in counts
        assert sum(counts) == 6


def test_a_heading_is_never_alone_at_the_foot() -> None:
    for lead in range(20, 36):
        document = _document()
        document.add(Paragraph("\n".join("行" for _ in range(lead)), LINE), Heading("标题", 2))
        document.paragraph("其下的正文")
        assert any("标题" in page and "其下" in page for page in texts(document.build()))


def test_type_shrinks_only_when_that_saves_a_page() -> None:
    def pages(lines: int, scales: tuple[float, ...]) -> tuple[int, float]:
        document = Document(title="文", author="局", scales=scales)
        for _ in range(lines):
            document.add(Paragraph("行", LINE))
        return len(texts(document.build())), document.best_scale()

    fitting = next(count for count in range(20, 60) if pages(count + 1, (1,))[0] == 2)

    assert pages(fitting, (1, 0.9)) == (1, 1)
    assert pages(fitting + 1, (1, 0.9)) == (1, 0.9)
    assert pages(fitting * 2, (1, 0.99)) == (2, 1)


def test_the_document_names_its_title_its_author_and_its_language() -> None:
    content = _document().paragraph("正文").build()

    assert b"(zh-CN)" in content
    assert b"Helvetica" not in content


def test_headings_stand_in_the_outline() -> None:
    content = _document().heading("第一部分").heading("其一", 2).heading("第二部分").build()

    document = pypdfium2.PdfDocument(content)
    outline = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    document.close()
    assert outline == [(0, "第一部分"), (1, "其一"), (0, "第二部分")]
