"""Act 7: two officers inspect, order, and come back."""

from datetime import timedelta

from tests.journeys.acts.beginning import NAME
from tests.journeys.cast import COUNTY, City
from tests.journeys.pages.hazards import HazardPage, HazardsPage
from tests.journeys.pages.inspection import ReinspectionPage, StartPage, VisitPage
from tests.journeys.papers import codes_in, photo, text_of
from webapp.platform import clock
from webapp.ui.filters import long_date

ROPE = "每天检查吊具和钢丝绳"
ROPE_WORDS = "16 吨铸造起重机主钩钢丝绳一个捻距内断丝 14 根"
ALARM_CRITERION = "冷却水系统未设置出水温度"
ALARM_WORDS = "1 号中频炉冷却水系统未设置进出水流量差监测报警装置"
OFFICERS = ("张海峰签名", "李明辉签名")
HANDS = (*OFFICERS, "被检查单位负责人签名")


def two_officers_inspect(city: City) -> None:
    """One alone is refused. A finding stands on the enterprise's ledger, one on a criterion."""
    zhang = city["张海峰"]
    start = StartPage(zhang).open(city.known["code"])
    start.begin()
    zhang.sees("不得少于两名执法人员")
    zhang.look("inspection-alone")
    start.begin(second="李明辉")
    zhang.sees("检查情况")
    visit = VisitPage(zhang)
    due = clock.local_date(clock.now()) + timedelta(days=10)
    city.known["due"] = due
    visit.on_the_ledger("钢丝绳", ROPE).write(ROPE_WORDS, due_on=due, photo=photo())
    zhang.sees(ROPE_WORDS)
    finding = visit.by_criterion("冷却水", ALARM_CRITERION)
    assert ROPE_WORDS not in zhang.field("发现的问题").input_value()
    zhang.look("finding")
    finding.write(ALARM_WORDS, due_on=due, photo=photo("#5b6d8a"), is_major=True)
    visit.tell("查看了铸造车间和配电室，查阅了点检记录，询问了熔炼工刘伟。")
    zhang.look_on("visit", 390, 1440)


def they_issue_record_and_order(city: City) -> None:
    """Three hands under each paper; both are genuine to whoever scans them."""
    zhang = city["张海峰"]
    signing = VisitPage(zhang).finish()
    zhang.look_on("signing", 390)
    issued = signing.sign(*HANDS).issue()
    record = text_of(issued.pdf)
    assert ROPE_WORDS.replace(" ", "") in record.replace(" ", "")
    order = issued.go_on_to_the_order().sign(*HANDS).issue()
    zhang.look("order-issued")
    paper = order.pdf
    words = text_of(paper).replace(" ", "")
    for expected in (NAME, COUNTY, "责令限期整改指令书", ALARM_WORDS, long_date(city.known["due"])):
        assert expected.replace(" ", "") in words, expected
    order.back_to_the_case()
    city.known["case"] = zhang.page.url

    passer_by = city["路人"]
    (address,) = codes_in(paper)
    passer_by.open(address)
    passer_by.look("verification")
    assert passer_by.heading == "文书为真"
    assert NAME in passer_by.words


def the_enterprise_rectifies_what_was_ordered(city: City) -> None:
    """The order's items are its hazards, with the order's date; a major one wants its plan."""
    zhao, sun = city["赵建民"], city["孙立军"]
    for words in (ROPE_WORDS, ALARM_WORDS):
        HazardsPage(zhao).open("?source=inspection")
        assert words in zhao.words
        hazard = HazardsPage(zhao).read(words)
        assert "监管责令" in zhao.words
        assert long_date(city.known["due"]) in zhao.words
        hazard.assign("孙立军", "停用，更换后试车")
        if words == ALARM_WORDS:
            hazard.write_implementations()
        HazardsPage(sun).open("?mine=assigned").read(words)
        HazardPage(sun).rectify("已更换并试验", photo("#3f7d5a"))
        sun.sees("等待执法人员复查")
    zhao.open("/hazards?source=inspection")
    zhao.look("hazards-ordered")


def the_look_back_closes_the_case(city: City) -> None:
    """The officers find everything rectified; the opinion closes hazards, order and case."""
    zhang = city["张海峰"]
    zhang.open(city.known["case"])
    zhang.look_on("case", 390, 1440)
    signing = ReinspectionPage(zhang).open().all_rectified()
    issued = signing.sign(*OFFICERS, "被复查单位负责人签名").issue()
    assert "整改复查意见书" in text_of(issued.pdf)
    zhang.sees("检查已办结")
    HazardsPage(city["赵建民"]).open("?source=inspection&state=open")
    assert ROPE_WORDS not in city["赵建民"].words
    issued.back_to_the_case()
    zhang.look("case-closed")
