"""The inspections of the demo city: where, by whom, what was found, what became of it."""

from dataclasses import dataclass
from enum import StrEnum


class Reached(StrEnum):
    """How far an inspection has come today."""

    CLEAN = "clean"
    """Nothing was found and the case is closed."""
    RECORDED = "recorded"
    ORDERED = "ordered"
    SETTLED = "settled"
    """All items were put right and re-inspected."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding; the deadline counts from the day of the inspection, 0 is put right at once."""

    point: str
    words: str
    law: str
    days: int
    scene: str
    is_rectified: bool = True
    is_major: bool = False
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class InspectionTale:
    """An inspection by two officers; ``days_ago`` and ``hour`` say when it began."""

    plant: str
    officers: tuple[str, str]
    days_ago: int
    hour: int
    places: str
    situation: str
    findings: tuple[Found, ...]
    reached: Reached
    settled_days_ago: int = 0
    is_unit_refusing: bool = False


_LAW_36 = "《中华人民共和国安全生产法》第三十六条第二款"
_LAW_41 = "《中华人民共和国安全生产法》第四十一条第二款"
_LAW_35 = "《中华人民共和国安全生产法》第三十五条"

TALES = (
    InspectionTale(
        "huanfeng",
        ("inspector1", "inspector2"),
        days_ago=58,
        hour=9,
        places="熔炼车间、清理车间、空压站",
        situation="检查了中频炉、起重机械、空压站及有限空间管理情况，查阅了排查记录。",
        findings=(
            Found("2号中频炉", "2 号中频炉事故坑内有积水约 2 厘米，未及时排除", _LAW_41, 3, "pit"),
            Found("桥式起重机Q-03", "桥式起重机 Q-03 主钩防脱钩装置缺失", _LAW_36, 7, "hook"),
            Found("空压站", "1 号储气罐压力表超过检定有效期", _LAW_36, 7, "gauge"),
            Found("砂处理地坑", "砂处理地坑入口未设置有限空间警示标志", _LAW_35, 0, "rail"),
        ),
        reached=Reached.SETTLED,
        settled_days_ago=48,
    ),
    InspectionTale(
        "hengyue",
        ("longan1", "longan2"),
        days_ago=17,
        hour=14,
        places="熔炼车间、机加车间、涂装车间、下料车间",
        situation="按照年度监督检查计划对机械行业开展专项检查，现场检查了熔炼、起重、涂装和冲压作业。",
        findings=(
            Found(
                "浇注区A线",
                "熔炼车间浇注区铁水坑内有积水约 3 厘米，未采取排水、防渗措施",
                _LAW_41,
                5,
                "pit",
            ),
            Found(
                "机加车间东跨10吨桥式起重机",
                "机加车间 10 吨桥式起重机起升高度限位器失效，仍在使用",
                _LAW_36,
                15,
                "hook",
                is_rectified=False,
            ),
            Found("喷漆室", "涂装车间喷漆室未设置可燃气体浓度报警装置", _LAW_36, 11, "gauge"),
            Found(
                "J23-63冲床",
                "下料车间 J23-63 冲床双手操作按钮一侧失效，单手可启动",
                _LAW_36,
                11,
                "guard",
            ),
        ),
        reached=Reached.ORDERED,
    ),
    InspectionTale(
        "fuel",
        ("wenfeng1", "wenfeng2"),
        days_ago=31,
        hour=9,
        places="加油区、油罐区、便利店、配电间",
        situation="检查了卸油作业、油气回收、静电接地和应急器材，查阅了班组巡检记录，未发现违法违规行为。",
        findings=(),
        reached=Reached.CLEAN,
    ),
    InspectionTale(
        "lintai",
        ("linzhou1", "linzhou2"),
        days_ago=24,
        hour=10,
        places="熔炼车间、精整车间",
        situation="检查了熔炼炉冷却水系统、铁水吊运和抛丸除尘情况。",
        findings=(
            Found(
                "浇注区",
                "浇注区铁水吊运路线上堆放砂箱，影响人员撤离",
                _LAW_41,
                7,
                "passage",
                is_rectified=False,
            ),
            Found("抛丸机", "抛丸机防护门联锁失效，开门时叶轮可启动", _LAW_36, 10, "guard"),
        ),
        reached=Reached.ORDERED,
        is_unit_refusing=True,
    ),
    InspectionTale(
        "daokou",
        ("inspector1", "inspector2"),
        days_ago=1,
        hour=14,
        places="氨制冷机房、速冻车间、冷库",
        situation="开展涉氨制冷企业专项检查，检查了氨泄漏报警、事故通风、应急器材和特种作业持证情况。",
        findings=(
            Found(
                "1号氨制冷机房",
                "1 号氨制冷机房 2 号氨浓度探测器离线，未及时修复",
                _LAW_36,
                7,
                "gauge",
            ),
            Found("液氨储罐区", "液氨储罐区喷淋系统一个喷头堵塞", _LAW_36, 10, "valve"),
        ),
        reached=Reached.RECORDED,
    ),
)
"""In the order in which they began does not matter: the diary sorts them."""
