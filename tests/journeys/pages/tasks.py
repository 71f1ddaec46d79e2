"""A worker's day: today's tasks, a check, what was accepted."""

import re
from typing import Self

from playwright.sync_api import Locator

from tests.fixtures.browser import Person


class TodayPage:
    """任务."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.open("/today")
        return self

    def check(self, point: str) -> "CheckPage":
        """Go to a point and begin its check."""
        self.person.page.get_by_role("link", name=re.compile(re.escape(point))).first.click()
        self.person.page.wait_for_load_state("domcontentloaded")
        return CheckPage(self.person)


class CheckPage:
    """The questions at a point, each to be answered on the spot."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def item(self, question: str) -> Locator:
        return self.person.page.get_by_role("group", name=re.compile(re.escape(question)))

    def is_in_order(self, question: str) -> Self:
        self.item(question).get_by_text("正常", exact=True).click()
        return self

    def is_not_in_order(self, question: str, words: str, photo: bytes | None = None) -> Self:
        item = self.item(question)
        item.get_by_text("异常", exact=True).click()
        if photo is not None:
            self.person.attach("现场.jpg", photo, item)
        item.get_by_label("哪里不对").fill(words)
        return self

    def rest_is_in_order(self) -> Self:
        """Answer what is still open, one by one."""
        for item in self.person.page.get_by_role("group").all():
            if item.get_by_role("radio").count() and not item.locator("input:checked").count():
                item.get_by_text("正常", exact=True).click()
        return self

    def submit(self) -> None:
        self.person.press("提交检查")


class AcceptedPage:
    """检查已受理."""

    def __init__(self, person: Person) -> None:
        self.person = person
        person.sees("服务器已收到")

    @property
    def hazard_numbers(self) -> list[str]:
        return re.findall(r"YH[-\w]+", self.person.words)
