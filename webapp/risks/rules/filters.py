"""What of the ledger a person wants to see."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from webapp.standards.risk_methods import ControlLevel, RiskLevel


class View(StrEnum):
    """The ledger's tabs."""

    ALL = ""
    GRAVE = "grave"
    SHORT = "short"
    UNASSIGNED = "unassigned"
    PROPOSED = "proposed"
    MINE = "mine"

    @property
    def words(self) -> str:
        """The tab's name."""
        return _VIEW_WORDS[self]


_VIEW_WORDS = {
    View.ALL: "全部",
    View.GRAVE: "重大与较大",
    View.SHORT: "措施不足",
    View.UNASSIGNED: "待指定责任人",
    View.PROPOSED: "待确认",
    View.MINE: "我负责的",
}


class Sort(StrEnum):
    """What the ledger is ordered by; the gravest first when nothing is said."""

    GRAVITY = ""
    NUMBER = "number"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What of the ledger is asked for; empty means all of it."""

    text: str = ""
    view: View = View.ALL
    level: RiskLevel | None = None
    department_id: UUID | None = None
    accident_type: str = ""
    control_level: ControlLevel | None = None
    person_id: UUID | None = None
    """Who "mine" is."""
    sort: Sort = Sort.GRAVITY

    @property
    def is_empty(self) -> bool:
        """Whether the whole ledger is meant."""
        return self == LedgerFilter(sort=self.sort, person_id=self.person_id)

    def with_view(self, view: View) -> "LedgerFilter":
        """The same with another tab."""
        return replace(self, view=view)
