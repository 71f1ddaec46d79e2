import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from threading import Barrier

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.factories import enterprise as tenant
from tests.risks.ledgers import HEAD, Page, row, xlsx
from webapp.enterprise.rules.organisation import PostKind
from webapp.platform import clock, database, jobs
from webapp.platform.audit import AuditEvent
from webapp.platform.database import reading, transaction
from webapp.platform.errors import Conflict, Invalid, NotFound, RuleBroken
from webapp.platform.outbox import Job, JobState
from webapp.platform.paging import PageRequest
from webapp.platform.storage import file_content
from webapp.platform.tenancy import SYSTEM, Actor
from webapp.platform.web.application import settings_of
from webapp.risks.jobs import import_ledger
from webapp.risks.models.assessments import RiskAssessment
from webapp.risks.models.ledger import RiskEvent, RiskPoint, RiskUnit
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.events import event_detail
from webapp.risks.queries.imports import preview, upload
from webapp.risks.queries.ledger import ledger
from webapp.risks.queries.rest_file import rest_file
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.kept_preview import RowView
from webapp.risks.service import imports

NOW = tenant.NOW


@pytest.fixture
def officer(db: str) -> Actor:
    return tenant.staff_actor(tenant.enterprise())


def uploaded(officer: Actor, *rows: list[object], head: tuple[str, ...] = HEAD) -> object:
    data = xlsx(Page([head, *rows]))
    return imports.preview_upload(officer, data, "风险清单.xlsx", at=NOW)


def confirm(officer: Actor, import_id: object) -> None:
    found = upload(officer.scope, officer.enterprise_id, import_id)
    imports.confirm(officer, import_id, found.version, at=NOW)


def events(officer: Actor) -> list:
    return list(
        ledger(officer.scope, officer.enterprise_id, LedgerFilter(), PageRequest(size=100)).rows
    )


def count(model: type, officer: Actor) -> int:
    with reading(SYSTEM) as session:
        return session.execute(
            select(func.count()).where(model.enterprise_id == officer.enterprise_id)
        ).scalar_one()


def actions(officer: Actor) -> list[str]:
    with reading(SYSTEM) as session:
        return list(
            session.execute(
                select(AuditEvent.action)
                .where(AuditEvent.chain == officer.enterprise_id)
                .order_by(AuditEvent.position)
            ).scalars()
        )


def test_a_preview_writes_nothing_into_the_ledger(officer: Actor):
    import_id = uploaded(officer, row(1), row(2, likelihood=4))

    found = upload(officer.scope, officer.enterprise_id, import_id)

    assert (found.row_count, found.ready_count, found.state) == (2, 1, "previewed")
    assert count(RiskEvent, officer) == 0


def test_confirmed_rows_become_events_with_assessments_and_measures(officer: Actor):
    import_id = uploaded(officer, row(1), row(2, source="接地不良"))

    confirm(officer, import_id)

    first, second = sorted(events(officer), key=lambda event: event.number)
    assert (first.number_words, first.point_name, first.hazard_source) == (
        "R-0001",
        "配电室",
        "线路老化1",
    )
    assert (first.product, first.value, first.level) == ("3 × 6 × 15", 270, "significant")
    assert (second.number, second.measure_count) == (2, 1)
    assert count(RiskPoint, officer) == 1
    assert count(RiskAssessment, officer) == 4


def test_a_single_assessment_stands_for_inherent_and_residual_risk(officer: Actor):
    confirm(officer, uploaded(officer, row(1)))

    found = event_detail(officer.scope, officer.enterprise_id, events(officer)[0].id)

    assert found.inherent.value == found.residual.value == 270
    assert found.row.inherent_level == found.row.level


def test_a_ledger_with_both_assessments_keeps_both(officer: Actor):
    head = (
        *HEAD[:8],
        "固有风险等级",
        "残余L",
        "残余E",
        "残余C",
        "残余D",
        "残余风险等级",
        *HEAD[9:],
    )
    line = row(1)
    line[4:9] = [3, 6, 40, 720, "重大"]
    line[9:9] = [3, 6, 15, 270, "较大"]

    confirm(officer, uploaded(officer, line, head=head))

    found = event_detail(officer.scope, officer.enterprise_id, events(officer)[0].id)
    assert (found.inherent.product, found.inherent.level) == ("3 × 6 × 40", "major")
    assert (found.residual.product, found.row.level) == ("3 × 6 × 15", "significant")


def test_people_departments_and_posts_are_found_by_their_names(officer: Actor):
    enterprise_id = officer.enterprise_id
    department_id = tenant.department(enterprise_id, "设备部")
    post_id = tenant.post(
        enterprise_id, "电工", kind=PostKind.SPECIAL_OPERATOR, department_id=department_id
    )
    tenant.person(enterprise_id, "张三", post_id=post_id, department_id=department_id)

    confirm(officer, uploaded(officer, row(1)))

    found = event_detail(officer.scope, enterprise_id, events(officer)[0].id)
    assert (found.department_id, found.row.owner_name) == (department_id, "张三")
    assert [(m.post_id, m.control_level, m.frequency) for m in found.measures] == [
        (post_id, "post", "each_shift")
    ]


def test_words_that_name_nobody_are_kept_to_be_assigned(officer: Actor):
    confirm(officer, uploaded(officer, row(1, person="王建", department="动力科")))

    event = events(officer)[0]

    assert (event.owner_name, event.owner_words, event.department_name) == ("", "王建", "动力科")


def test_names_that_nobody_bears_are_noted_before_the_import(officer: Actor):
    import_id = uploaded(officer, row(1))

    found = preview(officer.scope, officer.enterprise_id, import_id, RowView.NOTES, PageRequest())

    assert [f.message for kept in found.page.rows for f in kept.findings] == [
        "人员名册中没有“张三”，导入后再指定责任人。",
        "组织机构中没有“设备部”，导入后再指定责任部门。",
    ]
    assert found.upload.ready_count == 1


def test_a_name_borne_by_two_is_nobody_unless_the_department_tells_them_apart(officer: Actor):
    enterprise_id = officer.enterprise_id
    department_id = tenant.department(enterprise_id, "设备部")
    tenant.person(enterprise_id, "张三", department_id=department_id)
    tenant.person(enterprise_id, "张三", department_id=tenant.department(enterprise_id, "质检部"))

    confirm(officer, uploaded(officer, row(1), row(2, department="仓库")))

    owners = {event.number: event.owner_name for event in events(officer)}
    assert owners == {1: "张三", 2: ""}


def test_points_are_matched_by_name_and_numbers_go_on(officer: Actor):
    confirm(officer, uploaded(officer, row(1)))
    confirm(officer, uploaded(officer, row(2), row(3, point="空压站")))

    numbers = {event.number: event.point_name for event in events(officer)}

    assert numbers == {1: "配电室", 2: "配电室", 3: "空压站"}
    assert count(RiskPoint, officer) == 2


def test_units_points_and_places_come_from_the_file(officer: Actor):
    head = ("风险单元", "所在部位", *HEAD)

    confirm(officer, uploaded(officer, ["动力车间", "厂区北侧", *row(1)], head=head))

    found = event_detail(officer.scope, officer.enterprise_id, events(officer)[0].id)
    assert (found.unit_name, found.place) == ("动力车间", "厂区北侧")
    assert count(RiskUnit, officer) == 1


def test_a_risk_that_the_ledger_has_is_a_duplicate(officer: Actor):
    confirm(officer, uploaded(officer, row(1)))

    import_id = uploaded(officer, row(1), row(2))

    found = preview(
        officer.scope, officer.enterprise_id, import_id, RowView.DUPLICATES, PageRequest()
    )
    assert [f.message for kept in found.page.rows for f in kept.findings if f.is_blocking] == [
        "现行清单 R-0001 已有这条风险，不重复导入。"
    ]
    confirm(officer, import_id)
    assert [event.number for event in events(officer)] == [1, 2]


def test_the_same_file_uploaded_twice_before_confirming_enters_once(officer: Actor):
    first, second = uploaded(officer, row(1)), uploaded(officer, row(1))

    confirm(officer, first)
    confirm(officer, second)

    assert len(events(officer)) == 1
    assert upload(officer.scope, officer.enterprise_id, second).imported_count == 0


def test_a_residual_level_above_the_inherent_one_is_handed_back(officer: Actor):
    head = (
        *HEAD[:8],
        "固有风险等级",
        "残余L",
        "残余E",
        "残余C",
        "残余D",
        "残余风险等级",
        *HEAD[9:],
    )
    line = row(1)
    line[9:9] = [3, 6, 40, 720, "重大"]

    import_id = uploaded(officer, line, head=head)

    found = upload(officer.scope, officer.enterprise_id, import_id)
    assert found.ready_count == 0


def test_confirming_twice_is_confirming_once(officer: Actor):
    import_id = uploaded(officer, row(1))

    confirm(officer, import_id)
    confirm(officer, import_id)

    assert len(events(officer)) == 1
    assert actions(officer).count("ledger.imported") == 1


def test_of_two_confirmations_at_the_same_moment_one_counts(officer: Actor):
    import_id = uploaded(officer, *(row(number) for number in range(1, 21)))
    version = upload(officer.scope, officer.enterprise_id, import_id).version
    both = Barrier(2)

    def confirm_now() -> None:
        both.wait(10)
        imports.confirm(officer, import_id, version, at=NOW)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(confirm_now) for _ in range(2)]:
            done.result(30)

    assert sorted(event.number for event in events(officer)) == list(range(1, 21))
    assert actions(officer).count("ledger.imported") == 1


def test_two_files_confirmed_at_the_same_moment_share_no_number(officer: Actor):
    uploads = [
        uploaded(officer, *(row(number, point=point) for number in range(1, 16)))
        for point in ("空压站", "锅炉房")
    ]
    both = Barrier(2)

    def confirm_now(import_id: object) -> None:
        both.wait(10)
        confirm(officer, import_id)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(confirm_now, each) for each in uploads]:
            done.result(30)

    assert sorted(event.number for event in events(officer)) == list(range(1, 31))


def test_a_preview_that_changed_is_not_confirmed_unseen(officer: Actor):
    import_id = uploaded(officer, row(1))
    seen = upload(officer.scope, officer.enterprise_id, import_id).version
    found = preview(officer.scope, officer.enterprise_id, import_id, RowView.ALL, PageRequest())
    columns = {c.at: c.field for c in found.preview.tables[0].columns if c.field}
    imports.correct_mapping(
        officer,
        import_id,
        {found.preview.tables[0].fingerprint: columns},
        version=seen,
        at=NOW,
    )

    with pytest.raises(Conflict, match="核对结果刚有变化"):
        imports.confirm(officer, import_id, seen, at=NOW)

    assert not events(officer)


def test_nothing_ready_is_nothing_to_confirm(officer: Actor):
    import_id = uploaded(officer, row(1, likelihood=4))

    with pytest.raises(RuleBroken, match="没有可以导入的行"):
        confirm(officer, import_id)


STRANGE = ("甲", "乙", *HEAD[3:])


def corrected(officer: Actor, import_id: object) -> None:
    found = preview(officer.scope, officer.enterprise_id, import_id, RowView.ALL, PageRequest())
    table = found.preview.tables[0]
    columns = {c.at: c.field for c in table.columns if c.field}
    columns |= {0: Field.POINT, 1: Field.HAZARD_SOURCE}
    imports.correct_mapping(
        officer, import_id, {table.fingerprint: columns}, version=found.upload.version, at=NOW
    )


def test_corrected_headings_are_remembered_for_the_next_file(officer: Actor):
    first = uploaded(officer, row(1)[1:], head=("场地甲", "问题乙", *HEAD[3:]))
    before = upload(officer.scope, officer.enterprise_id, first).ready_count
    corrected(officer, first)
    after = upload(officer.scope, officer.enterprise_id, first).ready_count

    second = uploaded(officer, row(2)[1:], head=("场地甲", "问题乙", *HEAD[3:]))

    found = preview(officer.scope, officer.enterprise_id, second, RowView.ALL, PageRequest())
    assert (before, after, found.upload.ready_count) == (0, 1, 1)
    assert found.preview.tables[0].is_remembered


def test_corrected_headings_stay_with_their_enterprise(officer: Actor):
    head = ("场地甲", "问题乙", *HEAD[3:])
    corrected(officer, uploaded(officer, row(1)[1:], head=head))
    other = tenant.staff_actor(tenant.enterprise())

    import_id = uploaded(other, row(1)[1:], head=head)

    assert upload(other.scope, other.enterprise_id, import_id).ready_count == 0


def test_the_rest_comes_back_in_its_own_columns_with_reasons(officer: Actor):
    import_id = uploaded(officer, row(1), row(2, likelihood=4, measure="'=1+1"))
    confirm(officer, import_id)
    rest_id = upload(officer.scope, officer.enterprise_id, import_id).rest_file_id

    content = file_content(officer.scope, officer.enterprise_id, rest_id)

    sheet = openpyxl.load_workbook(BytesIO(content.data)).worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.rows]
    assert content.name == "未导入的行-风险清单.xlsx"
    assert lines[0] == [*HEAD, "未导入原因", "原表行号"]
    assert lines[1][1:5] == ["配电室", "线路老化2", "触电", "4"]
    assert lines[1][9] == "'=1+1"
    assert "表中为 4" in lines[1][-2]
    assert len(lines) == 2


def test_the_corrected_rest_can_be_uploaded_again(officer: Actor):
    import_id = uploaded(officer, row(1), row(2, likelihood=4))
    confirm(officer, import_id)
    content = rest_file(officer.scope, officer.enterprise_id, import_id)
    book = openpyxl.load_workbook(BytesIO(content.data))
    book.worksheets[0]["E2"] = 3
    target = BytesIO()
    book.save(target)

    again = imports.preview_upload(officer, target.getvalue(), content.name, at=NOW)
    confirm(officer, again)

    assert [event.number for event in events(officer)] == [1, 2]


def test_the_corrected_rest_is_read_as_its_file_was_also_where_a_person_set_the_columns(
    officer: Actor,
):
    head = ("场地甲", "问题乙", *HEAD[3:])
    import_id = uploaded(officer, row(1)[1:], row(2, likelihood=4)[1:], head=head)
    corrected(officer, import_id)
    confirm(officer, import_id)
    content = rest_file(officer.scope, officer.enterprise_id, import_id)
    book = openpyxl.load_workbook(BytesIO(content.data))
    book.worksheets[0]["D2"] = 3
    target = BytesIO()
    book.save(target)

    confirm(officer, imports.preview_upload(officer, target.getvalue(), content.name, at=NOW))

    assert sorted(event.hazard_source for event in events(officer)) == ["线路老化1", "线路老化2"]


def test_the_rest_can_be_fetched_before_confirming(officer: Actor):
    import_id = uploaded(officer, row(1), row(2, likelihood=4))

    content = rest_file(officer.scope, officer.enterprise_id, import_id)

    assert openpyxl.load_workbook(BytesIO(content.data)).worksheets[0].max_row == 2


def test_a_file_that_is_no_table_is_refused_in_words(officer: Actor):
    with pytest.raises(Invalid, match="这是PDF 文件"):
        imports.preview_upload(officer, b"%PDF-1.7\n%\xe2\xe3", "台账.xlsx", at=NOW)


def test_a_table_that_is_no_ledger_is_refused_in_words(officer: Actor):
    data = xlsx(Page([("姓名", "工资"), ("张三", 5000)]))

    with pytest.raises(Invalid, match="没有找到风险清单"):
        imports.preview_upload(officer, data, "工资.xlsx", at=NOW)


def test_another_enterprise_cannot_reach_an_upload(officer: Actor):
    import_id = uploaded(officer, row(1))
    other = tenant.staff_actor(tenant.enterprise())

    for reach in (
        lambda: upload(other.scope, officer.enterprise_id, import_id),
        lambda: upload(other.scope, other.enterprise_id, import_id),
        lambda: rest_file(other.scope, officer.enterprise_id, import_id),
        lambda: imports.confirm(other, import_id, 1, at=NOW),
        lambda: imports.import_rows(other, import_id, at=NOW),
    ):
        with pytest.raises(NotFound):
            reach()
    assert not events(officer)


def many(officer: Actor, rows: int = imports.AT_ONCE + 1) -> object:
    return uploaded(officer, *(row(number, point=f"风险点{number % 40}") for number in range(rows)))


@pytest.fixture
def quiet(own_database: str) -> Actor:
    """An officer in a database where no other test's jobs wait."""
    jobs.register(imports.JOB, import_ledger)
    return tenant.staff_actor(tenant.enterprise())


def test_many_rows_are_imported_by_a_job_that_shows_its_progress(quiet: Actor):
    import_id = many(quiet)
    confirm(quiet, import_id)
    waiting = upload(quiet.scope, quiet.enterprise_id, import_id)

    assert jobs.run_one()

    done = upload(quiet.scope, quiet.enterprise_id, import_id)
    job = jobs.job(quiet.scope, waiting.job_id)
    assert (waiting.state, done.state, done.imported_count) == ("importing", "imported", 501)
    assert (job.state, job.progress, job.total) == (JobState.DONE, 501, 501)


def test_many_rows_confirmed_twice_are_one_job(quiet: Actor):
    import_id = many(quiet)
    confirm(quiet, import_id)
    confirm(quiet, import_id)

    while jobs.run_one():
        pass

    assert count(RiskEvent, quiet) == 501


def test_a_job_done_twice_imports_once(quiet: Actor):
    import_id = many(quiet)
    confirm(quiet, import_id)

    first = imports.import_rows(quiet, import_id, at=NOW)
    second = imports.import_rows(quiet, import_id, at=NOW)

    assert first == second
    assert count(RiskEvent, quiet) == 501
    assert actions(quiet).count("ledger.imported") == 1


def test_a_worker_killed_in_the_middle_leaves_nothing_and_another_imports_all(
    quiet: Actor, app: Flask
):
    import_id = many(quiet, 1100)
    confirm(quiet, import_id)
    victim = subprocess.Popen(
        [
            sys.executable,
            "-c",
            VICTIM,
            database.engine().url.render_as_string(False),
            str(settings_of(app).instance / "files"),
        ],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert victim.stderr.readline() == b"half\n"
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()
    victim.stderr.close()
    after_kill = count(RiskEvent, quiet)
    with transaction(SYSTEM) as session:
        session.execute(update(Job).values(leased_until=clock.now() - timedelta(seconds=1)))

    assert jobs.run_one()

    assert (after_kill, count(RiskEvent, quiet)) == (0, 1100)
    assert count(ControlMeasure, quiet) == 1100
    assert (
        sorted(e.number for e in events(quiet))[:3] == sorted(e.number for e in events(quiet))[:3]
    )
    assert upload(quiet.scope, quiet.enterprise_id, import_id).imported_count == 1100


VICTIM = textwrap.dedent(
    """
    import sys, threading
    from pathlib import Path
    from webapp.platform import database, jobs, schema, storage
    from webapp.risks import jobs as room
    schema.load_models()
    database.configure(sys.argv[1])
    storage.configure(Path(sys.argv[2]))
    class Hanging:
        def report(self, done, total):
            print("half", file=sys.stderr, flush=True)
            threading.Event().wait()
    jobs.register(
        "risks.import", lambda actor, payload, _p: room.import_ledger(actor, payload, Hanging())
    )
    jobs.run_one()
    """
)
