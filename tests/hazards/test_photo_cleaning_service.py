from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories.hazards import make_hazard, make_plant, photo
from tests.hazards.arranged import sent
from webapp.hazards.jobs import REMOVE_PHOTOS
from webapp.hazards.rules.submissions import Report
from webapp.hazards.service.photo_cleaning import remove_loose_photos
from webapp.hazards.service.photos import keep_photos
from webapp.hazards.service.reports import report_hazard
from webapp.platform import jobs, storage
from webapp.platform.clock import now
from webapp.platform.database import reading
from webapp.platform.errors import Invalid
from webapp.platform.identifiers import new_id
from webapp.platform.storage import StoredFile
from webapp.platform.tenancy import SYSTEM

pytestmark = pytest.mark.usefixtures("db", "files")
WEEK = timedelta(days=7)
MOMENT = timedelta(seconds=5)


def clean(at):
    remove_loose_photos(at, lambda _count: None)


def kept(plant, seed=1, at=None):
    """A picture of a form that was refused and never sent again."""
    [file_id] = keep_photos(plant.worker, plant.id, [photo(seed)], at=at or now())
    return file_id


def files_of(plant):
    with reading(SYSTEM) as session:
        return {
            row.id: (row.sha256, row.facts["thumbnail"])
            for row in session.execute(
                select(StoredFile).where(StoredFile.enterprise_id == plant.id)
            ).scalars()
        }


def stored(folder):
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_a_picture_of_no_form_goes_after_a_week_from_table_and_store(files):
    plant = make_plant()
    # Of this seed alone: what another record names as well would stay.
    kept(plant, seed=77)
    [names] = files_of(plant).values()
    assert set(names) <= stored(files)

    clean(now() + WEEK + MOMENT)

    assert files_of(plant) == {}
    assert not set(names) & stored(files)


def test_within_the_week_the_form_can_still_be_sent(files):
    plant = make_plant()
    file_id = kept(plant)

    clean(now() + WEEK - MOMENT)

    report = Report(new_id(), "油管渗漏", place="泵房", kept=(file_id,))
    report_hazard(plant.worker, plant.id, report, at=now())
    clean(now() + 2 * WEEK)
    assert list(files_of(plant)) == [file_id]


def test_a_form_whose_picture_is_gone_asks_for_another():
    plant = make_plant()
    file_id = kept(plant)
    clean(now() + WEEK + MOMENT)

    with pytest.raises(Invalid, match="已失效，请重新拍照"):
        report_hazard(
            plant.worker,
            plant.id,
            Report(new_id(), "油管渗漏", place="泵房", kept=(file_id,)),
            at=now() + 2 * WEEK,
        )


def test_the_pictures_of_hazards_stay_however_old_they_are(files):
    plant = make_plant()
    make_hazard(plant, at=now())
    before = stored(files)

    clean(now() + 100 * WEEK)

    assert stored(files) == before


def test_the_same_picture_in_anothers_record_keeps_its_bytes(files):
    plant, neighbour = make_plant(), make_plant()
    make_hazard(neighbour, at=now())
    kept(plant)
    [names] = files_of(neighbour).values()

    clean(now() + WEEK + MOMENT)

    assert files_of(plant) == {}
    assert [storage.get(name) for name in names]


def test_bytes_that_were_stored_again_since_are_left():
    plant = make_plant()
    kept(plant)
    [(name, _)] = files_of(plant).values()
    storage.put(storage.get(name))

    assert not storage.remove(name, now() - MOMENT)
    assert storage.get(name)


def test_a_worker_removes_them_once_a_day(client_of, world):
    page = client_of("worker").post("hazards.report_send", key=str(new_id()), photos=sent())
    assert page.status == 422

    jobs.order_daily()
    while jobs.run_one():
        pass

    with reading(SYSTEM) as session:
        done = session.execute(select(jobs.Job).where(jobs.Job.kind == REMOVE_PHOTOS)).scalar_one()
    assert (done.state, list(done.result)) == ("done", ["photos"])
