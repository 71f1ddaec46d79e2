"""Anyone may check a paper: by its code, by its file, on the page or by the command."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest

from tests.factories import inspection as made
from tests.fixtures.actors import Browser
from tests.fixtures.database import execute
from webapp.inspection.queries.files import document_pdf
from webapp.inspection.queries.verification import paper_by_code
from webapp.inspection.rules.enforcement import DocumentKind, content_sha256
from webapp.inspection.rules.tokens import grouped
from webapp.inspection.service.serving import revoke_document

ORDER = DocumentKind.RECTIFICATION_ORDER


@pytest.fixture
def stranger(app) -> Browser:
    return Browser(app)


@pytest.fixture
def order(world):
    return made.ordered_visit(world).paper(ORDER)


def pdf_of(world, paper) -> bytes:
    scope = world["inspector"].actor.scope
    return document_pdf(scope, world.enterprise_id, paper.row.id).data


def test_a_genuine_paper_says_what_stands_on_it(stranger, order):
    page = stranger.get("inspection.verify", token=order.code)

    facts = dict(zip(page.texts(".compare dt"), page.texts(".compare dd"), strict=True))
    assert page.one("h1").text == "文书为真"
    assert facts["文号"] == "（安）应急责改〔2026〕1号"
    assert facts["期限"] == "2026年12月1日、2026年12月2日"
    assert facts["内容摘要"] == order.content_sha256
    assert facts["状态"] == "已送达"


def test_a_record_without_items_is_told_like_any_other_paper(stranger, world):
    record = made.recorded_visit(world).paper(DocumentKind.INSPECTION_RECORD)

    page = stranger.get("inspection.verify", token=record.code)

    assert (page.status, page.one("h1").text) == (200, "文书为真")


def test_a_code_is_found_however_it_is_typed(stranger, order):
    answer = stranger.get("inspection.verify_lookup", code=f" {grouped(order.code).lower()} ")

    assert stranger.follow(answer).one("h1").text == "文书为真"


def test_the_page_shows_no_words_of_the_findings(stranger, order):
    page = stranger.get("inspection.verify", token=order.code)

    assert "处问题" not in page.text


def test_a_revoked_paper_says_so_with_its_reason_and_what_replaced_it(stranger, world):
    visit = made.ordered_visit(world)
    old = visit.paper(ORDER)
    leader = world["agency_leader"].actor
    revoke_document(leader, world.enterprise_id, old.row.id, reason="单位名称有误", at=made.NOW)
    made.issue(visit, ORDER)

    page = stranger.get("inspection.verify", token=old.code)

    assert page.one("h1").text == "真，但已撤销"
    assert "单位名称有误" in page.text
    assert "看替代它的文书 （安）应急责改〔2026〕2号" in page.text


@pytest.mark.parametrize("token", ["7K4M9Q2F3H5T", "x", "《》", "7K4M-9Q2F"])
def test_an_unknown_code_is_told_to_be_none_of_ours(stranger, db, token):
    page = stranger.get("inspection.verify", token=token)

    assert (page.status, page.one("h1").text) == (404, "没有这份文书")


def upload(stranger: Browser, data: bytes):
    return stranger.post("inspection.verify_file", file=(BytesIO(data), "文书.pdf"))


def test_the_very_file_is_genuine_and_an_altered_one_is_not(stranger, world, order):
    data = pdf_of(world, order)

    same = upload(stranger, data)
    altered = upload(stranger, data + b"%")
    foreign = upload(stranger, b"%PDF-1.4 hello")

    assert same.one("h1").text == "文书为真"
    assert "逐字节一致" in same.text
    assert (altered.status, altered.one("h1").text) == (422, "文件对不上")
    assert "真文书是《责令限期整改指令书》" in altered.text
    assert "没有签发过内容与它一致的文书" in foreign.text


@pytest.mark.parametrize(("data", "message"), [(b"", "请选择一个 PDF"), (b"GIF8", "这不是 PDF")])
def test_what_is_no_pdf_is_refused_in_words(stranger, db, data, message):
    assert message in upload(stranger, data).text


def test_a_record_changed_behind_the_applications_back_is_not_called_genuine(stranger, db, order):
    change = "jsonb_set(content, '{enterprise}', '\"别的企业\"')"
    where = f"where id = '{order.row.id}'"
    execute(db, f"update enforcement_document set content = {change} {where}")

    page = stranger.get("inspection.verify", token=order.code)

    assert (page.status, page.one("h1").text) == (409, "暂不能确认")


def test_not_even_content_and_digest_changed_together_pass(db, order):
    content = dict(order.content) | {"enterprise": "别的企业"}
    digest = content_sha256(content)
    body = json.dumps(content, ensure_ascii=False).replace("'", "''")
    execute(
        db,
        f"update enforcement_document set content = '{body}', content_sha256 = '{digest}'"
        f" where id = '{order.row.id}'",
    )

    found = paper_by_code(order.code)

    assert found is not None
    assert not found.is_intact


@pytest.fixture
def run(app):
    def invoke(*args: str):
        return app.test_cli_runner().invoke(args=["documents", "verify", *args])

    return invoke


def test_the_command_tells_a_genuine_file(run, world, order, tmp_path: Path):
    file = tmp_path / "order.pdf"
    file.write_bytes(pdf_of(world, order))

    answer = run(str(file), "--json")

    told = json.loads(answer.output)
    assert answer.exit_code == 0
    assert told["genuine"] is True
    assert told["number"] == "（安）应急责改〔2026〕1号"
    assert told["state"] == "served"
    assert told["sha256"] == order.file_sha256
    assert set(told) == {"genuine", "number", "agency", "issued_at", "state", "sha256"}


@pytest.mark.parametrize("edit", ["append", "flip"])
def test_the_command_refuses_an_altered_file_and_names_what_it_claims_to_be(
    run, world, order, tmp_path: Path, edit
):
    data = bytearray(pdf_of(world, order))
    if edit == "append":
        data += b"\n% changed"
    else:
        data[len(data) // 2] ^= 1
    file = tmp_path / "order.pdf"
    file.write_bytes(bytes(data))

    answer = run(str(file), "--json")

    told = json.loads(answer.output)
    assert answer.exit_code == 1
    assert told["genuine"] is False
    assert told["number"] == order.row.number


def test_the_command_knows_nothing_of_a_foreign_file(run, db, tmp_path: Path):
    file = tmp_path / "other.pdf"
    file.write_bytes(b"%PDF-1.7 nothing")

    answer = run(str(file))

    assert answer.exit_code == 1
    assert "不是本平台签发的文书" in answer.output


def test_a_revoked_file_is_genuine_with_its_state(run, world, tmp_path: Path):
    visit = made.ordered_visit(world)
    old = visit.paper(ORDER)
    data = pdf_of(world, old)
    leader = world["agency_leader"].actor
    revoke_document(leader, world.enterprise_id, old.row.id, reason="有误", at=made.NOW)
    file = tmp_path / "order.pdf"
    file.write_bytes(data)

    answer = run(str(file))

    assert answer.exit_code == 0
    assert re.search("文书为真.*已撤销", answer.output)
