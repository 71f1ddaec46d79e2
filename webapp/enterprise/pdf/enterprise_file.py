"""The one file of an enterprise, bound: cover with contents, every part, and how to check it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from webapp.documents.binding import bind
from webapp.documents.boxes import draw_line
from webapp.documents.flow import Document
from webapp.documents.fonts import Face
from webapp.documents.form_cells import Entry, Label
from webapp.documents.page import A4, MM, Layout, Margins, Running
from webapp.documents.palette import GREY, RISK_CHIPS, risk_chip
from webapp.documents.pen import Align, Pen
from webapp.documents.qr import draw_qr
from webapp.documents.runs import Style
from webapp.documents.table import Column
from webapp.documents.table import Value as CellValue
from webapp.documents.verification import grouped
from webapp.enterprise.rules.file_part import FilePart, PartTable
from webapp.platform.clock import SHANGHAI

TITLE = "企业安全生产档案"
_TITLE = Style(Face.TITLE, size=26, leading=40, align=Align.CENTER)
_NAME = Style(Face.HEI, size=19, leading=30, align=Align.CENTER)
_UNDER = Style(Face.SANS, size=11, leading=20, align=Align.CENTER, color=GREY)
_TEXT = Style(Face.SONG, size=10.5, leading=18, align=Align.JUSTIFY)
_MARGINS = Margins(top=18, right=16, bottom=20, left=16)
_QR_MM = 46


@dataclass(frozen=True, slots=True)
class BoundPart:
    """A part of the file as it is printed."""

    title: str
    part: FilePart


@dataclass(frozen=True, slots=True)
class FilePaper:
    """Everything the bound file holds; `address` is that of the enterprise code, if any."""

    name: str
    uscc: str
    region: str
    address: str
    level: str | None
    grade: str
    parts: tuple[BoundPart, ...]
    chain_position: int
    chain_head: str
    made_by: str
    made_at: datetime

    @property
    def content_hash(self) -> str:
        """SHA-256 of all parts as canonical JSON: the same content, the same digest."""
        parts = [[bound.title, asdict(bound.part)] for bound in self.parts]
        plain = json.dumps(
            [self.uscc, self.name, parts],
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        return hashlib.sha256(plain.encode()).hexdigest()


def enterprise_file(paper: FilePaper) -> bytes:
    """The file as one PDF: an entry in the outline for each part, page numbers throughout."""
    parts = [_part(paper, number, bound) for number, bound in enumerate(paper.parts, start=1)]
    parts.append(_check_page(paper))

    def cover(pages: Sequence[int]) -> Document:
        return _cover(paper, pages)

    return bind(
        parts, cover, title=f"{paper.name}{TITLE}", author=paper.name, subject=TITLE, counted=True
    )


def _layout(paper: FilePaper, head: str) -> Layout:
    running = Running(
        head_left=head,
        head_right=paper.uscc,
        foot_left=paper.name,
        foot_right=f"链头 {paper.chain_head[:12]}",
    )
    return Layout(A4, _MARGINS, running)


def _cover(paper: FilePaper, pages: Sequence[int]) -> Document:
    document = Document(_layout(paper, TITLE), title="封面与目录", author=paper.name)
    document.spacer(8).paragraph(TITLE, _TITLE).spacer(2)
    document.paragraph(paper.name, _NAME)
    document.paragraph(f"统一社会信用代码 {paper.uscc}　{paper.region}", _UNDER)
    if paper.address:
        document.drawing(_QR_MM + 8, lambda pen, x, top, width: _code(pen, x, top, width, paper))
    document.spacer(2).table(
        (Column("序号", 8, Align.CENTER), Column("内容", 52), Column("页码", 12, Align.CENTER)),
        [
            (number, title, page)
            for number, (title, page) in enumerate(
                zip([*(bound.title for bound in paper.parts), "核验说明"], pages, strict=True),
                start=1,
            )
        ],
        size=11,
    )
    made = f"{_moment(paper.made_at)} 生成　审计链第 {paper.chain_position} 条"
    return document.spacer(4).paragraph(made, _UNDER)


def _code(pen: Pen, x: float, top: float, width: float, paper: FilePaper) -> None:
    """The code in the middle with level and grade below."""
    side = _QR_MM * MM
    draw_qr(pen, x + (width - side) / 2, top - side, side, paper.address)
    chip = RISK_CHIPS.get(paper.level or "")
    level = f"企业风险等级：{chip.word}风险" if chip else "企业风险等级：尚未评估"
    words = "　".join(filter(None, (level, paper.grade)))
    style = Style(Face.SANS, size=10.5, align=Align.CENTER)
    draw_line(pen, x + width / 2, top - side - 5 * MM, words, style, width)


def _part(paper: FilePaper, number: int, bound: BoundPart) -> Document:
    heading = f"{number} {bound.title}"
    document = Document(_layout(paper, heading), title=heading, author=paper.name)
    document.heading(heading, 1)
    part = bound.part
    if part.facts:
        document.grid(
            (24, 76),
            [
                (Label(term), Entry("—" if value is None else str(value)))
                for term, value in part.facts
            ],
        ).spacer(4)
    for table in part.tables:
        document.heading(f"{table.caption}（{len(table.rows)}）", 3)
        document.table(_columns(table), [_row(table, row) for row in table.rows])
        document.spacer(3)
    for remark in part.remarks:
        document.paragraph(remark, _TEXT)
    if not (part.facts or part.tables or part.remarks):
        document.paragraph("本部分暂无内容。", _TEXT)
    return document


def _plain(value: str | int | None) -> str:
    return "—" if value in (None, "") else str(value)


def _columns(table: PartTable) -> list[Column]:
    widths = table.widths or (1.0,) * len(table.columns)
    return [
        Column(title, width, Align.CENTER if index == table.levels else Align.LEFT)
        for index, (title, width) in enumerate(zip(table.columns, widths, strict=True))
    ]


def _row(table: PartTable, row: Sequence[str | int | None]) -> list[CellValue]:
    return [
        risk_chip(str(value)) if index == table.levels and value in RISK_CHIPS else _plain(value)
        for index, value in enumerate(row)
    ]


def _check_page(paper: FilePaper) -> Document:
    document = Document(_layout(paper, "核验说明"), title="核验说明", author=paper.name)
    document.heading("核验说明", 1)
    document.grid(
        (24, 76),
        [
            (Label("生成时间"), Entry(_moment(paper.made_at))),
            (Label("生成人"), Entry(paper.made_by)),
            (Label("审计链位置"), Entry(f"第 {paper.chain_position} 条")),
            (Label("审计链头"), Entry(paper.chain_head or "—")),
            (Label("内容摘要"), Entry(f"SHA-256　{paper.content_hash}")),
            (Label("摘要缩写"), Entry(grouped(paper.content_hash))),
        ],
    )
    return document.spacer(4).paragraph(
        "审计链按时间顺序记录本企业档案的每次变更，每条记录含上一条的摘要。以后任何一条被改动，"
        "链头即不一致。将上列链头与平台当时位置的记录比对，可以证明本档案生成前的记录未被改动。",
        _TEXT,
    )


def _moment(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
