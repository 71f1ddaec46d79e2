"""Beginning an inspection, writing on it together, finding things."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import enterprise as tenant
from tests.factories import inspection as made
from tests.factories.accounts import make_agency
from tests.fixtures.actors import make_officer, make_world
from webapp.accounts.models.memberships import Membership
from webapp.accounts.rules.roles import Role
from webapp.inspection.queries.case_list import overlapping_visits
from webapp.inspection.queries.cases import case_detail
from webapp.inspection.rules.cases import Basis, CaseState, Disposition, Outcome
from webapp.inspection.rules.enforcement import DocumentKind, DocumentState, Service
from webapp.inspection.rules.findings import Place
from webapp.inspection.service.cases import abandon_case, finish_visit, save_case, start_case
from webapp.inspection.service.closing import close_case
from webapp.inspection.service.findings import (
    add_finding,
    change_finding,
    remove_finding,
)
from webapp.inspection.service.serving import revoke_document, serve_document
from webapp.platform.database import transaction
from webapp.platform.errors import Conflict, Invalid, NotFound, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import SYSTEM

RECORD = DocumentKind.INSPECTION_RECORD
ORDER = DocumentKind.RECTIFICATION_ORDER


def test_an_inspection_begins_with_two_officers_of_the_agency(world):
    visit = made.open_visit(world)

    detail = visit.detail

    assert detail.state is CaseState.OPEN
    assert [officer.name for officer in detail.officers] == ["张海峰", "李明辉"]


@pytest.mark.parametrize("whose", ["myself", "another agency", "a regulator"])
def test_the_second_officer_is_another_inspector_of_the_same_agency(world, whose):
    actor = world["inspector"].actor
    second = {
        "myself": world["inspector"],
        "another agency": make_world().second_inspector,
        "a regulator": world["regulator"],
    }[whose]

    with pytest.raises(Invalid) as refused:
        start_case(actor, world.enterprise_id, made.start(second), key=new_id(), at=made.NOW)

    assert "officers" in refused.value.fields


def test_an_officer_without_a_certificate_cannot_inspect(world):
    bare = make_officer(world.agency_id, Role.INSPECTOR, name="无证")
    bare_actor = bare.actor
    with_certificate = world["inspector"]

    with transaction(SYSTEM) as session:
        session.get_one(Membership, bare.membership_id).certificate_number = ""

    with pytest.raises(Invalid, match="没有登记执法证号"):
        start_case(
            bare_actor, world.enterprise_id, made.start(with_certificate), key=new_id(), at=made.NOW
        )


def test_the_certificate_is_shown_before_anything_else(world):
    actor = world["inspector"].actor
    hidden = made.start(world.second_inspector, is_certificate_shown=False)

    with pytest.raises(Invalid, match="出示执法证件"):
        start_case(actor, world.enterprise_id, hidden, key=new_id(), at=made.NOW)


def test_an_enterprise_of_another_county_is_not_found(world):
    neighbour = make_world(county="410523", township="410523100")
    actor = world["inspector"].actor

    with pytest.raises(NotFound):
        start_case(
            actor,
            neighbour.enterprise_id,
            made.start(world.second_inspector),
            key=new_id(),
            at=made.NOW,
        )


def test_the_same_key_begins_one_inspection(world):
    actor, key = world["inspector"].actor, new_id()
    start = made.start(world.second_inspector)

    first = start_case(actor, world.enterprise_id, start, key=key, at=made.NOW)
    again = start_case(actor, world.enterprise_id, start, key=key, at=made.NOW)

    assert first == again


def test_an_agency_has_one_open_inspection_in_an_enterprise(world):
    made.open_visit(world)

    with pytest.raises(RuleBroken, match="还在进行"):
        made.open_visit(world)


def test_the_second_to_save_is_told_what_the_colleague_wrote_and_loses_nothing(world):
    visit = made.open_visit(world)
    start = visit.detail
    seen = made.account(start).texts()
    save_case(
        visit.second,
        *visit.place,
        made.account(start, places="喷漆室", situation="喷漆室正常。"),
        version=start.version,
        seen=seen,
        at=made.NOW + timedelta(minutes=5),
    )

    with pytest.raises(Conflict) as told:
        save_case(
            visit.first,
            *visit.place,
            made.account(start, situation="熔炼车间积水。", contact_name="王工"),
            version=start.version,
            seen=seen,
            at=made.NOW + timedelta(minutes=6),
        )

    merge = told.value.changes["merge"]
    assert "李明辉在 11:35 保存过" in told.value.message
    assert [(d.field, d.theirs, d.mine, d.is_contested) for d in merge.differences] == [
        ("places", "喷漆室", "熔炼车间、喷漆室", False),
        ("situation", "喷漆室正常。", "熔炼车间积水。", True),
    ]
    assert merge.values["places"] == "喷漆室"
    assert merge.values["contact_name"] == "王工"
    assert visit.detail.situation == "喷漆室正常。"


def test_two_officers_changing_one_finding_are_told_too(world):
    visit = made.open_visit(world)
    finding_id = made.find(visit)
    version = visit.detail.findings[0].version
    seen = made.words().texts()
    place = (world.enterprise_id, finding_id)
    change_finding(
        visit.second, *place, made.words("积水 3 厘米"), version=version, seen=seen, at=made.NOW
    )

    with pytest.raises(Conflict, match="李明辉") as told:
        change_finding(
            visit.first, *place, made.words("积水很深"), version=version, seen=seen, at=made.NOW
        )

    assert told.value.changes["merge"].contested[0].theirs == "积水 3 厘米"


def test_a_finding_knows_where_on_the_ledger_it_was_found(world):
    visit = made.open_visit(world)
    place = made.ledger_place(world)

    made.find(visit, place=place, pictures=(made.picture(),))

    found = visit.detail.findings[0]
    assert found.level == "major"
    assert found.place.endswith("› 炉坑干燥无积水")
    assert found.photo_file_id is not None


def test_a_finding_cannot_be_made_on_another_enterprises_ledger(world):
    visit = made.open_visit(world)
    theirs = made.ledger_place(make_world())

    with pytest.raises(NotFound, match="风险清单里没有"):
        made.find(visit, place=theirs)


def test_a_finding_by_a_criterion_cites_its_clause(world):
    visit = made.open_visit(world)
    place = Place(Basis.CRITERION, criterion_code="GM10-03-02")

    made.find(visit, place=place, is_major=True)

    assert "《工贸企业重大事故隐患判定标准》" in visit.detail.findings[0].grounds


def test_a_major_hazard_is_not_put_right_on_the_spot(world):
    visit = made.open_visit(world)

    with pytest.raises(Invalid, match="重大事故隐患不能当场改正"):
        made.find(visit, is_major=True, disposition=Disposition.ON_THE_SPOT, due_on=None)


def test_a_removed_finding_is_gone_and_the_rest_are_numbered_anew(world):
    visit = made.open_visit(world)
    first = made.find(visit, "甲")
    made.find(visit, "乙")

    remove_finding(visit.second, world.enterprise_id, first, version=1, at=made.NOW)

    assert [(f.number, f.description) for f in visit.detail.findings] == [(1, "乙")]


def test_a_stranger_to_the_case_cannot_write_on_it(world):
    visit = made.open_visit(world)
    third = make_officer(world.agency_id, Role.INSPECTOR, name="王志强").actor

    with pytest.raises(RuleBroken, match="只有本次检查的执法人员"):
        add_finding(
            third,
            *visit.place,
            Place(Basis.OTHER),
            made.words(),
            key=new_id(),
            at=made.NOW,
        )


def test_nothing_is_written_on_a_recorded_case(world):
    visit = made.recorded_visit(world)

    with pytest.raises(RuleBroken, match="内容不能再改"):
        made.find(visit)


def test_the_visit_ends_now_when_no_end_was_written(world):
    visit = made.open_visit(world)

    finish_visit(visit.first, *visit.place, at=made.NOW + timedelta(minutes=40))

    assert visit.detail.ended_at == made.NOW + timedelta(minutes=40)


def test_an_inspection_begun_by_mistake_is_given_up_with_a_reason(world):
    visit = made.open_visit(world)

    with pytest.raises(Invalid):
        abandon_case(visit.first, *visit.place, reason=" ", at=made.NOW)
    abandon_case(visit.first, *visit.place, reason="扫错了企业", at=made.NOW)

    assert visit.detail.state is CaseState.ABANDONED


def test_a_case_without_anything_ordered_is_closed_by_hand(world):
    visit = made.open_visit(world)
    made.end(visit)
    made.issue(visit, RECORD)

    close_case(visit.first, *visit.place, at=made.NOW + timedelta(hours=3))

    assert visit.detail.state is CaseState.CLOSED


def test_a_case_with_something_to_order_is_not_closed(world):
    visit = made.recorded_visit(world)

    with pytest.raises(RuleBroken, match="请先下达整改指令"):
        close_case(visit.first, *visit.place, at=made.NOW + timedelta(hours=3))


def test_a_refused_order_is_left_there_and_then_counts_as_served(world):
    visit = made.ordered_visit(world, refusal="要求先请示集团")
    order = visit.paper(ORDER)

    with pytest.raises(RuleBroken, match="尚未送达"):
        made.reinspect(visit)
    serve_document(visit.first, world.enterprise_id, order.row.id, how=Service.LEFT, at=made.NOW)
    made.reinspect(visit)

    assert visit.paper(ORDER).served_how == "left"
    assert visit.detail.state is CaseState.CLOSED


def test_a_revoked_order_is_corrected_by_a_new_one_that_points_at_it(world):
    visit = made.ordered_visit(world)
    old = visit.paper(ORDER)
    leader = world["agency_leader"].actor
    later = made.NOW + timedelta(hours=4)

    revoke_document(leader, world.enterprise_id, old.row.id, reason="被检查单位名称有误", at=later)
    between = visit.detail.state
    made.issue(visit, ORDER, at=later)

    new = visit.paper(ORDER)
    assert between is CaseState.RECORDED
    assert new.row.replaces_id == old.row.id
    assert new.content["replaces"] == "（安）应急责改〔2026〕1号"
    assert new.row.number == "（安）应急责改〔2026〕2号"
    assert len({f.hazard_id for f in visit.detail.findings}) == 2


def test_the_record_is_not_revoked_while_the_order_rests_on_it(world):
    visit = made.ordered_visit(world)
    record = visit.paper(RECORD)

    with pytest.raises(RuleBroken, match="以本文书为依据"):
        revoke_document(
            world["agency_leader"].actor,
            world.enterprise_id,
            record.row.id,
            reason="有误",
            at=made.NOW,
        )


def test_a_finding_that_became_a_hazard_keeps_its_date_when_its_papers_are_revoked(world):
    visit = made.ordered_visit(world)
    leader = world["agency_leader"].actor
    for kind in (ORDER, RECORD):
        paper = visit.paper(kind)
        revoke_document(leader, world.enterprise_id, paper.row.id, reason="笔误", at=made.NOW)
    found = visit.detail.findings[0]

    with pytest.raises(Invalid, match="办理延期"):
        change_finding(
            visit.first,
            world.enterprise_id,
            found.id,
            made.words(found.description, due_on=made.DUE + timedelta(days=3)),
            version=found.version,
            seen={},
            at=made.NOW,
        )
    assert visit.detail.state is CaseState.OPEN


def test_an_opinion_that_closed_hazards_is_not_revoked(world):
    visit = made.ordered_visit(world)

    made.reinspect(visit, lambda n: Outcome.RECTIFIED if n == 1 else Outcome.NOT_RECTIFIED)
    opinion = visit.paper(DocumentKind.REINSPECTION_OPINION)

    with pytest.raises(RuleBroken, match="不能撤销"):
        revoke_document(
            world["agency_leader"].actor,
            world.enterprise_id,
            opinion.row.id,
            reason="有误",
            at=made.NOW + timedelta(days=9),
        )
    assert opinion.row.state is DocumentState.SERVED


def test_another_agency_of_the_region_reads_the_case_but_cannot_write_on_it(world):
    visit = made.open_visit(world)
    city = make_officer(make_agency(region_code="4105").id, Role.INSPECTOR, name="市局").actor

    with pytest.raises(NotFound):
        finish_visit(city, *visit.place, at=made.NOW + timedelta(minutes=40))
    assert case_detail(city.scope, *visit.place).state is CaseState.OPEN


def test_two_visits_of_one_officer_at_the_same_time_are_noticed(world):
    visit = made.open_visit(world)
    made.end(visit)
    elsewhere = replace(world, enterprise_id=tenant.enterprise(region_code=world.region))
    other = made.open_visit(elsewhere, at=made.NOW + timedelta(minutes=30))
    made.end(other, at=made.NOW + timedelta(minutes=30))
    detail = visit.detail

    others = overlapping_visits(
        visit.first.scope, detail.id, detail.officer_ids, detail.started_at, detail.ended_at
    )

    assert {found.officer for found in others} == {"张海峰", "李明辉"}
