"""An application in the words a reader checks, field by field."""

from dataclasses import dataclass

from webapp.enterprise.rules.registration import FIELD_WORDS, Application, application_refusals
from webapp.standards import industries, regions


@dataclass(frozen=True, slots=True)
class Answer:
    """One field, its name and its value in words."""

    field: str
    label: str
    value: str


def answers(application: Application) -> tuple[Answer, ...]:
    """Every field of a valid application, in the form's order of asking."""
    shown = {
        "region_code": regions.full_name(application.region_code),
        "industry_code": _industry(application.industry_code),
        "scale": industries.Scale(application.scale).words,
        "employees": f"{application.employees} 人",
        "supervision_categories": _categories(application.supervision_categories),
    }
    return tuple(
        Answer(
            field, FIELD_WORDS[field], shown.get(field) or str(getattr(application, field) or "")
        )
        for field in ORDER
    )


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
    if application_refusals(application):
        # A code that nothing stands for has no words; it is shown as it was sent.
        return {field: str(getattr(application, field) or "") for field in ORDER}
    return {answer.field: answer.value for answer in answers(application)}


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
    return "、".join(industries.supervision_category(code).name for code in codes) or "未选"
