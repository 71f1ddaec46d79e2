"""Which column holds which field: proposed from the headings, corrected by a person, remembered."""

import hashlib
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from types import MappingProxyType

from webapp.risks.rules.import_ledger.fields import ASSESSED, FACTORS, Field
from webapp.risks.rules.import_ledger.headings import candidates
from webapp.risks.rules.import_ledger.words import squeezed

_LEAST_WEIGHT = 0.55
_MOSTLY = 0.6
_HARDLY = 0.2
_SINGLE_LETTER = 0.965
# Where a ledger has no column called 风险点, the first of these that it has is the point.
_POINT_INSTEAD = (Field.PLACE, Field.ACTIVITY, Field.UNIT, Field.POST, Field.STEP)

Shares = Callable[[int], float | None]


@dataclass(frozen=True)
class Mapping:
    """Columns (from 0) and their fields, how sure that is (0 to 1), and what stayed unknown.

    ``has_shared_severity`` tells that one column, headed C/S, serves two methods.
    """

    columns: Dictionary[int, Field]
    confidence: float
    unknown: tuple[int, ...]
    headings: Dictionary[int, str]
    fingerprint: str
    has_shared_severity: bool = False

    @property
    def fields(self) -> frozenset[Field]:
        """The fields that have a column."""
        return frozenset(self.columns.values())

    def column(self, field: Field) -> int | None:
        """The column of a field, None when it has none."""
        return next((at for at, held in self.columns.items() if held is field), None)

    def corrected(self, columns: Dictionary[int, Field]) -> "Mapping":
        """The same headings with the columns a person has set; the rest is left out."""
        kept = {at: field for at, field in columns.items() if at in self.headings}
        unknown = tuple(at for at in self.headings if at not in kept)
        return replace(self, columns=MappingProxyType(kept), unknown=unknown, confidence=1.0)


def fingerprint(headings: Sequence[str]) -> str:
    """A short name for a row of headings, the same whatever blanks and breaks stand in them."""
    joined = "\x1f".join(squeezed(heading) for heading in headings)
    return hashlib.sha256(joined.encode()).hexdigest()[:24]


def mapped(paths: Sequence[Sequence[str]], shares: Shares, *, has_point_above: bool) -> Mapping:
    """Map columns by their headings; ``shares`` gives the share of numbers in a column.

    ``has_point_above`` tells that a line above the table names the point.
    """
    options = {at: candidates(path) for at, path in enumerate(paths) if path}
    chosen, weights = _assigned(options)
    chosen = _settled_factors(_without_lone_residual(chosen), shares)
    chosen = _with_sources(_with_point(chosen, has_point_above=has_point_above))
    headings = {at: "／".join(path) for at, path in enumerate(paths) if path}
    sure = sum(min(weights.get(at, 0.0), 1.0) for at in chosen)
    return Mapping(
        columns=MappingProxyType(dict(sorted(chosen.items()))),
        confidence=round(sure / len(headings), 2) if headings else 0.0,
        unknown=tuple(at for at in headings if at not in chosen),
        headings=MappingProxyType(headings),
        fingerprint=fingerprint([headings.get(at, "") for at in range(len(paths))]),
        has_shared_severity=any(_is_shared(found) for found in options.values()),
    )


def _assigned(
    options: dict[int, tuple[tuple[Field, float], ...]],
) -> tuple[dict[int, Field], dict[int, float]]:
    """The surest first, each column and each field once."""
    ranked = sorted(
        ((weight, at, field) for at, found in options.items() for field, weight in found),
        key=lambda option: (-option[0], option[1]),
    )
    chosen: dict[int, Field] = {}
    weights: dict[int, float] = {}
    taken: set[Field] = set()
    for weight, at, field in ranked:
        if weight >= _LEAST_WEIGHT and at not in chosen and field not in taken:
            chosen[at], weights[at] = field, weight
            taken.add(field)
    return chosen, weights


def _is_shared(found: tuple[tuple[Field, float], ...]) -> bool:
    sure = {field for field, weight in found if weight >= _SINGLE_LETTER}
    return {Field.CONSEQUENCE, Field.SEVERITY} <= sure


def _without_lone_residual(chosen: dict[int, Field]) -> dict[int, Field]:
    """A ledger with one assessment has no second one, whatever its heading calls it."""
    if any(field in ASSESSED for field in chosen.values()):
        return chosen
    return {at: field.inherent for at, field in chosen.items()}


def _settled_factors(chosen: dict[int, Field], shares: Shares) -> dict[int, Field]:
    """Tell factors from words by what the columns hold, and 后果 by the method around it."""
    settled = dict(chosen)
    for at in chosen:
        share = shares(at)
        field = None if share is None else _by_content(at, share, settled)
        if field is not None:
            settled[at] = field
    settled = _named_by_method(settled, *FACTORS)
    return _named_by_method(settled, *(field.residual for field in FACTORS))


def _by_content(at: int, share: float, settled: dict[int, Field]) -> Field | None:
    """The other meaning of 后果 or 频次 that a column's content speaks for, None to leave it."""
    fields = set(settled.values())
    if settled[at] is Field.FREQUENCY and share >= _MOSTLY and Field.LIKELIHOOD in fields:
        return Field.EXPOSURE if Field.EXPOSURE not in fields else None
    has_degree = bool(fields & {Field.SEVERITY, Field.CONSEQUENCE})
    if settled[at] is Field.OUTCOME and share >= _MOSTLY:
        return Field.SEVERITY if Field.LIKELIHOOD in fields and not has_degree else None
    if settled[at] in (Field.SEVERITY, Field.CONSEQUENCE) and share <= _HARDLY:
        return Field.OUTCOME if Field.OUTCOME not in fields else None
    return None


def _named_by_method(
    chosen: dict[int, Field],
    likelihood: Field,
    exposure: Field,
    consequence: Field,
    severity: Field,
    control_state: Field,
) -> dict[int, Field]:
    """LEC calls the last factor consequence, LS and MES call it severity."""
    fields = set(chosen.values())
    is_lec = exposure in fields and control_state not in fields
    wanted, other = (consequence, severity) if is_lec else (severity, consequence)
    if wanted in fields or not fields & {likelihood, control_state}:
        return chosen
    return {at: wanted if field is other else field for at, field in chosen.items()}


def _with_point(chosen: dict[int, Field], *, has_point_above: bool) -> dict[int, Field]:
    fields = set(chosen.values())
    if Field.POINT in fields or has_point_above:
        return chosen
    instead = next((field for field in _POINT_INSTEAD if field in fields), None)
    if instead is None:
        return chosen
    return {at: Field.POINT if field is instead else field for at, field in chosen.items()}


def _with_sources(chosen: dict[int, Field]) -> dict[int, Field]:
    """A ledger that lists events or tells risks by outcome alone has its sources there."""
    if Field.HAZARD_SOURCE in chosen.values():
        return chosen
    return {
        at: Field.HAZARD_SOURCE if field is Field.EVENT else field for at, field in chosen.items()
    }
