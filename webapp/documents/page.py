"""Sheets and frames: how large the paper is and where on it the text may stand."""

from dataclasses import dataclass, field

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper size in points, portrait unless turned."""

    width: float
    height: float

    @property
    def landscape(self) -> "Sheet":
        """The same sheet lying on its long side."""
        return Sheet(max(self.width, self.height), min(self.width, self.height))


A3 = Sheet(297 * MM, 420 * MM)
A4 = Sheet(210 * MM, 297 * MM)
A6 = Sheet(105 * MM, 148 * MM)


@dataclass(frozen=True, slots=True)
class Margins:
    """White space around the frame, in millimetres; the footer stands inside `bottom`."""

    top: float = 22
    right: float = 20
    bottom: float = 24
    left: float = 20


# Left 28 and right 26 mm as in GB/T 9704-2012; the head is the document's own.
OFFICIAL = Margins(top=20, right=26, bottom=24, left=28)
LEDGER = Margins(top=12, right=12, bottom=15, left=12)


@dataclass(frozen=True, slots=True)
class Running:
    """What every page repeats: two texts at the head of a following page, two at each foot.

    The page count stands between the texts of the foot, 「共 X 页　第 Y 页」.
    """

    head_left: str = ""
    head_right: str = ""
    foot_left: str = ""
    foot_right: str = ""
    pages: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle of a page that content may fill, in points from the lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.bottom + self.height

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet with its margins and repeated texts."""

    sheet: Sheet = A4
    margins: Margins = field(default_factory=Margins)
    running: Running = field(default_factory=Running)

    # Room that the repeated head takes on the second and later pages.
    HEAD_HEIGHT = 11 * MM

    def frame(self, number: int) -> Frame:
        """Return the frame of the page with this number, counted from 1."""
        margins, sheet = self.margins, self.sheet
        left, bottom = margins.left * MM, margins.bottom * MM
        height = sheet.height - margins.top * MM - bottom
        if number > 1 and (self.running.head_left or self.running.head_right):
            height -= self.HEAD_HEIGHT
        return Frame(left, bottom, sheet.width - left - margins.right * MM, height)
