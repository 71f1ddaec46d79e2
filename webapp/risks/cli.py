"""The ledger from the command line."""

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from webapp.platform import clock
from webapp.platform.errors import Invalid
from webapp.platform.tenancy import Actor, enterprise_scope
from webapp.platform.web.cli import Group, json_option, tell
from webapp.risks.queries.dry_run import dry_run, enterprise_of
from webapp.risks.service.imports import import_rows, preview_upload


@click.group("ledger", cls=Group)
def ledger_group() -> None:
    """风险清单。"""


@ledger_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--enterprise", "uscc", required=True, help="企业的统一社会信用代码。")
@click.option("--dry-run", "is_dry", is_flag=True, help="只核对，不写入。")
@json_option
def ledger_import(file: Path, uscc: str, is_dry: bool, as_json: bool) -> None:  # noqa: FBT001 - click passes them
    """导入风险清单；被拒收的文件和没有一行可导入时以非零码退出。

    核对出的问题不算失败：有问题的行留下，其余照常导入。
    """
    run = _look if is_dry else _import
    found, words = run(file, enterprise_of(uscc))
    tell(found, words, as_json=as_json)
    if not found["ready"]:
        sys.exit(1)


def _look(file: Path, enterprise_id: UUID) -> tuple[dict[str, Any], str]:
    found = dry_run(enterprise_scope(enterprise_id), enterprise_id, file.read_bytes(), file.name)
    if found["problem"]:
        raise Invalid("file", found["problem"])
    lines = [
        f"共 {found['rows']} 行，可导入 {found['ready']} 行，风险点 {found['points']} 个，"
        f"问题 {len(found['findings'])} 处。"
    ]
    lines += [f"{one['sheet']} 第 {one['row']} 行：{one['message']}" for one in found["findings"]]
    return found, "\n".join(lines)


def _import(file: Path, enterprise_id: UUID) -> tuple[dict[str, Any], str]:
    scope = enterprise_scope(enterprise_id)
    data = file.read_bytes()
    found = dry_run(scope, enterprise_id, data, file.name)
    actor = Actor(user_id=None, name="命令行", role="system", scope=scope)
    import_id = preview_upload(actor, data, file.name, at=clock.now())
    done = import_rows(actor, import_id, at=clock.now())
    words = f"已导入 {done['imported']} 行，未导入 {found['rows'] - done['imported']} 行。"
    return {**found, **done, "import_id": str(import_id)}, words
