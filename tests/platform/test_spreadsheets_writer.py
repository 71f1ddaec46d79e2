"""Tables written for Excel: no live formula, nothing lost on the way back."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.platform.spreadsheets.reader import read_workbook
from webapp.platform.spreadsheets.text import guarded, unguarded
from webapp.platform.spreadsheets.workbook import Cell
from webapp.platform.spreadsheets.writer import Column, Table, Value, write_csv, write_workbook

COLUMNS = (Column("风险点", 20), Column("风险值"))


def written(*rows: tuple[Value, ...], title: str = "", name: str = "清单") -> bytes:
    target = BytesIO()
    write_workbook(target, [Table(name, COLUMNS, iter(rows), title)])
    return target.getvalue()


def texts(data: bytes) -> list[list[str]]:
    (only,) = read_workbook(data, "a.xlsx").sheets
    return [[cell.text for cell in row] for row in only.rows]


def csv_of(*rows: tuple[Value, ...]) -> bytes:
    return b"".join(write_csv([c.heading for c in COLUMNS], rows))


DANGEROUS = (
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "＝1+1",
    '=HYPERLINK("http://x")',
    "'=1",
)


def test_text_is_never_a_formula_and_reads_back_the_same() -> None:
    data = written(*((text.strip(), "") for text in DANGEROUS))
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    stored = [sheet.cell(row, 1) for row in range(2, 2 + len(DANGEROUS))]

    assert {cell.data_type for cell in stored} == {"s"}
    assert not any(str(cell.value).startswith(("=", "+", "-", "@")) for cell in stored)
    assert [row[0] for row in texts(data)[1:]] == [text.strip() for text in DANGEROUS]


def test_headings_titles_and_csv_cells_are_guarded_too() -> None:
    target = BytesIO()
    write_workbook(target, [Table("=x", [Column("=1+1")], [], title="=2+2")])
    sheet = openpyxl.load_workbook(BytesIO(target.getvalue())).worksheets[0]

    assert [cell.value for cell in sheet["A"]] == ["'=2+2", "'=1+1"]
    assert csv_of(("=1+1", -3)).decode("utf-8-sig").splitlines() == ["风险点,风险值", "'=1+1,-3"]


def test_a_lone_dash_stays_a_dash() -> None:
    assert guarded("-") == "-"


@settings(deadline=None)
@given(st.text())
def test_guarding_can_always_be_undone(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_numbers_dates_and_long_numbers_keep_their_value() -> None:
    moment = datetime(2026, 3, 8, 9, 30)  # noqa: DTZ001
    rows = (
        (Decimal("0.5"), 270),
        (date(2026, 3, 8), moment),
        (914105000000000001, Decimal("1.10")),
        (True, None),
    )

    assert texts(written(*rows))[1:] == [
        ["0.5", "270"],
        ["2026-03-08", "2026-03-08 09:30"],
        ["914105000000000001", "1.1"],
        ["是", ""],
    ]


def test_a_coloured_cell_keeps_its_fill() -> None:
    (only,) = read_workbook(written((Cell("重大", "FF0000"), 1)), "a.xlsx").sheets

    assert only.rows[1][0] == Cell("重大", "FF0000")


def test_the_head_stays_in_view_below_a_title() -> None:
    sheet = openpyxl.load_workbook(BytesIO(written(("配电室", 1), title="台账"))).worksheets[0]

    assert (sheet["A1"].value, sheet["A2"].value, sheet.freeze_panes) == ("台账", "风险点", "A3")
    assert str(sheet.merged_cells) == "A1:B1"
    assert sheet.column_dimensions["A"].width == pytest.approx(20, abs=1)
    assert sheet["A2"].font.name == "宋体"


def test_sheet_names_are_made_fit_and_unique() -> None:
    target = BytesIO()
    names = ("风险/清单:一", "风险清单一", "很" * 40, "")
    write_workbook(target, [Table(name, COLUMNS, []) for name in names])

    assert openpyxl.load_workbook(BytesIO(target.getvalue())).sheetnames == [
        "风险清单一",
        "风险清单一(2)",
        "很" * 31,
        "表",
    ]


def test_characters_that_no_workbook_can_hold_are_left_out() -> None:
    assert texts(written(("配电\x00室\x0b", 1)))[1][0] == "配电室"


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=30)


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_any_text_reads_back_the_same_from_csv_and_xlsx(rows: list[tuple[str, str]]) -> None:
    expected = [["风险点", "风险值"], *map(list, rows)]

    assert texts(written(*rows)) == expected
    assert texts(csv_of(*rows)) == expected


def test_rows_are_taken_one_by_one() -> None:
    pieces = write_csv(["号"], ((number,) for number in range(3)))

    assert [next(pieces) for _ in range(3)] == [b"\xef\xbb\xbf", "号\r\n".encode(), b"0\r\n"]
