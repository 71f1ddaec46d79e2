"""What ReportLab does late or slowly for long documents: packing pages, finding glyphs' codes."""

import zlib
from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream

from webapp.documents.fonts import Face
from webapp.documents.typesetting.metrics import Metrics

Run = tuple[str, str]

_SHORT = 12
"""Cells of a few characters come again and again; longer ones seldom do."""
_MOST_KEPT = 4_096


def pack_last_page(document: Any) -> None:
    """Compress the page just closed now instead of when the document is saved.

    A long ledger's pages would lie in memory ten times as large until then.
    """
    page = document.Pages.pages[-1]
    if not page.stream:
        return
    packed = zlib.compress(page.stream.encode())
    filters = PDFDictionary({"Filter": PDFArray([PDFName("FlateDecode")])})
    page.Contents = PDFStream(filters, packed)
    page.stream = None


class Codes:
    """Where a document's embedded subsets keep each character; asked again, from memory."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._faces: dict[Face, _Characters] = {}
        self._short: dict[tuple[Face, str], list[Run]] = {}

    def runs(self, text: str, set_in: Metrics) -> Sequence[Run]:
        """The text as stretches of one subset: its name in the document, and codes as digits."""
        if len(text) > _SHORT:
            return self._runs(text, set_in)
        key = (set_in.face, text)
        found = self._short.get(key)
        if found is None:
            if len(self._short) >= _MOST_KEPT:
                self._short.clear()
            found = self._short[key] = self._runs(text, set_in)
        return found

    def _runs(self, text: str, set_in: Metrics) -> list[Run]:
        runs: list[Run] = []
        whole = [(text, set_in.face)] if set_in.covers(text) else set_in.pieces(text)
        for shown, face in whole:
            characters = self._of(face)
            current = ""
            digits: list[str] = []
            for character in shown:
                subset, code = characters[character]
                if subset != current:
                    if digits:
                        runs.append((current, "".join(digits)))
                    current, digits = subset, []
                digits.append(code)
            runs.append((current, "".join(digits)))
        return runs

    def _of(self, face: Face) -> "_Characters":
        found = self._faces.get(face)
        if found is None:
            found = self._faces[face] = _Characters(face, self._document)
        return found


class _Characters(dict[str, tuple[str, str]]):
    """Fills itself: the subset of a character, by its name in the document, and its code there."""

    def __init__(self, face: Face, document: Any) -> None:
        super().__init__()
        self._font = pdfmetrics.getFont(face.value)
        self._document = document

    def __missing__(self, character: str) -> tuple[str, str]:
        ((subset, code),) = self._font.splitString(character, self._document)
        name = self._font.getSubsetInternalName(subset, self._document)
        self[character] = found = (name, code.hex())
        return found
