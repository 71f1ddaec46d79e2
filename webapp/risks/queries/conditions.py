"""Which rows of the ledger a filter means, as conditions of the database."""

from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, case, func, or_, select

from webapp.enterprise.models.organisation import Department
from webapp.risks.models.ledger import HazardSource, RiskEvent, RiskPoint
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.rules.filters import LedgerFilter, View
from webapp.standards.control_measure_categories import MeasureCategory, shortfall
from webapp.standards.risk_methods import RiskLevel

BITS = {category: 1 << at for at, category in enumerate(MeasureCategory)}
GRAVITY = func.array_position([str(level) for level in RiskLevel], RiskEvent.level)


_KINDS = func.bit_or(
    case(*((ControlMeasure.category == str(c), bit) for c, bit in BITS.items()), else_=0)
)


def kinds_of_events(enterprise_id: UUID) -> Subquery:
    """For each event that has measures their kinds as bits."""
    return (
        select(ControlMeasure.event_id, _KINDS.label("kinds"))
        .where(
            ControlMeasure.enterprise_id == enterprise_id,
            ControlMeasure.removed_at.is_(None),
        )
        .group_by(ControlMeasure.event_id)
        .subquery("measured")
    )


def kinds_of(bits: int) -> tuple[MeasureCategory, ...]:
    """The kinds of measures that the bits stand for."""
    return tuple(category for category, bit in BITS.items() if bits & bit)


def is_short(kinds: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether an event with these kinds of measures, as bits, has fewer than its level needs.

    The standard is asked for every combination of kinds once, so that its table stays the rule.
    """
    return or_(
        *(
            (RiskEvent.level == str(level)) & kinds.in_(_short_combinations(level))
            for level in RiskLevel
        )
    )


def _is_short_of(enterprise_id: UUID) -> ColumnElement[bool]:
    measured = kinds_of_events(enterprise_id)
    well = select(RiskEvent.id).join(measured, measured.c.event_id == RiskEvent.id)
    return RiskEvent.id.not_in(
        well.where(RiskEvent.enterprise_id == enterprise_id, ~is_short(measured.c.kinds))
    )


def _short_combinations(level: RiskLevel) -> list[int]:
    everything = 1 << len(BITS)
    return [bits for bits in range(everything) if shortfall(level, kinds_of(bits)) is not None]


def conditions(enterprise_id: UUID, wanted: LedgerFilter) -> tuple[ColumnElement[bool], ...]:
    """The rows in force that a filter means; joins events, points and sources."""
    found: list[ColumnElement[bool]] = [
        RiskEvent.enterprise_id == enterprise_id,
        RiskEvent.removed_at.is_(None),
    ]
    if wanted.level is not None:
        found.append(RiskEvent.level == str(wanted.level))
    if wanted.control_level is not None:
        found.append(RiskEvent.control_level == str(wanted.control_level))
    if wanted.accident_type:
        found.append(RiskEvent.accident_types.contains([wanted.accident_type]))
    if wanted.department_id is not None:
        found.append(_in_department(enterprise_id, wanted.department_id))
    if wanted.text:
        found.append(_says(wanted.text))
    return (*found, *_of_view(enterprise_id, wanted))


def _of_view(enterprise_id: UUID, wanted: LedgerFilter) -> tuple[ColumnElement[bool], ...]:
    match wanted.view:
        case View.GRAVE:
            return (RiskEvent.level.in_((str(RiskLevel.MAJOR), str(RiskLevel.SIGNIFICANT))),)
        case View.SHORT:
            return (_is_short_of(enterprise_id),)
        case View.UNASSIGNED:
            return (RiskEvent.owner_id.is_(None),)
        case View.PROPOSED:
            return (RiskEvent.is_proposed.is_(True),)
        case View.MINE:
            return (RiskEvent.owner_id == wanted.person_id,)
        case _:
            return ()


def _in_department(enterprise_id: UUID, department_id: UUID) -> ColumnElement[bool]:
    """In the department itself or in one of its teams."""
    teams = select(Department.id).where(
        Department.enterprise_id == enterprise_id, Department.parent_id == department_id
    )
    return or_(RiskEvent.department_id == department_id, RiskEvent.department_id.in_(teams))


def _says(text: str) -> ColumnElement[bool]:
    """Whether the number or any words of a row hold the text."""
    like = f"%{plain(text)}%"
    found: list[ColumnElement[bool]] = [
        column.ilike(like, escape="\\")
        for column in (
            RiskPoint.name,
            HazardSource.activity,
            HazardSource.step,
            HazardSource.name,
            RiskEvent.description,
        )
    ]
    number = text.upper().removeprefix("R-").lstrip("0")
    if number.isascii() and number.isdigit() and len(number) <= len(str(2**31)) - 1:
        found.append(RiskEvent.number == int(number))
    return or_(*found)


def plain(text: str) -> str:
    """The text as itself inside a pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
