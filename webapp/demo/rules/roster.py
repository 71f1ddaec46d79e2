"""Who can sign in to the demo city: agencies with their officers, and the known logins."""

from dataclasses import dataclass

from webapp.accounts.rules.roles import Role
from webapp.demo.rules.plants import MAIN, Plant, plants
from webapp.standards import regions

PASSWORD = "shuangchong2026"  # noqa: S105 - printed on purpose; production refuses the city
CITY = "4105"
TOWNSHIP = "410506002"
EXPERT, OPERATOR, SHARED = "expert", "operator", "both"

_PREFIXES = {
    "410502": "文峰", "410503": "北关", "410505": "殷都", "410506": "龙安", "410522": "安县",
    "410523": "汤阴", "410526": "滑", "410527": "内黄", "410581": "林州",
}  # fmt: skip
_TOWNSHIP_PREFIX = "彰武"


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer of an agency; inspectors have a certificate."""

    login: str
    name: str
    role: Role
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Bureau:
    """An agency with what its papers say of remedies."""

    region: str
    name: str
    prefix: str
    reconsideration_organ: str
    court: str
    officers: tuple[Officer, ...]


_R, _I, _L = Role.REGULATOR, Role.INSPECTOR, Role.AGENCY_LEADER
_CITY_OFFICERS = (
    Officer("director", "田建国", _L),
    Officer("regulator", "何志远", _R),
    Officer("inspector1", "郭建民", _I, "16050120027"),
    Officer("inspector2", "李娟", _I, "16050120041"),
    Officer("legal", "韩雪", Role.LEGAL_REVIEWER),
)
_COUNTY_OFFICERS = {
    "410502": (
        Officer("wenfeng-director", "许文斌", _L),
        Officer("wenfeng", "陈静", _R),
        Officer("wenfeng1", "张海峰", _I, "16050220011"),
        Officer("wenfeng2", "李明辉", _I, "16050220015"),
    ),
    "410503": (Officer("beiguan", "尚卫红", _R),),
    "410505": (Officer("yindu", "晁志刚", _R),),
    "410506": (
        Officer("longan", "夏新华", _R),
        Officer("longan1", "张卫东", _I, "16050620017"),
        Officer("longan2", "李颖", _I, "16050620023"),
    ),
    "410522": (Officer("anyangxian", "牛保平", _R),),
    "410523": (Officer("tangyin", "岳金山", _R),),
    "410526": (Officer("huaxian", "冯玉梅", _R),),
    "410527": (Officer("neihuang", "程立新", _R),),
    "410581": (
        Officer("linzhou", "桑建军", _R),
        Officer("linzhou1", "郝俊生", _I, "16058120008"),
        Officer("linzhou2", "元海英", _I, "16058120012"),
    ),
}
_TOWNSHIP_OFFICERS = (Officer("zhangwu", "苗永红", _R),)

_STAFF_LOGINS = {
    (MAIN, "李国栋"): "principal",
    (MAIN, "赵建民"): "safety",
    (MAIN, "王海军"): "head",
    (MAIN, "马国强"): "leader",
    (MAIN, "刘伟"): "worker",
    ("hengli", "郭志强"): SHARED,
}
SHARED_PLANT = "daokou"
"""Where the safety officer of the first plant also serves."""
SHARED_NAME = "郭志强"
MAIN_WORKER = "刘伟"


def county_login(region: str) -> str:
    """The login of the regulator who decides in the county of a region."""
    officers = _COUNTY_OFFICERS[region[:6]]
    return next(officer.login for officer in officers if officer.role is Role.REGULATOR)


def known_logins() -> tuple[str, ...]:
    """All logins that are told to whoever looks at the demo, by side and rank."""
    own = list(_STAFF_LOGINS.values())
    others = [login_of(plant, plant.safety_officer) or "" for plant in plants()]
    agencies = [officer.login for bureau in bureaus() for officer in bureau.officers]
    return tuple(dict.fromkeys((*own, *agencies, EXPERT, OPERATOR, *others)))


def bureaus() -> tuple[Bureau, ...]:
    """The city's bureau, those of its counties, and one township's office."""
    return (
        Bureau(
            CITY,
            "安阳市应急管理局",
            regions.region(CITY).short,
            "安阳市人民政府",
            "安阳市文峰区人民法院",
            _CITY_OFFICERS,
        ),
        *(_county(county) for county in regions.counties(CITY)),
        _township(),
    )


def login_of(plant: Plant, name: str) -> str | None:
    """The short login of someone in a plant; None for those who sign in by their phone."""
    found = _STAFF_LOGINS.get((plant.key, name))
    return found or (plant.key if name == plant.safety_officer else None)


def _county(county: regions.Region) -> Bureau:
    is_district = county.name.endswith("区")
    full = f"安阳市{county.name}" if is_district else county.name
    return Bureau(
        county.code,
        f"{full}应急管理局",
        _PREFIXES[county.code],
        f"{full}人民政府",
        f"{full}人民法院",
        _COUNTY_OFFICERS[county.code],
    )


def _township() -> Bureau:
    township, above = regions.region(TOWNSHIP), regions.region(TOWNSHIP[:6])
    return Bureau(
        TOWNSHIP,
        f"{above.name}{township.name}办事处",
        _TOWNSHIP_PREFIX,
        f"安阳市{above.name}人民政府",
        f"安阳市{above.name}人民法院",
        _TOWNSHIP_OFFICERS,
    )
