"""Lists and the overview as their addresses narrow them; a value that means nothing is left out."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from flask import request

from webapp.inspection.rules.cases import CaseState
from webapp.inspection.rules.enforcement import DocumentKind, DocumentState
from webapp.inspection.rules.filters import CaseFilter, DocumentFilter, Whose
from webapp.inspection.rules.measures import Measure, RollupSort
from webapp.platform.paging import PageRequest
from webapp.standards import industries, regions
from webapp.standards.loader import UnknownCode

Choice = TypeVar("Choice", bound=StrEnum)

WINDOWS = (30, 90, 180, 365)
WINDOW = 90
TEXT_LONGEST = 60


def page_request(name: str = "page") -> PageRequest:
    """The page that the address asks for."""
    return PageRequest(request.args.get(name, 1, int))


def case_filter(usual: Whose) -> CaseFilter:
    """The inspections that the address asks for."""
    return CaseFilter(
        whose=_choice(Whose, "whose") or usual,
        text=searched(),
        state=_choice(CaseState, "state"),
        is_running=request.args.get("running") == "1",
    )


def document_filter() -> DocumentFilter:
    """The papers that the address asks for."""
    return DocumentFilter(
        text=searched(),
        kind=_choice(DocumentKind, "kind"),
        state=_choice(DocumentState, "state"),
    )


@dataclass(frozen=True, slots=True)
class RollupFilter:
    """What the overview shows: a region of one's own, an industry, a window, a measure."""

    region: str
    industry: str
    window: int
    measure: Measure
    sort: RollupSort
    notices: tuple[str, ...] = ()
    """What the address asked for in vain."""

    @property
    def values(self) -> dict[str, str]:
        """The filter as query values, the usual ones left out."""
        found = {
            "region": self.region,
            "industry": self.industry,
            "window": "" if self.window == WINDOW else str(self.window),
            "measure": "" if self.measure is Measure.OVERDUE else self.measure.value,
            "sort": "" if self.sort is RollupSort.MEASURE else self.sort.value,
        }
        return {name: value for name, value in found.items() if value}


def rollup_filter(own_region: str) -> RollupFilter:
    """The filter in the address, kept within the viewer's region."""
    notices = []
    region = request.args.get("region", "") or own_region
    if not (regions.exists(region) and regions.is_within(region, own_region)):
        notices.append("地址中的辖区不在您的管辖范围，已显示您的辖区。")
        region = own_region
    industry = request.args.get("industry", "")
    if industry and not _is_industry(industry):
        notices.append("地址中的行业不存在，已显示全部行业。")
        industry = ""
    window = request.args.get("window", WINDOW, int)
    return RollupFilter(
        region=region,
        industry=industry,
        window=window if window in WINDOWS else WINDOW,
        measure=_choice(Measure, "measure") or Measure.OVERDUE,
        sort=_choice(RollupSort, "sort") or RollupSort.MEASURE,
        notices=tuple(notices),
    )


def _is_industry(code: str) -> bool:
    try:
        return industries.industry(code).code == code
    except UnknownCode:
        return False


def _choice(kind: type[Choice], name: str) -> Choice | None:
    value = request.args.get(name, "")
    return kind(value) if value in set(kind) else None


def searched(name: str = "q") -> str:
    """A search text, bounded, without what the database cannot hold."""
    return request.args.get(name, "").replace("\x00", "").strip()[:TEXT_LONGEST]


SORTS = {
    "score": "得分从低到高",
    "-score": "得分从高到低",
    "open": "未销号隐患最多",
    "major": "重大风险最多",
    "name": "企业名称",
}


def enterprise_sort() -> str:
    """What a region's enterprises are ordered by."""
    sort = request.args.get("sort", "")
    return sort if sort in SORTS else "score"
