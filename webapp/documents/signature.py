"""Signatures drawn on a screen, the refusal to sign, and the room for a seal."""

from dataclasses import dataclass

from webapp.documents.fonts import Face
from webapp.documents.palette import PEN, SEAL
from webapp.documents.pen import Align, Pen
from webapp.documents.typesetting.curves import Point

# A seal of 42 mm, as agencies below the provinces use (国发〔1999〕25号).
SEAL_RADIUS_MM = 21


@dataclass(frozen=True, slots=True)
class Signature:
    """What a person drew: strokes of points (x to the right, y downward) or a PNG picture.

    Without either, the place stays empty for a signature by hand. `on` is the date as printed.
    """

    strokes: tuple[tuple[Point, ...], ...] = ()
    png: bytes = b""
    on: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether there is something to draw."""
        return bool(self.png) or any(self.strokes)

    def draw(self, pen: Pen, x: float, y: float, width: float, height: float) -> None:
        """Draw it into the rectangle; raises ValueError when the picture cannot be read."""
        if self.png:
            pen.image(self.png, x, y, width, height)
        elif any(self.strokes):
            pen.strokes(self._fitted(x, y, width, height), width=1.15, color=PEN)

    def _fitted(self, x: float, y: float, width: float, height: float) -> list[list[Point]]:
        points = [point for stroke in self.strokes for point in stroke]
        left, top = min(px for px, _ in points), min(py for _, py in points)
        wide = max(px for px, _ in points) - left or 1.0
        high = max(py for _, py in points) - top or 1.0
        scale = min(width / wide, height / high)
        dx, dy = x + (width - wide * scale) / 2, y + (height + high * scale) / 2
        return [
            [(dx + (px - left) * scale, dy - (py - top) * scale) for px, py in stroke]
            for stroke in self.strokes
            if stroke
        ]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A person did not sign: why, and who witnessed it besides the two officers."""

    reason: str
    witnesses: tuple[str, ...] = ()
    on: str = ""

    def sentence(self, who: str) -> str:
        """Return the remark that the two officers attest with their signatures."""
        witnesses = f"见证人：{'、'.join(self.witnesses)}。" if self.witnesses else ""
        reason = self.reason.rstrip("。")
        return f"{who}拒绝签名，原因：{reason}。{witnesses}以上情况由行政执法人员注明。"


def draw_seal_space(pen: Pen, x: float, y: float, radius: float, label: str = "（印章）") -> None:
    """Draw the dashed circle about (x, y) into which the seal is stamped."""
    pen.circle(x, y, radius, rule=SEAL, rule_width=0.7, dash=(2, 2))
    pen.text(x, y + radius * 0.62, label, Face.SONG, 9, color=SEAL, align=Align.CENTER)
