"""Signatures for the demo city: a name in a regular hand, slanted and a little uneven."""

import base64
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from webapp.demo.rules.chance import chance_of

_INK = (24, 38, 66, 255)
_SIZE = 84


@cache
def signature(name: str, face: Path) -> bytes:
    """The drawn name as a PNG with a clear ground."""
    chance = chance_of(f"hand of {name}")
    font = ImageFont.truetype(str(face), _SIZE)
    image = Image.new("RGBA", (_SIZE * len(name) + 70, _SIZE + 50))
    pen = ImageDraw.Draw(image)
    for place, sign in enumerate(name):
        x = 28 + place * (_SIZE - 12) + chance.randrange(-3, 4)
        pen.text((x, 12 + chance.randrange(-7, 8)), sign, font=font, fill=_INK)
    slant = chance.uniform(0.12, 0.28)
    image = image.transform(
        image.size,
        Image.Transform.AFFINE,
        (1, slant, -slant * image.height / 2, chance.uniform(-0.05, 0.05), 1, 0),
        Image.Resampling.BILINEAR,
    )
    target = BytesIO()
    image.crop(image.getbbox()).save(target, "PNG")
    return target.getvalue()


def as_address(picture: bytes) -> str:
    """The picture as the pad of a page sends it."""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"
