"""An application in the words a reader checks, field by field."""

from dataclasses import dataclass

from webapp.enterprise.rules.registration import FIELD_WORDS, Application
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
