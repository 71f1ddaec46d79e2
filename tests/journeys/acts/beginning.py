"""Act 1: an enterprise comes in, tells who works there, and everybody knows their duties."""

from tests.fixtures.browser import Person
from tests.journeys.cast import PASSWORD, City
from tests.journeys.pages.login import LoginPage
from tests.journeys.pages.registration import (
    ApplicationPage,
    Applying,
    CheckAnswersPage,
    RegistrationDesk,
)

NAME = "安阳市恒泰机械制造有限公司"
USCC, MISTYPED = "91410502MA9K2L7T6A", "91410502MA9K2L7T6B"
OFFICER_LOGIN = "13803720002"


def the_enterprise_comes_in(city: City) -> None:
    """Its safety officer applies, mistyping the code first; the county's agency approves."""
    zhao = city.stranger("赵建民", on_phone=False)
    _apply(zhao)
    chen = city.officer("陈静")
    desk = RegistrationDesk(chen).open()
    chen.look("registrations")
    desk.read(NAME)
    chen.look("registration")
    desk.approve()
    chen.sees("已通过")
    LoginPage(zhao).open().sign_in(OFFICER_LOGIN, PASSWORD)
    assert zhao.page.url != f"{city.server.address}/login", zhao.words


def _apply(zhao: Person) -> None:
    form = ApplicationPage(zhao).open()
    form.fill(Applying(MISTYPED, NAME)).go_on()
    zhao.look_on("application-mistyped", 390)
    assert "校验" in form.message_at("统一社会信用代码")
    assert form.value_of("企业名称") == NAME
    assert form.value_of("安全管理人员电话") == OFFICER_LOGIN

    zhao.fill({"统一社会信用代码": USCC})
    form.go_on()
    zhao.look("application-check")
    CheckAnswersPage(zhao).submit(role="安全管理人员", login=OFFICER_LOGIN, password=PASSWORD)
    zhao.sees("已收到您的申请")
