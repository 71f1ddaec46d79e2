"""Pictures of hazards, drawn: the scene before and after, with a strip of time and place.

Simple shapes in calm colours; whoever looks at the demo must see at once what is wrong and that
it was put right, and must not take the drawing for a photo of a real plant.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Protocol

from PIL import Image, ImageDraw, ImageFont

from webapp.platform.clock import SHANGHAI

WIDTH, HEIGHT = 960, 640
_STRIP = 66
# The scenes are drawn larger and brought down, which smooths their edges.
_DRAWN_WIDTH, _DRAWN_HEIGHT, _FLOOR = 1200, 800, 590
_WALLS = ("#C9D1D3", "#D5CFC3", "#C3CEC8", "#CDCBD3")
_GROUND, _INK, _STEEL, _DARK = "#8D9290", "#2C3236", "#6B757B", "#454D52"
_BAD, _GOOD, _YELLOW, _RUST, _WATER = "#C8372D", "#2F8F5B", "#E3B129", "#8A5A33", "#6E93A8"

Pen = ImageDraw.ImageDraw


class Scene(Protocol):
    """Draws one thing, wrong or put right."""

    def __call__(self, pen: Pen, *, is_after: bool) -> None:
        """Draw onto the wall and the floor."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What the strip says."""

    at: datetime
    place: str


def picture(scene: str, caption: Caption, *, is_after: bool, face: Path) -> bytes:
    """A JPEG of a scene; ``face`` is the typeface of the strip."""
    image = _drawn(scene, len(caption.place) % len(_WALLS), is_after=is_after).copy()
    _strip(ImageDraw.Draw(image), caption, face)
    target = BytesIO()
    image.save(target, "JPEG", quality=82)
    return target.getvalue()


@cache
def _drawn(scene: str, wall: int, *, is_after: bool) -> Image.Image:
    image = Image.new("RGB", (_DRAWN_WIDTH, _DRAWN_HEIGHT), _WALLS[wall])
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, _FLOOR, _DRAWN_WIDTH, _DRAWN_HEIGHT), fill=_GROUND)
    pen.line((0, _FLOOR, _DRAWN_WIDTH, _FLOOR), fill=_DARK, width=6)
    SCENES[scene](pen, is_after=is_after)
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _strip(pen: Pen, caption: Caption, face: Path) -> None:
    top, middle = HEIGHT - _STRIP, HEIGHT - _STRIP // 2
    pen.rectangle((0, top, WIDTH, HEIGHT), fill="#1D2226")
    when = caption.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    letters = _letters(face, 27)
    pen.text((28, middle), when, font=letters, fill="#FFFFFF", anchor="lm")
    pen.text((WIDTH - 28, middle), caption.place, font=letters, fill="#E8ECEE", anchor="rm")


@cache
def _letters(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


def _mark(pen: Pen, x: int, y: int, *, is_after: bool) -> None:
    """A tick where it was put right, a ring around what is wrong."""
    if is_after:
        pen.ellipse((x - 46, y - 46, x + 46, y + 46), fill=_GOOD)
        pen.line((x - 22, y, x - 5, y + 18, x + 24, y - 18), fill="#FFFFFF", width=12)
    else:
        pen.ellipse((x - 92, y - 92, x + 92, y + 92), outline=_BAD, width=10)


def _box(pen: Pen, *, is_after: bool) -> None:
    pen.rectangle((400, 120, 760, 560), fill=_STEEL, outline=_INK, width=8)
    if is_after:
        pen.rectangle((420, 140, 740, 540), fill="#7D878D", outline=_DARK, width=6)
        pen.rectangle((700, 320, 722, 380), fill=_YELLOW)
        pen.polygon(
            [(580, 210), (535, 320), (580, 320), (560, 430), (640, 290), (590, 290)], fill=_YELLOW
        )
        return _mark(pen, 820, 180, is_after=True)
    pen.rectangle((430, 150, 730, 530), fill="#2B3033")
    for row in range(3):
        for column in range(4):
            left, top = 460 + column * 66, 180 + row * 110
            pen.rectangle((left, top, left + 40, top + 70), fill="#D9DDDF", outline=_INK, width=3)
            pen.line((left + 20, top + 70, left + 10 + column * 8, top + 108), fill=_BAD, width=6)
    pen.polygon([(760, 120), (940, 170), (940, 600), (760, 560)], fill="#7D878D", outline=_INK)
    return _mark(pen, 560, 330, is_after=False)


def _gauge(pen: Pen, *, is_after: bool) -> None:
    pen.rectangle((560, 430, 640, 600), fill=_STEEL, outline=_INK, width=6)
    pen.rectangle((200, 560, 1000, 620), fill=_STEEL, outline=_INK, width=6)
    pen.ellipse((400, 90, 800, 490), fill="#F5F6F4", outline=_INK, width=16)
    pen.arc((440, 130, 760, 450), 135, 300, fill=_GOOD, width=22)
    pen.arc((440, 130, 760, 450), 300, 405, fill=_BAD, width=22)
    end = (520, 190) if is_after else (716, 372)
    pen.line((600, 290, *end), fill=_INK, width=12)
    pen.ellipse((578, 268, 622, 312), fill=_INK)
    pen.rectangle(
        (830, 330, 1010, 440), fill=_YELLOW if is_after else "#B9B4A5", outline=_INK, width=4
    )
    for line in range(3):
        pen.line((850, 356 + line * 28, 988, 356 + line * 28), fill=_INK, width=5)
    _mark(pen, 920, 250 if is_after else 385, is_after=is_after)


def _hook(pen: Pen, *, is_after: bool) -> None:
    pen.rectangle((0, 90, _DRAWN_WIDTH, 150), fill=_YELLOW, outline=_INK, width=6)
    for x in (566, 634):
        pen.line((x, 150, x, 300), fill=_DARK, width=8)
    pen.rectangle((530, 290, 670, 370), fill=_YELLOW, outline=_INK, width=6)
    pen.line((600, 370, 600, 420), fill=_INK, width=26)
    pen.arc((510, 400, 690, 580), 270, 180, fill=_INK, width=34)
    if is_after:
        pen.line((600, 424, 530, 470), fill=_GOOD, width=16)
    pen.line((520, 490, 430, 640), fill=_RUST, width=10)
    pen.line((610, 560, 700, 660), fill=_RUST, width=10)
    _mark(pen, 800 if is_after else 575, 330 if is_after else 455, is_after=is_after)


def _pit(pen: Pen, *, is_after: bool) -> None:
    pen.polygon([(260, 480), (940, 480), (1060, 690), (140, 690)], fill="#5A5F5D", outline=_INK)
    inside = [(310, 510), (890, 510), (980, 660), (220, 660)]
    if is_after:
        pen.polygon(inside, fill="#7C817E")
        for line in range(6):
            pen.line((330 + line * 100, 512, 270 + line * 132, 658), fill=_DARK, width=6)
    else:
        pen.polygon(inside, fill="#34393A")
        pen.polygon([(290, 580), (915, 580), (980, 660), (220, 660)], fill=_WATER)
        for line in range(3):
            pen.arc(
                (380 + line * 140, 600, 500 + line * 140, 640), 180, 360, fill="#D8E4EA", width=5
            )
    for x in (180, 1020):
        pen.line((x, 330, x, 620), fill=_YELLOW if is_after else _STEEL, width=14)
    pen.line((180, 380, 1020, 380), fill=_YELLOW if is_after else "#C3C8C6", width=14)
    _mark(pen, 600, 300 if is_after else 590, is_after=is_after)


def _extinguisher(pen: Pen, *, is_after: bool) -> None:
    for x in (440, 640):
        pen.rounded_rectangle((x, 260, x + 130, 570), 50, fill=_BAD, outline=_INK, width=6)
        pen.rectangle((x + 45, 215, x + 85, 265), fill=_INK)
        pen.line((x + 85, 235, x + 150, 300, x + 150, 450), fill=_INK, width=12)
        pen.rectangle((x + 25, 370, x + 105, 470), fill="#F3F1EA")
        pen.ellipse(
            (x + 44, 290, x + 86, 332), fill=_GOOD if is_after else "#F3F1EA", outline=_INK, width=5
        )
    if not is_after:
        for left, top, size in ((300, 430, 170), (560, 470, 140), (760, 400, 190)):
            pen.rectangle((left, top, left + size, top + size), fill=_RUST, outline=_INK, width=6)
            pen.line(
                (left, top + size // 2, left + size, top + size // 2), fill="#C79B6B", width=14
            )
    pen.line((380, 640, 840, 640), fill=_YELLOW, width=12)
    _mark(pen, 900 if is_after else 655, 300 if is_after else 420, is_after=is_after)


def _guard(pen: Pen, *, is_after: bool) -> None:
    pen.rectangle((180, 430, 1020, 600), fill="#5E7F77", outline=_INK, width=8)
    pen.ellipse((300, 210, 620, 530), fill=_STEEL, outline=_INK, width=10)
    pen.ellipse((740, 330, 900, 490), fill=_STEEL, outline=_INK, width=10)
    pen.line((460, 210, 820, 330), fill=_INK, width=16)
    pen.line((460, 530, 820, 490), fill=_INK, width=16)
    if is_after:
        pen.rounded_rectangle((270, 180, 930, 560), 40, outline=_YELLOW, width=20)
        for x in range(310, 920, 56):
            pen.line((x, 190, x, 552), fill=_YELLOW, width=6)
    for angle in range(0, 360, 60):
        pen.arc((330, 240, 590, 500), angle, angle + 18, fill="#AEB6BA", width=60)
    _mark(pen, 990 if is_after else 640, 200 if is_after else 350, is_after=is_after)


def _passage(pen: Pen, *, is_after: bool) -> None:
    pen.polygon([(480, 240), (720, 240), (980, 710), (220, 710)], fill="#A3A8A5")
    pen.line((480, 240, 220, 710), fill=_YELLOW, width=14)
    pen.line((720, 240, 980, 710), fill=_YELLOW, width=14)
    pen.rectangle((520, 90, 680, 240), fill=_GOOD, outline=_INK, width=5)
    pen.polygon(
        [(560, 165), (610, 125), (610, 148), (650, 148), (650, 182), (610, 182), (610, 205)],
        fill="#FFFFFF",
    )
    if not is_after:
        for left, top, size in ((430, 430, 190), (600, 360, 150), (560, 540, 170), (330, 560, 150)):
            pen.rectangle(
                (left, top, left + size, top + size), fill="#B88752", outline=_INK, width=6
            )
            pen.line(
                (left, top + size // 2, left + size, top + size // 2), fill="#E4C79B", width=12
            )
    _mark(pen, 600, 420 if is_after else 530, is_after=is_after)


def _leak(pen: Pen, *, is_after: bool) -> None:
    pen.rectangle((0, 250, _DRAWN_WIDTH, 350), fill=_STEEL, outline=_INK, width=8)
    for x in (470, 690):
        pen.rectangle((x, 215, x + 50, 385), fill=_DARK, outline=_INK, width=5)
    pen.rectangle((545, 120, 665, 250), fill=_DARK, outline=_INK, width=6)
    pen.ellipse((500, 70, 710, 140), outline=_BAD, width=20)
    if is_after:
        pen.rectangle((240, 640, 960, 660), fill="#A7ACA9")
    else:
        for drop in range(4):
            top = 400 + drop * 52
            pen.ellipse((588, top, 612, top + 34), fill="#5B4A2C")
        pen.ellipse((380, 612, 830, 700), fill="#4A3D28")
        pen.ellipse((470, 630, 700, 672), fill="#6A5836")
    _mark(pen, 850 if is_after else 600, 180 if is_after else 440, is_after=is_after)


def _valve(pen: Pen, *, is_after: bool) -> None:
    pen.rectangle((120, 340, 1080, 430), fill=_STEEL, outline=_INK, width=8)
    pen.polygon([(470, 300), (600, 385), (470, 470)], fill=_DARK, outline=_INK)
    pen.polygon([(730, 300), (600, 385), (730, 470)], fill=_DARK, outline=_INK)
    pen.line((600, 385, 600, 220), fill=_INK, width=24)
    pen.ellipse((480, 150, 720, 250), outline=_GOOD if is_after else _RUST, width=24)
    for x in (300, 860):
        pen.rectangle((x, 310, x + 40, 460), fill=_DARK, outline=_INK, width=5)
    pen.line((320, 300, 880, 300), fill=_YELLOW if is_after else "#A39F92", width=8)
    if is_after:
        pen.rectangle((780, 480, 980, 570), fill="#F3F1EA", outline=_INK, width=5)
        for line in range(2):
            pen.line((805, 508 + line * 30, 955, 508 + line * 30), fill=_INK, width=6)
    _mark(pen, 880 if is_after else 600, 200 if is_after else 210, is_after=is_after)


def _rail(pen: Pen, *, is_after: bool) -> None:
    pen.rectangle((120, 470, 1080, 520), fill=_DARK, outline=_INK, width=6)
    for x in range(180, 1080, 160):
        pen.line((x, 220, x, 470), fill=_YELLOW, width=16)
    for y in (230, 340):
        if is_after:
            pen.line((180, y, 980, y), fill=_YELLOW, width=16)
        else:
            pen.line((180, y, 500, y), fill=_YELLOW, width=16)
            pen.line((660, y, 980, y), fill=_YELLOW, width=16)
    if not is_after:
        pen.line((500, 340, 590, 440), fill=_RUST, width=16)
    pen.rectangle((120, 400, 1080, 470), outline=_YELLOW, width=10)
    _mark(pen, 580, 150 if is_after else 320, is_after=is_after)


def _dust(pen: Pen, *, is_after: bool) -> None:
    pen.rectangle((0, 130, _DRAWN_WIDTH, 240), fill="#AEB6BA", outline=_INK, width=8)
    pen.polygon([(520, 240), (760, 240), (700, 470), (580, 470)], fill="#98A1A6", outline=_INK)
    pen.rectangle((560, 470, 720, 570), fill=_STEEL, outline=_INK, width=6)
    if is_after:
        pen.rectangle((300, 625, 940, 640), fill="#A7ACA9")
    else:
        for left in range(60, 1140, 60):
            pen.ellipse((left, 98, left + 110, 150), fill="#C2A27A")
        pen.polygon([(380, 680), (620, 560), (900, 680)], fill="#C2A27A", outline="#8E7250")
        for speck in range(60):
            x, y = 200 + speck * 137 % 820, 260 + speck * 89 % 300
            pen.ellipse((x, y, x + 9, y + 9), fill="#C2A27A")
    _mark(pen, 900, 350 if is_after else 150, is_after=is_after)


SCENES: dict[str, Scene] = {
    "box": _box,
    "gauge": _gauge,
    "hook": _hook,
    "pit": _pit,
    "extinguisher": _extinguisher,
    "guard": _guard,
    "passage": _passage,
    "leak": _leak,
    "valve": _valve,
    "rail": _rail,
    "dust": _dust,
}
