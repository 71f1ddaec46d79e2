"""Codes of many enterprises on A4 sheets, to be cut into labels: code, name, credit code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from webapp.documents.fonts import Face
from webapp.documents.page import A4, MM
from webapp.documents.palette import GREY, HAIR, INK
from webapp.documents.pen import Align, Pen, Word
from webapp.documents.qr import CodeStencil
from webapp.documents.typesetting.kinsoku import wrap_evenly
from webapp.documents.typesetting.metrics import metrics

_COLUMNS, _ROWS = 4, 6
PER_SHEET = _COLUMNS * _ROWS
_SIDE_EDGE, _TOP, _FOOT = 8 * MM, 14 * MM, 12 * MM
_WIDTH = (A4.width - 2 * _SIDE_EDGE) / _COLUMNS
_HEIGHT = (A4.height - _TOP - _FOOT) / _ROWS
_CODE = 32 * MM
_NAME, _SMALL = 7.6, 6.2
_LEADING = 9.2
_MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class SheetCode:
    """One label; `address` is what the code holds."""

    name: str
    uscc: str
    address: str


def code_sheet(codes: Sequence[SheetCode], region: str, printed_on: date) -> bytes:
    """The sheets as one PDF, the codes in the order given."""
    pen = Pen(A4, title=f"{region}企业码", author="安企码", subject="安全生产企业码")
    pen.begin_part(A4)
    stencil = CodeStencil()
    starts = range(0, max(len(codes), 1), PER_SHEET)
    sheets = [codes[start : start + PER_SHEET] for start in starts]
    for number, labels in enumerate(sheets, 1):
        if number > 1:
            pen.next_page()
        _running(pen, f"{region}企业码　共 {len(codes)} 家", number, len(sheets), printed_on)
        _cuts(pen)
        words: list[Word] = []
        for at, label in enumerate(labels):
            row, column = divmod(at, _COLUMNS)
            left = _SIDE_EDGE + column * _WIDTH
            top = A4.height - _TOP - row * _HEIGHT
            code_x = left + (_WIDTH - _CODE) / 2
            stencil.draw(pen, code_x, top - 1 * MM - _CODE, _CODE, label.address)
            words += _words(label, left + _WIDTH / 2, top - 1 * MM - _CODE)
        pen.words(words)
    pen.end_part(len(sheets))
    return pen.finish()


def _words(label: SheetCode, middle: float, y: float) -> Iterable[Word]:
    lines = wrap_evenly(label.name, Face.HEI, _NAME, _WIDTH - 4 * MM)[:_MOST_LINES]
    for line in lines:
        y -= _LEADING
        half = metrics(Face.HEI).width(line) * _NAME / 2
        yield Word(middle - half, y, line, Face.HEI, _NAME, INK)
    half = metrics(Face.SANS).width(label.uscc) * _SMALL / 2
    yield Word(middle - half, y - _LEADING, label.uscc, Face.SANS, _SMALL, GREY)


def _cuts(pen: Pen) -> None:
    right, top = A4.width - _SIDE_EDGE, A4.height - _TOP
    across = [(_SIDE_EDGE, top - n * _HEIGHT, right, top - n * _HEIGHT) for n in range(_ROWS + 1)]
    down = [
        (_SIDE_EDGE + n * _WIDTH, top, _SIDE_EDGE + n * _WIDTH, _FOOT) for n in range(_COLUMNS + 1)
    ]
    pen.lines([*across, *down], 0.3, HAIR)


def _running(pen: Pen, words: str, number: int, total: int, day: date) -> None:
    pen.text(_SIDE_EDGE, A4.height - 9 * MM, words, Face.SANS, 8.5, color=GREY)
    said = f"{day.year}年{day.month}月{day.day}日印制　共 {total} 页　第 {number} 页"
    right = A4.width - _SIDE_EDGE
    pen.text(right, A4.height - 9 * MM, said, Face.SANS, 8.5, color=GREY, align=Align.RIGHT)
    note = "沿线裁开，贴在企业大门、值班室等醒目位置；扫码看风险公告，发现隐患拨打 12350。"
    pen.text(_SIDE_EDGE, 6 * MM, note, Face.SANS, 8, color=GREY)
