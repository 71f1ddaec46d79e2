import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import update

from tests.factories import enterprise as tenant
from tests.risks.importing import actions, confirm, count, events, many, uploaded
from tests.risks.ledgers import row
from webapp.platform import clock, database, jobs, storage
from webapp.platform.database import transaction
from webapp.platform.errors import Conflict, NotFound, RuleBroken
from webapp.platform.outbox import Job, JobState
from webapp.platform.paging import PageRequest
from webapp.platform.tenancy import SYSTEM, Actor
from webapp.platform.web.application import settings_of
from webapp.risks.jobs import import_ledger
from webapp.risks.models.ledger import RiskEvent
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.imports import preview, upload
from webapp.risks.queries.rest_file import rest_file
from webapp.risks.rules.kept_preview import RowView
from webapp.risks.service import imports

NOW = tenant.NOW


@pytest.fixture
def officer(db: str) -> Actor:
    return tenant.staff_actor(tenant.enterprise())


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


@pytest.fixture
def quiet(own_database: str, app: Flask) -> Actor:
    """An officer in a database where no other test's jobs wait."""
    jobs.register(imports.JOB, import_ledger)
    # Another application of this process may have moved the files elsewhere.
    storage.configure(settings_of(app).instance / "files")
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
