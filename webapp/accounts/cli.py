"""Accounts from the command line: the first operator has nobody to be invited by."""

import click

from webapp.accounts.service.members import create_operator
from webapp.platform.clock import now
from webapp.platform.tenancy import system_actor
from webapp.platform.web.cli import Group, json_option, tell


@click.group("users", cls=Group)
def users_group() -> None:
    """账号。"""


@users_group.command("create-operator")
@click.argument("login")
@click.option("--name", prompt="姓名", help="操作人员姓名，记入审计。")
@click.password_option("--password", prompt="密码", help="省略时在终端输入，不回显。")
@json_option
def users_create_operator(login: str, name: str, password: str, as_json: bool) -> None:  # noqa: FBT001 - click passes it
    """新建一个平台运维账号。"""
    actor = system_actor("users create-operator")
    user_id = create_operator(actor, login=login, name=name, password=password, at=now())
    tell({"user_id": str(user_id), "login": login}, f"已建平台运维账号 {login}。", as_json=as_json)
