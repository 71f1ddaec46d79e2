"""The process that imports a long ledger is killed in the middle; another ends it, rows once."""

from collections import Counter
from uuid import UUID

from sqlalchemy import select

from tests.fixtures.database import execute
from tests.fixtures.server import eventually
from tests.promises.conftest import Town
from tests.risks.ledgers import HEAD, Page, row, xlsx
from webapp.platform import audit
from webapp.platform.database import reading
from webapp.platform.outbox import Job, JobState
from webapp.platform.tenancy import SYSTEM
from webapp.risks.models.imports import LedgerImport
from webapp.risks.models.ledger import HazardSource, RiskEvent
from webapp.risks.service.imports import JOB

ROWS = 700


def job_of(town: Town) -> Job:
    with reading(SYSTEM) as session:
        return session.scalars(
            select(Job).where(Job.kind == JOB, Job.owner == town.world.enterprise_id)
        ).one()


def sources(town: Town) -> Counter[str]:
    """The hazard sources of the ledger's rows."""
    with reading(SYSTEM) as session:
        return Counter(
            session.scalars(
                select(HazardSource.name)
                .join(RiskEvent, RiskEvent.source_id == HazardSource.id)
                .where(RiskEvent.enterprise_id == town.world.enterprise_id)
            )
        )


def imported(import_id: UUID) -> LedgerImport:
    with reading(SYSTEM) as session:
        return session.scalars(select(LedgerImport).where(LedgerImport.id == import_id)).one()


def test_an_import_is_ended_by_another_worker(town: Town) -> None:
    visitor = town.visitor(town.world["safety_officer"])
    form = visitor.form("/risks/imports/new", "form[enctype]")
    ledger = xlsx(Page([HEAD, *(row(number) for number in range(1, ROWS + 1))]))
    preview = visitor.send(form.attach("file", ledger, "风险清单.xlsx"))
    assert preview.status == 303, preview.errors
    import_id = UUID(preview.location.rpartition("/")[2])
    confirm = visitor.form(preview.location, "form[action$='/confirmation']")
    assert visitor.send(confirm).status == 303

    # The report of progress is committed beside the work, so it tells when the middle is.
    assert eventually(lambda: job_of(town).progress > 0, within_s=60)
    town.server.kill()
    assert job_of(town).state == JobState.RUNNING
    assert imported(import_id).state == "importing"
    assert sources(town).total() == 0
    # A minute later, to the database: the dead worker's lease has run out.
    execute(town.server.owner, "update job set leased_until = leased_until - interval '61 s'")
    town.server.start()

    assert eventually(lambda: job_of(town).state == JobState.DONE, within_s=60)
    done = job_of(town)
    assert (done.attempts, done.result["imported"]) == (2, ROWS)
    assert sources(town) == Counter(f"线路老化{number}" for number in range(1, ROWS + 1))
    assert imported(import_id).state == "imported"
    assert visitor.get(preview.location).status == 200
    # Pressed again on a page that lay open, it changes nothing.
    assert visitor.send(confirm).status == 303
    assert sources(town).total() == ROWS
    assert not audit.verify().broken
