"""The Chinese faces of our papers: unpacked once a machine, registered once a process.

Six roles. A character that a face lacks is drawn from song, then from the symbols, then as the
geta mark 〓, so that a rare name never prints as an empty box without a trace.
"""

import hashlib
import lzma
import os
import tempfile
import threading
from enum import StrEnum
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

PACKED = Path(__file__).parent / "fonts"


class Face(StrEnum):
    """A typographic role; the value is the name under which its face is registered."""

    SONG = "AnqimaSong"
    FANGSONG = "AnqimaFangsong"
    KAI = "AnqimaKai"
    HEI = "AnqimaHei"
    SANS = "AnqimaSans"
    TITLE = "AnqimaTitle"
    SYMBOLS = "AnqimaSymbols"


FILES = {
    Face.SONG: "song.ttf",
    Face.KAI: "kai.ttf",
    Face.HEI: "hei.ttf",
    Face.SANS: "sans.ttf",
    Face.TITLE: "title.ttf",
    Face.SYMBOLS: "symbols.ttf",
}
_lock = threading.Lock()
_substitutes: dict[Face, Face] = {}


def prepare(cache: Path, fangsong: Path | None = None) -> None:
    """Make the roles usable; call it once when the process starts, more often does no harm.

    `cache` keeps the unpacked faces and may be shared by processes. `fangsong` is a TrueType face
    the customer has a licence for; without it 仿宋 is drawn in song. Raises ValueError when that
    face cannot be used.
    """
    with _lock:
        known = set(pdfmetrics.getRegisteredFontNames())
        for face, name in FILES.items():
            if face not in known:
                pdfmetrics.registerFont(TTFont(face.value, str(unpacked(cache, name))))
        if Face.FANGSONG not in known:
            _register_fangsong(fangsong)


def _register_fangsong(path: Path | None) -> None:
    if path is None:
        # A second face object would embed song twice: the role becomes another name of song.
        _substitutes[Face.FANGSONG] = Face.SONG
        return
    try:
        pdfmetrics.registerFont(TTFont(Face.FANGSONG.value, str(path)))
    except (TTFError, OSError) as error:
        raise ValueError(f"FONT_FANGSONG 不是可用的 TrueType 字体：{path}") from error
    _substitutes.pop(Face.FANGSONG, None)


def unpacked(cache: Path, name: str) -> Path:
    """Return the face as a plain file, unpacking it atomically when it is missing."""
    packed = PACKED / f"{name}.xz"
    if not packed.exists():
        return PACKED / name
    content = packed.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    target = cache / f"{Path(name).stem}-{digest}.ttf"
    if target.exists():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=cache, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(lzma.decompress(content))
    Path(temporary).chmod(0o644)
    Path(temporary).replace(target)
    return target


def registered(face: Face) -> Face:
    """Return the role whose face draws `face`: itself, or song where fangsong has none."""
    return _substitutes.get(face, face)
