"""Which sheets and tables of a workbook are the ledger: covers, notes and method tables are not."""

import re
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from typing import TypeAlias

from webapp.risks.rules.import_ledger.fields import MEASURES, Field, SheetLike
from webapp.risks.rules.import_ledger.layout import Block, blocks
from webapp.risks.rules.import_ledger.mapping import Mapping, mapped
from webapp.risks.rules.import_ledger.values import number
from webapp.risks.rules.import_ledger.words import is_nothing

_NEVER_A_LEDGER = re.compile(
    r"封面|封皮|目录|(填表|填写|填报|编制|使用)?说明$|字典|下拉|数据源|数据验证|取值|赋值|示例|样例|样表"
    r"|(评价|评估|判定|判断|分级)(方法|标准|准则|依据)|准则|对照"
)
Corrections: TypeAlias = Dictionary[str, Dictionary[int, Field]]

_SAMPLED_ROWS = 200
_PLACES = {Field.POINT, Field.PLACE, Field.ACTIVITY, Field.STEP, Field.UNIT, Field.POST}
_GRADES = {Field.LEVEL, Field.VALUE, Field.LIKELIHOOD, Field.COLOUR}


def ledger_blocks(
    sheets: Iterable[SheetLike], corrections: Corrections
) -> list[tuple[Block, Mapping]]:
    """The ledger's tables in reading order, each with its mapping: corrected or proposed.

    Where some tables name hazard sources, those without (lists of points, of activities, check
    lists) belong to something else.
    """
    shown = [sheet for sheet in sheets if not sheet.is_hidden]
    likely = [sheet for sheet in shown if not _NEVER_A_LEDGER.search(sheet.name.strip())]
    found = _tables(likely, corrections) or _tables(shown, corrections)
    with_sources = [pair for pair in found if Field.HAZARD_SOURCE in pair[1].fields]
    return with_sources or found


def _tables(sheets: Iterable[SheetLike], corrections: Corrections) -> list[tuple[Block, Mapping]]:
    found = []
    for block in (block for sheet in sheets for block in blocks(sheet)):
        mapping = proposed(block)
        columns = corrections.get(mapping.fingerprint)
        if columns is not None:
            found.append((block, mapping.corrected(columns)))
        elif _is_ledger(mapping):
            found.append((block, mapping))
    return found


def _is_ledger(mapping: Mapping) -> bool:
    """Whether headings speak of risks; a table of grades and measures may be mapped by hand."""
    fields = mapping.fields
    is_graded = bool(fields & _GRADES)
    if Field.HAZARD_SOURCE in fields:
        return is_graded or bool(fields & _PLACES)
    return is_graded and bool(fields & (_PLACES | set(MEASURES)))


def proposed(block: Block) -> Mapping:
    """The mapping that a table's headings and contents propose."""

    def share_of_numbers(column: int) -> float | None:
        rows = block.texts[block.bottom + 1 : block.end][:_SAMPLED_ROWS]
        said = [row[column] for row in rows if not is_nothing(row[column])]
        return sum(number(text) is not None for text in said) / len(said) if said else None

    return mapped(block.paths, share_of_numbers, has_point_above=Field.POINT in block.above)
