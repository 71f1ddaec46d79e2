from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest

from tests.factories import enterprise as enterprises
from tests.factories.accounts import make_agency
from tests.factories.hazards import (
    NOW,
    TODAY,
    hazard_row,
    hazards_of,
    make_hazard,
    make_plant,
    photo,
    steps_of,
)
from webapp.accounts.rules.roles import Role
from webapp.hazards.events import (
    HazardClosed,
    HazardDueChanged,
    HazardGraded,
    HazardOpened,
)
from webapp.hazards.rules.deadlines import Urgency
from webapp.hazards.rules.grading import HazardLevel, Implementation
from webapp.hazards.rules.lifecycle import HazardState, Outcome
from webapp.hazards.rules.orders import OrderItem
from webapp.hazards.rules.submissions import Report
from webapp.hazards.service.assignment import assign, extend
from webapp.hazards.service.closing import close
from webapp.hazards.service.grading import consent, grade, write_implementations
from webapp.hazards.service.lifecycle import (
    close_by_reinspection,
    open_from_order,
    rectify,
    verify,
)
from webapp.hazards.service.reports import report_hazard
from webapp.platform import bus
from webapp.platform.errors import Conflict, Forbidden, Invalid, NotFound, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor, officer_scope
from webapp.standards.hazard_criteria import all_criteria

pytestmark = pytest.mark.usefixtures("db", "files")
S = HazardState
LATER = NOW + timedelta(days=1)


def inspector(region="410502"):
    agency = make_agency(region_code=region)
    return Actor(uuid4(), "张海峰", Role.INSPECTOR.value, officer_scope(agency.id, region))


def plant_and(state, **values):
    plant = make_plant()
    return plant, make_hazard(plant, state, **values)


def message_of(error, function, *args, **values):
    with pytest.raises(error) as refused:
        function(*args, **values)
    return refused.value.message


# reporting


def test_a_report_opens_a_hazard_with_its_photo_and_a_running_number():
    plant = make_plant()

    first, second = make_hazard(plant), make_hazard(plant)

    assert [row.number for row in hazards_of(plant)] == ["YH-2026-0001", "YH-2026-0002"]
    assert hazard_row(plant, first).state == S.REPORTED
    assert hazard_row(plant, second).place == "炉台东侧"


def test_the_same_report_twice_opens_one_hazard():
    plant = make_plant()
    report = Report(new_id(), "油管渗漏", place="泵房", uploads=(photo(),))

    first = report_hazard(plant.worker, plant.id, report, at=NOW)
    second = report_hazard(plant.worker, plant.id, report, at=LATER)

    assert first == second
    assert len(hazards_of(plant)) == 1


@pytest.mark.parametrize(
    ("missing", "field", "message"),
    [
        ({"words": " "}, "words", "请说一句哪里不对。"),
        ({"uploads": ()}, "photos", "请至少拍一张照片。"),
        ({"place": ""}, "place", "请选择风险点，或写明在哪里。"),
        ({"point_id": uuid4()}, "point_id", "没有找到这个风险点，请重新选择。"),
    ],
)
def test_a_report_without_what_it_needs_is_refused_at_the_field(missing, field, message):
    plant = make_plant()
    report = Report(new_id(), "油管渗漏", place="泵房", uploads=(photo(),))

    with pytest.raises(Invalid) as refused:
        report_hazard(plant.worker, plant.id, replace(report, **missing), at=NOW)

    assert refused.value.fields == {field: message}


# grading


def test_a_criterion_makes_a_hazard_major_and_says_why():
    plant, hazard = plant_and(S.REPORTED)
    met = all_criteria()[0]

    grade(plant.officer, plant.id, hazard, level=HazardLevel.MAJOR, criterion_code=met.id, at=NOW)

    row = hazard_row(plant, hazard)
    assert (row.level, row.criterion_code, row.state) == ("major", met.id, "graded")


def test_grading_below_a_criterion_needs_a_reason():
    plant, hazard = plant_and(S.REPORTED)
    met = all_criteria()[0]

    with pytest.raises(Invalid) as refused:
        grade(
            plant.officer, plant.id, hazard,
            level=HazardLevel.GENERAL, criterion_code=met.id, at=NOW,
        )  # fmt: skip

    assert refused.value.fields == {"reason": "符合重大事故隐患判定标准，降为一般须写明理由。"}


def test_a_criterion_that_does_not_exist_is_refused_at_its_field():
    plant, hazard = plant_and(S.REPORTED)

    with pytest.raises(Invalid) as refused:
        grade(
            plant.officer, plant.id, hazard,
            level=HazardLevel.MAJOR, criterion_code="nonsense", at=NOW,
        )  # fmt: skip

    assert refused.value.fields == {"criterion_code": "没有这条判定标准，请重新选择。"}


def test_a_head_grades_only_hazards_of_the_own_department():
    plant, hazard = plant_and(S.REPORTED)

    message = message_of(
        Forbidden, grade, plant.head, plant.id, hazard, level=HazardLevel.GENERAL, at=NOW
    )

    assert message.startswith("这条内容不在您负责的部门、班组范围内")


# assigning


@pytest.mark.parametrize(
    ("urgency", "due"),
    [
        (Urgency.URGENT, date(2026, 11, 27)),
        (Urgency.SERIOUS, date(2026, 12, 1)),
        (Urgency.ORDINARY, date(2026, 12, 9)),
    ],
)
def test_the_urgency_sets_the_date_when_none_is_chosen(urgency, due):
    plant, hazard = plant_and(S.GRADED)

    assign(
        plant.officer, plant.id, hazard,
        person_id=plant.people[Role.WORKER], urgency=urgency, at=NOW,
    )  # fmt: skip

    row = hazard_row(plant, hazard)
    assert (row.due_on, row.assigned_to, row.department_id) == (
        due, plant.people[Role.WORKER], plant.team,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("due", "message"),
    [
        (TODAY - timedelta(days=1), "整改期限不能早于今天。"),
        (TODAY + timedelta(days=31), "一般事故隐患的整改期限最多 30 天。"),
    ],
)
def test_an_impossible_date_is_refused_at_its_field(due, message):
    plant, hazard = plant_and(S.GRADED)

    with pytest.raises(Invalid) as refused:
        assign(
            plant.officer, plant.id, hazard,
            person_id=plant.people[Role.WORKER], due_on=due, at=NOW,
        )  # fmt: skip

    assert refused.value.fields == {"due_on": message}


def test_only_present_staff_can_be_charged():
    plant, hazard = plant_and(S.GRADED)
    stranger = make_plant()

    with pytest.raises(Invalid) as refused:
        assign(plant.officer, plant.id, hazard, person_id=stranger.people[Role.WORKER], at=NOW)

    assert refused.value.fields == {"person_id": "请选择在职人员作为整改责任人。"}


def test_a_hazard_must_be_graded_before_it_is_assigned():
    plant, hazard = plant_and(S.REPORTED)

    message = message_of(
        RuleBroken, assign, plant.officer, plant.id, hazard,
        person_id=plant.people[Role.WORKER], at=NOW,
    )  # fmt: skip

    assert message == "隐患当前为“待评估”，不能下达整改，请刷新后查看最新状态。"


def test_handing_on_needs_a_reason_and_keeps_the_date():
    plant, hazard = plant_and(S.ASSIGNED)
    before = hazard_row(plant, hazard).due_on
    leader = plant.people[Role.TEAM_LEADER]

    with pytest.raises(Invalid):
        assign(plant.officer, plant.id, hazard, person_id=leader, at=LATER)
    assign(plant.officer, plant.id, hazard, person_id=leader, words="刘伟休假", at=LATER)

    row = hazard_row(plant, hazard)
    assert (row.assigned_to, row.due_on) == (leader, before)


def test_the_slower_of_two_who_assign_is_shown_both_values():
    plant, hazard = plant_and(S.GRADED)
    version = hazard_row(plant, hazard).version
    assign(
        plant.officer, plant.id, hazard,
        person_id=plant.people[Role.WORKER], due_on=date(2026, 12, 1), version=version, at=NOW,
    )  # fmt: skip

    with pytest.raises(Conflict) as refused:
        assign(
            plant.principal, plant.id, hazard,
            person_id=plant.people[Role.TEAM_LEADER], due_on=date(2026, 11, 30),
            version=version, at=LATER,
        )  # fmt: skip

    assert refused.value.message == (
        "赵建民 已在 11月24日 10:30 下达整改，隐患现在是“整改中”。"
        "责任人现为“刘伟”，您填的是“陈志强”。期限现为“2026-12-01”，您填的是“2026-11-30”。"
        "您填写的内容还在本页，请核对后再提交。"
    )


# rectifying


def test_a_rectification_needs_words_and_a_picture():
    plant, hazard = plant_and(S.ASSIGNED)

    with pytest.raises(Invalid) as no_words:
        rectify(plant.worker, plant.id, hazard, measures="", uploads=(photo(),), at=NOW)
    with pytest.raises(Invalid) as no_picture:
        rectify(plant.worker, plant.id, hazard, measures="已更换", at=NOW)

    assert no_words.value.fields == {"measures": "请写明采取了什么整改措施。"}
    assert no_picture.value.fields == {"photos": "请至少拍一张整改后的照片。"}


def test_only_the_assignee_or_who_leads_reports_it_done():
    plant = make_plant()
    hazard = make_hazard(plant, S.ASSIGNED, assignee=Role.TEAM_LEADER)

    message = message_of(
        RuleBroken, rectify, plant.worker, plant.id, hazard,
        measures="已更换", uploads=(photo(),), at=NOW,
    )  # fmt: skip
    rectify(plant.head, plant.id, hazard, measures="已更换", uploads=(photo(),), at=NOW)

    assert message == "这条隐患由他人负责整改，请由整改责任人提交。"
    assert hazard_row(plant, hazard).state == S.RECTIFIED


# verifying and closing


def test_accepting_closes_a_general_hazard_with_the_same_tap():
    plant, hazard = plant_and(S.RECTIFIED)

    state = verify(plant.officer, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER)

    row = hazard_row(plant, hazard)
    assert (state, row.state, row.closed_at) == (S.CLOSED, "closed", LATER)
    assert [action for _, action, _ in steps_of(plant, hazard)] == [
        "report", "grade", "assign", "rectify", "accept", "close",
    ]  # fmt: skip


def test_a_head_verifies_and_the_safety_officer_closes():
    plant, hazard = plant_and(S.RECTIFIED)

    state = verify(plant.head, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER)
    message = message_of(RuleBroken, close, plant.head, plant.id, hazard, at=LATER)
    close(plant.officer, plant.id, hazard, at=LATER)

    assert (state, message) == (S.VERIFIED, "隐患由主要负责人或安全管理人员销号。")
    assert hazard_row(plant, hazard).state == S.CLOSED


def test_a_hazard_cannot_be_verified_by_the_person_who_rectified_it():
    plant = make_plant()
    hazard = make_hazard(plant, S.RECTIFIED, assignee=Role.SAFETY_OFFICER)

    message = message_of(
        RuleBroken, verify, plant.officer, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER
    )

    assert message == "验收人不能是整改责任人，请由其他人员验收。"


def test_the_assignee_cannot_verify_what_a_leader_reported_done_for_him():
    plant = make_plant()
    hazard = make_hazard(plant, S.ASSIGNED, assignee=Role.SAFETY_OFFICER)
    rectify(plant.principal, plant.id, hazard, measures="已更换", uploads=(photo(),), at=NOW)

    message = message_of(
        RuleBroken, verify, plant.officer, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER
    )

    assert message == "验收人不能是整改责任人，请由其他人员验收。"


def test_a_return_says_why_and_counts():
    plant, hazard = plant_and(S.RECTIFIED)

    with pytest.raises(Invalid) as refused:
        verify(plant.officer, plant.id, hazard, outcome=Outcome.RETURNED, at=LATER)
    verify(plant.officer, plant.id, hazard, outcome=Outcome.RETURNED, words="仍变形", at=LATER)

    row = hazard_row(plant, hazard)
    assert refused.value.fields == {"remark": "请写明验收退回的原因。"}
    assert (row.state, row.return_count, row.rectified_at) == ("assigned", 1, None)


def test_two_who_verify_at_the_same_moment_close_it_once():
    plant, hazard = plant_and(S.RECTIFIED)
    version = hazard_row(plant, hazard).version
    barrier, outcomes = Barrier(2), []

    def tap(actor):
        barrier.wait()
        try:
            verify(actor, plant.id, hazard, outcome=Outcome.ACCEPTED, version=version, at=LATER)
            outcomes.append("closed")
        except Conflict:
            outcomes.append("conflict")

    threads = [Thread(target=tap, args=(who,)) for who in (plant.officer, plant.principal)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["closed", "conflict"]


# major hazards


def five(words="已落实"):
    return dict.fromkeys(Implementation, words)


def test_a_major_hazard_is_not_treated_before_its_five_implementations():
    plant = make_plant()
    hazard = make_hazard(plant, S.ASSIGNED, level=HazardLevel.MAJOR)
    write_implementations(
        plant.officer, plant.id, hazard, words={**five(), Implementation.FUNDS: ""}, at=NOW
    )

    message = message_of(
        RuleBroken, rectify, plant.worker, plant.id, hazard,
        measures="已更换", uploads=(photo(),), at=NOW,
    )  # fmt: skip

    assert message == "重大事故隐患“五落实”不完整，还缺：资金，请先填写。"


def test_a_major_hazard_ends_by_the_principals_hand_after_the_agencys_consent():
    plant = make_plant()
    hazard = make_hazard(plant, S.ASSIGNED, level=HazardLevel.MAJOR)
    officer = inspector()
    write_implementations(plant.officer, plant.id, hazard, words=five(), at=NOW)
    rectify(plant.worker, plant.id, hazard, measures="已更换", uploads=(photo(),), at=NOW)

    state = verify(plant.officer, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER)
    by_officer = message_of(RuleBroken, close, plant.officer, plant.id, hazard, at=LATER)
    too_early = message_of(RuleBroken, close, plant.principal, plant.id, hazard, at=LATER)
    consent(officer, plant.id, hazard, words="现场核查属实", at=LATER)
    close(plant.principal, plant.id, hazard, at=LATER)

    assert state is S.VERIFIED
    assert by_officer == "重大事故隐患由主要负责人组织验收并销号。"
    assert too_early == "重大事故隐患须经应急管理部门核查同意后销号。"
    assert hazard_row(plant, hazard).state == S.CLOSED


def test_a_general_hazard_needs_no_five_implementations():
    plant, hazard = plant_and(S.ASSIGNED)

    message = message_of(
        RuleBroken, write_implementations, plant.officer, plant.id, hazard, words=five(), at=NOW
    )

    assert message == "这是一般事故隐患，不需要治理方案和机关核查。"


# extensions


def test_a_later_date_is_granted_once_and_before_the_old_one_runs_out():
    plant, hazard = plant_and(S.ASSIGNED)
    before = hazard_row(plant, hazard).due_on
    later = before + timedelta(days=3)

    extend(plant.officer, plant.id, hazard, new_due_on=later, reason="等备件", at=LATER)
    again = message_of(
        RuleBroken, extend, plant.officer, plant.id, hazard,
        new_due_on=later + timedelta(days=1), reason="等备件", at=LATER,
    )  # fmt: skip

    row = hazard_row(plant, hazard)
    assert (row.due_on, row.extended_from, again) == (later, before, "整改期限最多延期 1 次。")


def test_nobody_grants_himself_a_later_date():
    plant = make_plant()
    hazard = make_hazard(plant, S.ASSIGNED, assignee=Role.SAFETY_OFFICER)

    message = message_of(
        RuleBroken, extend, plant.officer, plant.id, hazard,
        new_due_on=date(2026, 12, 20), reason="等备件", at=LATER,
    )  # fmt: skip

    assert message == "延期由他人批准，申请人不能批准自己的申请。"


def test_an_overdue_hazard_gets_no_later_date():
    plant, hazard = plant_and(S.ASSIGNED)

    message = message_of(
        RuleBroken, extend, plant.officer, plant.id, hazard,
        new_due_on=date(2027, 1, 20), reason="等备件", at=NOW + timedelta(days=30),
    )  # fmt: skip

    assert message == "整改期限已过，不能再申请延期。"


# orders


def ordered(plant, officer, **item):
    ids = open_from_order(
        officer,
        plant.id,
        order_id=uuid4(),
        order_number="（安）应急责改〔2026〕47号",
        items=(OrderItem(1, "2 号炉事故坑积水。", date(2026, 12, 1), **item),),
        at=NOW,
    )
    return ids[1]


def test_an_orders_items_become_hazards_with_its_dates():
    plant, officer = make_plant(), inspector()

    hazard = ordered(plant, officer, is_major=True)

    row = hazard_row(plant, hazard)
    assert (row.state, row.source, row.level, row.due_on, row.order_item, row.title) == (
        "graded", "inspection", "major", date(2026, 12, 1), 1, "2 号炉事故坑积水",
    )  # fmt: skip
    assert row.reported_by_name == "张海峰"


def test_an_orders_date_stands_whatever_is_typed():
    plant, officer = make_plant(), inspector()
    hazard = ordered(plant, officer)

    assign(
        plant.officer, plant.id, hazard,
        person_id=plant.people[Role.WORKER], due_on=date(2026, 12, 20), at=NOW,
    )  # fmt: skip

    assert hazard_row(plant, hazard).due_on == date(2026, 12, 1)


def test_the_enterprise_can_neither_verify_nor_regrade_an_orders_item():
    plant, officer = make_plant(), inspector()
    hazard = ordered(plant, officer)
    regrade = message_of(
        RuleBroken, grade, plant.officer, plant.id, hazard, level=HazardLevel.MAJOR, at=NOW
    )
    assign(plant.officer, plant.id, hazard, person_id=plant.people[Role.WORKER], at=NOW)
    rectify(plant.worker, plant.id, hazard, measures="已抽干", uploads=(photo(),), at=NOW)

    message = message_of(
        RuleBroken, verify, plant.officer, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER
    )

    assert regrade == "执法指令列项的级别由执法机关认定，企业不能更改。"
    assert message == "执法指令中的隐患由执法人员复查，企业不能自行验收。"


@pytest.mark.parametrize("is_reported", [True, False])
def test_the_reinspection_closes_what_is_put_right_even_if_nobody_reported_it(is_reported):
    plant, officer = make_plant(), inspector()
    hazard = ordered(plant, officer)
    if is_reported:
        assign(plant.officer, plant.id, hazard, person_id=plant.people[Role.WORKER], at=NOW)
        rectify(plant.worker, plant.id, hazard, measures="已抽干", uploads=(photo(),), at=NOW)

    close_by_reinspection(
        officer, plant.id, hazard, outcome=Outcome.ACCEPTED, words="已整改", at=LATER
    )

    row = hazard_row(plant, hazard)
    assert (row.state, row.verified_by_name) == ("closed", "张海峰")


def test_the_reinspection_sends_back_what_is_not_put_right():
    plant, officer = make_plant(), inspector()
    hazard = ordered(plant, officer)
    assign(plant.officer, plant.id, hazard, person_id=plant.people[Role.WORKER], at=NOW)
    rectify(plant.worker, plant.id, hazard, measures="已抽干", uploads=(photo(),), at=NOW)

    close_by_reinspection(
        officer, plant.id, hazard, outcome=Outcome.RETURNED, words="又积水", at=LATER
    )

    row = hazard_row(plant, hazard)
    assert (row.state, row.return_count) == ("assigned", 1)


def test_officers_close_only_what_an_order_names_and_only_once():
    plant, officer = make_plant(), inspector()
    own = make_hazard(plant, S.RECTIFIED)
    hazard = ordered(plant, officer)
    values = {"outcome": Outcome.ACCEPTED, "words": "已整改", "at": LATER}
    close_by_reinspection(officer, plant.id, hazard, **values)

    assert message_of(RuleBroken, close_by_reinspection, officer, plant.id, own, **values) == (
        "这条隐患不是执法指令的列项，由企业自行验收。"
    )
    assert message_of(RuleBroken, close_by_reinspection, officer, plant.id, hazard, **values) == (
        "这一列项已经复查销号。"
    )


def test_an_officer_of_a_neighbouring_county_finds_nothing():
    plant, officer = make_plant(), inspector()
    hazard = ordered(plant, officer)

    with pytest.raises(NotFound):
        close_by_reinspection(
            inspector("410503"), plant.id, hazard,
            outcome=Outcome.ACCEPTED, words="已整改", at=LATER,
        )  # fmt: skip


# tenants and events


def test_another_tenant_can_move_nothing():
    plant, hazard = plant_and(S.RECTIFIED)
    stranger = make_plant()

    for enterprise_id in (plant.id, stranger.id):
        with pytest.raises(NotFound):
            verify(stranger.officer, enterprise_id, hazard, outcome=Outcome.ACCEPTED, at=LATER)


def test_upper_rooms_hear_of_level_date_and_closure_inside_the_transaction():
    heard = []
    for event in (HazardOpened, HazardGraded, HazardDueChanged, HazardClosed):
        bus.subscribe(event, lambda _work, told: heard.append(told))
    plant, hazard = plant_and(S.RECTIFIED)
    verify(plant.officer, plant.id, hazard, outcome=Outcome.ACCEPTED, at=NOW + timedelta(days=90))

    opened, graded, due, closed = [e for e in heard if e.hazard_id == hazard]
    assert (opened.is_frontline, opened.due_on) == (True, None)
    assert (graded.before, graded.after) == (HazardLevel.GENERAL, HazardLevel.GENERAL)
    assert (due.before, due.after) == (None, date(2026, 12, 9))
    # Rectified in time; that it was verified three months later is not the rectifier's fault.
    assert (closed.on_time, closed.due_on) == (True, date(2026, 12, 9))


def test_a_person_from_elsewhere_has_no_reach_into_the_department():
    plant = make_plant()
    other = enterprises.department(plant.id, "清理车间")
    hazard = make_hazard(plant, S.RECTIFIED)
    head = enterprises.staff_actor(
        plant.id, Role.DEPARTMENT_HEAD, name="孙立军", department_id=other
    )

    with pytest.raises(Forbidden):
        verify(head, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER)
