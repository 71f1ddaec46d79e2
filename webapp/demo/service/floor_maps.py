"""The main plant's four-colour map: a drawn plan, its areas, shown to whoever scans the code."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

from PIL import Image, ImageDraw, ImageFont

from webapp.demo.rules.floor_plan import (
    AREAS,
    HALLS,
    HEIGHT,
    INNER_WALLS,
    MACHINES,
    PLAN_NAME,
    ROADS,
    WIDTH,
    Area,
    Box,
)
from webapp.demo.service.founding import Tenant
from webapp.risks.queries.maps import map_detail
from webapp.risks.rules.map_drafts import ShapeDraft
from webapp.risks.rules.map_outlines import ShapeKind
from webapp.risks.service.maps import add_map, draw_shapes, publish_map

_SCALE = 2
_PAPER, _ROAD, _FLOOR, _WALL, _STEEL = "#ffffff", "#e9ecef", "#f8f9fa", "#343a40", "#ced4da"

Pen = ImageDraw.ImageDraw


def draw_main_map(tenant: Tenant, points: Mapping[str, UUID], *, face: Path, at: datetime) -> None:
    """Put the plan up, draw its areas and publish it."""
    officer = tenant.safety_officer
    map_id = add_map(officer, name=PLAN_NAME, picture=_plan(tenant.plant.name, face), at=at)
    drafts = [_draft(area, points) for area in AREAS]
    version = map_detail(officer.scope, tenant.id, map_id).map.version
    draw_shapes(officer, map_id, drafts, version=version, at=at + timedelta(minutes=35))
    version = map_detail(officer.scope, tenant.id, map_id).map.version
    publish_map(tenant.principal, map_id, version=version, at=at + timedelta(hours=2))


def _draft(area: Area, points: Mapping[str, UUID]) -> ShapeDraft:
    return ShapeDraft(
        id=None,
        name=area.name,
        kind=ShapeKind.POLYGON if len(area.corners) > 1 else ShapeKind.POINT,
        vertices=area.vertices,
        point_ids=tuple(points[name] for name in area.points),
        is_confidential=area.is_confidential,
    )


def _plan(enterprise: str, face: Path) -> bytes:
    """A plan as a draughtsman has it: roads, halls, machines, gate, north and a title."""
    image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), _PAPER)
    pen = ImageDraw.Draw(image)
    for road in ROADS:
        pen.rectangle(_scaled(road), fill=_ROAD)
    for hall in HALLS:
        pen.rectangle(_scaled(hall), fill=_FLOOR, outline=_WALL, width=7)
    for wall in INNER_WALLS:
        pen.line(_scaled(wall), fill=_WALL, width=4)
    for machine in MACHINES:
        pen.rectangle(_scaled(machine), fill=_STEEL, outline=_WALL, width=2)
    pen.rectangle(_scaled((10, 10, WIDTH - 10, HEIGHT - 10)), outline=_WALL, width=3)
    _furnish(pen, enterprise, face)
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def _furnish(pen: Pen, enterprise: str, face: Path) -> None:
    letters = ImageFont.truetype(str(face), 24)
    pen.rectangle(_scaled((450, HEIGHT - 14, 490, HEIGHT - 6)), fill=_PAPER)
    pen.text((470 * _SCALE, (HEIGHT - 22) * _SCALE), "大门", fill=_WALL, font=letters, anchor="mm")
    tip = (970 * _SCALE, 316 * _SCALE)
    pen.polygon([tip, (tip[0] - 12, tip[1] + 44), (tip[0] + 12, tip[1] + 44)], fill=_WALL)
    pen.text((tip[0] - 30, tip[1] + 24), "北", fill=_WALL, font=letters, anchor="mm")
    title = f"{enterprise}　厂区总平面示意图"
    place = ((WIDTH - 24) * _SCALE, (HEIGHT - 24) * _SCALE)
    pen.text(place, title, fill=_WALL, font=letters, anchor="rm")


def _scaled(box: Box) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return left * _SCALE, top * _SCALE, right * _SCALE, bottom * _SCALE
