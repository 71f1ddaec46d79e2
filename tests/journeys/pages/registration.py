"""How an enterprise comes in: its application, and the agency's desk."""

from dataclasses import dataclass
from typing import Self

from tests.fixtures.browser import Person


@dataclass(frozen=True, slots=True)
class Applying:
    """What an applicant has at hand."""

    uscc: str
    name: str
    township: str = "东关街道"
    industry: str = "34 通用设备制造业"
    category: str = "机械"
    principal: str = "周洪涛"
    principal_phone: str = "13803720001"
    officer: str = "赵建民"
    officer_phone: str = "13803720002"


class ApplicationPage:
    """企业入驻申请."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.open("/apply")
        return self

    def fill(self, applying: Applying) -> Self:
        person = self.person
        person.fill({"统一社会信用代码": applying.uscc, "企业名称": applying.name})
        person.choose("所在乡镇（街道）", applying.township)
        person.fill({"生产经营地址": "文峰大道东段 18 号"})
        person.choose("所属行业", applying.industry)
        person.tick(applying.category, "小型")
        person.fill(
            {
                "从业人数": "86",
                "法定代表人": applying.principal,
                "主要负责人": applying.principal,
                "主要负责人电话": applying.principal_phone,
                "安全管理人员": applying.officer,
                "安全管理人员电话": applying.officer_phone,
            }
        )
        return self

    def go_on(self) -> None:
        self.person.press("下一步")

    def value_of(self, label: str) -> str:
        return self.person.field(label).input_value()

    def message_at(self, label: str) -> str:
        """The message that stands at a field, as a screen reader tells it."""
        return self.person.field(label).evaluate(
            "one => (one.getAttribute('aria-describedby') || '').split(' ')"
            ".map(id => document.getElementById(id)?.textContent.trim() || '').join(' ')"
        )


class CheckAnswersPage:
    """核对后提交."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def submit(self, *, role: str, login: str, password: str) -> None:
        self.person.tick(role)
        self.person.fill({"登录账号": login, "登录密码": password, "再输一遍密码": password})
        self.person.press("提交申请")


class RegistrationDesk:
    """入驻审核：the agency's list of applications."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.open("/registrations")
        return self

    def read(self, name: str) -> Self:
        self.person.follow(name)
        return self

    def approve(self) -> None:
        self.person.press("审核通过")
