"""The enterprise code: its signs, its revocation, what whoever scans it sees."""

from typing import Self

from tests.fixtures.browser import Person


class CodePage:
    """企业码."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.open("/code")
        return self

    def sign(self, size: str) -> bytes:
        return self.person.download(f"打印 {size} 标牌")

    def revoke(self, reason: str) -> Self:
        self.person.fill({"吊销原因": reason})
        self.person.press("吊销并换新码")
        return self
