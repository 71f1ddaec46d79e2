"""The region at a glance: sums by sub-region with their rates, the map, the trend, the lowest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from webapp.inspection.rules.measures import (
    Measure,
    RollupSort,
    Sums,
    average_score,
    score_moved,
    value_of,
    words_of,
)
from webapp.inspection.rules.rollups import ranked, rate
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.scoring.queries.ranking import EnterpriseRow, lowest_scores
from webapp.scoring.queries.rollup import RollupRow, TrendDay, rollup, trend
from webapp.standards import regions

RISERS = 5
EXPORT_COLUMNS = (
    "区划代码",
    "辖区",
    "企业（家）",
    "风险（条）",
    "重大风险",
    "较大风险",
    "一般风险",
    "低风险",
    "未销号隐患",
    "其中重大隐患",
    "逾期隐患",
    "每百家逾期",
    "按期整改率（%）",
    "排查完成率（%）",
    "五有均分",
    "30天变化",
)
ExportValue = str | int | Decimal | None
TOWNSHIP_LENGTH = 9


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region with its sums and what is made of them."""

    code: str
    name: str
    sums: RollupRow
    value: Decimal | None
    words: str

    @property
    def parts(self) -> Sums:
        """The sums that rates are made of."""
        return _parts(self.sums)

    @property
    def levels(self) -> Mapping[str, int]:
        """Risks by level, the gravest first."""
        return {
            "major": self.sums.risks_major,
            "significant": self.sums.risks_significant,
            "moderate": self.sums.risks_moderate,
            "low": self.sums.risks_low,
        }

    @property
    def on_time(self) -> Decimal | None:
        """Hazards rectified by their date, in per cent of those due."""
        return rate(self.sums.hazards_on_time, self.sums.hazards_due)

    @property
    def tasks(self) -> Decimal | None:
        """Checks handed in on time, in per cent of those owed."""
        return rate(self.sums.tasks_on_time, self.sums.tasks_due)

    @property
    def score(self) -> Decimal | None:
        """The mean five-have score."""
        return average_score(self.parts)

    @property
    def moved(self) -> Decimal | None:
        """How far it moved in 30 days."""
        return score_moved(self.parts)

    @property
    def export_row(self) -> tuple[ExportValue, ...]:
        """The line for a spreadsheet, in the columns' order; numbers stay numbers."""
        sums = self.sums
        return (
            self.code,
            self.name,
            sums.enterprises,
            sums.risks,
            *self.levels.values(),
            sums.hazards_open,
            sums.hazards_open_major,
            sums.overdue,
            self.per_hundred,
            self.on_time,
            self.tasks,
            self.score,
            self.moved,
        )

    @property
    def per_hundred(self) -> Decimal | None:
        """Overdue hazards for each hundred enterprises."""
        return value_of(Measure.OVERDUE, self.parts)


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the overview shows of a region."""

    region: str
    name: str
    lines: tuple[RegionLine, ...]
    total: RegionLine
    trend: tuple[TrendDay, ...]
    lowest: tuple[EnterpriseRow, ...]
    risers: tuple[RegionLine, ...]

    @property
    def path(self) -> tuple[tuple[str, str], ...]:
        """The regions above and itself, as codes and names."""
        return tuple((r.code, r.name) for r in regions.path(self.region))

    @property
    def line_words(self) -> str:
        """What the lines are called."""
        return {2: "地市", 4: "县区", 6: "乡镇街道"}.get(len(self.region), "乡镇街道")

    @property
    def has_map(self) -> bool:
        """Whether there is a map of what lies below."""
        return self.region == "4105"

    @property
    def is_township(self) -> bool:
        """Whether there is nothing below but enterprises."""
        return len(self.region) == TOWNSHIP_LENGTH

    def by_code(self) -> dict[str, RegionLine]:
        """The lines by region."""
        return {line.code: line for line in self.lines}


def overview(
    scope: Scope,
    region: str,
    *,
    industry: str,
    window: int,
    measure: Measure,
    sort: RollupSort,
    today: date,
) -> Overview:
    """The region's sums as of today; rates look at the `window` days before."""
    with reading(scope):
        sums = rollup(scope, region, industry=industry, days=window, today=today)
        days = trend(scope, region, industry=industry, today=today)
        lowest = lowest_scores(scope, region, today=today, industry=industry)
    lines = [_line(row, measure) for row in sums.rows]
    if len(region) < TOWNSHIP_LENGTH:
        lines += [_line(RollupRow(code), measure) for code in _missing(region, lines)]
    return Overview(
        region=region,
        name=regions.region(region).name,
        lines=_sorted(lines, measure, sort),
        total=_line(sums.total, measure),
        trend=days,
        lowest=lowest,
        risers=_risers(lines),
    )


def _parts(row: RollupRow) -> Sums:
    return Sums(**{field.name: getattr(row, field.name) for field in fields(Sums)})


def _line(row: RollupRow, measure: Measure) -> RegionLine:
    value = value_of(measure, _parts(row))
    name = regions.region(row.region_code).name if regions.exists(row.region_code) else "其他"
    return RegionLine(row.region_code, name, row, value, words_of(measure, value))


def _missing(region: str, lines: Sequence[RegionLine]) -> list[str]:
    """Sub-regions where nothing has been counted yet: they are shown with noughts."""
    known = {line.code for line in lines}
    below = regions.counties(region) if len(region) == 4 else regions.children(region)
    return [found.code for found in below if found.code not in known]


_SORTS: Mapping[RollupSort, Callable[[RegionLine], tuple[float, str]]] = {
    RollupSort.REGION: lambda line: (0, line.code),
    RollupSort.ENTERPRISES: lambda line: (-line.sums.enterprises, line.code),
    RollupSort.OPEN: lambda line: (-line.sums.hazards_open, line.code),
}


def _sorted(
    lines: Sequence[RegionLine], measure: Measure, sort: RollupSort
) -> tuple[RegionLine, ...]:
    """The lines in the asked order; by measure the worst come first: they want attention."""
    if sort is not RollupSort.MEASURE:
        return tuple(sorted(lines, key=_SORTS[sort]))
    by_code = {line.code: line for line in lines}
    best_first = ranked({line.code: line.value for line in lines}, measure.better)
    known = [code for code in best_first if by_code[code].value is not None]
    empty = [code for code in best_first if by_code[code].value is None]
    return tuple(by_code[code] for code in [*reversed(known), *empty])


def _risers(lines: Sequence[RegionLine]) -> tuple[RegionLine, ...]:
    moved = [line for line in lines if line.moved is not None and line.moved > 0]
    return tuple(sorted(moved, key=lambda line: (-(line.moved or 0), line.code))[:RISERS])
