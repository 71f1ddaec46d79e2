"""Subset, rename and compress the faces that the PDF kit embeds.

Run in an environment of its own with fonttools (4.60 or later); the product never needs it:

    scripts/fonts/fetch.sh FOLDER
    python scripts/fonts/build.py FOLDER webapp/documents/fonts

Same sources and same fonttools give the same bytes: no timestamp is written.
"""

import bz2
import lzma
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]

RARE = "龘㙍濮滑"
# Beyond the frequent characters: those that names of places and courts need in a title.
PLACES = (
    "濮漯亳滁衢泸邛崃崂邳郯沂莒鄄郓濉汶潢浉涧瀍偃涿蠡邯郸邢滏邙郏郾宛淅鄢荥陟沁浚淇歙黟旌濠涪綦潼犍"
    "洱镡芷沅澧汨溆耒麒麟琼儋邕圩岑梧岐陇岷渑颍汝濂赣婺弋鄱靖莆浔漳诏瓯嵊岱缙鄞滦涞阜滹隰汾绛岢岚岫阗"
    "鄯焉耆羌伽犁殷洹邺灈嘏苇沭泗盱眙邗邵濡沽蓟潞昌溧郫郧秭巫滘泾渭邠岔鄂蕲沔郴汩浏渌酉黔彝侗仡佬傣佤"
)
TICKS = set(map(ord, "☐☑☒✓✔✗✘⌀€⚠■□▲△●○◆◇★☆")) | set(range(0x2070, 0x209F)) | {0xB9, 0xB2, 0xB3}
# Latin, punctuation, letter-like, numbers, arrows, circled numbers, CJK punctuation, full-width
# forms. Only song keeps mathematics, boxes, shapes and squared units: the others fall back to it.
RANGES = (
    (0x20, 0x17F),
    (0x2000, 0x2070),
    (0x2100, 0x214F),
    (0x2150, 0x218C),
    (0x2190, 0x219A),
    (0x2460, 0x2474),
    (0x3000, 0x3020),
    (0xFF00, 0xFFF0),
)
MORE_RANGES = (
    (0x219A, 0x21FF),
    (0x2200, 0x22FF),
    (0x2474, 0x2580),
    (0x25A0, 0x2600),
    (0x3020, 0x3040),
    (0x3200, 0x3400),
)
DROPPED = ["GSUB", "GPOS", "GDEF", "vhea", "vmtx", "VORG", "BASE", "DSIG", "STAT", "meta"]


@dataclass(frozen=True)
class Source:
    """One face: where it comes from, what it is called here and which characters it keeps."""

    path: str
    file: str
    family: str
    characters: frozenset[int]


def within(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """Return the characters of the ranges; the second number of each is left out."""
    return {code for first, last in ranges for code in range(first, last)}


def encoded(codec: str) -> set[int]:
    """Return the characters that a two-byte Chinese encoding can hold."""
    found = set()
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                text = bytes([high, low]).decode(codec)
            except UnicodeDecodeError:
                continue
            found |= {ord(text)} if len(text) == 1 else set()
    return found


def level_one() -> set[int]:
    """Return the 3,755 frequent characters of GB 2312, rows 16 to 55."""
    return {
        ord(bytes([high, low]).decode("gb2312"))
        for high in range(0xB0, 0xD8)
        for low in range(0xA1, 0xFF)
        if not (high == 0xD7 and low > 0xF9)
    }


def general_standard(folder: Path) -> set[int]:
    """Return the 8,105 characters of 通用规范汉字表 (2013) by Unihan's property kTGH."""
    path = folder / "debian/usr/share/unicode/Unihan_OtherMappings.txt.bz2"
    lines = bz2.decompress(path.read_bytes()).decode().splitlines()
    return {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}


def sources(folder: Path) -> Iterable[Source]:
    """Yield the faces in the order in which the product names them."""
    base, standard = within(RANGES), general_standard(folder)
    wenkai = "debian/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
    dejavu = "debian/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    serif, sans = "serif/{0}/NotoSerifSC_{0}.ttf", "sans/{0}/NotoSansSC_{0}.ttf"
    names = base | encoded("gb2312") | standard | set(map(ord, RARE))
    all_of_them = names | encoded("gbk") | within(MORE_RANGES)
    titles = base | level_one() | set(map(ord, PLACES + RARE))
    yield Source(serif.format("400Regular"), "song.ttf", "Anqima Song", frozenset(all_of_them))
    yield Source(sans.format("700Bold"), "hei.ttf", "Anqima Hei", frozenset(names))
    yield Source(sans.format("400Regular"), "sans.ttf", "Anqima Sans", frozenset(names))
    yield Source(wenkai, "kai.ttf", "Anqima Kai", frozenset(names))
    yield Source(serif.format("700Bold"), "title.ttf", "Anqima Title", frozenset(titles))
    yield Source(dejavu, "symbols.ttf", "Anqima Symbols", frozenset(TICKS))


def options() -> subset.Options:
    """Return fonttools' settings: outlines only, no hinting, no layout tables."""
    chosen = subset.Options()
    chosen.hinting = False
    chosen.layout_features = []
    chosen.notdef_outline = True
    chosen.glyph_names = False
    chosen.recalc_timestamp = False
    chosen.drop_tables += DROPPED
    return chosen


def build(source: Source, folder: Path, out: Path) -> Path:
    """Subset one face, give it our family name (OFL reserves theirs) and write it."""
    chosen = options()
    font = subset.load_font(str(folder / source.path), chosen)
    subsetter = subset.Subsetter(chosen)
    subsetter.populate(unicodes=source.characters)
    subsetter.subset(font)
    compact = source.family.replace(" ", "")
    for record in list(font["name"].names):
        if record.nameID not in (0, 13, 14):
            font["name"].removeNames(nameID=record.nameID)
    for name_id, text in (
        (1, source.family),
        (2, "Regular"),
        (3, compact),
        (4, source.family),
        (6, compact),
    ):
        font["name"].setName(text, name_id, 3, 1, 0x409)
    path = out / source.file
    subset.save_font(font, str(path), chosen)
    return path


def main(folder: Path, out: Path) -> None:
    """Build all faces; the Han faces are kept as .xz, the symbols are small enough plain."""
    out.mkdir(parents=True, exist_ok=True)
    for source in sources(folder):
        path = build(source, folder, out)
        if source.file == "symbols.ttf":
            continue
        filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 2**24}]
        packed = lzma.compress(path.read_bytes(), format=lzma.FORMAT_XZ, filters=filters)
        path.with_suffix(".ttf.xz").write_bytes(packed)
        path.unlink()
        sys.stdout.write(f"{source.file}.xz {len(packed) / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
