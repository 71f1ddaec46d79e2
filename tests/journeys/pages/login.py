"""Signing in, and joining by a link."""

from typing import Self

from tests.fixtures.browser import Person


class LoginPage:
    """登录."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.open("/login")
        return self

    def sign_in(self, login: str, password: str) -> None:
        self.person.fill({"手机号或账号": login, "密码": password})
        self.person.press("登录")


class JoiningPage:
    """加入：what an invited person sees behind the link."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self, link: str) -> Self:
        self.person.open(link)
        return self

    def join(self, password: str) -> None:
        """Keep the login that is offered and set a password."""
        self.person.fill({"密码": password, "再输一遍密码": password})
        self.person.press("设好密码并加入")
