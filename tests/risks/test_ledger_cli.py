import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.factories import enterprise as tenant
from tests.risks.ledgers import HEAD, Page, row, xlsx
from webapp.platform.paging import PageRequest
from webapp.platform.tenancy import enterprise_scope
from webapp.risks.queries.ledger import ledger
from webapp.risks.rules.filters import LedgerFilter


@pytest.fixture
def company(db: str) -> tuple[str, object]:
    """An enterprise's code and its id."""
    code = tenant.uscc()
    return code, tenant.enterprise(uscc=code)


def run(app: Flask, file: Path, code: str, *options: str) -> Result:
    arguments = ["ledger", "import", str(file), "--enterprise", code, *options]
    return app.test_cli_runner().invoke(args=arguments)


def kept(tmp_path: Path, *rows: list[object]) -> Path:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(xlsx(Page([HEAD, *rows])))
    return file


def numbers(enterprise_id: object) -> list[int]:
    page = ledger(enterprise_scope(enterprise_id), enterprise_id, LedgerFilter(), PageRequest())
    return [found.number for found in page.rows]


def test_a_dry_run_prints_the_contract_and_writes_nothing(app: Flask, company, tmp_path: Path):
    code, enterprise_id = company
    file = kept(tmp_path, row(1), row(2, likelihood=4), row(3, measure=""))

    result = run(app, file, code, "--dry-run", "--json")

    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {name: told[name] for name in ("method", "rows", "ready", "points")} == {
        "method": "lec",
        "rows": 3,
        "ready": 1,
        "points": 1,
    }
    assert [(f["index"], f["row"], f["field"], f["code"]) for f in told["findings"]] == [
        (1, 3, "likelihood", "not_in_table"),
        (2, 4, "measure", "missing_measure"),
    ]
    assert numbers(enterprise_id) == []


def test_an_import_writes_what_is_ready_and_says_how_much(app: Flask, company, tmp_path: Path):
    code, enterprise_id = company

    result = run(app, kept(tmp_path, row(1), row(2, likelihood=4)), code)

    assert (result.exit_code, result.stdout) == (0, "已导入 1 行，未导入 1 行。\n")
    assert numbers(enterprise_id) == [1]


def test_a_second_import_of_the_same_file_has_nothing_ready(app: Flask, company, tmp_path: Path):
    code, enterprise_id = company
    file = kept(tmp_path, row(1))
    run(app, file, code)

    result = run(app, file, code, "--json")

    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (told["ready"], [f["code"] for f in told["findings"]]) == (0, ["duplicate"])
    assert numbers(enterprise_id) == [1]


def test_a_file_that_cannot_be_read_fails_in_words(app: Flask, company, tmp_path: Path):
    file = tmp_path / "台账.xlsx"
    file.write_bytes(b"%PDF-1.7")

    result = run(app, file, company[0], "--dry-run")

    assert result.exit_code == 1
    assert "这是PDF 文件" in result.stderr


def test_an_unknown_code_fails_in_words(app: Flask, company, tmp_path: Path):
    result = run(app, kept(tmp_path, row(1)), "91410502MA00000000", "--json")

    assert result.exit_code == 1
    assert "没有统一社会信用代码" in json.loads(result.stdout)["error"]
