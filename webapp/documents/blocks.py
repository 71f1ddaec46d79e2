"""The simplest blocks: paragraph, heading, space, new page, picture, free drawing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from webapp.documents.fonts import Face
from webapp.documents.page import MM
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Rich, Style, plain
from webapp.documents.typesetting.pictures import readable_picture
from webapp.documents.typesetting.slices import Room, Slice, page_break, space
from webapp.documents.typesetting.text import Line, set_lines

BODY = Style(Face.SONG, size=12, leading=21, indent=2)
CAPTION = Style(Face.SANS, size=9, leading=14, align=Align.CENTER)
HEADINGS = (
    Style(Face.TITLE, size=18, leading=28, align=Align.LEFT),
    Style(Face.HEI, size=14, leading=24, align=Align.LEFT),
    Style(Face.HEI, size=12, leading=20, align=Align.LEFT),
)
# Never fewer than so many lines of a paragraph alone at the foot or head of a page.
KEPT_LINES = 2


def line_slices(lines: list[Line], whole: int = 3) -> list[Slice]:
    """Return the lines as slices that leave no widow and no orphan; `whole` lines never part."""
    count = len(lines)
    pieces = []
    for index, line in enumerate(lines):
        above, below = index + 1, count - 1 - index
        keeps = below and (count <= whole or above < KEPT_LINES or below < KEPT_LINES)
        pieces.append(Slice(line.style.leading, line.draw, glued=bool(keeps)))
    return pieces


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text in one style, not parted when it has at most `whole` lines.

    `before` and `after` are points of space; `keeps` glues what follows to it.
    """

    content: Rich
    style: Style = BODY
    before: float = 0
    after: float = 0
    keeps: bool = False
    whole: int = 3
    holds: int = 0

    def slices(self, room: Room) -> Iterable[Slice]:
        """Return the spaces and lines; sizes follow the room's scale of type."""
        style = self.style.scaled(room.scale)
        pieces = line_slices(set_lines(self.content, style, room.width), self.whole)
        pieces[-1].glued = self.keeps
        if self.before:
            yield Slice(self.before, space(0).draw, glued=True, is_space=True)
        yield from pieces
        if self.after:
            yield space(self.after)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its entry in the outline; never alone at the foot of a page."""

    content: Rich
    level: int = 1
    holds: int = 0

    def slices(self, room: Room) -> Iterable[Slice]:
        """Return the lines, glued to what follows."""
        style = HEADINGS[min(self.level, len(HEADINGS)) - 1]
        title = plain(self.content)
        yield space(style.size * 0.5)
        for index, line in enumerate(set_lines(self.content, style, room.width)):
            mark = title if index == 0 else ""
            yield Slice(line.style.leading, self._drawer(line, mark), glued=True)
        yield Slice(style.size * 0.2, space(0).draw, glued=True)

    def _drawer(self, line: Line, mark: str) -> Callable[[Pen, float, float], None]:
        def draw(pen: Pen, x: float, top: float) -> None:
            if mark:
                pen.bookmark(mark, self.level - 1, top)
            line.draw(pen, x, top)

        return draw


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty room in millimetres; nothing at the top of a following page."""

    height: float
    holds: int = 0

    def slices(self, room: Room) -> Iterable[Slice]:
        """Return the empty slice."""
        yield space(min(self.height * MM * room.scale, room.height))


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""

    holds: int = 0

    def slices(self, room: Room) -> Iterable[Slice]:
        """Return the breaking slice."""
        yield page_break()


@dataclass(frozen=True, slots=True)
class Drawing:
    """Free strokes in a strip of `height` millimetres; `draw` gets pen, left, top, width."""

    height: float
    draw: Callable[[Pen, float, float, float], None]
    holds: int = 0
    anchored: bool = False

    def slices(self, room: Room) -> Iterable[Slice]:
        """Return one slice; raises ValueError when it is taller than a page."""
        height = self.height * MM
        if height > room.height:
            raise ValueError("图形高于版心，无法排入一页。")
        yield Slice(
            height,
            lambda pen, x, top: self.draw(pen, x, top, room.width),
            anchored=self.anchored,
        )


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photos side by side, each with a caption beneath; heights in millimetres."""

    pictures: tuple[tuple[bytes, str], ...]
    height: float = 60
    per_row: int = 2
    holds: int = 0

    def slices(self, room: Room) -> Iterable[Slice]:
        """Return one slice a row; raises ValueError when a picture cannot be read."""
        gap = 4 * MM
        width = (room.width - gap * (self.per_row - 1)) / self.per_row
        for start in range(0, len(self.pictures), self.per_row):
            row = self.pictures[start : start + self.per_row]
            for content, _ in row:
                readable_picture(content)
            captions = [set_lines(caption, CAPTION, width) for _, caption in row]
            under = max(len(lines) for lines in captions) * CAPTION.leading
            height = min(self.height * MM, room.height - under - 3 * MM)
            yield Slice(height + under + 3 * MM, self._drawer(row, captions, width, height))

    def _drawer(
        self,
        row: tuple[tuple[bytes, str], ...],
        captions: list[list[Line]],
        width: float,
        height: float,
    ) -> Callable[[Pen, float, float], None]:
        def draw(pen: Pen, x: float, top: float) -> None:
            for index, (content, _) in enumerate(row):
                left = x + index * (width + 4 * MM)
                pen.image(content, left, top - height, width, height)
                level = top - height - 1 * MM
                for line in captions[index]:
                    line.draw(pen, left, level)
                    level -= CAPTION.leading

        return draw
