"""The values a spreadsheet is read into, its limits, and the one way in which reading fails."""

from dataclasses import dataclass
from functools import cached_property

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 150 * 1024 * 1024
MAX_UNPACK_RATIO = 400
MAX_ARCHIVE_ENTRIES = 2_000
MAX_SHEETS = 50
MAX_ROWS = 20_000
MAX_COLUMNS = 256
MAX_CELLS = 1_000_000
MAX_CELL_CHARACTERS = 32_767

SAVE_AS_XLSX = "请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再上传。"


class SpreadsheetRefused(Exception):
    """The file cannot be read; the message says in Chinese why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text as shown, and its fill as `RRGGBB` when it has one of its own."""

    text: str = ""
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows and columns count from 0 and the last ones are included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet; every row has the same number of cells."""

    name: str
    rows: tuple[tuple[Cell, ...], ...] = ()
    merged: tuple[Merge, ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True)
class Workbook:
    """All sheets in the file's order; hidden ones are named but left unread."""

    sheets: tuple[Sheet, ...] = ()

    @cached_property
    def visible(self) -> tuple[Sheet, ...]:
        """The sheets a user sees."""
        return tuple(sheet for sheet in self.sheets if not sheet.is_hidden)


def damaged() -> SpreadsheetRefused:
    """The refusal of a file that is cut off or broken inside."""
    return SpreadsheetRefused(
        "文件不完整或已损坏，无法读取。请在电脑上打开原文件，重新另存为 .xlsx 后再上传。"
    )


def check_extent(name: str, *, rows: int, columns: int) -> None:
    """Refuse a sheet whose used area is beyond the limits, before anything is laid out."""
    if rows > MAX_ROWS:
        raise SpreadsheetRefused(
            f"工作表“{name}”用到了第 {rows} 行，最多读取 {MAX_ROWS} 行。"
            "请删除末尾多余的行，或分成几个文件上传。"
        )
    if columns > MAX_COLUMNS:
        raise SpreadsheetRefused(
            f"工作表“{name}”用到了第 {columns} 列，最多读取 {MAX_COLUMNS} 列。"
            "请删除右侧多余的列后再上传。"
        )
    if rows * columns > MAX_CELLS:
        raise SpreadsheetRefused(
            f"工作表“{name}”有 {rows} 行 {columns} 列，超过 {MAX_CELLS} 个单元格。"
            "请分成几个文件上传。"
        )


def check_characters(name: str, characters: int) -> None:
    """Refuse a sheet whose texts would fill the memory, as one long text in every cell does."""
    if characters > MAX_UNPACKED_BYTES:
        raise SpreadsheetRefused(f"工作表“{name}”的文字过多，不像正常的台账。请分成几个文件上传。")


def check_sheet_count(visible: int) -> None:
    """Refuse a workbook with more visible sheets than anyone reads."""
    if visible > MAX_SHEETS:
        raise SpreadsheetRefused(
            f"文件里有 {visible} 张可见的工作表，最多 {MAX_SHEETS} 张。"
            "请只保留风险清单所在的工作表，或分成几个文件上传。"
        )
