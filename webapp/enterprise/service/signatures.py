"""A drawn signature as it arrives from the phone: checked, then drawn anew as a plain picture."""

import base64
import binascii
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from webapp.enterprise.rules.drawings import LARGEST_SIDE, MOST_BYTES, PREFIX
from webapp.platform.errors import Invalid

_KEPT_WIDTH = 900
# Of a pad about ten thousand pixels wide and high a dot covers less, a name covers more.
_LEAST_INK_PIXELS = 120


def png_of(drawn: str, *, field: str = "signature") -> bytes:
    """The picture in a data address, re-encoded without anything but its pixels.

    Raises Invalid at the field when nothing was drawn or when it is no such picture.
    """
    if not drawn:
        raise Invalid(field, "请在签名框内手写签名。")
    try:
        data = base64.b64decode(drawn.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not drawn.startswith(PREFIX) or not data or len(data) > MOST_BYTES:
        raise Invalid(field, "签名没有传好，请重新签名。")
    picture = _opened(data, field)
    ink = picture.getchannel("A").point(lambda value: 255 if value > 64 else 0)
    box = ink.getbbox()
    if box is None or ink.histogram()[255] < _LEAST_INK_PIXELS:
        raise Invalid(field, "签名太短，请写全姓名。")
    return _encoded(picture.crop(box))


def _opened(data: bytes, field: str) -> Image.Image:
    try:
        picture = Image.open(BytesIO(data), formats=("PNG",))
        if max(picture.size) > LARGEST_SIDE:
            raise Invalid(field, "签名图片过大，请重新签名。")
        return picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Invalid(field, "签名没有传好，请重新签名。") from None


def _encoded(picture: Image.Image) -> bytes:
    if picture.width > _KEPT_WIDTH:
        height = max(1, round(picture.height * _KEPT_WIDTH / picture.width))
        picture = picture.resize((_KEPT_WIDTH, height))
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
