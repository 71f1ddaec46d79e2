"""Where the tables are: heading rows of one to four lines, their columns, the rows beneath."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.risks.rules.import_ledger.fields import Field, MergeLike, SheetLike
from webapp.risks.rules.import_ledger.lines import (
    is_blank,
    is_headings,
    is_subheadings,
    said,
)
from webapp.risks.rules.import_ledger.synonyms import GROUP
from webapp.risks.rules.import_ledger.words import folded, one_line

Line = tuple[str, ...]

_DEEPEST = 4
_MOST_TABLES = 50
_TITLE_SHARE = 0.7
_LONGEST_GROUP = 20
_LINES_ABOVE = 8
_ABOVE = re.compile(
    r"(风险点|作业活动|工作任务|作业任务|设备名称|设备设施|场所|部位|区域"
    r"|风险单元|单元|车间|所属部门|责任部门|部门|岗位)(?:\([^)]*\))?(?:名称)?\s*[:：]\s*(\S.{0,59}?)?\s*"
    r"(?=$|\s{2,}|\s+\S{2,8}[:：])"
)
_ABOVE_FIELDS = {
    **dict.fromkeys(("风险单元", "单元", "车间"), Field.UNIT),
    **dict.fromkeys(("所属部门", "责任部门", "部门"), Field.DEPARTMENT),
    "岗位": Field.POST,
}


@dataclass(frozen=True)
class Block:
    """One table in a sheet: heading rows, the path of headings over each column, its rows.

    Rows count from 0. ``above`` is what lines over the table say of all its rows.
    """

    sheet: SheetLike
    texts: tuple[Line, ...]
    top: int
    bottom: int
    end: int
    paths: tuple[tuple[str, ...], ...]
    titles: tuple[Line, ...]
    above: dict[Field, str]


def blocks(sheet: SheetLike) -> list[Block]:
    """The tables of a sheet from top to bottom; headings repeated on each page are not new ones."""
    texts = tuple(tuple(cell.text for cell in row) for row in sheet.rows)
    heads: list[tuple[int, int]] = []
    at = 0
    while at < len(texts) and len(heads) < _MOST_TABLES:
        if not is_headings(texts[at]):
            at += 1
            continue
        first = heads[-1] if heads else None
        if first and said(texts[at]) in {said(texts[r]) for r in range(first[0], first[1] + 1)}:
            at += 1
            continue
        top = _extended_up(sheet, texts, at, floor=first[1] + 1 if first else 0)
        bottom = _extended_down(sheet, texts, top, at)
        heads.append((top, bottom))
        at = bottom + 1
    if not heads:
        return []
    ends = [*(top for top, _ in heads[1:]), len(texts)][: len(heads)]
    starts = [0, *(bottom + 1 for _, bottom in heads)][: len(heads)]
    return [
        _block(sheet, texts, head, start=start, end=end)
        for head, start, end in zip(heads, starts, ends, strict=True)
    ]


def _block(
    sheet: SheetLike, texts: tuple[Line, ...], head: tuple[int, int], *, start: int, end: int
) -> Block:
    top, bottom = head
    titles = tuple(
        line for line in texts[max(start, top - _LINES_ABOVE) : top] if not is_blank(line)
    )
    # Lines between two tables belong to the rows of the first; only the topmost have a say.
    above = _said_above(titles) if start == 0 else {}
    return Block(sheet, texts, top, bottom, end, _paths(sheet, texts, top, bottom), titles, above)


def _said_above(titles: Sequence[Line]) -> dict[Field, str]:
    """工作任务：动火作业, in one cell or in two."""
    found: dict[Field, str] = {}
    for line in titles:
        cells = [folded(text) for text in line if text.strip()]
        for cell, after in zip(cells, [*cells[1:], ""], strict=True):
            for name, value in _ABOVE.findall(cell):
                words = value or ("" if re.search(r"[:：]", after) else after)
                if words:
                    found.setdefault(_ABOVE_FIELDS.get(name, Field.POINT), one_line(words))
    return found


def _extended_up(sheet: SheetLike, texts: Sequence[Line], at: int, *, floor: int) -> int:
    """Take in the line of group headings that stands over the line of headings found first."""
    top = at
    while top > floor and at - top < _DEEPEST - 1 and _is_group_line(sheet, texts, top - 1):
        top -= 1
    return top


def _is_group_line(sheet: SheetLike, texts: Sequence[Line], row: int) -> bool:
    cells = list(dict.fromkeys(folded(text) for text in texts[row] if text.strip()))
    if not cells or any(len(text) > _LONGEST_GROUP or re.search(r"[:：]", text) for text in cells):
        return False
    widest = max((m.right - m.left + 1 for m in sheet.merged if m.top == row), default=0)
    if len(cells) == 1 and not 1 < widest < len(texts[row]) * _TITLE_SHARE:
        return False
    return any(GROUP.search(text) for text in cells)


def _extended_down(sheet: SheetLike, texts: Sequence[Line], top: int, at: int) -> int:
    bottom = at
    deepest = min(top + _DEEPEST, len(texts)) - 1
    for merge in sheet.merged:
        if top <= merge.top <= at and texts[merge.top][merge.left].strip():
            bottom = max(bottom, min(merge.bottom, deepest))
    while bottom < deepest and is_subheadings(texts[bottom + 1]):
        bottom += 1
    return bottom


def _paths(
    sheet: SheetLike, texts: Sequence[Line], top: int, bottom: int
) -> tuple[tuple[str, ...], ...]:
    """The headings over each column, from the top down, each said once."""
    head = [list(texts[row]) for row in range(top, bottom + 1)]
    covered = _spread_merges(head, sheet.merged, top, bottom)
    for level, line in enumerate(head[:-1]):
        _spread_groups(line, head[level + 1], {at for row, at in covered if row == level})
    paths = []
    for column in range(len(texts[top])):
        path: list[str] = []
        for line in head:
            text = folded(line[column])
            if text and (not path or path[-1] != text):
                path.append(text)
        paths.append(tuple(path))
    return tuple(paths)


def _spread_merges(
    head: list[list[str]], merged: Sequence[MergeLike], top: int, bottom: int
) -> set[tuple[int, int]]:
    covered = set()
    for merge in merged:
        if merge.bottom < top or merge.top > bottom or merge.top < top:
            continue
        text = head[merge.top - top][merge.left]
        for row in range(merge.top, min(merge.bottom, bottom) + 1):
            for column in range(merge.left, min(merge.right, len(head[0]) - 1) + 1):
                head[row - top][column] = text
                covered.add((row - top, column))
    return covered


def _spread_groups(line: list[str], below: list[str], covered: set[int]) -> None:
    """Without merges (text files), a group reaches right over blanks that have subheadings."""
    for at in range(1, len(line)):
        is_free = at not in covered and at - 1 not in covered
        has_group = line[at - 1].strip() and below[at - 1].strip()
        if is_free and not line[at].strip() and below[at].strip() and has_group:
            line[at] = line[at - 1]
