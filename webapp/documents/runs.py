"""What is to be set: stretches of text in their faces, and the style of a paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from webapp.documents.fonts import Face
from webapp.documents.palette import INK
from webapp.documents.pen import Align


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face; `blank` em of empty rule when there is nothing to show."""

    text: str
    face: Face | None = None
    underlined: bool = False
    blank: float = 0


Rich = str | Run | Sequence[str | Run]


def fill(text: str, blank: float = 6) -> Run:
    """Return what was filled into a form: in kai over a rule, or a blank rule of `blank` em."""
    return Run(text, Face.KAI, underlined=True, blank=0 if text else blank)


def kai(text: str) -> Run:
    """Return text as it was typed in by a person: in kai."""
    return Run(text, Face.KAI)


def bold(text: str) -> Run:
    """Return emphasised text: in hei."""
    return Run(text, Face.HEI)


def plain(content: Rich) -> str:
    """Return the bare text of a content."""
    if isinstance(content, str):
        return content
    if isinstance(content, Run):
        return content.text
    return "".join(plain(part) for part in content)


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set; sizes in points, the indent of its first line in em."""

    face: Face = Face.SONG
    size: float = 12
    leading: float = 20
    align: Align = Align.JUSTIFY
    indent: float = 0
    color: str = INK

    def scaled(self, factor: float) -> "Style":
        """Return the same style with size and leading multiplied."""
        return replace(self, size=self.size * factor, leading=self.leading * factor)
