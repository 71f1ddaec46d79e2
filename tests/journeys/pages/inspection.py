"""An inspection: its start, its findings, its papers, the look back."""

import re
from datetime import date
from typing import Self

from tests.fixtures.browser import Person


class StartPage:
    """企业档案, as an officer sees it at the gate."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self, code: str) -> Self:
        self.person.open(code)
        return self

    def begin(self, *, second: str = "", contact: str = "赵建民") -> None:
        if second:
            self.person.tick(second)
        self.person.fill(
            {"检查场所": "铸造车间、配电室", "现场负责人": contact, "职务": "安全管理人员"}
        )
        self.person.tick("已向现场负责人出示执法证件")
        self.person.press("开始检查")


class VisitPage:
    """现场检查."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def on_the_ledger(self, words: str, place: str) -> "FindingPage":
        self.person.follow("从台账选项目")
        return self._chosen(words, place)

    def by_criterion(self, words: str, criterion: str) -> "FindingPage":
        self.person.follow("按判定标准")
        return self._chosen(words, criterion)

    def _chosen(self, words: str, place: str) -> "FindingPage":
        self.person.page.get_by_role("searchbox").fill(words)
        self.person.press("搜索")
        self.person.page.get_by_role("link", name=re.compile(re.escape(place))).first.click()
        return FindingPage(self.person)

    def tell(self, situation: str) -> Self:
        self.person.fill({"检查情况": situation})
        self.person.press("保存")
        return self

    def finish(self) -> "SigningPage":
        self.person.press("结束检查，去签字")
        return SigningPage(self.person)


class FindingPage:
    """记一条问题."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def write(self, words: str, *, due_on: date, photo: bytes, is_major: bool = False) -> None:
        self.person.fill({"发现的问题": words, "整改期限": due_on.isoformat()})
        if is_major:
            self.person.tick("涉嫌重大事故隐患")
        self.person.attach("问题.jpg", photo)
        self.person.press("保存")


class SigningPage:
    """签字与签发."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def sign(self, *labels: str) -> Self:
        for label in labels:
            self.person.sign(label)
        return self

    def issue(self) -> "IssuedPage":
        self.person.press("签发并取号")
        return IssuedPage(self.person)


class IssuedPage:
    """已签发."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @property
    def pdf(self) -> bytes:
        return self.person.download("打开 PDF")

    def go_on_to_the_order(self) -> SigningPage:
        self.person.follow("接着下达整改指令")
        return SigningPage(self.person)

    def back_to_the_case(self) -> None:
        self.person.follow("完成，回到检查")


class ReinspectionPage:
    """整改复查."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.follow("开始复查")
        return self

    def all_rectified(self) -> SigningPage:
        for item in self.person.page.get_by_text("已整改", exact=True).all():
            item.click()
        self.person.press("去签意见书")
        return SigningPage(self.person)
