"""The regulator's overview: from the city down to the enterprise, every number a link."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import allow, page, scope, viewer
from webapp.enterprise.queries.profile import region_words
from webapp.inspection.forms.filters import (
    SORTS,
    WINDOWS,
    RollupFilter,
    enterprise_sort,
    page_request,
    rollup_filter,
)
from webapp.inspection.queries.city_map import city_picture
from webapp.inspection.queries.overview import (
    EXPORT_COLUMNS,
    Overview,
    overview,
)
from webapp.inspection.queries.trend import rate_chart
from webapp.inspection.rules.measures import Measure, RollupSort, band_words
from webapp.inspection.rules.rollups import Better
from webapp.inspection.views.blueprint import bp, file_answer
from webapp.platform.clock import local_date, now
from webapp.platform.spreadsheets.writer import Column, Table, write_csv, write_workbook
from webapp.scoring.queries.ranking import EnterpriseRow, enterprise_counters
from webapp.standards import industries, regions

CITY_LENGTH = 4
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/overview")
@allow("overview.see")
def overview_show() -> ResponseReturnValue:
    """The region in the address, within one's own; a township leads to its enterprises."""
    wanted, at = rollup_filter(viewer().region), now()
    found = _found(wanted, at)
    if found.is_township:
        values: dict[str, Any] = {**wanted.values}
        return redirect(url_for("inspection.overview_enterprises", **values), 303)
    return page(
        "inspection/overview/show.html",
        found=found,
        wanted=wanted,
        picture=city_picture(found, wanted.measure) if found.has_map else None,
        bands=band_words(wanted.measure),
        measures=Measure,
        most=max((line.value or 0 for line in found.lines), default=0),
        columns=_columns(wanted),
        chart=rate_chart(found.trend),
        lowest=[_ranked(row) for row in found.lowest],
        at=at,
        **_choices(wanted),
    )


@bp.get("/overview/enterprises")
@allow("enterprises.see")
def overview_enterprises() -> ResponseReturnValue:
    """A region's enterprises with their counters."""
    wanted, today, sort = rollup_filter(viewer().region), local_date(now()), enterprise_sort()
    rows = enterprise_counters(
        scope(),
        wanted.region,
        today=today,
        industry=wanted.industry,
        sort=sort,
        page=page_request(),
    )
    return page(
        "inspection/overview/enterprises.html",
        wanted=wanted,
        rows=rows,
        sort=sort,
        name=regions.region(wanted.region).name,
        path=[(r.code, r.name) for r in regions.path(wanted.region)],
        today=today,
        sorts=SORTS,
        region_words=region_words,
        industry_words=_industry_words,
        **_choices(wanted),
    )


@bp.get("/overview/export.<any(csv, xlsx):form>")
@allow("overview.see")
def overview_export(form: str) -> ResponseReturnValue:
    """The table of regions as a file."""
    at = now()
    wanted = rollup_filter(viewer().region)
    found = _found(wanted, at)
    day = local_date(at)
    name = f"{found.name}汇总{day}"
    rows = [line.export_row for line in (*found.lines, found.total)]
    if form == "csv":
        data, media_type = b"".join(write_csv(EXPORT_COLUMNS, rows)), "text/csv"
    else:
        target = BytesIO()
        title = f"{found.name}双重预防汇总（截至 {day}，近 {wanted.window} 天）"
        columns = [Column(heading) for heading in EXPORT_COLUMNS]
        write_workbook(target, [Table(found.line_words, columns, rows, title)])
        data, media_type = target.getvalue(), XLSX
    return file_answer(data, f"{name}.{form}", media_type)


def _found(wanted: RollupFilter, at: datetime) -> Overview:
    return overview(
        scope(),
        wanted.region,
        industry=wanted.industry,
        window=wanted.window,
        measure=wanted.measure,
        sort=wanted.sort,
        today=local_date(at),
    )


def _choices(wanted: RollupFilter) -> dict[str, Any]:
    """What the filter bar offers: one's own regions, industries, windows."""
    own = viewer().region
    above = [(r.code, r.name) for r in regions.path(wanted.region) if len(r.code) >= len(own)]
    length = CITY_LENGTH if len(wanted.region) == CITY_LENGTH else 0
    below = regions.counties(wanted.region) if length else regions.children(wanted.region)
    return {
        "own_region": own,
        "regions": [*above, *((r.code, f"　{r.name}") for r in below)],
        "industries": [(i.code, f"{i.code} {i.name}") for i in industries.divisions()],
        "address": partial(_address, wanted),
        "enterprises": partial(_enterprises, wanted),
        "windows": [(days, f"近 {days} 天") for days in WINDOWS],
    }


def _address(wanted: RollupFilter, region: str) -> str:
    """The same view of another region."""
    values: dict[str, Any] = {**wanted.values, "region": region}
    return url_for("inspection.overview_show", **values)


def _enterprises(wanted: RollupFilter, region: str, sort: str) -> str:
    """The enterprises behind a number."""
    values: dict[str, Any] = {**wanted.values, "region": region, "sort": sort}
    values.pop("measure", None)
    return url_for("inspection.overview_enterprises", **values)


def _columns(wanted: RollupFilter) -> list[dict[str, Any]]:
    """The table's headings; those that regions can be ordered by lead to that order."""
    found: list[dict[str, Any]] = [{"label": "辖区"}]
    for label in _HEADINGS:
        column: dict[str, Any] = {"label": label, "num": label != LEVELS}
        order = _ORDERS.get(label)
        if order is not None:
            values: dict[str, Any] = {**wanted.values, **order.values}
            column["href"] = url_for("inspection.overview_show", _anchor="rollup", **values)
            column["sorted"] = order.direction if order.is_on(wanted) else None
        found.append(column)
    return found


LEVELS = "风险分布，条"
_HEADINGS = (
    *("企业", LEVELS, "未销号", "逾期", "每百家逾期"),
    *("按期整改率", "排查完成率", "五有均分", "30 天"),
)


@dataclass(frozen=True, slots=True)
class _Order:
    """What the table is ordered by when a heading is followed; the worst come first."""

    sort: RollupSort
    measure: Measure | None = None

    @property
    def values(self) -> dict[str, str]:
        named = {"measure": self.measure.value} if self.measure else {}
        return {"sort": self.sort.value, **named}

    @property
    def direction(self) -> str:
        is_high_good = self.measure is not None and self.measure.better is Better.HIGHER
        return "ascending" if is_high_good else "descending"

    def is_on(self, wanted: RollupFilter) -> bool:
        return wanted.sort is self.sort and self.measure in (None, wanted.measure)


_ORDERS = {
    "企业": _Order(RollupSort.ENTERPRISES),
    "未销号": _Order(RollupSort.OPEN),
    LEVELS: _Order(RollupSort.MEASURE, Measure.MAJOR),
    "每百家逾期": _Order(RollupSort.MEASURE, Measure.OVERDUE),
    "按期整改率": _Order(RollupSort.MEASURE, Measure.ON_TIME),
    "五有均分": _Order(RollupSort.MEASURE, Measure.SCORE),
}


def _ranked(row: EnterpriseRow) -> dict[str, Any]:
    """An enterprise for the ranking of the lowest."""
    overdue = f" · 逾期 {row.overdue} 条" if row.overdue else ""
    return {
        "label": row.name,
        "href": url_for("inspection.scan_start", enterprise_id=row.enterprise_id),
        "note": f"{region_words(row.region_code)} · {_industry_words(row.industry_code)}{overdue}",
        "value": f"{row.score:.1f}",
    }


def _industry_words(code: str) -> str:
    return industries.industry(code).name
