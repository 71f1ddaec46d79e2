"""Cell styles of an .xlsx reduced to what matters here: the solid fill as `RRGGBB`."""

import colorsys
from xml.etree.ElementTree import Element

from webapp.platform.spreadsheets.workbook import SpreadsheetRefused
from webapp.platform.spreadsheets.xml_tree import parsed

# ECMA-376 part 1, 18.8.27: the indexed colours from 8 to 63; 0 to 7 repeat the first eight.
_INDEXED = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF800000008000000080808000800080"
    "008080C0C0C08080809999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF000080FF00FF"
    "FFFF0000FFFF8000808000000080800000FF00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FF"
    "FFCC993366FF33CCCC99CC00FFCC00FF9900FF6600666699969696003366339966003300333300"
    "993300993366333399333333"
)
_FIRST_INDEX = 8
# The file lists dark before light twice; style references count light first.
_THEME_ORDER = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11)
_RGB_DIGITS = 6


def fills_by_style(parts: dict[str, bytes]) -> dict[int, str]:
    """The fill of each cell style by its number; styles that cannot be read have none."""
    try:
        styles = parsed(parts["xl/styles.xml"])
    except (KeyError, SpreadsheetRefused):
        return {}
    theme = _theme_colours(parts)
    fills = [_fill_colour(fill, theme) for fill in _children(styles, "fills")]
    found = {}
    for number, style in enumerate(_children(styles, "cellXfs")):
        at = style.get("fillId", "0")
        colour = fills[int(at)] if at.isdigit() and int(at) < len(fills) else None
        if colour is not None:
            found[number] = colour
    return found


def indexed_colour(index: int) -> str | None:
    """A colour of the standard palette, or None for the automatic ones."""
    if 0 <= index < _FIRST_INDEX:
        index += _FIRST_INDEX
    at = (index - _FIRST_INDEX) * _RGB_DIGITS
    return _INDEXED[at : at + _RGB_DIGITS] or None if at >= 0 else None


def _children(root: Element, name: str) -> list[Element]:
    for element in root:
        if element.tag.rpartition("}")[2] == name:
            return list(element)
    return []


def _theme_colours(parts: dict[str, bytes]) -> list[str]:
    names = sorted(name for name in parts if name.startswith("xl/theme/"))
    try:
        root = parsed(parts[names[0]]) if names else None
    except SpreadsheetRefused:
        return []
    if root is None:
        return []
    schemes = (e for e in root.iter() if e.tag.endswith("}clrScheme"))
    stored = [
        colour.get("lastClr") or colour.get("val") or ""
        for entry in next(schemes, ())
        for colour in entry
    ]
    return [stored[at] if at < len(stored) else "" for at in _THEME_ORDER]


def _fill_colour(fill: Element, theme: list[str]) -> str | None:
    for pattern in fill:
        if pattern.get("patternType") != "solid":
            return None
        for colour in pattern:
            if colour.tag.endswith("}fgColor"):
                return _resolved(colour, theme)
    return None


def _resolved(colour: Element, theme: list[str]) -> str | None:
    rgb = colour.get("rgb", "")[-_RGB_DIGITS:].upper()
    if not rgb and (index := colour.get("indexed", "")).isdigit():
        rgb = indexed_colour(int(index)) or ""
    if not rgb and (at := colour.get("theme", "")).isdigit() and int(at) < len(theme):
        rgb = _tinted(theme[int(at)], colour.get("tint", "0"))
    return rgb if _is_rgb(rgb) else None


def _is_rgb(text: str) -> bool:
    return len(text) == _RGB_DIGITS and all(digit in "0123456789ABCDEF" for digit in text)


def _tinted(rgb: str, tint: str) -> str:
    """ECMA-376 part 1, 18.8.19: a tint darkens below 0 and lightens above."""
    rgb = rgb.upper()
    try:
        amount = max(-1.0, min(1.0, float(tint)))
    except ValueError:
        return rgb
    if not _is_rgb(rgb) or amount == 0:
        return rgb
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + amount) if amount < 0 else light * (1 - amount) + amount
    mixed = colorsys.hls_to_rgb(hue, max(0.0, min(1.0, light)), saturation)
    return "".join(f"{round(part * 255):02X}" for part in mixed)
