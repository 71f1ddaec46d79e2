"""What a line of a sheet is, judged by its texts alone: heading, numbering, total, footer."""

import re
from collections.abc import Sequence
from itertools import islice

from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.import_ledger.headings import SURE, candidates
from webapp.risks.rules.import_ledger.synonyms import GENERIC
from webapp.risks.rules.import_ledger.words import folded, heading_words, squeezed

_LONGEST_CELL = 60
_LEAST_HEADINGS = 3
_LEAST_SHARE = 0.5
_LEAST_SUBHEADINGS = 2
_SUBHEADING_WEIGHT = 0.5
_TOTAL = re.compile(r"(本页|本单元|本表|全部)?(小计|合计|总计|共计|累计)([:：].*|\d.*)?")
_SIGNATURE = re.compile(
    r"(编制|编写|制表|填表|填报|审核|审批|批准|审定|复核|校核|校对|签字|签名|盖章|公章|签章|日期|时间"
    r"|(分析|评价|辨识|评估|记录|参加|参与|生效|发布|更新|修订|主要负责|单位负责|安全负责|部门负责"
    r"|企业负责|单位|企业)(人|组|者|日期|时间|部门|签|\(?盖章|\(?公章))"
    r"(人|人员|成员|者|部门|单位|时间|日期|小组|组|长|签字|签名|盖章|名|字|章|\(.*?\)|\))*[:：].*"
)
_NOTE = re.compile(r"(注|备注|说明|填表说明|注意|注释|注解)\d?[:：.、].*", re.DOTALL)
_PAGE = re.compile(r"第?\d+页.{0,3}共?\d+页|第\d+页|\d+/\d+页?|PAGE\d+(OF\d+)?")
_NUMBER = re.compile(r"[(<]?(\d{1,2})[)>.]?")
_CIRCLED = {chr(0x2460 + at): at + 1 for at in range(20)}
_MOST_SIGNED_CELLS = 8
_FEW_CELLS = 3
_LEAST_NUMBERS = 3


def is_blank(texts: Sequence[str]) -> bool:
    """Whether no cell of the line says anything."""
    return not any(text.strip() for text in texts)


def is_headings(texts: Sequence[str]) -> bool:
    """Whether a line consists of headings: three fields at least, and half of its cells."""
    cells = list(dict.fromkeys(text for text in texts if text.strip()))
    if len(cells) < _LEAST_HEADINGS:
        return False
    most_strangers = len(cells) * (1 - _LEAST_SHARE)
    found: set[Field] = set()
    strangers = 0
    for text in cells:
        fields = candidates((text,)) if len(text) <= _LONGEST_CELL else ()
        if fields and fields[0][1] >= SURE:
            found.add(fields[0][0])
        else:
            strangers += 1
            if strangers > most_strangers:
                return False
    return len(found) >= _LEAST_HEADINGS


def is_subheadings(texts: Sequence[str]) -> bool:
    """Whether a line below headings only divides them: L, E, C, D; 工程技术, 管理 …"""
    cells = [text for text in texts if text.strip()]
    return len(cells) >= _LEAST_SUBHEADINGS and all(
        len(text) <= _LONGEST_CELL
        and (
            heading_words(text)[0] in GENERIC
            or any(weight >= _SUBHEADING_WEIGHT for _, weight in candidates((text,)))
        )
        for text in cells
    )


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether a line only counts the columns: 1 2 3 …, (1) (2) …, ① ② …=③×④."""
    cells = [text.strip() for text in texts if text.strip()]
    first = _counted(cells[0]) if len(cells) >= _LEAST_NUMBERS else None
    if first is None:
        return False
    return all(_counted(cell) == at for at, cell in enumerate(cells, start=first))


def _counted(cell: str) -> int | None:
    if cell[0] in _CIRCLED:
        return _CIRCLED[cell[0]]
    match = _NUMBER.fullmatch(folded(cell))
    return int(match[1]) if match else None


def is_total(texts: Sequence[str]) -> bool:
    """Whether a line sums up: 小计, 合计, 共计 12 项."""
    first = islice((text for text in texts if text.strip()), 2)
    return any(len(text) <= _LONGEST_CELL and _TOTAL.fullmatch(squeezed(text)) for text in first)


def is_footer(texts: Sequence[str]) -> bool:
    """Whether a line signs, dates, explains or counts pages."""
    distinct = dict.fromkeys(text for text in texts if text.strip())
    if not distinct or len(distinct) > _MOST_SIGNED_CELLS:
        return False
    cells = list(dict.fromkeys(squeezed(text) for text in distinct))
    if _NOTE.fullmatch(cells[0]) and len(cells) == 1:
        return True
    if all(_PAGE.fullmatch(cell) for cell in cells):
        return True
    signing = cells if len(cells) <= _FEW_CELLS else cells[:1]
    return any(_SIGNATURE.fullmatch(cell) for cell in signing)


def said(texts: Sequence[str]) -> tuple[str, ...]:
    """What a line says in order, blanks and empty cells aside, to compare lines by."""
    return tuple(squeezed(text) for text in texts if text.strip())
