"""Responsibility lists on paper: of one post, and of all posts bound together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from webapp.documents.binding import bind
from webapp.documents.flow import Document
from webapp.documents.fonts import Face
from webapp.documents.form_cells import Entry, Label
from webapp.documents.form_grid import FormCell
from webapp.documents.page import A4, MM, Layout, Margins, Running
from webapp.documents.palette import GREY
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Style
from webapp.documents.signature import Signature
from webapp.documents.table import Column
from webapp.enterprise.queries.responsibilities import DutyList, SignedBy
from webapp.platform.clock import local_date

TITLE = "岗位安全生产责任清单"
BASIS = "依据《中华人民共和国安全生产法》第二十二条编制，在本单位公示并按年度复审。"
_TITLE = Style(Face.TITLE, size=20, leading=30, align=Align.CENTER)
_UNDER = Style(Face.SANS, size=10, leading=18, align=Align.CENTER, color=GREY)
_SMALL = Style(Face.SANS, size=8.5, leading=13, align=Align.LEFT, color=GREY)
_COLUMNS = (
    Column("序号", 6, Align.CENTER),
    Column("安全职责", 34),
    Column("频次", 12),
    Column("工作标准", 24),
    Column("考核标准", 24),
    Column("依据", 16),
)
_PER_ROW = 3
_ROW_MM = 26


@dataclass(frozen=True, slots=True)
class ListPaper:
    """One list with the pictures of its signatures by file."""

    enterprise: str
    duties: DutyList
    holders: tuple[str, ...]
    pictures: Mapping[UUID, bytes]


def responsibility_list(paper: ListPaper) -> bytes:
    """The list of one post."""
    return _document(paper).build()


def responsibility_lists(enterprise: str, papers: Sequence[ListPaper]) -> bytes:
    """All lists in force in one file with a table of contents."""
    parts = [_document(paper) for paper in papers]
    title = f"{enterprise}全员安全生产责任清单"

    def contents(pages: Sequence[int]) -> Document:
        return _contents(enterprise, papers, pages)

    return bind(parts, contents, title=title, author=enterprise, counted=True)


def _document(paper: ListPaper) -> Document:
    found = paper.duties
    running = Running(
        head_left=f"{TITLE}（续页）",
        head_right=found.post_name,
        foot_left=paper.enterprise,
        foot_right=f"第 {found.edition} 版",
    )
    document = Document(
        Layout(A4, Margins(top=18, right=16, bottom=20, left=16), running),
        title=f"{found.post_name}安全生产责任清单",
        author=paper.enterprise,
    )
    document.paragraph(TITLE, _TITLE).paragraph(paper.enterprise, _UNDER, after=6)
    document.grid((14, 36, 14, 36), _facts(paper)).spacer(4)
    document.table(
        _COLUMNS,
        [
            (n, d.duty, d.frequency, d.work_standard, d.assessment, d.source)
            for n, d in enumerate(found.duties, start=1)
        ],
    )
    document.spacer(3).paragraph(BASIS, _SMALL)
    return _with_signatures(document, paper)


def _facts(paper: ListPaper) -> Sequence[Sequence[FormCell]]:
    found = paper.duties
    approved = f"{found.approver} {_day(found.published_at)}".strip()
    return (
        (
            Label("岗位"),
            Entry(found.post_name),
            Label("所属部门"),
            Entry(found.department_name or "—"),
        ),
        (
            Label("岗位类别"),
            Entry(found.kind.words),
            Label("任职人员"),
            Entry("、".join(paper.holders) or "（空缺）"),
        ),
        (
            Label("批准公示"),
            Entry(approved or found.state.words),
            Label("复审期限"),
            Entry(_day(found.review_by)),
        ),
    )


def _with_signatures(document: Document, paper: ListPaper) -> Document:
    signed = paper.duties.signatures
    document.heading("任职人员签收", 3)
    if not signed:
        return document.paragraph("尚无人签收。", _SMALL)
    for start in range(0, len(signed), _PER_ROW):
        row = signed[start : start + _PER_ROW]
        document.drawing(_ROW_MM, _row_drawer(row, paper.pictures))
    return document


def _row_drawer(
    row: Sequence[SignedBy], pictures: Mapping[UUID, bytes]
) -> Callable[[Pen, float, float, float], None]:
    """Draws one row of signatures, each above name and day."""

    def draw(pen: Pen, left: float, top: float, width: float) -> None:
        cell = width / _PER_ROW
        for index, each in enumerate(row):
            x = left + index * cell
            drawn = Signature(png=pictures.get(each.file_id, b""))
            drawn.draw(pen, x + 2 * MM, top - 16 * MM, cell - 8 * MM, 14 * MM)
            pen.lines([(x, top - 17 * MM, x + cell - 6 * MM, top - 17 * MM)], 0.4, GREY)
            words = f"{each.name}　{_day(each.signed_at)}"
            pen.text(x, top - 21.5 * MM, words, Face.SANS, 8.5)

    return draw


def _contents(enterprise: str, papers: Sequence[ListPaper], pages: Sequence[int]) -> Document:
    document = Document(
        Layout(A4, running=Running(foot_left=enterprise)), title="目录", author=enterprise
    )
    document.paragraph("全员安全生产责任清单", _TITLE).paragraph(enterprise, _UNDER, after=10)
    return document.table(
        (
            Column("序号", 6, Align.CENTER),
            Column("岗位", 30),
            Column("所属部门", 30),
            Column("版次", 8, Align.CENTER),
            Column("签收", 12, Align.CENTER),
            Column("页码", 8, Align.CENTER),
        ),
        [
            (
                n,
                paper.duties.post_name,
                paper.duties.department_name,
                paper.duties.edition,
                f"{len(paper.duties.signatures)} / {len(paper.holders)}",
                page,
            )
            for n, (paper, page) in enumerate(zip(papers, pages, strict=True), start=1)
        ],
        size=10,
    )


def _day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    day = local_date(value) if isinstance(value, datetime) else value
    return f"{day.year}年{day.month}月{day.day}日"
