"""No gap and no double, whoever issues at the same time and whatever fails in between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from tests.factories import enterprise as tenant
from tests.factories import inspection as made
from tests.fixtures.actors import World
from webapp.inspection.events import DocumentIssued
from webapp.inspection.models.enforcement import DocumentSignature, EnforcementDocument
from webapp.inspection.rules.enforcement import DocumentKind
from webapp.inspection.service import enforcement
from webapp.inspection.service.enforcement import ISSUES, Submission
from webapp.platform import bus
from webapp.platform.database import reading, transaction
from webapp.platform.tenancy import SYSTEM

RECORD = DocumentKind.INSPECTION_RECORD
LATER = made.NOW + timedelta(hours=2)
THREADS = 20


def _sequences(agency_id) -> list[int]:
    with reading(SYSTEM) as session:
        rows = session.execute(
            select(EnforcementDocument.sequence)
            .where(EnforcementDocument.agency_id == agency_id)
            .order_by(EnforcementDocument.sequence)
        ).scalars()
        return list(rows)


def _visits(world: World, count: int) -> list[made.Visit]:
    """As many visits of the same officers, each to an enterprise of its own."""
    visits = []
    for _ in range(count):
        enterprise_id = tenant.enterprise(region_code=world.region)
        other = World(
            enterprise_id,
            world.agency_id,
            world.department_id,
            world.team_id,
            world.accounts,
            world.second_inspector,
            world.region,
        )
        visit = made.open_visit(other)
        made.end(visit)
        visits.append(visit)
    return visits


def _issue_all(visits: list[made.Visit], sent: list[Submission]) -> list[object]:
    start = Barrier(len(visits))

    def one(number: int) -> object:
        start.wait(30)
        try:
            visit = visits[number]
            return ISSUES[RECORD](visit.first, *visit.place, sent[number], at=LATER)
        except ZeroDivisionError as error:
            return error

    with ThreadPoolExecutor(len(visits)) as pool:
        return list(pool.map(one, range(len(visits))))


def test_twenty_officers_at_once_take_numbers_without_gap_or_double(world):
    visits = _visits(world, THREADS)

    _issue_all(visits, [made.submission(visit, RECORD) for visit in visits])

    assert _sequences(world.agency_id) == list(range(1, THREADS + 1))


def test_failures_in_between_leave_no_gap(world):
    visits = _visits(world, THREADS)
    doomed = {visit.case_id for visit in visits[::3]}

    def fail(_work, event: DocumentIssued) -> None:
        if event.case_id in doomed:
            raise ZeroDivisionError

    bus.subscribe(DocumentIssued, fail)
    try:
        first = _issue_all(visits, [made.submission(visit, RECORD) for visit in visits])
    finally:
        bus._subscribers[DocumentIssued].remove(fail)
    rest = [visit for visit in visits if visit.case_id in doomed]
    _issue_all(rest, [made.submission(visit, RECORD) for visit in rest])

    assert sum(isinstance(answer, ZeroDivisionError) for answer in first) == len(doomed)
    assert _sequences(world.agency_id) == list(range(1, THREADS + 1))


def test_the_same_submission_from_five_threads_is_one_paper(world):
    visit = _visits(world, 1)[0]
    sent = made.submission(visit, RECORD)

    answers = _issue_all([visit] * 5, [sent] * 5)

    assert len(set(answers)) == 1
    assert _sequences(world.agency_id) == [1]


def test_each_kind_counts_on_its_own(world):
    visit = made.ordered_visit(world)
    made.reinspect(visit)

    assert {d.number for d in visit.detail.documents} == {
        "（安）应急检记〔2026〕1号",
        "（安）应急责改〔2026〕1号",
        "（安）应急复查〔2026〕1号",
    }


@pytest.mark.parametrize("context", ["officer", "system"])
@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (EnforcementDocument, "content", {"items": []}),
        (EnforcementDocument, "number", "（安）应急检记〔2026〕9号"),
        (EnforcementDocument, "file_sha256", "0" * 64),
        (EnforcementDocument, "deadline_on", made.DUE),
        (DocumentSignature, "name", "别人"),
    ],
)
def test_no_role_of_the_application_can_rewrite_an_issued_paper(
    world, context, model, column, value
):
    made.recorded_visit(world)
    scope = SYSTEM if context == "system" else world["inspector"].actor.scope

    with pytest.raises(DBAPIError, match="permission denied"), transaction(scope) as session:
        session.execute(
            model.__table__.update()
            .where(model.enterprise_id == world.enterprise_id)
            .values({column: value})
        )


def test_nobody_can_delete_a_paper(world):
    made.recorded_visit(world)

    with pytest.raises(DBAPIError, match="permission denied"), transaction(SYSTEM) as session:
        session.execute(
            EnforcementDocument.__table__.delete().where(
                EnforcementDocument.enterprise_id == world.enterprise_id
            )
        )


def test_every_kind_of_paper_has_a_use_case_that_issues_it():
    assert set(enforcement.ISSUES) == set(DocumentKind)
