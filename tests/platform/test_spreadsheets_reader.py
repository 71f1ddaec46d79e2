"""Files that people call Excel: read as shown, or refused with what to do."""

import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Color, PatternFill
from xlwt.CompoundDoc import XlsDoc

from webapp.platform.spreadsheets.reader import read_workbook
from webapp.platform.spreadsheets.workbook import (
    MAX_BYTES,
    MAX_ROWS,
    Cell,
    Merge,
    SpreadsheetRefused,
    Workbook,
)

HEAD = ("风险点", "风险等级")


def book(*rows: tuple[object, ...]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    for cells in rows:
        made.worksheets[0].append(list(cells))
    return made


def saved(made: openpyxl.Workbook | xlwt.Workbook) -> bytes:
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def old_book() -> xlwt.Workbook:
    made = xlwt.Workbook(encoding="utf-8")
    made.add_sheet("清单").write(0, 0, "风险点")
    return made


def compound(stream_name: str, body: bytes = bytes(5000)) -> bytes:
    """A compound file with one stream, as Office wraps its documents."""
    target = BytesIO()
    XlsDoc().save(target, body)
    plain, wanted = "Workbook".encode("utf-16-le"), stream_name.encode("utf-16-le")
    return target.getvalue().replace(plain + bytes(64 - len(plain)), wanted.ljust(64, b"\x00"))


def changed(data: bytes, name: str, content: bytes, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with one part put in or replaced."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", method) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return target.getvalue()


def part(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return packed.read(name)


def texts(found: Workbook) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.sheets[0].rows]


def refusal(data: bytes, filename: str = "台账.xlsx") -> str:
    with pytest.raises(SpreadsheetRefused) as caught:
        read_workbook(data, filename)
    return caught.value.message


def test_values_are_text_as_shown() -> None:
    made = book(
        ("文字", 270.0, 0.5, 0.1 + 0.2, 13800000000, True),
        (date(2026, 3, 8), datetime(2026, 3, 8, 9, 30), 1e-7, -3.0, None, "  空格 "),  # noqa: DTZ001
    )

    assert texts(read_workbook(saved(made), "a.xlsx")) == [
        ["文字", "270", "0.5", "0.3", "13800000000", "TRUE"],
        ["2026-03-08", "2026-03-08 09:30", "0.0000001", "-3", "", "  空格 "],
    ]


def test_rows_and_columns_keep_their_place_and_merges_their_range() -> None:
    made = book()
    sheet = made.worksheets[0]
    sheet["C3"] = "风险点"
    sheet.merge_cells("C3:D4")

    (only,) = read_workbook(saved(made), "a.xlsx").sheets

    assert only.rows[2][2] == Cell("风险点")
    assert only.merged == (Merge(2, 2, 2, 2),)


def test_solid_fills_are_read_as_plain_theme_and_palette_colours() -> None:
    made = book(("红", "橙", "黄", "无"))
    sheet = made.worksheets[0]
    sheet["A1"].fill = PatternFill("solid", fgColor="FFFF0000")
    sheet["B1"].fill = PatternFill("solid", fgColor=Color(theme=5, tint=0.4))
    sheet["C1"].fill = PatternFill("solid", fgColor=Color(indexed=13))
    sheet["D1"].fill = PatternFill("gray125")
    sheet["F1"].fill = PatternFill("solid", fgColor="FF0070C0")

    (row,) = read_workbook(saved(made), "a.xlsx").sheets[0].rows

    assert [cell.fill for cell in row] == ["FF0000", "D99694", "FFFF00", None, None, "0070C0"]


def test_an_old_workbook_gives_values_merges_and_fills() -> None:
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("清单")
    sheet.write_merge(0, 1, 0, 0, "配电室")
    sheet.write(0, 1, 270.0, xlwt.easyxf("pattern: pattern solid, fore_colour red"))
    sheet.write(1, 1, date(2026, 3, 8), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    made.add_sheet("旧").visibility = 1

    found = read_workbook(saved(made), "台账.xls")

    assert texts(found) == [["配电室", "270"], ["", "2026-03-08"]]
    assert found.sheets[0].merged == (Merge(0, 0, 1, 0),)
    assert found.sheets[0].rows[0][1].fill == "FF0000"
    assert [(s.name, s.is_hidden) for s in found.sheets] == [("清单", False), ("旧", True)]


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.xls", "台账.csv", "台账", "照片.jpg"])
def test_the_content_decides_and_not_the_name(name: str) -> None:
    html = "<table><tr><td>风险点</td><td>风险等级</td></tr></table>".encode()
    files = (saved(book(HEAD)), "风险点,风险等级".encode("gbk"), html)

    assert all(texts(read_workbook(data, name)) == [list(HEAD)] for data in files)
    assert texts(read_workbook(saved(old_book()), name)) == [["风险点"]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_text_table_is_read_in_every_encoding(encoding: str, delimiter: str) -> None:
    text = f'风险点{delimiter}措施\r\n配电室{delimiter}"检查{delimiter}测温\r\n记录"\r\n'

    assert texts(read_workbook(text.encode(encoding), "a.csv")) == [
        ["风险点", "措施"],
        ["配电室", f"检查{delimiter}测温\n记录"],
    ]


def test_a_text_table_may_name_its_delimiter() -> None:
    assert texts(read_workbook("sep=;\n风险点;a,b\n".encode(), "a.csv")) == [["风险点", "a,b"]]


def test_a_web_page_gives_its_tables_without_scripts_and_with_colours() -> None:
    page = (
        "<html><script>x('<td>')</script><table><tr><td colspan=2 style='background:#FF0000'>重大"
        "<td bgcolor=yellow>a&nbsp;&lt;b<br>c</table><table><tr><td>二</table></html>"
    )

    first, second = read_workbook(page.encode(), "a.xls").sheets

    assert first.rows == ((Cell("重大", "FF0000"), Cell(), Cell("a <b\nc", "FFFF00")),)
    assert first.merged == (Merge(0, 0, 0, 1),)
    assert second.rows == ((Cell("二"),),)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (b" \r\n\t", "文件是空的"),
        (b"%PDF-1.7\n%\xe2\xe3", "这是PDF 文件，不是表格"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "这是图片，不是表格"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "这是图片，不是表格"),
        (b"Rar!\x1a\x07" + bytes(50), "这是压缩包，不是表格"),
        (b"{\\rtf1 x}", "这是Word 文档，不是表格"),
        (b"<svg xmlns='x'/>", "这是图片，不是表格"),
        (b"<html><body>hello</body></html>", "里面没有表格"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "单个文件网页"),
        (bytes(range(256)) * 9, "认不出这个文件的内容"),
        (b"PK\x03\x04" + bytes(90), "文件不完整或已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "文件不完整或已损坏"),
        (bytes(MAX_BYTES + 1), "最多 20 MB"),
        (compound("EncryptedPackage"), "文件设有打开密码"),
        (compound("WordDocument"), "这是Word 文档"),
        (compound("Nothing"), "文件不完整或已损坏"),
        (saved(book()), "表格里没有内容"),
    ],
)
def test_what_is_no_readable_table_is_refused_in_plain_words(data: bytes, words: str) -> None:
    assert words in refusal(data)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("word/document.xml", "这是Word 文档"),
        ("ppt/presentation.xml", "这是演示文稿"),
        ("content.xml", "OpenDocument"),
        ("xl/workbook.bin", ".xlsb"),
        ("readme.txt", "这是压缩包"),
    ],
)
def test_archives_of_another_kind_are_named(name: str, words: str) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr(name, "x")

    assert words in refusal(target.getvalue())


def test_macros_are_refused_in_new_and_old_workbooks() -> None:
    assert "文件里有宏" in refusal(changed(saved(book(HEAD)), "xl/vbaProject.bin", b"x"))
    assert "文件里有宏" in refusal(compound("_VBA_PROJECT_CUR"))


def test_a_password_in_an_old_workbook_is_named() -> None:
    stream = old_book().get_biff_data()
    (size,) = struct.unpack_from("<H", stream, 2)
    locked = stream[: 4 + size] + struct.pack("<HHHHH", 0x2F, 6, 0, 1, 2) + stream[4 + size :]
    target = BytesIO()
    XlsDoc().save(target, locked)

    assert "文件设有打开密码" in refusal(target.getvalue())


def test_a_workbook_that_unpacks_too_far_is_refused_unread() -> None:
    bomb = changed(saved(book(HEAD)), "xl/worksheets/sheet9.xml", bytes(160 * 1024 * 1024))
    steep = changed(saved(book(HEAD)), "xl/media/image1.bin", bytes(60 * 1024 * 1024))

    assert "文件解压后过大" in refusal(bomb)
    assert "文件解压后过大" in refusal(steep)


def test_a_workbook_of_thousands_of_parts_is_refused() -> None:
    target = BytesIO(saved(book(HEAD)))
    with zipfile.ZipFile(target, "a") as packed:
        for number in range(2_001):
            packed.writestr(f"xl/x{number}.xml", "<x/>")

    assert "文件解压后过大" in refusal(target.getvalue())


def test_two_cells_in_far_corners_are_refused_before_the_sheet_is_laid_out() -> None:
    made = book(HEAD)
    made.worksheets[0].cell(MAX_ROWS + 1, 1, "x")
    wide = book(HEAD)
    wide.worksheets[0].cell(1, 300, "x")

    assert f"用到了第 {MAX_ROWS + 1} 行" in refusal(saved(made))
    assert "用到了第 300 列" in refusal(saved(wide))


def test_empty_formatted_rows_far_below_do_no_harm() -> None:
    made = book(HEAD)
    made.worksheets[0].cell(MAX_ROWS + 9, 1).fill = PatternFill("solid", fgColor="FFFF0000")

    assert texts(read_workbook(saved(made), "a.xlsx")) == [list(HEAD)]


def test_one_long_text_in_every_cell_is_refused() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as made:
        sheet = made.add_worksheet()
        for row in range(100):
            sheet.write_row(row, 0, ["长" * 30_000] * 100)

    assert "文字过多" in refusal(target.getvalue())


def test_one_long_text_in_every_cell_of_an_old_workbook_is_refused() -> None:
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("清单")
    for row in range(100):
        for column in range(60):
            sheet.write(row, column, "长" * 30_000)

    assert "文字过多" in refusal(saved(made))


def test_a_sheet_whose_part_is_missing_is_refused() -> None:
    data = saved(book(HEAD))
    links = part(data, "xl/_rels/workbook.xml.rels").replace(b"sheet1.xml", b"sheet7.xml")

    assert "文件不完整或已损坏" in refusal(changed(data, "xl/_rels/workbook.xml.rels", links))


def test_entities_are_refused_and_nothing_is_fetched() -> None:
    data = saved(book(HEAD))
    sheet = part(data).replace(
        b"<worksheet", b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet', 1
    )

    assert "实体声明" in refusal(changed(data, "xl/worksheets/sheet1.xml", sheet))


def test_external_links_and_pictures_are_not_looked_at() -> None:
    data = changed(saved(book(HEAD)), "xl/externalLinks/externalLink1.xml", b"<broken")

    assert texts(read_workbook(data, "a.xlsx")) == [list(HEAD)]


def test_broken_styles_cost_only_the_colours() -> None:
    data = changed(saved(book(HEAD)), "xl/styles.xml", b"<styleSheet/>")

    assert texts(read_workbook(data, "a.xlsx")) == [list(HEAD)]


def test_a_cut_off_or_damaged_workbook_is_refused() -> None:
    data = saved(book(*[HEAD] * 500))
    broken = changed(data, "xl/worksheets/sheet1.xml", part(data)[:500])

    assert "文件不完整或已损坏" in refusal(data[: len(data) // 2])
    assert "文件不完整或已损坏" in refusal(broken)
    assert "文件不完整或已损坏" in refusal(saved(old_book())[:1500])


def test_fifty_visible_sheets_are_read_and_more_are_refused() -> None:
    made = book(HEAD)
    for number in range(99):
        made.create_sheet(f"表{number}").sheet_state = "hidden" if number >= 49 else "visible"
    data = saved(made)

    assert len(read_workbook(data, "a.xlsx").visible) == 50
    made.worksheets[60].sheet_state = "visible"
    assert "文件里有 51 张可见的工作表，最多 50 张" in refusal(saved(made))


def test_a_workbook_whose_sheets_are_all_empty_or_hidden_is_refused() -> None:
    made = book(HEAD)
    made.create_sheet("空")
    made.worksheets[0].sheet_state = "hidden"

    assert "隐藏的工作表不读取" in refusal(saved(made))


def test_an_unclosed_quote_is_named_by_its_line() -> None:
    assert "引号没有成对" in refusal(('风险点,措施\n配电室,"' + "检" * 200_000).encode(), "a.csv")


SOUND = (
    saved(book(HEAD, ("配电室", "重大"))),
    saved(old_book()),
    "风险点,风险等级\n配电室,重大".encode("gbk"),
    b"<table><tr><td rowspan=2>a<td>b<tr><td>c</table>",
)


@settings(deadline=None)
@given(st.sampled_from(SOUND), st.integers(0, 6000), st.binary(max_size=40))
def test_no_damage_raises_anything_but_a_refusal(data: bytes, at: int, noise: bytes) -> None:
    spoiled = data[:at] + noise + data[at + len(noise) :]

    with suppress(SpreadsheetRefused):
        assert read_workbook(spoiled, "台账.xlsx").sheets


@settings(deadline=None)
@given(
    st.sampled_from(
        (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<table>", b"\xff\xfe")
    ),
    st.binary(max_size=2000),
)
def test_no_bytes_whatever_raise_anything_but_a_refusal(magic: bytes, noise: bytes) -> None:
    with suppress(SpreadsheetRefused):
        assert read_workbook(magic + noise, "台账.xlsx").sheets
