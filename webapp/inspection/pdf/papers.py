"""Which function sets which kind of paper."""

from collections.abc import Callable, Mapping

from webapp.inspection.pdf.inspection_record import inspection_record
from webapp.inspection.pdf.parts import Paper
from webapp.inspection.pdf.rectification_order import rectification_order
from webapp.inspection.pdf.reinspection_opinion import reinspection_opinion
from webapp.inspection.rules.enforcement import DocumentKind

_PAPERS: Mapping[DocumentKind, Callable[[Paper], bytes]] = {
    DocumentKind.INSPECTION_RECORD: inspection_record,
    DocumentKind.RECTIFICATION_ORDER: rectification_order,
    DocumentKind.REINSPECTION_OPINION: reinspection_opinion,
}


def pdf_of(paper: Paper) -> bytes:
    """The paper as PDF; a draft has neither number nor verification block."""
    return _PAPERS[DocumentKind(paper.content["form"])](paper)
