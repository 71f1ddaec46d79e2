from datetime import timedelta
from uuid import UUID

import pytest

from tests.factories import enterprise as tenant
from tests.risks.drafts import draft, measure
from webapp.enterprise.rules.organisation import PostKind
from webapp.platform.paging import PageRequest
from webapp.platform.tenancy import Actor
from webapp.risks.queries.events import event_detail
from webapp.risks.queries.ledger import ledger
from webapp.risks.queries.points import measures_of_points
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.service.ledger import add_event, change_event
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel

NOW = tenant.NOW
LATER = NOW + timedelta(days=30)


@pytest.fixture
def officer(db: str) -> Actor:
    return tenant.staff_actor(tenant.enterprise())


@pytest.fixture
def event_id(officer: Actor) -> UUID:
    return add_event(officer, draft(), at=NOW)


def test_measures_of_points_know_their_risk(officer: Actor, event_id: UUID):
    post_id = tenant.post(officer.enterprise_id, "熔炼工", kind=PostKind.WORKER)
    proposed = draft(measures=(measure("穿隔热服", post_id=post_id),))
    change_event(officer, event_id, proposed, version=1, at=LATER)
    point_id = event_detail(officer.scope, officer.enterprise_id, event_id).row.point_id

    (found,) = measures_of_points(officer.scope, officer.enterprise_id, [point_id])

    assert (found.point_name, found.description, found.post_id, found.level) == (
        "1 号中频炉",
        "穿隔热服",
        post_id,
        "significant",
    )


def test_the_ledger_is_found_by_number_text_level_and_kind(officer: Actor, event_id: UUID):
    add_event(
        officer,
        draft(
            point="空压站",
            hazard_source="安全阀失效",
            activity="储气罐运行",
            accident_types=("17",),
        ),
        at=NOW,
    )

    def numbers(**wanted: object) -> list[int]:
        page = ledger(officer.scope, officer.enterprise_id, LedgerFilter(**wanted), PageRequest())
        return [row.number for row in page.rows]

    assert numbers() == [1, 2]
    assert numbers(text="R-0002") == [2]
    assert numbers(text="安全阀") == [2]
    assert numbers(text="100%") == []
    assert numbers(accident_type="18") == [1]
    assert numbers(control_level=ControlLevel.DEPARTMENT) == [1, 2]


def test_kinds_of_measures_decide_what_a_row_wants(officer: Actor, event_id: UUID):
    kinds = list(MeasureCategory)
    full = tuple(measure(f"措施{at}", category=kind) for at, kind in enumerate(kinds))
    person = tenant.person(officer.enterprise_id, "王海军")
    add_event(officer, draft(point="空压站", measures=full, owner_id=person), at=NOW)

    page = ledger(officer.scope, officer.enterprise_id, LedgerFilter(), PageRequest())
    states = {row.number: row.state(LATER) for row in page.rows}
    overdue = page.rows[1].state(NOW + timedelta(days=400))

    assert states == {1: "short", 2: "complete"}
    assert overdue == "due"
