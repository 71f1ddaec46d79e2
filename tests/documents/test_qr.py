import zxingcpp

from tests.documents.reading import picture
from webapp.documents.flow import Document
from webapp.documents.page import A4, MM, Layout
from webapp.documents.pen import Pen
from webapp.documents.qr import Level, draw_qr, modules, qr_svg

ADDRESS = "https://anqima.example/e/q8Zt3VfLwH7nKp2RxD5mYg"


def _read(content: bytes, *, dpi: int = 150) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(picture(content, dpi=dpi))}


def test_a_printed_code_is_read_from_the_page() -> None:
    def draw(pen: Pen, x: float, top: float, _width: float) -> None:
        draw_qr(pen, x, top - 24 * MM, 24 * MM, ADDRESS)

    content = Document(title="码", author="企业").drawing(30, draw).build()

    assert ADDRESS in _read(content)


def test_a_sheet_of_codes_is_read_to_the_last() -> None:
    expected = {f"{ADDRESS}{index:03d}" for index in range(30)}

    def draw(pen: Pen, x: float, top: float, _width: float) -> None:
        for index, data in enumerate(sorted(expected)):
            row, column = divmod(index, 5)
            draw_qr(pen, x + column * 33 * MM, top - (row + 1) * 38 * MM, 32 * MM, data)

    content = Document(Layout(A4), title="码", author="企业").drawing(230, draw).build()

    assert expected <= _read(content)


def test_a_quarter_of_the_code_may_be_dirty() -> None:
    def draw(pen: Pen, x: float, top: float, _width: float) -> None:
        draw_qr(pen, x, top - 60 * MM, 60 * MM, ADDRESS)
        pen.box(x + 30 * MM, top - 34 * MM, 12 * MM, 9 * MM, ground="#000000")

    content = Document(title="码", author="企业").drawing(64, draw).build()

    assert ADDRESS in _read(content)


def test_a_higher_level_needs_more_modules() -> None:
    assert len(modules(ADDRESS, Level.L)) < len(modules(ADDRESS, Level.H))


def test_the_code_on_a_screen_is_the_code_on_paper() -> None:
    markup = str(qr_svg(ADDRESS, label="企业码 <1>"))

    side = len(modules(ADDRESS, Level.M)) + 8
    assert f'viewBox="0 0 {side} {side}"' in markup
    assert 'aria-label="企业码 &lt;1&gt;"' in markup
