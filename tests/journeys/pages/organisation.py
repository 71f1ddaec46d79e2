"""Departments, posts and people of an enterprise."""

from typing import Self

from tests.fixtures.browser import Person


class PastePage:
    """从 Excel 粘贴."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.follow("组织", within="主导航")
        self.person.follow("从 Excel 粘贴")
        return self

    def paste(self, rows: list[tuple[str, ...]]) -> Self:
        """What Excel puts on the clipboard: a line a row, a tab between cells."""
        self.person.fill({"粘贴表格": "\n".join("\t".join(row) for row in rows)})
        self.person.press("预览")
        return self

    def confirm(self) -> None:
        self.person.press("确认导入")


class StaffPage:
    """人员."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.open("/people")
        return self

    def invite(self, name: str, role: str) -> str:
        """Let one of the staff use the system; the link to hand over."""
        person = self.person
        person.follow(name)
        person.follow("邀请使用")
        person.choose("角色", role)
        person.press("生成加入链接")
        return person.page.get_by_text("/join/").first.inner_text()
