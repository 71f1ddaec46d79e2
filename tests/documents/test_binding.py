from collections.abc import Sequence

import pypdfium2  # type: ignore[import-untyped]
import pytest

from tests.documents.reading import texts
from webapp.documents.binding import bind, first_pages
from webapp.documents.flow import Document
from webapp.documents.page import A3, A4, LEDGER, Layout
from webapp.documents.table import Column


def _paper(title: str, pages: int) -> Document:
    document = Document(title=title, author="安阳市应急管理局")
    for index in range(pages):
        document.heading(f"{title}之{index + 1}").page_break()
    return document


def _ledger() -> Document:
    document = Document(Layout(A3.landscape, LEDGER), title="清单", author="企业")
    return document.table([Column("风险点", 1)], [["炉"]])


def _catalogue(pages: Sequence[int]) -> Document:
    document = Document(title="卷内目录", author="安阳市应急管理局")
    names = ("检查记录", "指令书", "清单")
    return document.table(
        [Column("文书", 3), Column("页号", 1)],
        [[name, f"第{page}页起"] for name, page in zip(names, pages, strict=True)],
    )


def _file() -> bytes:
    parts = [_paper("检查记录", 2), _paper("指令书", 3), _ledger()]
    return bind(parts, _catalogue, title="案卷", author="安阳市应急管理局")


def test_the_catalogue_quotes_the_page_on_which_each_paper_begins() -> None:
    catalogue, *papers = texts(_file())

    assert [f"第{page}页起" in catalogue for page in (2, 4, 7)] == [True] * 3
    assert "检查记录之1" in papers[0]
    assert "指令书之1" in papers[2]
    assert "风险点" in papers[5]


def test_each_paper_keeps_its_own_page_count_and_gets_its_number_in_the_file() -> None:
    pages = texts(_file())

    assert ["共 3 页" in page for page in pages] == [False] * 3 + [True] * 3 + [False]
    assert "第 2 页" in pages[4]
    assert all(str(number) in page.split() for number, page in enumerate(pages, 1))


def test_a_counted_file_counts_its_pages_through_all_parts() -> None:
    parts = [_paper("检查记录", 2), _paper("指令书", 3), _ledger()]

    pages = texts(bind(parts, _catalogue, title="案卷", author="安阳市应急管理局", counted=True))

    for number, page in enumerate(pages, 1):
        assert "共 7 页" in page
        assert f"第 {number} 页" in page


def test_sheets_of_other_sizes_may_be_bound_together() -> None:
    document = pypdfium2.PdfDocument(_file())

    sizes = [tuple(round(side) for side in page.get_size()) for page in document]
    document.close()

    assert sizes[0] == (round(A4.width), round(A4.height))
    assert sizes[-1] == (round(A3.height), round(A3.width))


def test_each_paper_has_its_entry_in_the_outline_above_its_own() -> None:
    document = pypdfium2.PdfDocument(_file())
    outline = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    document.close()

    assert outline[:4] == [(0, "卷内目录"), (0, "检查记录"), (1, "检查记录之1"), (1, "检查记录之2")]


def test_a_bound_file_is_the_same_twice() -> None:
    assert _file() == _file()


def test_nothing_to_bind_is_refused() -> None:
    assert first_pages([]) == []
    with pytest.raises(ValueError, match="没有可装订的文书"):
        bind([], title="案卷", author="局")
