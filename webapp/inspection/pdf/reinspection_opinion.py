"""整改复查意见书: what became of an order, item by item."""

from webapp.documents.blocks import Paragraph
from webapp.documents.official import (
    OFFICIAL_BODY,
    copies_line,
    official_body,
    seal_and_date,
    two_officers_signature,
    unit_signature,
)
from webapp.documents.runs import bold, kai
from webapp.inspection.pdf.parts import Content, Paper, begun, closed, references, rich

UNIT_LABEL = "被复查单位负责人（签名）："


def reinspection_opinion(paper: Paper) -> bytes:
    """The opinion as PDF."""
    content = paper.content
    document = begun(paper)
    document.add(*official_body(content["enterprise"], [rich(content["opening"])]))
    document.add(*_items(content))
    document.add(unit_signature(paper.unit, UNIT_LABEL), two_officers_signature(paper.officers()))
    document.add(
        seal_and_date(content["agency"], paper.dated),
        copies_line(content["agency"], "被复查单位"),
    )
    return closed(document, paper, references(content))


def _items(content: Content) -> list[Paragraph]:
    return [
        Paragraph(
            [kai(f"{item['number']}．{item['text']}"), bold(f"复查意见：{item['opinion']}")],
            OFFICIAL_BODY,
        )
        for item in content["items"]
    ]
