"""The four-colour maps that an enterprise shows to strangers."""

from uuid import UUID

from webapp.enterprise.rules.public_part import PublicArea, PublicLevel, PublicMap, PublicPart
from webapp.platform.tenancy import Scope
from webapp.risks.queries.map_rows import MapDetail
from webapp.risks.queries.maps import published_maps

_PLAN = "risks.map_public_plan"


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
