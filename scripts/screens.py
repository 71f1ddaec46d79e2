"""Pick the pictures in docs/screens from those that the browser journeys left in screenshots/.

Run the journeys first: `.venv/bin/python -m pytest tests/journeys`.
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
TAKEN, TARGET = ROOT / "screenshots", ROOT / "docs" / "screens"
PICKED = {
    "home": "home-1440",
    "ledger": "ledger-thousand-1440",
    "hazards": "hazards-ordered-1440",
    "hazard": "hazard-closed-1440",
    "score": "score-1440",
    "file": "file-1440",
    "overview": "overview-1440",
    "inspections": "visit-1440",
    "order": "order-issued-390",
    "verification": "verification-390",
    "today": "today-390",
    "check": "check-390",
}
"""The picture's name in the documents: its name among the journeys' screens."""
# The first screenful of a page, by the width of the screen.
HEIGHTS = {1440: 900, 390: 844}
LARGEST_BYTES = 250_000
COLOURS = (256, 128, 64)


def main() -> None:
    """Keep each picture, or end with the first that the journeys have not made."""
    TARGET.mkdir(exist_ok=True)
    for name, taken in PICKED.items():
        source = TAKEN / f"{taken}.png"
        if not source.exists():
            raise SystemExit(f"没有 {source}：请先运行 .venv/bin/python -m pytest tests/journeys。")
        with Image.open(source) as picture:
            first = (0, 0, picture.width, min(picture.height, HEIGHTS[picture.width]))
            keep(picture.convert("RGB").crop(first), name)
    sys.stdout.write(f"{len(PICKED)} 张界面图已写入 {TARGET}。\n")


def keep(picture: Image.Image, name: str) -> None:
    """Write a picture with as few colours as its size asks for."""
    for colours in COLOURS:
        out = BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() < LARGEST_BYTES:
            (TARGET / f"{name}.png").write_bytes(out.getvalue())
            return
    raise SystemExit(f"{name} 太大，无法压缩到 {LARGEST_BYTES} 字节以内。")


if __name__ == "__main__":
    main()
