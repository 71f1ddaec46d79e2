import pytest

from tests.documents.reading import flat, inked
from webapp.documents.boxes import draw_box, draw_centered_box, draw_line, draw_text, fitting_style
from webapp.documents.flow import Document
from webapp.documents.fonts import Face
from webapp.documents.page import A6, MM, Layout, Margins, Running
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Style

NAME = "安阳市殷都区曲沟镇洹丰精密铸造新材料科技股份有限责任公司第一分公司"
STYLE = Style(Face.HEI, size=16, leading=21, align=Align.CENTER)
SIGN = Layout(A6, Margins(0, 0, 0, 0), Running(pages=False))


def _sign(name: str, *, boxed: bool) -> bytes:
    def draw(pen: Pen, x: float, top: float, width: float) -> None:
        room = width - 16 * MM
        if boxed:
            draw_centered_box(pen, x + 8 * MM, top - 20 * MM, room, 15 * MM, name, STYLE)
        else:
            draw_line(pen, x + width / 2, top - 30 * MM, name, STYLE, room, tracking=2)

    return Document(SIGN, title="门牌", author="企业").drawing(148, draw).build()


@pytest.mark.parametrize("boxed", [True, False])
@pytest.mark.parametrize("name", [NAME, NAME * 3, "W" * 500])
def test_the_longest_name_stays_on_the_sign(name: str, *, boxed: bool) -> None:
    left, top, right, bottom = inked(_sign(name, boxed=boxed))

    assert left >= 8 * MM - 1
    assert right <= 97 * MM + 1
    assert top >= 19 * MM
    assert bottom <= 36 * MM


def test_a_long_name_is_whole_when_it_has_a_box() -> None:
    assert NAME in flat(_sign(NAME, boxed=True))


def test_a_name_that_fits_keeps_its_size() -> None:
    assert fitting_style("安企码", STYLE, 200, 40) == STYLE


def test_text_says_where_it_ends() -> None:
    ends: list[float] = []

    def draw(pen: Pen, x: float, top: float, _width: float) -> None:
        style = Style(size=10, leading=15)
        ends.append(top - draw_text(pen, x, top, 100, "安" * 25, style))
        ends.append(top - draw_box(pen, x, top, 100, 31, "安" * 20, style))

    Document(title="文", author="局").drawing(50, draw).build()

    assert ends == pytest.approx([45, 30])


def test_signs_print_one_a_page() -> None:
    def nothing(pen: Pen, x: float, top: float, width: float) -> None:
        pen.box(x, top - 10, width, 10, ground="#152a4d")

    document = Document(SIGN, title="门牌", author="企业").drawing(148, nothing)

    assert document.drawing(148, nothing).page_count() == 2
