"""A ledger that comes back from Excel."""

import re
from typing import Self

from playwright.sync_api import expect

from tests.fixtures.browser import Person


class ChangesPage:
    """改过的风险清单：对照: changes, conflicts, outcome."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def send(self, name: str, content: bytes) -> Self:
        self.person.open("/risks/imports/new")
        self.person.attach(name, content)
        self.person.press("上传并核对")
        return self

    def line(self, number: str) -> str:
        """What the comparison says of a risk."""
        return self.person.page.get_by_role("row").filter(has_text=number).inner_text()

    def take_the_file(self, number: str) -> None:
        self.person.press(f"{number} 采用文件的")

    def keep_ours(self, number: str) -> None:
        self.person.press(f"{number} 保留台账的")

    def confirm(self) -> None:
        bar = self.person.page.get_by_label("确认修改")
        bar.get_by_role("button", name=re.compile("^写入")).click()
        expect(self.person.page).to_have_title(re.compile("风险清单已按文件修改"), timeout=60_000)

    def rest(self) -> bytes:
        """The rows that were not taken, with the reasons."""
        return self.person.download("下载未采用的行")
