"""An order is revoked and issued anew: what its hazards say of it."""

from datetime import timedelta

import pytest

from tests.factories import inspection as made
from webapp.hazards.queries.hazard_detail import hazard_detail
from webapp.hazards.rules.lifecycle import HazardAction, HazardState
from webapp.inspection.rules.enforcement import DocumentKind
from webapp.inspection.service.serving import revoke_document

ORDER = DocumentKind.RECTIFICATION_ORDER
LATER = made.NOW + timedelta(hours=4)


@pytest.fixture
def corrected(world):
    """A visit whose first order was revoked and corrected by a second one."""
    visit = made.ordered_visit(world)
    leader, order = world["agency_leader"].actor, visit.paper(ORDER).row
    revoke_document(leader, world.enterprise_id, order.id, reason="单位名称有误", at=LATER)
    made.issue(visit, ORDER, at=LATER)
    return visit


def test_the_hazards_of_a_corrected_order_name_the_new_one_and_remember_the_old(corrected):
    finding = corrected.detail.findings[1]
    enterprise_id, _ = corrected.place

    hazard = hazard_detail(corrected.first.scope, enterprise_id, finding.hazard_id)

    assert (hazard.order_number, hazard.order_item) == ("（安）应急责改〔2026〕2号", 2)
    assert hazard.order_id == corrected.paper(ORDER).row.id
    assert hazard.steps[0].action is HazardAction.CORRECT
    assert hazard.steps[0].detail["former_order"] == "（安）应急责改〔2026〕1号"
    assert (hazard.state, hazard.due_on) == (HazardState.GRADED, made.DUE + timedelta(days=1))


def test_the_enterprise_reads_the_corrected_order_on_its_hazard_and_the_old_below(
    as_, world, corrected
):
    hazard_id = corrected.detail.findings[0].hazard_id

    page = as_(world["safety_officer"]).get("hazards.hazard_show", hazard_id=hazard_id)

    assert "（安）应急责改〔2026〕2号 第 1 项" in page.texts("dd")
    assert "原（安）应急责改〔2026〕1号 第 1 项已撤销" in page.text


def test_a_corrected_order_is_closed_by_its_re_inspection(corrected):
    made.reinspect(corrected)

    assert {f.hazard_words for f in corrected.detail.findings} == {"已销号"}
