"""A raw row's texts as the values of a ledger row."""

import re
from collections.abc import Mapping as Dictionary
from functools import lru_cache

from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.import_ledger.mapping import Mapping
from webapp.risks.rules.import_ledger.measures import measures
from webapp.risks.rules.import_ledger.records import Grade, LedgerRow
from webapp.risks.rules.import_ledger.rows import RawRow
from webapp.risks.rules.import_ledger.values import control_level, frequency, point_kind
from webapp.risks.rules.import_ledger.words import one_line, tidy
from webapp.standards.accident_types import resolve

_TICKS = {"√", "✓", "✔", "V", "v", "●", "○", "是"}
_BETWEEN_TWO = re.compile(r"[/／\\\n、,，;；]+|\s+")
_PHONE = re.compile(r"(?<!\d)(1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)")
_PAIR = 2


def ledger_row(
    raw: RawRow,
    mapping: Mapping,
    *,
    index: int,
    sheet: str,
    grade: Grade,
    residual: Grade | None,
) -> LedgerRow:
    """The row as values; names lose their inner breaks, descriptions keep them."""
    department, person, phone = _responsible(raw, mapping)
    kind = point_kind(raw.said(Field.POINT_KIND))
    outcome = tidy(raw.said(Field.OUTCOME))
    accident_words = tidy(raw.said(Field.ACCIDENT_TYPES))
    return LedgerRow(
        index=index,
        sheet=sheet,
        row=raw.row,
        unit=_name(raw, Field.UNIT),
        point=_name(raw, Field.POINT),
        point_kind=kind,
        place=_name(raw, Field.PLACE),
        activity=_name(raw, Field.ACTIVITY),
        step=_name(raw, Field.STEP),
        hazard_source=_source(raw),
        event=tidy(raw.said(Field.EVENT)),
        accident_types=_accident_types(accident_words or outcome),
        accident_words=accident_words,
        outcome=outcome,
        grade=grade,
        residual=residual,
        measures=measures(raw.measures),
        improvement=tidy(raw.said(Field.IMPROVEMENT)),
        control_level=control_level(raw.said(Field.CONTROL_LEVEL)),
        department=department,
        person=person,
        phone=phone,
        post=_name(raw, Field.POST),
        frequency=frequency(raw.said(Field.FREQUENCY)),
        remark=tidy(raw.said(Field.REMARK)),
    )


def _name(raw: RawRow, wanted: Field) -> str:
    text = raw.said(wanted)
    return "" if text in _TICKS else one_line(text)


def _source(raw: RawRow) -> str:
    """The hazard source, and after it what is harmful about it, where a column of its own says."""
    source, factor = tidy(raw.said(Field.HAZARD_SOURCE)), tidy(raw.said(Field.HARMFUL_FACTOR))
    if source in factor:
        return factor
    return source if factor in source else f"{source}：{factor}"


@lru_cache(maxsize=4096)
def _accident_types(text: str) -> tuple[str, ...]:
    return tuple(known.code for known in resolve(text).types) if text else ()


def _responsible(raw: RawRow, mapping: Mapping) -> tuple[str, str, str]:
    """Department, person and phone, also where one column holds 车间/姓名 or 姓名 and phone."""
    texts: Dictionary[Field, str] = {
        wanted: raw.said(wanted) for wanted in (Field.DEPARTMENT, Field.PERSON, Field.PHONE)
    }
    department = "" if texts[Field.DEPARTMENT] in _TICKS else texts[Field.DEPARTMENT]
    person, phone = texts[Field.PERSON], texts[Field.PHONE]
    if not phone and (match := _PHONE.search(person)):
        phone = match[1]
        person = person.replace(match[1], "").strip(" /、,，:：()（）\n")
    if not person and _is_for_both(mapping):
        parts = [part for part in _BETWEEN_TWO.split(department) if part]
        if len(parts) == _PAIR:
            department, person = parts
    return one_line(department), one_line(person), phone


def _is_for_both(mapping: Mapping) -> bool:
    at = mapping.column(Field.DEPARTMENT)
    has_person = mapping.column(Field.PERSON) is not None
    return at is not None and not has_person and "人" in mapping.headings.get(at, "")
