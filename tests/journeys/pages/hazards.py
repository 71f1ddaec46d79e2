"""Hazards: the list, one hazard and its steps, the snap report."""

import re
from typing import Self

from tests.fixtures.browser import Person


class HazardsPage:
    """隐患."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self, query: str = "") -> Self:
        self.person.open(f"/hazards{query}")
        return self

    def read(self, title: str) -> "HazardPage":
        self.person.follow(title)
        return HazardPage(self.person)


class HazardPage:
    """One hazard, with the step that is this person's to take."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def grade_general(self) -> Self:
        self.person.tick("一般")
        self.person.press("确定级别")
        return self

    def assign(self, name: str, requirement: str) -> Self:
        options = self.person.field("整改责任人").get_by_role("option").all_inner_texts()
        option = next(words for words in options if words.startswith(name))
        self.person.choose("整改责任人", option)
        self.person.fill({"整改要求": requirement})
        self.person.press("下达整改")
        return self

    def write_implementations(self) -> Self:
        """责任、措施、资金、时限、预案 of a major hazard."""
        self.person.fill(
            {
                "责任": "铸造车间主任孙立军负责，设备科配合",
                "措施": "停炉，加装监测报警并联锁",
                "资金": "安全生产费用列支 3 万元",
                "时限": "按指令书期限完成",
                "预案": "停炉期间断电挂牌，专人监护",
            }
        )
        self.person.press("保存五落实")
        return self

    def rectify(self, measures: str, photo: bytes) -> Self:
        self.person.attach("整改后.jpg", photo)
        self.person.fill({"整改措施": measures})
        self.person.press("提交整改")
        return self

    def accept(self, remark: str) -> Self:
        self.person.fill({"验收意见": remark})
        self.person.press("验收通过")
        return self

    def send_back(self, reason: str) -> Self:
        self.person.fill({"验收意见": reason})
        self.person.press("退回整改")
        return self

    def close(self) -> Self:
        self.person.press("销号")
        return self


class ReportPage:
    """随手拍."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.follow("随手拍", within="主导航")
        return self

    def report(self, words: str, place: str, photo: bytes) -> str:
        """Three taps; the number under which it was taken in."""
        person = self.person
        person.attach("随手拍.jpg", photo)
        person.fill({"具体位置": place, "说一句": words})
        person.press("上报")
        person.sees("已受理")
        found = re.search(r"YH[-\w]+", person.page.locator("body").inner_text())
        assert found, person.words
        return found.group()
