"""责令限期整改指令书: what is wrong, by when it must be right, and where to turn against it."""

from webapp.documents.official import (
    copies_line,
    official_body,
    official_ending,
    official_items,
    seal_and_date,
    two_officers_signature,
    unit_signature,
)
from webapp.inspection.pdf.parts import Paper, begun, closed, references, rich


def rectification_order(paper: Paper) -> bytes:
    """The order as PDF."""
    content = paper.content
    document = begun(paper)
    document.add(*official_body(content["enterprise"], [rich(content["opening"])]))
    document.add(*official_items([item["text"] for item in content["items"]]))
    fixed = (*content["order"], content["safety"])
    document.add(*official_body("", [rich(paragraph) for paragraph in fixed]))
    document.add(official_ending(rich(content["remedy"])))
    document.add(two_officers_signature(paper.officers()), unit_signature(paper.unit))
    document.add(seal_and_date(content["agency"], paper.dated), copies_line(content["agency"]))
    return closed(document, paper, references(content))
