from io import BytesIO

import pytest

from tests.factories import enterprise as make
from webapp.enterprise.queries.organisation import departments, posts
from webapp.enterprise.queries.people import person, staff
from webapp.platform.tenancy import SYSTEM

SHEET = "部门\t岗位\t岗位类别\t姓名\t手机\n清理车间\t清理工\t岗位员工\t马红梅\t13803720006\n"
FAULTY = SHEET + "清理车间\t打磨工\t岗位员工\t孙丽\t1380372\n"


@pytest.fixture
def officer(client_of):
    return client_of("safety_officer")


def names(world):
    return {row.name for row in departments(SYSTEM, world.enterprise_id)}


def test_a_department_is_set_up_renamed_and_closed(officer, world):
    officer.post("enterprise.department_add", name="清理车间", kind="department", parent_id="")
    added = next(r for r in departments(SYSTEM, world.enterprise_id) if r.name == "清理车间")
    place = {"department_id": added.id}

    officer.post(
        "enterprise.department_change",
        **place,
        name="打磨车间",
        kind="department",
        parent_id="",
        version=1,
    )
    renamed = names(world)
    officer.post("enterprise.department_close", **place)

    assert "打磨车间" in renamed
    assert "打磨车间" not in names(world)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"name": ""}, "名称：请填写名称。"),
        ({"name": "铸造车间"}, "名称：同一上级下已有这个名称的部门或班组，请换一个名称。"),
        ({"name": "甲班", "kind": "team"}, "上级部门：班组要放在部门下面，请选择所属部门。"),
        ({"name": "甲班", "parent_id": "x"}, None),
    ],
)
def test_what_is_wrong_with_a_department_is_said_at_its_field(officer, form, message):
    answer = officer.post(
        "enterprise.department_add", **{"kind": "department", "parent_id": ""} | form
    )

    assert answer.status == (422 if message else 303)
    assert answer.errors == ([message] if message else [])


def test_a_department_that_holds_something_says_why_it_stays(officer, world):
    refused = officer.post("enterprise.department_close", department_id=world.department_id)

    assert "还有部门或班组" in officer.follow(refused).text


def test_a_post_is_set_up_in_its_department_and_closed(officer, world):
    place = str(world.department_id)
    officer.post("enterprise.post_add", name="天车工", kind="worker", department_id=place)
    added = next(row for row in posts(SYSTEM, world.enterprise_id) if row.name == "天车工")

    shown = officer.get("enterprise.post_edit", post_id=added.id)
    officer.post("enterprise.post_close", post_id=added.id)

    assert shown.one("#department_id option[selected]")["value"] == place
    assert "天车工" not in {row.name for row in posts(SYSTEM, world.enterprise_id)}


def test_a_post_that_is_held_is_not_closed(officer, world):
    refused = officer.post("enterprise.post_close", post_id=world["worker"].post_id)

    assert "请先交接岗位" in officer.follow(refused).text


def test_pasted_rows_are_previewed_with_findings_and_nothing_is_saved(officer, world):
    preview = officer.post("enterprise.organisation_paste_preview", text=FAULTY)

    assert "手机号“1380372”应为 11 位数字" in preview.text
    assert "马红梅" in preview.text
    assert names(world) == {"铸造车间", "熔炼一班"}


def test_confirming_takes_in_the_rows_that_are_ready(officer, world):
    preview = officer.post("enterprise.organisation_paste_preview", text=FAULTY)
    kept = preview.one("input[name=text]")["value"]

    done = officer.follow(officer.post("enterprise.organisation_paste_confirm", text=kept))

    assert "新增部门 1 个、岗位 1 个、人员 1 人" in done.text
    assert "马红梅" in {row.name for row in staff(SYSTEM, world.enterprise_id)}


def test_an_uploaded_table_gives_the_same_preview(officer):
    file = (BytesIO(SHEET.replace("\t", ",").encode("gb18030")), "花名册.csv")

    preview = officer.post("enterprise.organisation_paste_preview", file=file)

    assert "马红梅" in preview.text


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"text": "随便"}, None),
        (
            {"file": (b"", "空.xlsx")},
            "或上传文件：文件是空的。请检查是否选对了文件，保存后再上传。",
        ),
    ],
)
def test_what_cannot_be_read_says_what_to_do(officer, sent, message):
    if "file" in sent:
        data, name = sent["file"]
        sent = {"file": (BytesIO(data), name)}

    answer = officer.post("enterprise.organisation_paste_preview", **sent)

    if message:
        assert answer.errors == [message]
    else:
        assert "缺少岗位" in answer.text


def test_a_person_is_added_handed_over_and_leaves(officer, world):
    added = officer.post(
        "enterprise.person_add", name="马红梅", phone="13803720006", post_id="", department_id=""
    )
    newcomer = next(r for r in staff(SYSTEM, world.enterprise_id) if r.name == "马红梅")
    worker = world["worker"]

    officer.post(
        "enterprise.person_hand_over", person_id=worker.person_id, to_person_id=str(newcomer.id)
    )
    officer.post("enterprise.person_leave", person_id=worker.person_id, left_on="2026-01-20")

    assert added.status == 303
    assert person(SYSTEM, world.enterprise_id, newcomer.id).post_id == worker.post_id
    assert str(person(SYSTEM, world.enterprise_id, worker.person_id).left_on) == "2026-01-20"


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"name": ""}, "姓名：请填写姓名。"),
        ({"phone": "123"}, "手机号：请填写 11 位手机号，或带区号的固定电话，如 0372-5112345。"),
        ({"joined_on": "2099-01-01"}, "入职日期：入职日期不能晚于今天。"),
    ],
)
def test_what_is_wrong_with_a_person_is_said_at_its_field(officer, form, message):
    answer = officer.post(
        "enterprise.person_add",
        **{"name": "马红梅", "phone": "", "post_id": "", "department_id": ""} | form,
    )

    assert (answer.status, answer.errors) == (422, [message])


def test_a_person_without_an_account_can_be_invited(officer, world):
    person_id = make.person(world.enterprise_id, "马红梅")

    shown = officer.get("enterprise.person_show", person_id=person_id)

    invite = shown.one(f'a[href="/members/invitations/new?person={person_id}"]')
    assert officer.get(invite["href"]).status == 200


def test_a_thousand_people_come_in_pages_and_are_searched(officer, world):
    rows = "".join(f"铸造车间\t熔炼工\t岗位员工\t员工{n:04d}\t\n" for n in range(1000))
    officer.post("enterprise.organisation_paste_confirm", text=rows)

    first = officer.get("enterprise.people_list")
    found = officer.get("enterprise.people_list", q="员工0999")

    assert len(first.select("tbody tr")) == 50
    assert found.texts("tbody th") == ["员工0999"]


def test_numbers_are_hidden_in_the_list(officer, world):
    make.person(world.enterprise_id, "马红梅", phone="13803720006")

    page = officer.get("enterprise.people_list")

    assert "138****0006" in page.text
    assert "13803720006" not in page.text


def test_officers_look_and_workers_do_not_edit(client_of, world):
    place = {"enterprise_id": world.enterprise_id}

    seen = client_of("inspector").get("enterprise.organisation_show", **place)
    refused = client_of("worker").get("enterprise.department_new")
    lost = client_of("inspector").get("enterprise.organisation_show")

    assert (seen.status, refused.status, lost.status) == (200, 403, 404)
    assert seen.select("a[href='/organisation/paste']") == []
