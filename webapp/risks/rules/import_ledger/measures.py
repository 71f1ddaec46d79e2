"""Control measures out of cells: one to a cell, several numbered, or all five kinds in one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from webapp.risks.rules.import_ledger.fields import MEASURE_KINDS, Field
from webapp.risks.rules.import_ledger.words import folded, is_nothing, tidy
from webapp.standards.control_measure_categories import MeasureCategory

_ENGINEERING, _MANAGEMENT = MeasureCategory.ENGINEERING, MeasureCategory.MANAGEMENT
_TRAINING, _EMERGENCY = MeasureCategory.TRAINING, MeasureCategory.EMERGENCY
_PROTECTION = MeasureCategory.PERSONAL_PROTECTION

_KIND_WORDS = (
    (_ENGINEERING, r"工程技术|工程控制|工程|技术"),
    (_TRAINING, r"安全培训教育|培训教育|教育培训|宣传教育|安全教育|安全培训|培训|教育"),
    (_PROTECTION, r"个体防护|个人防护|劳动防护|防护用品|劳保用品|个体"),
    (_EMERGENCY, r"应急处置|应急救援|应急处理|应急响应|应急"),
    (_MANAGEMENT, r"安全管理|管理控制|制度管理|管理"),
)
_KIND_GROUPS = "|".join(f"(?P<{kind.name}>{words})" for kind, words in _KIND_WORDS)
_ORDINAL = (
    r"(?:[(（](?:\d{1,2}|[一二三四五六七八九十])[)）][、.．]?|(?<![\d.])\d{1,2}\s?[、.．)）]"
    r"|[①-⑳⑴-⒛㈠-㈩][、.．]?|(?<!\w)[一二三四五六七八九十][、.．)）])"
)
# A kind opens a part after a break or a stop, after its own number wherever that stands, and after
# a blank where a colon follows: 加强 管理 opens nothing.
_OPENING = (
    r"(?:^|(?<=[\n;；。,，、.])|(?=【)|(?<=[ \t])(?=[^\n:：]{2,14}[:：]))"
    rf"\s*[【\[(（]?(?:{_ORDINAL}|\d{{1,2}})?"
)
_KIND_MARK = re.compile(
    rf"(?:{_OPENING}|{_ORDINAL})\s*[【\[(（]?(?:{_KIND_GROUPS})(?:控制|防范|类|管控)?"
    r"(?:措施|方面|对策)?(?:[】\])）]\s*[:：]?|\s*[:：\n])\s*"
)
_NUMBER = re.compile(
    r"(?<![\d.\w])(?:[(（](\d{1,2})[)）]|(\d{1,2})\s?(?:[、．)）]|\.(?!\d)))|([①-⑳])"
)
_BREAKS = re.compile(r"[\n；;]+|。(?=.)")
_CIRCLED_ZERO = 0x245F
# Asked in this order: a word for an emergency outweighs the training or gear it names.
_HINTS = (
    (
        _EMERGENCY,
        re.compile(r"应急|预案|急救|抢救|救援|疏散|撤离|灭火|拨打|上报|报警并|启动.{0,4}处置"),
    ),
    (
        _PROTECTION,
        re.compile(
            r"佩戴|穿戴|配戴|戴好|安全帽|防护服|防护手套|绝缘手套|护目镜|口罩|耳塞|劳保|劳动防护|防护用品|系好安全带"
        ),
    ),
    (_TRAINING, re.compile(r"培训|教育|持证|考核合格|交底|班前会|取证|演练")),
    (
        _ENGINEERING,
        re.compile(
            r"防护罩|护栏|联锁|连锁|接地|漏电保护|报警器|报警装置|安装|设置|加装|通风|除尘|隔离|防爆|安全阀|限位|制动|喷淋|装置|围堰|防静电|防雷|保护器|光栅|急停"
        ),
    ),
)
_ENDINGS = " \t\n;；。,，、"


@dataclass(frozen=True, slots=True)
class Measure:
    """One control measure; ``is_guessed`` when the ledger did not say its kind."""

    kind: MeasureCategory
    text: str
    is_guessed: bool = False


def measures(cells: Iterable[tuple[Field, str]]) -> tuple[Measure, ...]:
    """All measures of a row from its measure columns, in the five kinds' order, none twice."""
    found: dict[tuple[MeasureCategory, str], Measure] = {}
    for field, text in cells:
        for measure in _of_cell(MEASURE_KINDS.get(field), text):
            found.setdefault((measure.kind, measure.text), measure)
    kinds = tuple(MeasureCategory)
    return tuple(sorted(found.values(), key=lambda measure: kinds.index(measure.kind)))


def _of_cell(kind: MeasureCategory | None, text: str) -> Iterator[Measure]:
    clean = tidy(text)
    for said, part in _by_kind(clean):
        known = said or kind
        for piece in split(part):
            if known is not None:
                yield Measure(known, piece)
            else:
                yield Measure(guessed_kind(piece), piece, is_guessed=True)


def _by_kind(text: str) -> Iterator[tuple[MeasureCategory | None, str]]:
    """The parts of a cell that open with 工程技术措施：, 管理措施： … and what stands before."""
    marks = list(_KIND_MARK.finditer(text))
    if not marks:
        yield None, text
        return
    yield None, text[: marks[0].start()]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        yield MeasureCategory[mark.lastgroup or ""], text[mark.end() : end]


def split(text: str) -> list[str]:
    """Single measures: by their numbers 1、2、3 when they count up, else by breaks and ；."""
    parts = _by_numbers(text) or _BREAKS.split(text)
    pieces = (part.strip(_ENDINGS) for part in parts)
    return [piece for piece in pieces if not is_nothing(piece)]


def _by_numbers(text: str) -> list[str]:
    """Parts after 1、2、3…; numbers that do not count up (1.5 m, 380V) part nothing."""
    cuts: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(text):
        if _number_of(match) == len(cuts) + 1:
            cuts.append((match.start(), match.end()))
    if not cuts or (len(cuts) == 1 and text[: cuts[0][0]].strip()):
        return []
    ends = [*(start for start, _ in cuts[1:]), len(text)]
    parts = [text[start:end] for (_, start), end in zip(cuts, ends, strict=True)]
    return [" ".join(part.split("\n")) for part in (text[: cuts[0][0]], *parts)]


def _number_of(match: re.Match[str]) -> int:
    digits = match[1] or match[2]
    return int(digits) if digits else ord(match[3]) - _CIRCLED_ZERO


def guessed_kind(text: str) -> MeasureCategory:
    """The kind that a measure's words speak for; management when none do."""
    plain = folded(text)
    return next((kind for kind, hint in _HINTS if hint.search(plain)), _MANAGEMENT)
