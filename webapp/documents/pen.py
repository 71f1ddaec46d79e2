"""The only door to ReportLab's canvas: typed drawing with our faces, points from lower left.

The same strokes give the same bytes: no time, no random name and no producer's version inside.
"""

import io
import threading
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from webapp.documents.fonts import Face, registered
from webapp.documents.page import Sheet
from webapp.documents.palette import INK, fill_operator
from webapp.documents.typesetting.curves import Point, smooth
from webapp.documents.typesetting.metrics import Metrics, clean, metrics
from webapp.documents.typesetting.pictures import readable_picture
from webapp.documents.typesetting.streams import Codes, pack_last_page

# Printable encoding of streams served old mail systems and costs a quarter of the size.
rl_config.useA85 = 0

# A face's parser keeps a reading position that all documents share while subsets are embedded.
_embedding = threading.Lock()

Segment = tuple[float, float, float, float]


class Align(StrEnum):
    """Where a text stands in its room."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Word(NamedTuple):
    """A line of clean text by the left end of its baseline."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    color: str


class Pen:
    """A growing PDF document; `end_part` closes its pages, `finish` returns its bytes."""

    def __init__(self, sheet: Sheet, *, title: str, author: str, subject: str = "") -> None:
        self._out = io.BytesIO()
        self.canvas: Any = Canvas(
            self._out,
            pagesize=(sheet.width, sheet.height),
            initialFontName=registered(Face.SONG).value,
            pageCompression=1,
            invariant=1,
            lang="zh-CN",
        )
        self._codes = Codes(self.canvas._doc)
        self.page = 1
        self._part = 1
        self._total_style: tuple[float, str] | None = None
        self._outline_level = -1
        self._entries = 0
        self._part_title = ""
        self._fill, self._rule = "", (0.0, "")
        self.canvas.setTitle(clean(title))
        self.canvas.setAuthor(clean(author))
        self.canvas.setSubject(clean(subject))
        self.canvas.setCreator("安企码")
        self.canvas.setProducer("安企码")

    def fill(self, color: str) -> None:
        """Choose the colour that fills shapes and text."""
        if color != self._fill:
            self.canvas.addLiteral(fill_operator(color))
            self._fill = color

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face = Face.SONG,
        size: float = 12,
        *,
        color: str = INK,
        align: Align = Align.LEFT,
        tracking: float = 0,
    ) -> float:
        """Draw one line with its baseline at y and return its width in points."""
        shown = clean(text).replace("\n", " ")
        if not shown:
            return 0.0
        set_in = metrics(face)
        width = set_in.width(shown) * size + tracking * (len(shown) - 1)
        if align is Align.RIGHT:
            x -= width
        elif align is Align.CENTER:
            x -= width / 2
        self.fill(color)
        spacing = f"{tracking:.3f} Tc " if tracking else ""
        undo = " 0 Tc" if tracking else ""
        shows, _ = self._shows(shown, set_in, size, "")
        self.canvas.addLiteral(f"BT {spacing}1 0 0 1 {x:.2f} {y:.2f} Tm {shows}{undo} ET")
        return width

    def words(self, words: Iterable[Word]) -> None:
        """Draw many clean lines at once, in the order in which they are read; made for tables."""
        parts, current = ["BT"], ""
        for word in words:
            if word.color != self._fill:
                parts.append(fill_operator(word.color))
                self._fill = word.color
            shows, current = self._shows(word.text, metrics(word.face), word.size, current)
            parts.append(f"1 0 0 1 {word.x:.2f} {word.y:.2f} Tm {shows}")
        parts.append("ET")
        self.canvas.addLiteral(" ".join(parts))

    def _shows(self, text: str, set_in: Metrics, size: float, current: str) -> tuple[str, str]:
        """Return the operators that show the text, and the one that chose a subset last.

        Written here because ReportLab's text object spends six times as long on a line.
        """
        parts = []
        for subset, digits in self._codes.runs(text, set_in):
            chosen = f"{subset} {size:.2f} Tf"
            if chosen != current:
                parts.append(chosen)
                current = chosen
            parts.append(f"<{digits}> Tj")
        return " ".join(parts), current

    def lines(self, segments: Sequence[Segment], width: float = 0.5, color: str = INK) -> None:
        """Stroke straight lines (x1, y1, x2, y2)."""
        if not segments:
            return
        self._stroke(width, color)
        path = " ".join(
            ["{:.2f} {:.2f} m {:.2f} {:.2f} l".format(*segment) for segment in segments]
        )
        self.canvas.addLiteral(f"{path} S")

    def _stroke(self, width: float, color: str) -> None:
        if self._rule != (width, color):
            self.canvas.setStrokeColor(HexColor(color))
            self.canvas.setLineWidth(width)
            self._rule = (width, color)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        ground: str = "",
        rule: str = "",
        rule_width: float = 0.5,
        radius: float = 0,
    ) -> None:
        """Draw a rectangle by its lower left corner, filled with `ground`, edged with `rule`."""
        if ground:
            self.fill(ground)
        if rule:
            self._stroke(rule_width, rule)
        how = {"fill": int(bool(ground)), "stroke": int(bool(rule))}
        if radius:
            self.canvas.roundRect(x, y, width, height, radius, **how)
        else:
            self.canvas.rect(x, y, width, height, **how)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        ground: str = "",
        rule: str = "",
        rule_width: float = 0.5,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a circle about its centre."""
        if ground:
            self.fill(ground)
        if rule:
            self._stroke(rule_width, rule)
        self.canvas.setDash(*([list(dash)] if dash else [[]]))
        self.canvas.circle(x, y, radius, fill=int(bool(ground)), stroke=int(bool(rule)))
        self.canvas.setDash([])

    def polygon(
        self,
        points: Sequence[Point],
        *,
        ground: str = "",
        opacity: float = 1,
        rule: str = "",
        rule_width: float = 0.5,
    ) -> None:
        """Draw a closed shape through the points, with round corners to its edge.

        What lies below shows through a ground whose ``opacity`` is less than 1.
        """
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
        if ground:
            self.fill(ground)
        if rule:
            self._stroke(rule_width, rule)
        self.canvas.setLineJoin(1)
        if opacity < 1:
            self.canvas.setFillAlpha(opacity)
        self.canvas.drawPath(path, fill=int(bool(ground)), stroke=int(bool(rule)))
        if opacity < 1:
            self.canvas.setFillAlpha(1)

    def cells(self, squares: Iterable[tuple[float, float, float, float]], color: str = INK) -> None:
        """Fill many rectangles (x, y, width, height) as one shape; made for codes."""
        self.fill(color)
        shapes = " ".join(["{:.3f} {:.3f} {:.3f} {:.3f} re".format(*square) for square in squares])
        self.canvas.addLiteral(f"{shapes} f")

    def strokes(
        self, strokes: Iterable[Sequence[Point]], *, width: float, color: str = INK
    ) -> None:
        """Draw freehand strokes, each smoothed through the middles of its points."""
        self._stroke(width, color)
        self.canvas.setLineCap(1)
        self.canvas.setLineJoin(1)
        for points in strokes:
            self.canvas.drawPath(smooth(self.canvas.beginPath(), points), fill=0, stroke=1)

    def image(self, content: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture (PNG, JPEG) into the rectangle, keeping its shape, centred.

        Raises ValueError when the bytes are no picture or one of more than 40 megapixels.
        """
        picture = readable_picture(content)
        scale = min(width / picture.width, height / picture.height)
        drawn = (picture.width * scale, picture.height * scale)
        corner = (x + (width - drawn[0]) / 2, y + (height - drawn[1]) / 2)
        self.canvas.drawImage(ImageReader(picture), *corner, *drawn, mask="auto")

    def bookmark(self, title: str, level: int, y: float) -> None:
        """Add an entry to the outline that leads to height y of this page."""
        if title == self._part_title:
            return
        self._entries += 1
        key = f"entry-{self._entries}"
        # The outline refuses to skip a level.
        self._outline_level = min(level + bool(self._part_title), self._outline_level + 1)
        self.canvas.bookmarkHorizontal(key, 0, y + 12)
        self.canvas.addOutlineEntry(clean(title), key, level=self._outline_level, closed=0)
        self.canvas.showOutline()

    def open_part(self, title: str, top: float) -> None:
        """Begin a part of a bound file: its outline hangs below an entry of its own."""
        self._part_title = ""
        self.bookmark(title, 0, top)
        self._part_title = title

    def link(self, address: str, x: float, y: float, width: float, height: float) -> None:
        """Make a rectangle lead to an address."""
        self.canvas.linkURL(address, (x, y, x + width, y + height), relative=0, thickness=0)

    def total_pages(self, x: float, y: float, size: float, color: str) -> None:
        """Leave room for 「共 X 页」 that ends at x; `end_part` fills the number in."""
        self._total_style = (size, color)
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.doForm(f"total-{self._part}")
        self.canvas.restoreState()

    def next_page(self) -> None:
        """Close this page and begin the next."""
        self.canvas.showPage()
        pack_last_page(self.canvas._doc)
        self.page += 1
        self._fill, self._rule = "", (0.0, "")

    def end_part(self, pages: int) -> None:
        """Close the last page of a part, whose pages are counted by themselves."""
        self.next_page()
        if self._total_style:
            size, color = self._total_style
            self.canvas.beginForm(f"total-{self._part}", -20 * size, -size, 0, size * 2)
            self.text(0, 0, f"共 {pages} 页", Face.SONG, size, color=color, align=Align.RIGHT)
            self.canvas.endForm()
        self._part += 1
        self._total_style = None
        self._fill, self._rule = "", (0.0, "")

    def begin_part(self, sheet: Sheet) -> None:
        """Let the following pages have this size."""
        self.canvas.setPageSize((sheet.width, sheet.height))

    def finish(self) -> bytes:
        """Return the document; its last part has been ended."""
        with _embedding:
            self.canvas.save()
        return self._out.getvalue()
