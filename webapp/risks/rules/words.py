"""How the ledger's numbers, activities and types read on screens and papers."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from webapp.risks.rules.drafts import STATED
from webapp.standards.accident_types import accident_type
from webapp.standards.risk_methods import method, plain

POINT_KINDS = {"place": "场所部位", "equipment": "设备设施", "activity": "作业活动"}


def number_words(number: int) -> str:
    """An event's number as people call it: R-0031."""
    return f"R-{number:04d}"


def activity_words(activity: str, step: str) -> str:
    """Activity and step in one, once when they say the same."""
    return "／".join(dict.fromkeys(part for part in (activity, step) if part))


def type_names(codes: Iterable[str]) -> str:
    """Accident types in words: 灼烫、其他爆炸."""
    return "、".join(accident_type(code).name for code in codes)


def method_words(code: str) -> str:
    """The method's short name; a level that came without one says so."""
    return "仅有等级" if code == STATED else method(code).code.upper()


def ordered_factors(code: str, factors: Mapping[str, object]) -> dict[str, Decimal]:
    """Factors as they are kept, as exact numbers in the method's order."""
    if code == STATED:
        return {}
    known = method(code).factors
    return {f.code: plain(Decimal(str(factors[f.code]))) for f in known if f.code in factors}
