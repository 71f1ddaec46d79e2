"""Who hears of an overdue hazard, and when; the ladder stands in the standards' table."""

from enum import StrEnum

from webapp.standards.check_types import limits


class Rung(StrEnum):
    """Who is told, from near to far."""

    DEPARTMENT_HEAD = "department_head"
    DEPUTY = "deputy"
    PRINCIPAL = "principal"
    REGULATOR = "regulator"

    @property
    def words(self) -> str:
        """The receiver as users read it."""
        return _RUNG_WORDS[self]


_RUNG_WORDS = {
    Rung.DEPARTMENT_HEAD: "部门负责人",
    Rung.DEPUTY: "分管负责人",
    Rung.PRINCIPAL: "主要负责人",
    Rung.REGULATOR: "属地监管人员",
}


def reached(days_overdue: int) -> tuple[Rung, ...]:
    """All who are to know of a hazard that many days past its date, nearest first."""
    ladder = limits().escalations
    return tuple(Rung(step.to) for step in ladder if days_overdue >= step.overdue_days)


def to_tell(days_overdue: int, *, told: frozenset[Rung]) -> tuple[Rung, ...]:
    """Who is to be told now and has not been; days missed by a stopped job are caught up."""
    return tuple(rung for rung in reached(days_overdue) if rung not in told)
