from datetime import timedelta

import pytest

from tests.factories import enterprise as make
from tests.factories.enterprise import NOW
from webapp.enterprise.events import OrganisationChanged
from webapp.enterprise.queries.organisation import chart, departments, posts
from webapp.enterprise.queries.people import staff
from webapp.enterprise.rules.organisation import DepartmentKind, PostKind
from webapp.enterprise.service.organisation import (
    add_department,
    add_post,
    change_department,
    change_post,
    close_department,
    close_post,
)
from webapp.enterprise.service.pasting import paste_organisation, preview_paste
from webapp.platform import bus
from webapp.platform.errors import Invalid, NotFound, RuleBroken
from webapp.platform.tenancy import enterprise_scope

pytestmark = pytest.mark.usefixtures("db")

SHEET = """部门\t班组\t岗位\t岗位类别\t姓名\t手机
\t\t总经理\t主要负责人\t周洪涛\t13803720001
铸造车间\t\t车间主任\t部门负责人\t马国强\t13803720003
铸造车间\t甲班\t班长\t班组长\t陈志强\t13803720004
铸造车间\t甲班\t熔炼工\t岗位员工\t刘伟\t13803720005
清理车间\t甲班\t清理工\t岗位员工\t马红梅\t13803720006
"""


@pytest.fixture
def officer():
    return make.staff_actor(make.enterprise())


def test_a_team_lies_below_its_department(officer):
    department_id = add_department(officer, name="铸造车间", at=NOW)
    add_department(officer, name="甲班", kind=DepartmentKind.TEAM, parent_id=department_id, at=NOW)

    found = chart(officer.scope, officer.enterprise_id)

    assert [node.department.name for node in found.departments] == ["铸造车间"]
    assert [node.department.name for node in found.departments[0].children] == ["甲班"]


def test_two_workshops_may_each_have_a_team_of_the_same_name(officer):
    for name in ("铸造车间", "清理车间"):
        above = add_department(officer, name=name, at=NOW)
        add_department(officer, name="甲班", kind=DepartmentKind.TEAM, parent_id=above, at=NOW)

    assert len(departments(officer.scope, officer.enterprise_id)) == 4


def test_a_taken_name_is_refused_at_its_field(officer):
    add_department(officer, name="铸造车间", at=NOW)

    with pytest.raises(Invalid) as refused:
        add_department(officer, name="铸造车间", at=NOW)

    assert list(refused.value.fields) == ["name"]


def test_a_department_cannot_be_put_below_its_own_team(officer):
    upper = add_department(officer, name="生产部", at=NOW)
    lower = add_department(officer, name="铸造车间", parent_id=upper, at=NOW)

    with pytest.raises(Invalid, match="下级"):
        change_department(
            officer,
            upper,
            name="生产部",
            kind=DepartmentKind.DEPARTMENT,
            parent_id=lower,
            is_production=True,
            version=1,
            at=NOW,
        )


def test_a_department_that_holds_a_post_is_not_closed_and_an_empty_one_is(officer):
    department_id = add_department(officer, name="铸造车间", at=NOW)
    post_id = add_post(
        officer, name="熔炼工", kind=PostKind.WORKER, department_id=department_id, at=NOW
    )

    with pytest.raises(RuleBroken, match="还有岗位"):
        close_department(officer, department_id, at=NOW)

    close_post(officer, post_id, at=NOW)
    close_department(officer, department_id, at=NOW)
    assert departments(officer.scope, officer.enterprise_id) == ()


def test_a_post_that_someone_holds_is_not_closed(officer):
    post_id = add_post(officer, name="熔炼工", kind=PostKind.WORKER, at=NOW)
    make.person(officer.enterprise_id, "刘伟", post_id=post_id)

    with pytest.raises(RuleBroken, match="刘伟"):
        close_post(officer, post_id, at=NOW)


def test_the_holders_of_a_moved_post_move_with_it(officer):
    old = add_department(officer, name="铸造车间", at=NOW)
    new = add_department(officer, name="清理车间", at=NOW)
    post_id = add_post(officer, name="天车工", kind=PostKind.WORKER, department_id=old, at=NOW)
    make.person(officer.enterprise_id, "刘伟", post_id=post_id, department_id=old)

    change_post(
        officer, post_id, name="天车工", kind=PostKind.WORKER, department_id=new, version=1, at=NOW
    )

    assert staff(officer.scope, officer.enterprise_id)[0].department_name == "清理车间"


def test_a_department_of_another_enterprise_cannot_be_touched(officer):
    foreign = make.department(make.enterprise())

    with pytest.raises(NotFound):
        close_department(officer, foreign, at=NOW)
    with pytest.raises(Invalid, match="不存在"):
        add_post(officer, name="熔炼工", kind=PostKind.WORKER, department_id=foreign, at=NOW)


def test_a_preview_says_what_would_be_new_and_saves_nothing(officer):
    preview = preview_paste(officer.scope, officer.enterprise_id, SHEET)

    assert len(preview.plan.new_places) == 4
    assert len(preview.plan.new_posts) == 5
    assert departments(officer.scope, officer.enterprise_id) == ()


def test_pasted_rows_set_up_departments_posts_and_people(officer):
    paste_organisation(officer, SHEET, at=NOW)

    found = staff(officer.scope, officer.enterprise_id)
    assert {(row.name, row.post_name, row.department_name) for row in found} == {
        ("周洪涛", "总经理", ""),
        ("马国强", "车间主任", "铸造车间"),
        ("陈志强", "班长", "铸造车间 / 甲班"),
        ("刘伟", "熔炼工", "铸造车间 / 甲班"),
        ("马红梅", "清理工", "清理车间 / 甲班"),
    }


def test_pasting_the_same_again_changes_nothing(officer):
    paste_organisation(officer, SHEET, at=NOW)
    before = staff(officer.scope, officer.enterprise_id)

    again = paste_organisation(officer, SHEET, at=NOW + timedelta(hours=1))

    assert again.is_empty
    assert staff(officer.scope, officer.enterprise_id) == before
    assert len(posts(officer.scope, officer.enterprise_id)) == 5


def test_a_person_pasted_with_another_post_moves_there(officer):
    paste_organisation(officer, SHEET, at=NOW)

    paste_organisation(officer, "清理车间\t清理工\t岗位员工\t刘伟\t13803720005", at=NOW)

    moved = next(r for r in staff(officer.scope, officer.enterprise_id) if r.name == "刘伟")
    assert (moved.post_name, moved.department_name) == ("清理工", "清理车间")


def test_a_sheet_without_a_usable_row_is_refused(officer):
    with pytest.raises(Invalid, match="没有可以导入的行"):
        paste_organisation(officer, "随便写的一句话", at=NOW)


def test_every_change_is_told_to_the_floors_above(officer):
    heard = []
    bus.subscribe(OrganisationChanged, lambda _work, event: heard.append(event.enterprise_id))

    add_department(officer, name="铸造车间", at=NOW)

    assert heard == [officer.enterprise_id]


def test_another_enterprise_sees_nothing_of_it(officer):
    add_department(officer, name="铸造车间", at=NOW)
    stranger = enterprise_scope(make.enterprise())

    assert departments(stranger, officer.enterprise_id) == ()
