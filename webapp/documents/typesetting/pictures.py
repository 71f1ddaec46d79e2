"""Pictures on paper: opened within bounds, or refused in words."""

import io

from PIL import Image, UnidentifiedImageError

MAX_PIXELS = 40_000_000


def readable_picture(content: bytes) -> Image.Image:
    """Open a picture within bounds; raises ValueError when it cannot be read."""
    try:
        picture = Image.open(io.BytesIO(content))
        if picture.width * picture.height > MAX_PIXELS:
            raise ValueError("图片像素过多，无法放入文书。")
        picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise ValueError("图片无法读取，不能放入文书。") from error
    return picture if picture.mode in ("L", "RGB", "RGBA") else picture.convert("RGBA")
