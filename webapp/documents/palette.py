"""The colours of paper: ink, greys, the pen of a signature, and the four risk levels."""

from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import HexColor

INK = "#111111"
GREY = "#555b66"
HAIR = "#9aa1ad"
RULE = "#444b57"
PEN = "#14213d"
SEAL = "#b58a8a"
HEAD = "#e6eaf0"
WHITE = "#ffffff"


@dataclass(frozen=True, slots=True)
class Chip:
    """A word on a coloured ground; the colour never speaks without the word."""

    word: str
    ground: str
    ink: str


RISK_CHIPS = {
    "major": Chip("重大", "#c8102e", WHITE),
    "significant": Chip("较大", "#e8710a", "#000000"),
    "moderate": Chip("一般", "#f7c600", "#000000"),
    "low": Chip("低", "#1668c4", WHITE),
}
RISK_COLOUR_WORDS = {"major": "红", "significant": "橙", "moderate": "黄", "low": "蓝"}


def risk_chip(level: str) -> Chip:
    """Return the chip of a risk level: major, significant, moderate or low.

    Raises KeyError for any other word.
    """
    return RISK_CHIPS[level]


@cache
def fill_operator(color: str) -> str:
    """Return the operator that fills what follows with a colour, 「#rrggbb」."""
    red, green, blue = HexColor(color).rgb()
    return f"{red:.4g} {green:.4g} {blue:.4g} rg"
