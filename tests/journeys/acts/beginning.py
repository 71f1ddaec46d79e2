"""Act 1: an enterprise comes in, tells who works there, and everybody knows their duties."""

from uuid import UUID

from tests.fixtures.browser import Person
from tests.journeys.cast import PASSWORD, City
from tests.journeys.pages.login import JoiningPage, LoginPage
from tests.journeys.pages.organisation import PastePage, StaffPage
from tests.journeys.pages.registration import (
    ApplicationPage,
    Applying,
    CheckAnswersPage,
    RegistrationDesk,
)
from tests.journeys.pages.responsibilities import GapsPage, ListsPage, MyListPage
from tests.journeys.papers import text_of

NAME = "安阳市恒泰机械制造有限公司"
USCC, MISTYPED = "91410502MA9K2L7T6A", "91410502MA9K2L7T6B"
PRINCIPAL_LOGIN = "13803720001"
STAFF = [
    ("部门", "班组", "岗位", "岗位类别", "姓名", "手机"),
    ("铸造车间", "", "铸造车间主任", "部门负责人", "孙立军", "13803720003"),
    ("", "熔炼一班", "熔炼班长", "班组长", "马国强", "13803720004"),
    ("", "熔炼一班", "熔炼工", "岗位员工", "刘伟", "13803720005"),
    ("", "熔炼一班", "熔炼工", "岗位员工", "何明", "1380372"),
    ("机加工车间", "", "机加工车间主任", "部门负责人", "王丽华", "13803720006"),
]


def the_enterprise_comes_in(city: City) -> None:
    """Its principal applies, mistyping the code first; the county's agency approves."""
    zhou = city.stranger("周洪涛")
    _apply(zhou)
    chen = city.officer("陈静")
    desk = RegistrationDesk(chen).open()
    chen.look("registrations")
    desk.read(NAME)
    chen.look("registration")
    city.known["enterprise_id"] = UUID(chen.page.url.rsplit("/", 1)[1])
    desk.approve()
    chen.sees("已通过")
    LoginPage(zhou).open().sign_in(PRINCIPAL_LOGIN, PASSWORD)


def _apply(zhou: Person) -> None:
    form = ApplicationPage(zhou).open()
    form.fill(Applying(MISTYPED, NAME)).go_on()
    zhou.look("application-mistyped")
    assert "校验" in form.message_at("统一社会信用代码")
    assert form.value_of("企业名称") == NAME
    assert form.value_of("主要负责人电话") == PRINCIPAL_LOGIN

    zhou.fill({"统一社会信用代码": USCC})
    form.go_on()
    zhou.look("application-check")
    CheckAnswersPage(zhou).submit(role="主要负责人", login=PRINCIPAL_LOGIN, password=PASSWORD)
    zhou.sees("已收到您的申请")


def its_people_come_in(city: City) -> None:
    """The roster is pasted from Excel; whoever has something to do gets a link of their own."""
    zhao = city.stranger("赵建民", on_phone=False)
    link = StaffPage(city["周洪涛"]).open().invite("赵建民", "安全管理人员")
    city["周洪涛"].look("invitation")
    JoiningPage(zhao).open(link).join(PASSWORD)
    paste = PastePage(zhao).open().paste(STAFF)
    zhao.sees("手机号")
    zhao.look("organisation-preview")
    paste.confirm()
    zhao.sees("熔炼一班")
    zhao.look("organisation")
    for name, role in (("孙立军", "部门负责人"), ("刘伟", "岗位员工")):
        link = StaffPage(zhao).open().invite(name, role)
        person = city.stranger(name)
        joining = JoiningPage(person).open(link)
        if name == "刘伟":
            person.look("joining")
        joining.join(PASSWORD)


def everybody_knows_their_duties(city: City) -> None:
    """Lists are drafted at the desk, published by the principal, signed on the worker's phone."""
    zhao, liu = city["赵建民"], city["刘伟"]
    ListsPage(zhao).open().draft_missing()
    zhao.look("responsibilities")
    ListsPage(city["周洪涛"]).open().publish_all()
    city["周洪涛"].look("responsibilities")

    mine = MyListPage(liu).open()
    liu.look("my-duties")
    mine.sign()
    liu.sees("已签收")

    GapsPage(zhao).open()
    zhao.look("responsibility-gaps")
    assert "孙立军" in zhao.words
    assert "刘伟" not in zhao.words
    _read_on_paper(zhao)
    zhao.open("/responsibilities/display")
    zhao.look("responsibility-display")
    assert "刘伟" in zhao.words


def _read_on_paper(zhao: Person) -> None:
    ListsPage(zhao).open().read("熔炼工")
    paper = text_of(zhao.download("打印 PDF"))
    assert "熔炼工" in paper
    assert NAME in paper
