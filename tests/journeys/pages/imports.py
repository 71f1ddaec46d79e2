"""Bringing a ledger in from Excel."""

import re
from typing import Self

from playwright.sync_api import expect

from tests.fixtures.browser import Person


class ImportPage:
    """导入风险清单: upload, columns, rows, outcome."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.follow("风险", within="主导航")
        self.person.follow("导入 Excel")
        return self

    def upload(self, name: str, content: bytes) -> Self:
        self.person.attach(name, content)
        self.person.press("上传并核对")
        return self

    def point_column_at(self, heading: str, field: str) -> Self:
        """Say what a column means that was not recognised, and have the file read again."""
        self.person.choose(f"{heading} 对应到", field)
        self.person.press("按这样重新读取")
        return self

    def confirm(self) -> Self:
        page = self.person.page
        page.get_by_label("确认导入").get_by_role("button", name=re.compile("^导入")).click()
        page.wait_for_load_state("domcontentloaded")
        return self

    def rest(self) -> bytes:
        """The rows that were left out, with the reasons."""
        return self.person.download("下载未导入的行")

    def wait_until_done(self) -> None:
        """Watch the progress until the page says by itself that it is done."""
        expect(self.person.page).to_have_title(re.compile("风险清单已导入"), timeout=120_000)
