"""The papers: numbers, hands, freezing, hazards, re-inspection."""

from datetime import timedelta

import pytest

from tests.factories import inspection as made
from webapp.inspection.rules.cases import CaseState, Disposition, Outcome
from webapp.inspection.rules.enforcement import DocumentKind, DocumentState
from webapp.inspection.service.enforcement import issue_order, issue_record
from webapp.platform.errors import Conflict, RuleBroken

RECORD = DocumentKind.INSPECTION_RECORD
ORDER = DocumentKind.RECTIFICATION_ORDER
OPINION = DocumentKind.REINSPECTION_OPINION


def test_a_record_gets_the_first_number_of_the_year_and_is_kept_with_its_hands(world):
    visit = made.recorded_visit(world)

    paper = visit.paper(RECORD)

    assert paper.row.number == "（安）应急检记〔2026〕1号"
    assert [s.name for s in paper.signatures] == ["张海峰", "李明辉", "陈晓峰"]
    assert visit.detail.state is CaseState.RECORDED


def test_an_order_makes_hazards_with_its_dates_and_is_served_by_the_units_hand(world):
    visit = made.ordered_visit(world)

    detail = visit.detail

    assert detail.state is CaseState.ORDERED
    assert [f.hazard_words for f in detail.findings] == ["待下达整改", "待下达整改"]
    assert visit.paper(ORDER).row.state is DocumentState.SERVED
    assert visit.paper(ORDER).row.deadline_on == made.DUE + timedelta(days=1)


def test_an_order_cannot_come_before_the_record(world):
    visit = made.open_visit(world)
    made.find(visit)
    made.end(visit)

    with pytest.raises(RuleBroken, match="检查中"):
        made.issue(visit, ORDER)


def test_what_is_rectified_is_closed_and_the_last_item_closes_order_and_case(world):
    visit = made.ordered_visit(world)

    made.reinspect(visit, lambda n: Outcome.RECTIFIED if n == 1 else Outcome.NOT_RECTIFIED)
    between = visit.detail
    made.reinspect(visit, at=made.NOW + timedelta(days=12))

    assert between.state is CaseState.REINSPECTED
    assert [f.hazard_words for f in between.findings] == ["已销号", "待下达整改"]
    assert visit.detail.state is CaseState.CLOSED
    assert visit.paper(ORDER).row.state is DocumentState.CLOSED
    assert [d.number for d in visit.detail.documents if d.kind is OPINION] == [
        "（安）应急复查〔2026〕1号",
        "（安）应急复查〔2026〕2号",
    ]


def test_a_unit_that_refuses_to_sign_gets_the_paper_with_its_reason_and_unserved(world):
    visit = made.ordered_visit(world, refusal="对第 1 项有异议")

    paper = visit.paper(ORDER)

    assert paper.row.state is DocumentState.ISSUED
    assert paper.unit.refusal == "对第 1 项有异议"
    assert paper.unit.file_id is None


def test_the_same_key_issues_once(world):
    visit = made.open_visit(world)
    made.find(visit)
    made.end(visit)
    sent = made.submission(visit, RECORD)

    first = issue_record(visit.first, *visit.place, sent, at=made.NOW + timedelta(hours=2))
    again = issue_record(visit.first, *visit.place, sent, at=made.NOW + timedelta(hours=3))

    assert first == again
    assert len(visit.detail.documents) == 1


def test_a_paper_is_not_issued_when_the_draft_changed_after_it_was_signed(world):
    visit = made.recorded_visit(world)
    sent = made.submission(visit, ORDER)
    sent = type(sent)(sent.signings, "0" * 64, sent.key, sent.base_address)

    with pytest.raises(Conflict, match="签字期间"):
        issue_order(visit.first, *visit.place, sent, at=made.NOW + timedelta(hours=2))


def test_what_was_put_right_on_the_spot_is_recorded_but_not_ordered(world):
    visit = made.open_visit(world)
    made.find(visit, "地面有油污", disposition=Disposition.ON_THE_SPOT, due_on=None)
    made.end(visit)
    made.issue(visit, RECORD)

    with pytest.raises(RuleBroken, match="没有需要责令限期整改的问题"):
        made.issue(visit, ORDER)
