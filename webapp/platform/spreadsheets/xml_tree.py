"""The one place where XML becomes a tree: no document type, so no entity to expand or fetch."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from webapp.platform.spreadsheets.workbook import damaged


def parsed(content: bytes) -> Element:
    """The root of a document; raises SpreadsheetRefused for broken XML or a document type."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\x00" in content[:64]:
        raise damaged()
    try:
        return ElementTree.fromstring(content)  # noqa: S314 (no document type gets this far)
    except (ElementTree.ParseError, ValueError) as error:
        raise damaged() from error
