"""Reading the papers that the product prints."""

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image


def text_of(pdf: bytes) -> str:
    """All words of a paper; what a line break parted is joined."""
    assert pdf.startswith(b"%PDF"), pdf[:200]
    document = pypdfium2.PdfDocument(pdf)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return words.replace("\r", "").replace("\n", "")


def codes_in(pdf: bytes) -> list[str]:
    """What a phone's camera reads from the QR codes on a paper."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=3).to_pil() for page in document]
    document.close()
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]


def size_of(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first sheet in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    width, height = document[0].get_size()
    document.close()
    return round(width / 72 * 25.4), round(height / 72 * 25.4)


def photo(colour: str = "#8a6d3b") -> bytes:
    """A photograph as a phone takes it, small enough for a test."""
    out = BytesIO()
    picture = Image.linear_gradient("L").resize((800, 600)).convert("RGB")
    Image.blend(picture, Image.new("RGB", picture.size, colour), 0.5).save(out, "JPEG", quality=80)
    return out.getvalue()
