"""Three major hazards: one under way in order, one closed with the agency, one overdue."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from webapp.demo.service.diary import Diary
from webapp.demo.service.founding import Tenant
from webapp.demo.service.pictures import Caption, picture
from webapp.hazards.rules.grading import HazardLevel, Implementation
from webapp.hazards.rules.lifecycle import Outcome
from webapp.hazards.rules.submissions import Report, Upload
from webapp.hazards.service.assignment import assign
from webapp.hazards.service.closing import close
from webapp.hazards.service.grading import consent, grade, write_implementations
from webapp.hazards.service.lifecycle import rectify, verify
from webapp.hazards.service.reports import report_hazard
from webapp.platform.clock import SHANGHAI
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor

I = Implementation  # noqa: E741 - the five stand in a row below


@dataclass(frozen=True, slots=True)
class Major:
    """A major hazard of one plant; days count back from today, the deadline from today on."""

    plant: str
    point: str
    words: str
    criterion: str
    days_ago: int
    due_in: int
    scene: str
    implementations: dict[Implementation, str] = field(default_factory=dict)
    closed_days_ago: int | None = None


def _five(person: str, measures: str, funds: str, limit: str, plan: str) -> dict[I, str]:
    return dict(zip(I, (person, measures, funds, limit, plan), strict=True))


MAJORS = (
    Major(
        "hengyue",
        "2号中频炉",
        "2 号中频炉炉底事故坑积水约 3 厘米，周边防渗层破损，生产期间未停炉处置",
        "GM10-05-02",
        days_ago=8,
        due_in=12,
        scene="pit",
        implementations=_five(
            "总经理李国栋负总责，熔炼车间主任王海军组织实施，安全管理人员赵建民每日核查",
            "停用 2 号炉；凿除破损防渗层重做防水；加装液位报警并与炉台声光联动",
            "专项资金 8.6 万元，从安全生产费用列支",
            "20 天内完成，分停炉排水、防渗施工、报警调试三个节点",
            "治理期间 2 号炉断电上锁挂牌，1 号炉每班检查事故坑，现场备干砂与应急电源",
        ),
    ),
    Major(
        "chemical",
        "化学品罐区",
        "罐区 3 具可燃气体探测器停用检修超过 24 小时，未采取替代监测措施",
        "WH121-12",
        days_ago=62,
        due_in=-45,
        scene="gauge",
        implementations=_five(
            "总经理索明哲负总责，储运车间主任组织实施",
            "更换 3 具探测器并重新标定；检修期间便携检测每小时一次并记录",
            "专项资金 3.2 万元",
            "15 天内完成",
            "检修区域设警戒，切断罐区动火和车辆进入，备泡沫与应急人员",
        ),
        closed_days_ago=44,
    ),
    Major(
        "lintai",
        "3吨中频炉",
        "熔炼炉闭路循环冷却水未设出水温度和流量差监测报警，仍在生产",
        "GM10-05-05",
        days_ago=38,
        due_in=-6,
        scene="gauge",
        implementations={
            I.RESPONSIBILITY: "总经理宋林泰负总责，熔炼车间主任桑保林组织实施",
            I.MEASURES: "加装出水温度、流量差监测并联锁断电",
            I.TIME_LIMIT: "30 天内完成",
        },
    ),
)


@dataclass(frozen=True, slots=True)
class MajorTelling:
    """One major hazard on its way through the diary."""

    tenant: Tenant
    regulator: Actor
    major: Major
    today: date
    point_id: UUID
    diary: Diary
    face: Path

    def begin(self) -> None:
        """Enter it into the diary."""
        self.diary.plan(self._day(-self.major.days_ago, 10), self._report)

    def _report(self, at: datetime) -> None:
        officer, enterprise_id = self.tenant.safety_officer, self.tenant.id
        report = Report(
            new_id(at),
            self.major.words,
            point_id=self.point_id,
            uploads=(self._photo(at, is_after=False),),
        )
        hazard_id = report_hazard(officer, enterprise_id, report, at=at).id
        self.diary.plan(at + timedelta(hours=1), partial(self._order, hazard_id))

    def _order(self, hazard_id: UUID, at: datetime) -> None:
        officer, enterprise_id, major = self.tenant.safety_officer, self.tenant.id, self.major
        grade(
            officer,
            enterprise_id,
            hazard_id,
            level=HazardLevel.MAJOR,
            criterion_code=major.criterion,
            at=at,
        )
        write_implementations(
            officer,
            enterprise_id,
            hazard_id,
            words=major.implementations,
            at=at + timedelta(minutes=40),
        )
        assign(
            officer,
            enterprise_id,
            hazard_id,
            person_id=self._head.person_id or UUID(int=0),
            due_on=self.today + timedelta(days=major.due_in),
            words="按治理方案组织整改，每日报告进度",
            at=at + timedelta(hours=1),
        )
        if major.closed_days_ago is not None:
            done = self._day(-major.closed_days_ago - 2, 15)
            self.diary.plan(done, partial(self._settle, hazard_id))

    def _settle(self, hazard_id: UUID, at: datetime) -> None:
        enterprise_id, principal = self.tenant.id, self.tenant.principal
        rectify(
            self._head,
            enterprise_id,
            hazard_id,
            measures="3 具探测器已更换并标定，联锁试验合格，24 小时连续运行正常",
            uploads=(self._photo(at, is_after=True),),
            at=at,
        )
        verify(
            principal,
            enterprise_id,
            hazard_id,
            outcome=Outcome.ACCEPTED,
            words="主要负责人组织验收，五落实到位",
            at=at + timedelta(hours=2),
        )
        agreed = at + timedelta(days=1)
        self.diary.plan(
            agreed,
            lambda later: consent(
                self.regulator, enterprise_id, hazard_id, words="现场核查，同意销号", at=later
            ),
        )
        self.diary.plan(
            agreed + timedelta(hours=2),
            lambda later: close(principal, enterprise_id, hazard_id, at=later),
        )

    @property
    def _head(self) -> Actor:
        plant = self.tenant.plant
        place = next(place for place in plant.places if place.name == self.major.point)
        return self.tenant.people[plant.head(place.department)]

    def _day(self, days: int, hour: int) -> datetime:
        return datetime.combine(self.today + timedelta(days=days), time(hour), SHANGHAI)

    def _photo(self, at: datetime, *, is_after: bool) -> Upload:
        data = picture(
            self.major.scene, Caption(at, self.major.point), is_after=is_after, face=self.face
        )
        return Upload("整改后.jpg" if is_after else "现场.jpg", data)
