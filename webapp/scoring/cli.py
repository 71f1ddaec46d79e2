"""Commands: explain a score, compare counters with the records."""

import json
import sys
from dataclasses import asdict

import click
from flask import Flask

from webapp.platform.clock import now
from webapp.platform.tenancy import SYSTEM
from webapp.platform.web.cli import Group, json_option, tell
from webapp.scoring.queries.explained import explained
from webapp.scoring.queries.score import enterprise_by_uscc
from webapp.scoring.rules.explanation import as_json as tree_as_json
from webapp.scoring.rules.explanation import explain, explain_have, explain_total
from webapp.scoring.service.recount import recount

score_group = Group("score", help="五有得分。")
stats_group = Group("stats", help="统计数。")


@score_group.command("explain")
@click.argument("uscc")
@json_option
def score_explain(uscc: str, as_json: bool) -> None:  # noqa: FBT001 - click passes it
    """逐项说明一家企业的得分。"""
    tree = explained(SYSTEM, enterprise_by_uscc(uscc.strip().upper()), now())
    if as_json:
        click.echo(json.dumps(tree_as_json(tree), ensure_ascii=False))
        return
    click.echo(explain_total(tree))
    for have in tree.haves:
        click.echo(f"{have.code} {have.name}：{explain_have(have)}")
        for indicator in have.indicators:
            click.echo(f"  {indicator.code} {indicator.name}：{explain(indicator)}")


@stats_group.command("recount")
@click.option("--check", is_flag=True, required=True, help="只比较，不改动。")
@json_option
def stats_recount(check: bool, as_json: bool) -> None:  # noqa: FBT001 - click passes both
    """用记录重算全部计数并与存数比较。"""
    found = recount()
    words = f"比较 {found.compared} 个数，不一致 {len(found.differences)} 个。"
    for row in found.differences[:50]:
        words += f"\n{row.scope} {row.measure}：存 {row.stored}，记录 {row.counted}"
    tell(asdict(found), words, as_json=as_json)
    if found.differences:
        sys.exit(1)


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(score_group)
    app.cli.add_command(stats_group)
