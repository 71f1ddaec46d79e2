"""What a ledger row still wants, in one word."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from webapp.standards.control_measure_categories import MeasureCategory, shortfall
from webapp.standards.risk_methods import RiskLevel

# Identification and assessment are renewed at least once a year.
REVIEWED_WITHIN = timedelta(days=365)


class RowState(StrEnum):
    """The first thing that a row wants; nothing when it is complete."""

    PROPOSED = "proposed"
    SHORT = "short"
    UNASSIGNED = "unassigned"
    DUE = "due"
    COMPLETE = "complete"

    @property
    def words(self) -> str:
        """The state as the list shows it."""
        return _WORDS[self]

    @property
    def tone(self) -> str:
        """How much it presses: bad, warn or ok."""
        return _TONES[self]


_WORDS = {
    RowState.PROPOSED: "待确认",
    RowState.SHORT: "措施不足",
    RowState.UNASSIGNED: "待指定责任人",
    RowState.DUE: "待复评",
    RowState.COMPLETE: "已评价",
}
_TONES = {
    RowState.PROPOSED: "warn",
    RowState.SHORT: "bad",
    RowState.UNASSIGNED: "warn",
    RowState.DUE: "warn",
    RowState.COMPLETE: "ok",
}


def row_state(
    level: RiskLevel,
    kinds: Collection[MeasureCategory],
    *,
    is_proposed: bool = False,
    has_owner: bool,
    assessed_at: datetime,
    now: datetime,
) -> RowState:
    """What a risk of this level with these kinds of measures wants first."""
    if is_proposed:
        return RowState.PROPOSED
    if shortfall(level, kinds) is not None:
        return RowState.SHORT
    if not has_owner:
        return RowState.UNASSIGNED
    if now - assessed_at > REVIEWED_WITHIN:
        return RowState.DUE
    return RowState.COMPLETE
