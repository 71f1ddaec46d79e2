"""An application in the words a reader checks, field by field."""

from dataclasses import dataclass
from typing import Any

from webapp.enterprise.rules.registration import FIELD_WORDS, Application
from webapp.standards import industries, regions
from webapp.standards.loader import UnknownCode

UNPICKED = "未选"


@dataclass(frozen=True, slots=True)
class Answer:
    """One field, its name and its value in words."""

    field: str
    label: str
    value: str


def answers(application: Application) -> tuple[Answer, ...]:
    """Every field of a valid application, in the form's order of asking."""
    return tuple(
        Answer(field, FIELD_WORDS[field], _words(field, getattr(application, field)))
        for field in ORDER
    )


def _words(field: str, value: Any) -> str:
    """One value in words. Raises UnknownCode or ValueError for a code that does not exist."""
    match field:
        case "region_code":
            return regions.full_name(value)
        case "industry_code":
            return _industry(value)
        case "scale":
            return industries.Scale(value).words
        case "supervision_categories":
            return _categories(value)
        case "employees":
            return f"{value} 人"
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which what is saved and what was typed differ, both in words."""

    label: str
    saved: str
    typed: str


def differences(saved: Application, typed: Application) -> tuple[Difference, ...]:
    """Where a record differs from what someone typed, which need not be valid."""
    words = _typed(typed)
    return tuple(
        Difference(answer.label, answer.value, words[answer.field])
        for answer in answers(saved)
        if getattr(saved, answer.field) != getattr(typed, answer.field)
    )


def _typed(application: Application) -> dict[str, str]:
    return {field: _typed_words(field, getattr(application, field)) for field in ORDER}


def _typed_words(field: str, value: Any) -> str:
    try:
        return _words(field, value)
    except (UnknownCode, ValueError):
        # A code that nothing stands for was not picked from our lists.
        return UNPICKED


ORDER = (
    "uscc",
    "name",
    "region_code",
    "address",
    "industry_code",
    "supervision_categories",
    "scale",
    "employees",
    "legal_representative",
    "principal_name",
    "principal_phone",
    "safety_officer_name",
    "safety_officer_phone",
)


def _industry(code: str) -> str:
    found = industries.industry(code)
    return f"{found.code} {found.name}"


def _categories(codes: tuple[str, ...]) -> str:
    return "、".join(industries.supervision_category(code).name for code in codes) or UNPICKED
