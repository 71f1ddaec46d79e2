"""Commands: seed the demo city, tell its accounts."""

import os
from dataclasses import asdict
from unicodedata import east_asian_width

import click
from flask import current_app

from webapp.accounts.rules.roles import Role
from webapp.config import Settings
from webapp.demo.queries.city import CityState, KnownMember, city_counts, city_state, members_of
from webapp.demo.rules.roster import PASSWORD, known_logins
from webapp.demo.service.city import Surroundings
from webapp.demo.service.seeding import seed
from webapp.platform.clock import now
from webapp.platform.errors import Forbidden, NotFound
from webapp.platform.web.cli import Group, json_option, tell

NOT_SEEDED = "演示城市还没有写入。请先运行：flask --app wsgi demo seed"
_HEADINGS = ("角色", "账号", "密码", "姓名", "单位")


def _refuse_production() -> None:
    """Raises Forbidden in production, whichever the command is."""
    if os.environ.get("ENVIRONMENT") == "production":
        raise Forbidden("生产环境不能写入或使用演示数据。")


demo_group = Group("demo", help="演示城市。")


@demo_group.command("seed")
@click.option("--enterprises", type=click.IntRange(0, 100_000), default=0, metavar="N",
              help="另加 N 家小微企业，用于观察大数据量。")  # fmt: skip
@json_option
def demo_seed(enterprises: int, as_json: bool) -> None:  # noqa: FBT001 - click passes both
    """向空数据库写入演示城市：机关、企业、清单、三个月的排查和隐患、执法检查。"""
    _refuse_production()
    settings: Settings = current_app.extensions["settings"]
    surroundings = Surroundings(settings.public_url, settings.instance / "faces")
    made = seed(surroundings, owner_url=settings.database_url, enterprises=enterprises, at=now())
    counts = made or city_counts()
    words = (
        f"{counts.agencies} 个机关，{counts.enterprises} 家企业，{counts.people} 人，"
        f"{counts.risks} 条风险，{counts.checks} 次自查，{counts.hazards} 条隐患，"
        f"{counts.inspections} 次执法检查，{counts.documents} 份文书。"
    )
    beginning = "演示城市已写入：" if made else "演示城市已经在库中，没有再写入："
    tell({"is_new": made is not None, **asdict(counts)}, beginning + words, as_json=as_json)


@demo_group.command("accounts")
@json_option
def demo_accounts(as_json: bool) -> None:  # noqa: FBT001 - click passes it
    """列出演示账号：角色、账号、密码、单位。"""
    _refuse_production()
    if city_state() is not CityState.MADE:
        raise NotFound(NOT_SEEDED)
    found = members_of(known_logins())
    tell([_as_json(one) for one in found], _table(found), as_json=as_json)


def _as_json(one: KnownMember) -> dict[str, str | None]:
    return {
        "login": one.login,
        "password": PASSWORD,
        "role": one.role,
        "organisation": one.organisation,
        "uscc": one.uscc,
        "region": one.region,
    }


def _table(found: tuple[KnownMember, ...]) -> str:
    rows = [
        _HEADINGS,
        *(
            (Role(one.role).words, one.login, PASSWORD, one.name, one.organisation or "安企码平台")
            for one in found
        ),
    ]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(_padded, row, widths)).rstrip() for row in rows]
    return "\n".join(lines)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
