"""How the tests read a PDF: its text, its pictures of pages, the faces it names."""

import re
from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image


def texts(content: bytes) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


def flat(content: bytes) -> str:
    """Return all text in one line, as a search would see it."""
    return re.sub(r"\s+", "", "".join(texts(content)))


def picture(content: bytes, page: int = 0, *, dpi: int = 150) -> Image.Image:
    """Return a page as a grey picture."""
    document = pypdfium2.PdfDocument(content)
    image: Image.Image = document[page].render(scale=dpi / 72).to_pil().convert("L")
    document.close()
    return image


def inked(content: bytes, page: int = 0) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of everything drawn, in points from the upper left."""
    image = picture(content, page, dpi=72)
    box = image.point(lambda value: 255 if value < 250 else 0).getbbox()
    assert box is not None, "an empty page"
    return box


def font_objects(content: bytes) -> Iterator[str]:
    """Yield the dictionary of every font."""
    for found in re.finditer(
        rb"<<(?:(?!endobj).)*?/Type /Font\b(?:(?!endobj).)*?>>", content, re.S
    ):
        yield found[0].decode("latin-1")
