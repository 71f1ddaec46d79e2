"""Whatever a ledger holds: out and in again unchanged, it changes nothing."""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from uuid import UUID

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.risks.drafts import lec
from tests.risks.round_trips import NOW, with_cells
from webapp.platform.spreadsheets.reader import read_workbook
from webapp.risks.pdf.workbook import ledger_workbook
from webapp.risks.rules.assignment import Directory
from webapp.risks.rules.drafts import MeasureDraft
from webapp.risks.rules.ledger_sheet import SheetRow, SheetSide, columns_by_key, sheet_columns
from webapp.risks.rules.round_trip.comparison import ComparedRow, compared
from webapp.risks.rules.round_trip.file_rows import LedgerFile, ledger_file
from webapp.risks.rules.round_trip.standing import Standing
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, RiskLevel

ENTERPRISE = UUID(int=7)
ODD = (
    "=1+1",
    "'=1+1",
    "＝SUM(A1)",
    "+86 138",
    "-5",
    "@now",
    "\t前有制表",
    "两行\n第二行；\n第三行",
    "回车\r\n换行",
    "１２３．５",
    "0012",
    "1E5",
    "TRUE",
    "2026-11-25",
    " 前后有空格 ",
    "　全角空格　",
    "_x000D_",
    "_x005F_x000D_",
    "含\x00控制\x1f字符",
    "emoji 🔥🧯",
    "长" * 2000,
    "#REF!",
    "/",
    "无",
    "同上",
    "合计",
    "\ufeff",
    "a\u2028b",
    "''''",
    "",
)
texts = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=40),
    st.lists(st.sampled_from(ODD), max_size=3).map("\n".join),
)
kinds = st.dictionaries(
    st.sampled_from(MeasureCategory), st.lists(texts, min_size=1, max_size=3).map(tuple)
)


def side(level: RiskLevel, code: str) -> SheetSide:
    if code == "stated":
        return SheetSide("stated", {}, None, level)
    return SheetSide("lec", lec("0.1", "6", "15"), Decimal("9"), level)


@st.composite
def rows(draw: st.DrawFn, number: int) -> SheetRow:
    said = {
        name: draw(texts)
        for name in (
            *("unit", "point", "place", "activity", "step", "hazard_source", "description"),
            *("consequence", "department", "owner", "post", "remark"),
        )
    }
    code = draw(st.sampled_from(["lec", "stated"]))
    return SheetRow(
        number=number,
        point_kind=draw(st.sampled_from(["place", "equipment", "activity"])),
        accident_types=tuple(draw(st.lists(st.sampled_from(["01", "05", "18"]), unique=True))),
        inherent=side(RiskLevel.MAJOR, code),
        residual=side(draw(st.sampled_from(RiskLevel)), code),
        measures=draw(kinds),
        control_level=draw(st.sampled_from(ControlLevel)),
        frequency=draw(st.sampled_from(["", "每班", "每月"])),
        id=UUID(int=number),
        version=draw(st.integers(1, 10_000)),
        **said,
    )


ledgers = st.integers(1, 4).flatmap(
    lambda count: st.tuples(*(rows(number) for number in range(1, count + 1)))
)


def standing(row: SheetRow) -> Standing:
    measures = tuple(
        MeasureDraft(kind, text, ControlLevel.POST, id=UUID(int=at))
        for kind, said in row.measures.items()
        for at, text in enumerate(said, 1)
    )
    return Standing(row, None, None, "", measures)


def read_back(data: bytes) -> LedgerFile:
    file = ledger_file(read_workbook(data, "清单.xlsx").sheets)
    assert file is not None
    return file


def against(data: bytes, ledger: tuple[SheetRow, ...]) -> tuple[ComparedRow, ...]:
    present: Mapping[UUID, Standing] = {row.id: standing(row) for row in ledger if row.id}
    return compared(read_back(data), present, Directory([], [], []), {}).rows


@settings(max_examples=40, deadline=None)
@given(ledgers)
def test_out_and_in_again_changes_nothing(ledger: tuple[SheetRow, ...]):
    file = read_back(ledger_workbook(ledger, ENTERPRISE, at=NOW))

    assert len(file.rows) == len(ledger)
    assert against(ledger_workbook(ledger, ENTERPRISE, at=NOW), ledger) == ()


@settings(max_examples=20, deadline=None)
@given(ledgers)
def test_saved_by_another_program_it_changes_nothing_either(ledger: tuple[SheetRow, ...]):
    data = with_cells(ledger_workbook(ledger, ENTERPRISE, at=NOW), {})

    assert against(data, ledger) == ()


@settings(max_examples=20, deadline=None)
@given(ledgers, st.sampled_from(["事故后果", "备注", "作业活动"]), st.text("改后的话", min_size=1))
def test_one_changed_cell_is_the_only_change(ledger: tuple[SheetRow, ...], heading: str, text: str):
    data = with_cells(ledger_workbook(ledger, ENTERPRISE, at=NOW), {2: {heading: f"{text}（新）"}})

    (row,) = against(data, ledger)

    asked = [cell for cell in row.cells if cell.cause == "asked"]
    assert [columns_by_key()[cell.key].heading for cell in asked] == [heading]


@settings(max_examples=20, deadline=None)
@given(ledgers)
def test_no_cell_of_an_exported_ledger_is_a_formula(ledger: tuple[SheetRow, ...]):
    data = ledger_workbook(ledger, ENTERPRISE, at=NOW)
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]

    assert not [cell for cells in sheet.rows for cell in cells if cell.data_type == "f"]
    assert sheet.max_column == len(sheet_columns(ledger)) + 1
