"""What lies between two versions of a ledger, as a paper people can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from webapp.documents.flow import Document
from webapp.documents.fonts import Face
from webapp.documents.page import A4, LEDGER, Layout, Running
from webapp.documents.pen import Align
from webapp.documents.runs import Style
from webapp.documents.table import COVERED, Cell, Column, Value
from webapp.platform.clock import SHANGHAI
from webapp.risks.rules.ledger_versions import Difference, RowChange

TITLE = "风险分级管控清单修订对照表"
_TITLE = Style(Face.TITLE, size=20, leading=28, align=Align.CENTER)
_PLAIN = Style(Face.SANS, size=10.5, leading=16)
_HEAD = Style(Face.HEI, size=12, leading=22)


@dataclass(frozen=True, slots=True)
class DifferencePaper:
    """Whose ledgers are compared, and their names."""

    enterprise: str
    before: str
    after: str
    difference: Difference
    printed_by: str
    printed_at: datetime


def difference_pdf(paper: DifferencePaper) -> bytes:
    """The difference as a PDF: what was added, removed and changed, each with its number."""
    printed = f"{paper.printed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {paper.printed_by} 导出"
    layout = Layout(
        A4.landscape,
        LEDGER,
        Running(head_left=f"{paper.enterprise}　{TITLE}", foot_right=printed),
    )
    found = paper.difference
    document = Document(layout, title=TITLE, author=paper.enterprise)
    document.paragraph(TITLE, _TITLE)
    document.paragraph(
        f"单位：{paper.enterprise}　　对照：{paper.before} → {paper.after}　　"
        f"新增 {len(found.added)} 条，修改 {len(found.changed)} 条，移出 {len(found.removed)} 条",
        _PLAIN,
    )
    if found.is_none:
        document.paragraph("两版内容相同。", _PLAIN)
    _rows(document, "新增", found.added)
    if found.changed:
        document.paragraph("修改", _HEAD)
        document.table(
            [
                Column("编号", 18, Align.CENTER),
                Column("风险点", 40),
                Column("修改的内容", 32),
                Column("修改前", 85),
                Column("修改后", 85),
            ],
            _changes(found.changed),
            size=9,
        )
    _rows(document, "移出", found.removed)
    return document.build()


def _rows(document: Document, title: str, rows: tuple[RowChange, ...]) -> None:
    if not rows:
        return
    document.paragraph(title, _HEAD)
    document.table(
        [Column("编号", 18, Align.CENTER), Column("风险点", 60), Column("风险事件", 182)],
        ([row.number_words, row.point, row.description] for row in rows),
        size=9,
    )


def _changes(rows: tuple[RowChange, ...]) -> Iterator[list[Value]]:
    for row in rows:
        for at, field in enumerate(row.fields):
            head: list[Value] = (
                [
                    Cell(row.number_words, rows=len(row.fields)),
                    Cell(row.point, rows=len(row.fields)),
                ]
                if at == 0
                else [COVERED, COVERED]
            )
            yield [*head, field.label, field.before or "（空）", field.after or "（空）"]
