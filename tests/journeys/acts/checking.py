"""Act 3: a worker checks the furnace on a phone and finds something wrong."""

from playwright.sync_api import expect

from tests.journeys.cast import City
from tests.journeys.ledgers import FURNACE
from tests.journeys.pages.tasks import AcceptedPage, TodayPage
from tests.journeys.papers import photo

ALARM = "冷却水压力表在绿区"
ALARM_WORDS = "断水报警不响，试验按钮损坏"
LINING = "每班测量炉衬厚度"


def a_worker_checks_the_furnace(city: City) -> None:
    """What is not in order wants a photo; what was typed stays when it is missing."""
    liu = city["刘伟"]
    TodayPage(liu).open()
    liu.look("today")
    check = TodayPage(liu).check(FURNACE)
    liu.look("check")
    check.is_in_order(LINING).is_not_in_order(ALARM, ALARM_WORDS)
    check.rest_is_in_order().submit()
    liu.sees("照片")
    expect(check.item(ALARM).get_by_label("哪里不对")).to_have_value(ALARM_WORDS)
    liu.look("check-refused")

    check.is_not_in_order(ALARM, ALARM_WORDS, photo())
    check.submit()
    accepted = AcceptedPage(liu)
    liu.look("check-accepted")
    (city.known["alarm"],) = accepted.hazard_numbers
    liu.sees(ALARM_WORDS)
