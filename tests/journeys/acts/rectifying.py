"""Act 4: hazards are graded, assigned, rectified, verified, turned back, closed."""

from datetime import timedelta

from tests.factories.enterprise import staff_actor
from tests.journeys.acts.checking import ALARM_WORDS
from tests.journeys.cast import City
from tests.journeys.pages.hazards import HazardPage, HazardsPage, ReportPage
from tests.journeys.papers import photo
from webapp.enterprise.queries.people import person_by_name
from webapp.hazards.rules.deadlines import Urgency
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardSource
from webapp.hazards.service.assignment import assign
from webapp.hazards.service.grading import grade
from webapp.hazards.service.lifecycle import open_hazard
from webapp.platform import clock

GUARD_WORDS = "2 号车床防护罩缺一颗螺栓"
OLD_WORDS = "检修后围栏未恢复"


def a_hazard_was_left_lying(city: City) -> None:
    """Opened and assigned some days ago: nothing but time itself can make a hazard late."""
    enterprise_id = city.known["enterprise_id"]
    actor = staff_actor(enterprise_id)
    then = clock.now() - timedelta(days=Urgency.URGENT.days + 2)
    sun = person_by_name(actor.scope, enterprise_id, "孙立军")
    assert sun is not None
    hazard_id = open_hazard(
        actor,
        enterprise_id,
        title=OLD_WORDS,
        description=OLD_WORDS,
        source=HazardSource.REPORT,
        place="铸造车间",
        at=then,
    )
    grade(actor, enterprise_id, hazard_id, level=HazardLevel.GENERAL, at=then)
    assign(actor, enterprise_id, hazard_id, person_id=sun.id, urgency=Urgency.URGENT, at=then)


def the_hazard_of_the_check_is_closed(city: City) -> None:
    """Who rectified cannot verify; somebody else does, and the hazard is gone."""
    zhao, sun = city["赵建民"], city["孙立军"]
    hazard = HazardsPage(zhao).open().read(ALARM_WORDS)
    zhao.look_on("hazard-reported", 390, 1440)
    hazard.grade_general().assign("孙立军", "更换试验按钮，试验三次")
    zhao.sees("等待孙立军整改")

    HazardsPage(sun).open("?mine=assigned").read(ALARM_WORDS)
    sun.look("hazard-to-rectify")
    HazardPage(sun).rectify("已更换试验按钮，试验三次均报警", photo("#3f7d5a"))
    sun.sees("等待整改责任人以外的人员验收")
    assert sun.page.get_by_role("button", name="验收通过").count() == 0
    status, answer = sun.send("verification", {"outcome": "accepted", "remark": "自己看过了"})
    assert status == 422
    assert "不能" in answer

    HazardsPage(zhao).open().read(ALARM_WORDS).accept("现场试验有效")
    zhao.sees("已销号")
    zhao.look("hazard-closed")


def a_snap_report_is_turned_back(city: City) -> None:
    """A rectification that does not hold goes back with a reason, and has to be done again."""
    liu, zhao, sun = city["刘伟"], city["赵建民"], city["孙立军"]
    report = ReportPage(liu).open()
    liu.look("report")
    report.report(GUARD_WORDS, "机加工车间东头", photo())
    liu.look("report-accepted")
    HazardsPage(zhao).open().read(GUARD_WORDS).grade_general().assign("孙立军", "补齐并紧固")
    HazardsPage(sun).open("?mine=assigned").read(GUARD_WORDS).rectify("已补", photo())
    HazardsPage(zhao).open().read(GUARD_WORDS).send_back("螺栓规格不对，请换 M10")
    zhao.sees("等待孙立军整改")
    HazardsPage(sun).open("?mine=assigned").read(GUARD_WORDS)
    sun.sees("螺栓规格不对，请换 M10")


def what_is_late_stands_out(city: City) -> None:
    """The list and the first page of the day put it before everything else."""
    zhao = city["赵建民"]
    HazardsPage(zhao).open("?due=overdue")
    zhao.look_on("hazards-overdue", 390, 1440)
    assert OLD_WORDS in zhao.words
    assert GUARD_WORDS not in zhao.words
    zhao.open("/")
    zhao.sees("1 条逾期")
    assert "逾期 2 天" in zhao.words
    zhao.look_on("home", 390, 1440)
