"""The one file of an enterprise."""

from typing import Self

from tests.fixtures.browser import Person


class FilePage:
    """档案."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.follow("档案", within="主导航")
        return self

    def part(self, title: str) -> Self:
        self.person.follow(title, within="档案目录")
        return self

    def timeline(self) -> Self:
        self.person.open("/file/timeline")
        return self

    def whole(self) -> bytes:
        """Everything on paper; a long file is made in the background."""
        self.person.press("下载档案")
        link = self.person.control("下载档案 PDF", role="link")
        link.wait_for(timeout=90_000)
        return self.person.download("下载档案 PDF")
