"""What the enterprises of the demo city hand in, and those that are not in yet."""

from dataclasses import dataclass

from webapp.demo.rules.names import invented_phone, invented_uscc
from webapp.demo.rules.plants import Plant
from webapp.enterprise.rules.registration import Application
from webapp.standards import regions

_PHONES_A_PLANT = 40


@dataclass(frozen=True, slots=True)
class Pending:
    """An application that waits, or was handed back with a remark."""

    login: str
    application: Application
    days_ago: int
    remark: str = ""
    """Why it was rejected; empty while it waits."""


def phone_of(plant: Plant, place: int) -> str:
    """The number of someone in a plant: 0 is the principal, 1 the safety officer, then staff."""
    return invented_phone(plant.number * _PHONES_A_PLANT + place)


def application_of(plant: Plant) -> Application:
    """The record of an enterprise that takes part."""
    return Application(
        uscc=plant.uscc,
        name=plant.name,
        region_code=plant.region,
        industry_code=plant.industry,
        scale=plant.scale,
        employees=plant.employees,
        address=f"{_county_name(plant.region)}{plant.address}",
        legal_representative=plant.principal,
        principal_name=plant.principal,
        principal_phone=phone_of(plant, 0),
        safety_officer_name=plant.safety_officer,
        safety_officer_phone=phone_of(plant, 1),
        supervision_categories=plant.categories,
    )


def pending_applications() -> tuple[Pending, ...]:
    """One that waits for its county, one that was handed back."""
    waiting = Application(
        uscc=invented_uscc("410522", 31),
        name="安阳恒达新材料科技有限公司",
        region_code="410522106",
        industry_code="26",
        scale="small",
        employees=73,
        address="安阳县白璧镇产业集聚区光明路 8 号",
        legal_representative="贺恒达",
        principal_name="贺恒达",
        principal_phone=invented_phone(1),
        safety_officer_name="阎晓辉",
        safety_officer_phone=invented_phone(2),
        supervision_categories=("hazardous_chemicals",),
    )
    rejected = Application(
        uscc=invented_uscc("410503", 32),
        name="安阳市宏宇家居商贸有限公司",
        region_code="410503009",
        industry_code="52",
        scale="micro",
        employees=9,
        address="北关区彰北街道平原路建材城 B 座",
        legal_representative="万宏宇",
        principal_name="万宏宇",
        principal_phone=invented_phone(3),
        safety_officer_name="万宏宇",
        safety_officer_phone=invented_phone(3),
        supervision_categories=("commerce",),
    )
    return (
        Pending("hengda", waiting, days_ago=1),
        Pending(
            "hongyu",
            rejected,
            days_ago=4,
            remark="地址与营业执照登记的不一致，请核对后重新提交。",
        ),
    )


def _county_name(region: str) -> str:
    return regions.region(region[:6]).name
