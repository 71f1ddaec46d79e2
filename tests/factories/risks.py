"""Rows of a risk ledger with plain valid values."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from itertools import count
from uuid import UUID

from PIL import Image, ImageDraw

from webapp.platform.database import transaction
from webapp.platform.identifiers import new_id
from webapp.platform.spreadsheets.writer import write_csv
from webapp.platform.tenancy import SYSTEM, Actor, system_actor
from webapp.platform.unit_of_work import unit_of_work
from webapp.risks.events import LedgerChanged
from webapp.risks.models.ledger import HazardSource, RiskEvent, RiskPoint, RiskUnit
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.rules.map_drafts import ShapeDraft
from webapp.risks.rules.map_outlines import ShapeKind
from webapp.risks.service.imports import preview_upload
from webapp.risks.service.maps import add_map

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
_numbers = count(1)


def make_unit(enterprise_id: UUID, name: str = "熔炼车间", **values: object) -> UUID:
    row = RiskUnit(enterprise_id=enterprise_id, id=new_id(NOW), name=name, **values)
    return _kept(row)


def make_point(
    enterprise_id: UUID, name: str = "1 号中频炉", *, kind: str = "equipment", **values: object
) -> UUID:
    row = RiskPoint(
        enterprise_id=enterprise_id,
        id=new_id(NOW),
        name=name,
        kind=kind,
        **{"place": "熔炼跨", "created_at": NOW, **values},
    )
    return _kept(row)


def make_event(
    enterprise_id: UUID,
    point_id: UUID,
    description: str = "漏炉，铁水遇水爆炸",
    *,
    level: str = "moderate",
    value: Decimal = Decimal(126),
    **values: object,
) -> UUID:
    """An event with a hazard source of its own."""
    source = HazardSource(
        enterprise_id=enterprise_id, id=new_id(NOW), point_id=point_id, name="炉衬侵蚀"
    )
    _kept(source)
    row = RiskEvent(
        enterprise_id=enterprise_id,
        id=new_id(NOW),
        number=next(_numbers),
        point_id=point_id,
        source_id=source.id,
        description=description,
        level=level,
        value=value,
        **{
            "accident_types": ["09"],
            "method": "lec",
            "inherent_level": level,
            "control_level": "team",
            "created_at": NOW,
            **values,
        },
    )
    return _kept(row)


def make_measure(
    enterprise_id: UUID,
    event_id: UUID,
    description: str = "炉坑干燥无积水",
    *,
    post_id: UUID | None = None,
    frequency: str = "daily",
    control_level: str = "post",
    category: str = "engineering",
    **values: object,
) -> UUID:
    row = ControlMeasure(
        enterprise_id=enterprise_id,
        id=new_id(NOW),
        event_id=event_id,
        ordinal=next(_numbers),
        category=category,
        description=description,
        control_level=control_level,
        post_id=post_id,
        frequency=frequency,
        **{"created_at": NOW, **values},
    )
    return _kept(row)


def plan_picture(width: int = 600, height: int = 400) -> bytes:
    """A floor plan as a PNG."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((20, 20, width - 20, height - 20), outline="black", width=4)
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def make_map(actor: Actor, name: str = "厂区总平面", *, at: datetime = NOW) -> UUID:
    """A map without shapes."""
    return add_map(actor, name=name, picture=plan_picture(), at=at)


def make_shape(name: str = "熔炼跨", **values: object) -> ShapeDraft:
    """A square in the upper left of the plan, as drawn."""
    corners = ((0.1, 0.1), (0.4, 0.1), (0.4, 0.4), (0.1, 0.4))
    return ShapeDraft(
        **{"id": None, "kind": ShapeKind.POLYGON, "vertices": corners, **values, "name": name}
    )


def make_import(actor: Actor) -> UUID:
    """An upload with a ready row and one to be handed back, waiting for its confirmation."""
    head = ("风险点", "危险源", "事故类型", "L", "E", "C", "D", "风险等级", "管控措施", "责任人")
    ready = ("配电室", "线路老化", "触电", "3", "6", "15", "270", "较大", "定期检查线路", "张三")
    left = ("配电室", "接地不良", "触电", "4", "6", "15", "360", "重大", "检测接地", "张三")
    data = b"".join(write_csv(head, [ready, left]))
    return preview_upload(actor, data, "风险清单.csv", at=NOW)


def announce_ledger(enterprise_id: UUID) -> None:
    """Let the rooms above hear of rows that were put into a ledger by hand."""
    with unit_of_work(system_actor("factory"), "ledger.amended", at=NOW) as work:
        work.only_on_chain(enterprise_id)
        work.publish(LedgerChanged(enterprise_id, NOW))


def _kept(row: RiskUnit | RiskPoint | HazardSource | RiskEvent | ControlMeasure) -> UUID:
    with transaction(SYSTEM) as session:
        session.add(row)
    return row.id
