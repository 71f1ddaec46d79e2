"""Responsibility lists: drafted, published, read and signed, shown to everybody."""

from typing import Self

from tests.fixtures.browser import Person


class ListsPage:
    """安全生产责任清单."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.open("/responsibilities")
        return self

    def draft_missing(self) -> Self:
        self.person.press("起草")
        return self

    def publish_all(self) -> Self:
        self.person.press("批准公示")
        return self

    def read(self, post: str) -> Self:
        self.person.follow(post)
        return self


class GapsPage:
    """责任链缺项."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.open("/responsibilities/gaps")
        return self


class MyListPage:
    """我的安全责任, on the phone of the one who owes the duties."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.follow("责任", within="主导航")
        return self

    def sign(self) -> None:
        self.person.sign("手写签名")
        self.person.press("签收")
