"""现场检查记录: the ruled form, the account in its box, and the same hands on every page."""

from webapp.documents.blocks import Paragraph, Spacer
from webapp.documents.boxed import Boxed, SignedPart
from webapp.documents.fonts import Face
from webapp.documents.form_grid import Entry, FormCell, FormGrid, Label
from webapp.documents.pen import Align
from webapp.documents.runs import Style, bold, kai
from webapp.documents.signature import Refusal
from webapp.documents.table import Column, Table
from webapp.documents.typesetting.slices import Block
from webapp.inspection.pdf.parts import SIGNED_NOTE, Content, Paper, begun, closed, references, rich

BODY = Style(Face.SONG, size=13, leading=23, indent=2)
FLUSH = Style(Face.HEI, size=13, leading=25, align=Align.LEFT)
LABELS = 20
# 法定代表人（负责人） is a row of three pairs; the shares are of the whole width.
WIDTHS = (LABELS, 20, 11, 20, 17, 24)
SIGNED_AS = ("检查人员（签名）：", "被检查单位现场负责人（签名）：")


def inspection_record(paper: Paper) -> bytes:
    """The record as PDF."""
    content = paper.content
    document = begun(paper)
    document.add(FormGrid(WIDTHS, _rows(content), is_open=True))
    document.add(Boxed(tuple(_blocks(content)), _strip(paper)))
    return closed(document, paper, (SIGNED_NOTE, *references(content)))


def _rows(content: Content) -> list[list[FormCell]]:
    across = len(WIDTHS) - 1
    return [
        [Label("被检查单位"), Entry(content["enterprise"], columns=across)],
        [Label("地　　址"), Entry(content["address"], columns=across)],
        [
            Label("法定代表人（负责人）"),
            Entry(content["principal"]),
            Label("职务"),
            Entry("主要负责人"),
            Label("联系电话"),
            Entry(content["phone"]),
        ],
        [Label("检查场所"), Entry(content["places"], columns=across)],
        [Label("检查时间"), Entry(content["time"], columns=across)],
    ]


def _blocks(content: Content) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(rich(content["opening"]), BODY),
        Paragraph(bold("检查情况："), FLUSH, keeps=True),
        *(Paragraph(kai(line), BODY) for line in content["situation"]),
        *_findings(content),
        Paragraph(kai("以下空白。"), BODY),
    ]
    if content.get("refusal"):
        blocks.append(Paragraph(kai(content["refusal"]), BODY))
    if content["photos"]:
        blocks += [Spacer(2), *_photos(content)]
    return blocks


def _findings(content: Content) -> list[Block]:
    if not content["findings"]:
        return [Paragraph(kai("本次检查未发现问题。"), BODY)]
    blocks: list[Block] = [Paragraph(kai("检查发现以下问题："), BODY, keeps=True)]
    for each in content["findings"]:
        text = f"{each['number']}．{each['text']}处理：{each['disposition']}。"
        blocks.append(Paragraph(kai(text), BODY))
    return blocks


def _photos(content: Content) -> list[Block]:
    columns = [
        Column("编号", 10),
        Column("内容", 48, align=Align.LEFT),
        Column("拍摄时间", 24),
        Column("文件摘要", 18),
    ]
    rows = [
        (
            photo["number"],
            photo["words"],
            photo["taken"],
            f"{photo['sha256'][:4]}…{photo['sha256'][-2:]}",
        )
        for photo in content["photos"]
    ]
    return [Paragraph(bold("附：现场照片目录"), FLUSH, keeps=True), Table(columns, rows, size=10)]


def _short(digest: str) -> str:
    return f"{digest[:4]}…{digest[-2:]}"


def _strip(paper: Paper) -> tuple[SignedPart, ...]:
    officers, unit_label = SIGNED_AS
    unit = paper.unit
    refused = isinstance(unit, Refusal)
    return (
        SignedPart(officers, paper.hands.officers, share=1.22),
        SignedPart(
            unit_label,
            () if isinstance(unit, Refusal) else (unit,),
            on=paper.dated,
            remark="拒绝签名，原因见记录" if refused else "",
        ),
    )
