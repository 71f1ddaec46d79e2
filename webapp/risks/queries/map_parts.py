"""What the four-colour maps tell on the public page and in the enterprise file."""

from uuid import UUID

from webapp.enterprise.rules.file_part import FilePart, PartTable
from webapp.enterprise.rules.public_part import PublicArea, PublicLevel, PublicMap, PublicPart
from webapp.platform.tenancy import Scope
from webapp.risks.queries.map_rows import MapDetail
from webapp.risks.queries.maps import maps, published_maps
from webapp.risks.rules.map_colours import RULE

_PLAN = "risks.map_public_plan"
_COLUMNS = ("区域或点位", "风险等级", "风险", "风险单元和风险点")
_WIDTHS = (20.0, 12.0, 10.0, 58.0)
_LEVEL_COLUMN = 1


def public_part(scope: Scope, enterprise_id: UUID) -> PublicPart:
    """The published maps without what is confidential, each area with its present level."""
    return PublicPart(maps=tuple(_map(each) for each in published_maps(scope, enterprise_id)))


def _map(found: MapDetail) -> PublicMap:
    return PublicMap(
        id=found.map.id,
        name=found.map.name,
        endpoint=_PLAN,
        drawn_height=found.map.drawn_height,
        areas=tuple(
            PublicArea(shape.name, shape.kind.value, shape.outline, shape.anchor, shape.level)
            for shape in found.shapes
        ),
        legend=tuple(PublicLevel(e.level, e.words, e.shapes) for e in found.legend),
    )


def file_part(scope: Scope, enterprise_id: UUID) -> FilePart:
    """Each map as the table of its areas with the levels that they have now."""
    found = maps(scope, enterprise_id)
    if not found:
        return FilePart(remarks=("还没有四色分布图。",))
    return FilePart(
        facts=(
            ("平面图", f"{len(found)} 张"),
            ("对外公开", f"{sum(each.map.published_at is not None for each in found)} 张"),
        ),
        tables=tuple(_table(each) for each in found if each.shapes),
        remarks=(RULE,),
    )


def _table(found: MapDetail) -> PartTable:
    rows = tuple(
        (
            shape.name,
            shape.level.value if shape.level else None,
            f"{shape.events} 条",
            "、".join(
                part for part in (shape.unit_name, *(point.name for point in shape.points)) if part
            ),
        )
        for shape in found.shapes
    )
    return PartTable(found.map.name, _COLUMNS, rows, _WIDTHS, levels=_LEVEL_COLUMN)
