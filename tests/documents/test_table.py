import time
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.documents.reading import inked, picture, texts
from webapp.documents.flow import Document
from webapp.documents.fonts import Face
from webapp.documents.page import A3, A4, LEDGER, MM, Layout
from webapp.documents.palette import risk_chip
from webapp.documents.pen import Align
from webapp.documents.table import COVERED, Cell, Column, HeadCell, Value
from webapp.documents.typesetting.kinsoku import wrap
from webapp.documents.typesetting.table_rows import as_cell

COLUMNS = [
    Column("序号", 1, Align.CENTER),
    Column("风险点", 3, face=Face.HEI),
    Column("等级", 1.5),
    Column("管控措施", 8),
]
MEASURE = "每班试验联锁一次并签字，断水时启用应急水源；出水温度、进出水流量差报警。"


def _rows(count: int) -> Iterator[list[Value]]:
    levels = ["major", "significant", "moderate", "low"]
    for index in range(count):
        yield [index + 1, f"设备{index:05d}", risk_chip(levels[index % 4]), MEASURE]


def _ledger(rows: object, **table: object) -> bytes:
    document = Document(Layout(A3.landscape, LEDGER), title="清单", author="企业")
    return document.table(COLUMNS, rows, **table).build()  # type: ignore[arg-type]


def test_every_row_is_there_once_and_each_page_repeats_the_head() -> None:
    pages = texts(_ledger(_rows(300)))

    assert len(pages) > 3
    assert all("管控措施" in page and "风险点" in page for page in pages)
    everything = "".join(pages)
    assert all(everything.count(f"设备{index:05d}") == 1 for index in range(300))


def test_a_head_of_many_levels_is_repeated_whole() -> None:
    head = [
        [HeadCell("序号", rows=2), HeadCell("辨识", columns=2), HeadCell("措施", rows=2)],
        [HeadCell("点"), HeadCell("级")],
    ]

    pages = texts(_ledger(_rows(120), head=head))

    assert all(word in page for page in pages for word in ("序号", "辨识", "点", "级", "措施"))


def test_a_level_is_a_word_on_its_colour() -> None:
    content = _ledger([[1, "炉", risk_chip(level), ""] for level in ("major", "low")])

    page = texts(content)[0]
    assert "重大" in page
    assert "低" in page


def test_a_row_is_read_from_left_to_right() -> None:
    page = texts(_ledger(_rows(2)))[0].replace("\r\n", "").replace(" ", "")

    assert f"1设备00000重大{MEASURE}2设备00001较大{MEASURE}" in page


def test_rows_joined_by_a_cell_stay_on_one_page() -> None:
    def rows() -> Iterator[list[Value]]:
        for point in range(60):
            yield [Cell("", rows=3), Cell(f"点{point}点", rows=3), "甲", f"首{point}首"]
            yield [COVERED, COVERED, "乙", "中"]
            yield [COVERED, COVERED, "丙", f"尾{point}尾"]

    for page in texts(_ledger(rows())):
        for point in range(60):
            found = {f"{word}{point}{word}" in page for word in "首点尾"}
            assert len(found) == 1


def test_a_cell_over_more_rows_than_a_page_is_continued_by_name() -> None:
    rows: list[list[Value]] = [[Cell("1", rows=200), Cell("长点", rows=200), "", "首"]]
    rows += [[COVERED, COVERED, "", f"行{index}"] for index in range(199)]

    pages = texts(_ledger(rows))

    assert len(pages) > 2
    assert all("长点（续）" in page for page in pages[1:])
    assert sum(page.count("行") for page in pages) == 199


def test_a_row_higher_than_a_page_flows_on_and_loses_nothing() -> None:
    pages = texts(_ledger([[1, "点", "", "字" * 20_000], [2, "后", "", "末行"]]))

    assert sum(page.count("字") for page in pages) == 20_000
    assert "末行" in pages[-1]


@pytest.mark.parametrize("text", ["W" * 5000, "，" * 800, "\u202e反\x00", "😀" * 300, "<b>&"])
def test_hostile_cells_stay_between_their_rules(text: str) -> None:
    document = Document(Layout(A4), title="表", author="企业")
    content = document.table(COLUMNS, [[text] * 4] * 2).build()

    for page in range(len(texts(content))):
        left, _, right, bottom = inked(content, page)
        assert left >= 20 * MM - 1.5
        assert right <= A4.width - 20 * MM + 1.5
        assert bottom <= A4.height - 8 * MM


def test_an_empty_table_says_so() -> None:
    assert "（无）" in texts(_ledger([]))[0]


def test_a_ragged_row_is_refused() -> None:
    with pytest.raises(ValueError, match="4 列，此行有 2 个值"):
        _ledger([[1, 2]])


def test_rules_run_between_neighbouring_chips_of_one_colour() -> None:
    image = picture(_ledger([[1, "点", risk_chip("moderate"), ""]] * 6), dpi=200)

    strip = image.crop((int(image.width * 0.314), 0, int(image.width * 0.314) + 1, image.height))
    yellow = [y for y, value in enumerate(strip.tobytes()) if 185 < value < 215]
    assert sum(after - before > 1 for before, after in pairwise(yellow)) == 5


def test_ten_thousand_rows_need_no_more_room_than_their_paper() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        size = len(_ledger(_rows(count)))
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used - 3 * size

    small, large = peak(200), peak(2000)

    assert large - small < 3_000_000


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _raw_canvas(count: int) -> None:
    """The least that can be done: wrap, place and rule the same words on a bare canvas."""
    canvas = Canvas("unused.pdf", pagesize=(A3.height, A3.width), pageCompression=1)
    widths = [80, 240, 120, 640]
    y = 800.0
    for row in _rows(count):
        words = [as_cell(cell).text for cell in row]
        cells = [wrap(w, Face.SANS, 8.8, width - 6) for w, width in zip(words, widths, strict=True)]
        height = max(map(len, cells)) * 11.4 + 7
        if y - height < 40:
            canvas.showPage()
            y = 800.0
        block = canvas.beginText()
        block.setFont(Face.SANS.value, 8.8)
        x = 34
        for lines, width in zip(cells, widths, strict=True):
            block.setTextOrigin(x + 3, y - 11)
            for line in lines:
                block.textLine(line)
            canvas.line(x, y, x, y - height)
            x += width
        canvas.drawText(block)
        canvas.line(34, y - height, x, y - height)
        y -= height
    canvas.getpdfdata()


def test_a_thousand_rows_cost_little_more_than_a_bare_canvas() -> None:
    _ledger(_rows(50))
    _raw_canvas(50)

    bare = min(_seconds(lambda: _raw_canvas(1000)) for _ in range(3))
    ours = min(_seconds(lambda: _ledger(_rows(1000))) for _ in range(3))

    assert ours < 3 * bare
