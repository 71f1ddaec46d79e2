import re

import pytest

from tests.factories import enterprise as make
from tests.fixtures.actors import make_world
from webapp.enterprise.queries.timeline import cursor, timeline
from webapp.enterprise.rules.file_part import FilePart, PartTable
from webapp.enterprise.service import file as service
from webapp.enterprise.service import file_parts
from webapp.enterprise.service.file_parts import offer_part
from webapp.enterprise.service.organisation import add_department
from webapp.platform import jobs
from webapp.platform.errors import Invalid, RuleBroken
from webapp.platform.unit_of_work import unit_of_work


@pytest.fixture
def officer(client_of):
    return client_of("safety_officer")


@pytest.fixture
def long_part(monkeypatch):
    """A part of a room above that holds more than is bound at once."""
    rows = tuple((f"风险点 {n}", "low") for n in range(service.MOST_ROWS_AT_ONCE + 1))
    part = FilePart((), (PartTable("风险", ("名称", "等级"), rows, levels=1),))
    monkeypatch.setattr(file_parts, "_parts", dict(file_parts._parts))
    offer_part("long", 45, "很长的部分", lambda _scope, _id: part)


def test_a_column_of_sentences_is_wide_and_a_name_stays_on_one_line():
    table = PartTable("隐患", ("编号", "隐患", "期限"), (), widths=(1, 6, 1))

    assert [table.is_wide(column) for column in range(3)] == [False, True, False]
    assert table.is_short(2, "2026-11-25")
    assert table.is_short(0, "YH-2026-0045")
    assert not table.is_short(2, "机加车间东跨10吨桥式起重机")
    assert not table.is_short(1, "短")


def test_the_file_shows_header_sections_and_timeline(officer, world):
    page = officer.get("enterprise.file_show")

    sections = page.texts("nav[aria-label='档案目录'] .row__title")
    assert sections[:3] == ["基本信息", "组织机构和人员", "安全生产责任清单"]
    assert "周洪涛" in page.text


def test_a_part_opens_in_place_and_an_unknown_one_does_not_exist(officer, long_part):
    page = officer.get("enterprise.file_show", part="long")

    assert len(page.select("main table tbody tr")) == 50
    assert "全部 401 行见档案 PDF" in page.text
    assert officer.get("enterprise.file_show", part="no-such").status == 404


def test_an_officer_sees_the_file_of_the_region_only(client_of, as_, world):
    neighbour = make_world(county="410503", township="410503001")
    place = {"enterprise_id": world.enterprise_id}

    own = client_of("inspector").get("enterprise.file_show", **place)
    other = as_(neighbour["inspector"]).get("enterprise.file_show", **place)
    foreign = as_(neighbour["safety_officer"]).get("enterprise.file_show", **place)
    download = as_(neighbour["regulator"]).post("enterprise.file_download", **place)

    assert [own.status, other.status, foreign.status, download.status] == [200, 404, 404, 404]


def test_a_small_file_comes_at_once(officer, client_of, world):
    own = officer.post("enterprise.file_download")
    region = client_of("inspector").post(
        "/enterprises/" + str(world.enterprise_id) + "/file/downloads"
    )

    for answer in (own, region):
        assert answer.body.startswith(b"%PDF")
        assert "filename*=UTF-8''" in answer.response.headers["Content-Disposition"]


def test_a_large_file_is_bound_in_the_background_with_its_progress(own_database, as_, long_part):
    world = make_world()
    browser = as_(world["regulator"])
    ordered = browser.post(f"/enterprises/{world.enterprise_id}/file/downloads")

    waiting = browser.follow(ordered)
    early = browser.get(f"{ordered.location}/pdf")
    while jobs.run_one():
        pass
    done = browser.get(ordered.location)
    fragment = browser.get(ordered.location, headers={"HX-Request": "true"})
    paper = browser.get(done.one("a.btn--primary")["href"])

    assert "正在后台生成" in waiting.text
    assert early.status == 404
    assert "已生成" in fragment.text
    assert paper.body.startswith(b"%PDF")
    assert as_(world["safety_officer"]).get(ordered.location).status == 404


def test_a_failed_binding_says_why_and_is_tried_again(own_database, as_, long_part, monkeypatch):
    def broken(_scope, _id):
        raise RuleBroken("风险清单正在导入，请稍后再试。")

    world = make_world()
    browser = as_(world["safety_officer"])
    ordered = browser.post("enterprise.file_download")
    with monkeypatch.context() as patch:
        patch.setattr(file_parts, "_parts", dict(file_parts._parts))
        offer_part("broken", 46, "坏掉的部分", broken)
        while jobs.run_one():
            pass

    failed = browser.get(ordered.location)
    job_id = ordered.location.rsplit("/", 1)[1]
    browser.post("enterprise.file_retry", job_id=job_id)
    while jobs.run_one():
        pass

    assert "风险清单正在导入" in failed.text
    assert "已生成" in browser.get(ordered.location).text


def test_the_timeline_tells_acts_in_words_newest_first(officer, world):
    add_department(world["safety_officer"].actor, name="清理车间", at=make.NOW)

    page = officer.get("enterprise.file_timeline")

    assert re.search("新设部门.*赵建民.*清理车间", page.text)


def test_the_timeline_is_read_on_without_gap_or_double(world):
    actor = world["safety_officer"].actor
    for n in range(45):
        with unit_of_work(actor, "people.added", at=make.NOW) as work:
            work.note(name=f"员工{n}")

    seen, before = [], None
    while True:
        found = timeline(actor.scope, world.enterprise_id, before=before)
        seen += [moment.detail for moment in found.moments]
        before = found.older
        if before is None:
            break

    assert [name for name in seen if name.startswith("员工")] == [
        f"员工{n}" for n in reversed(range(45))
    ]


def test_an_act_without_a_sentence_is_still_told_and_signing_in_is_not(world):
    actor = world["safety_officer"].actor
    for action in ("future.done", "session.opened"):
        with unit_of_work(actor, action, at=make.NOW):
            pass

    moments = timeline(actor.scope, world.enterprise_id).moments

    assert [m.words for m in moments if m.action == "future.done"] == ["其他操作"]
    assert not [m for m in moments if m.action == "session.opened"]


@pytest.mark.parametrize("text", ["x", "2026-11-24~1", "2026-11-24T10:00:00+00:00~x"])
def test_a_damaged_place_in_the_timeline_is_refused(text, officer):
    with pytest.raises(Invalid):
        cursor(text)

    assert officer.get("enterprise.file_timeline", before=text).status == 422


def test_a_worker_reads_neither_file_nor_timeline(client_of):
    worker = client_of("worker")

    assert worker.get("enterprise.file_show").status == 403
    assert worker.get("enterprise.file_timeline").status == 403
