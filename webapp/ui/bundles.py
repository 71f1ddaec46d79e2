"""One style sheet a kind of page and one script, joined from small files in their order.

Many small files are good to read and bad to fetch; the joined ones are committed in the `dist`
folders and a test holds them equal to what `python -m webapp.ui.bundles` makes.
"""

from __future__ import annotations

import re
from pathlib import Path

_STATIC = Path(__file__).parent / "static"
CSS_FOLDER = _STATIC / "css"
JS_FOLDER = _STATIC / "js"

_CORE = ("core/tokens", "core/base", "core/bars")
_COMPONENTS = (
    *("components/button", "components/field", "components/choice", "components/page_head"),
    *("components/card", "components/badge", "components/stat", "components/filter"),
    *("components/table", "components/ledger", "components/timeline", "components/photo"),
    *("components/score", "components/chart", "components/map", "components/risk_map"),
    *("components/notice", "components/dialog", "components/paper"),
)
_PHONE = (
    *("phone/frame", "phone/walk", "phone/check", "phone/report", "phone/queue"),
    *("phone/inspection", "phone/issue", "phone/public", "phone/gate", "phone/wide"),
)
_DESK = ("desk/shell", "desk/gallery", "core/narrow", "desk/narrow", "core/print")
SHEETS: dict[str, tuple[str, ...]] = {
    "desk": (*_CORE, *_COMPONENTS, *_DESK),
    "phone": (*_CORE, *_COMPONENTS, *_PHONE, "core/narrow", "core/print"),
}
BEHAVIOURS = (
    *("page", "menu", "dialog", "toast", "bulk", "filters", "errors", "draft", "upload"),
    *("photos", "signature", "phrases", "fill", "status", "theme", "drawer", "chart"),
    *("reveal", "copy", "position", "scan"),
)
PAGE_SCRIPTS = ("check", "map_canvas", "map_editor")
"""Loaded by one page alone, beside the joined module."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};,]) ?")


def joined_styles(sheet: str) -> str:
    """The content of `css/dist/<sheet>.css`: its files, without comments and needless space."""
    sources = (CSS_FOLDER / f"{name}.css" for name in SHEETS[sheet])
    return "".join(f"{_squeezed(source.read_text('utf-8'))}\n" for source in sources)


def _squeezed(source: str) -> str:
    return _AROUND.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", source))).strip()


def joined_script() -> str:
    """The content of `js/dist/anqima.js`: each behaviour in a block, so that no names meet."""
    sources = (JS_FOLDER / f"{name}.js" for name in BEHAVIOURS)
    return "".join(f"{{\n{_uncommented(source.read_text('utf-8'))}}}\n" for source in sources)


def _uncommented(source: str) -> str:
    lines = (line.strip() for line in source.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def write_all() -> None:
    """Write every joined file to its `dist` folder."""
    for folder in (CSS_FOLDER, JS_FOLDER):
        (folder / "dist").mkdir(exist_ok=True)
    for sheet in SHEETS:
        (CSS_FOLDER / "dist" / f"{sheet}.css").write_text(joined_styles(sheet), "utf-8")
    (JS_FOLDER / "dist" / "anqima.js").write_text(joined_script(), "utf-8")


if __name__ == "__main__":
    write_all()
