"""The process that prints many cards is killed in the middle; another makes what is missing."""

import zipfile
from io import BytesIO
from uuid import UUID

from sqlalchemy import select

from tests.fixtures.database import execute
from tests.fixtures.server import eventually
from tests.promises.conftest import Town
from tests.risks.ledgers import HEAD, Page, row, xlsx
from webapp.platform import audit
from webapp.platform.clock import now
from webapp.platform.database import reading
from webapp.platform.outbox import Job, JobState
from webapp.platform.storage import StoredFile
from webapp.platform.tenancy import SYSTEM
from webapp.risks.service.card_bundles import ARCHIVE, CARD, JOB
from webapp.risks.service.imports import confirm, preview_upload

POINTS = 120


def job_of(town: Town) -> Job:
    with reading(SYSTEM) as session:
        return session.scalars(
            select(Job).where(Job.kind == JOB, Job.owner == town.world.enterprise_id)
        ).one()


def files(town: Town, media_type: str) -> dict[UUID, str]:
    """The files of a kind with when they were added."""
    with reading(SYSTEM) as session:
        rows = session.execute(
            select(StoredFile.id, StoredFile.added_at).where(
                StoredFile.enterprise_id == town.world.enterprise_id,
                StoredFile.media_type == media_type,
            )
        )
        return {id_: str(added_at) for id_, added_at in rows}


def test_a_bundle_of_cards_is_ended_by_another_worker(town: Town) -> None:
    rows = (row(number, point=f"{number} 号炉") for number in range(1, POINTS + 1))
    officer = town.world["safety_officer"].actor
    upload = preview_upload(officer, xlsx(Page([HEAD, *rows])), "风险清单.xlsx", at=now())
    confirm(officer, upload, 1, at=now())
    visitor = town.visitor(town.world["safety_officer"])
    order = visitor.form("/risks/cards", "form[action*='/bundles']")
    sent = visitor.send(order)
    assert sent.status == 303, sent.errors

    assert eventually(lambda: job_of(town).progress > 0, within_s=60)
    town.server.kill()
    kept = files(town, CARD)
    assert job_of(town).state == JobState.RUNNING
    assert 0 < len(kept) < POINTS
    assert not files(town, ARCHIVE)
    # A minute later, to the database: the dead worker's lease has run out.
    execute(town.server.owner, "update job set leased_until = leased_until - interval '61 s'")
    town.server.start()

    assert eventually(lambda: job_of(town).state == JobState.DONE, within_s=60)
    done = job_of(town)
    assert (done.attempts, done.result["cards"]) == (2, POINTS)
    made = files(town, CARD)
    assert len(made) == POINTS
    assert kept.items() <= made.items()
    archive = visitor.get(f"{sent.location}/archive.zip")
    names = zipfile.ZipFile(BytesIO(archive.body)).namelist()
    assert len(set(names)) == POINTS
    # Pressed again on the page that lay open, it is the same bundle.
    assert visitor.send(order).location == sent.location
    assert len(files(town, ARCHIVE)) == 1
    assert not audit.verify().broken
