import pytest

from tests.factories import enterprise as make
from tests.fixtures.actors import World
from webapp.accounts.rules.roles import Role
from webapp.enterprise.queries.organisation import department, post
from webapp.enterprise.queries.people import person

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def kinds(world: World):
    """Of each kind of record: where it is edited, its form, how it is read, what a name is."""
    place = make.department(world.enterprise_id, "清理车间")
    post_id = make.post(world.enterprise_id, "天车工", department_id=place)
    person_id = make.person(world.enterprise_id, "刘大伟", post_id=post_id, department_id=place)
    here = (world[Role.SAFETY_OFFICER].actor.scope, world.enterprise_id)
    return {
        "department": (
            {"department_id": place},
            ("enterprise.department_edit", "enterprise.department_change"),
            {"kind": "department", "parent_id": "", "is_production": "y"},
            lambda: department(*here, place),
        ),
        "post": (
            {"post_id": post_id},
            ("enterprise.post_edit", "enterprise.post_change"),
            {"kind": "worker", "department_id": str(place)},
            lambda: post(*here, post_id),
        ),
        "person": (
            {"person_id": person_id},
            ("enterprise.person_edit", "enterprise.person_change"),
            {
                "phone": "",
                "post_id": str(post_id),
                "department_id": str(place),
                "joined_on": "2026-01-05",
            },
            lambda: person(*here, person_id),
        ),
    }


def seen(page):
    return page.one("input[name=version]")["value"]


@pytest.mark.parametrize("kind", ["department", "post", "person"])
def test_the_slower_of_two_who_save_sees_both_and_decides(client_of, kinds, kind):
    where, (edit, change), form, saved = kinds[kind]
    slow, fast = client_of("principal"), client_of("safety_officer")
    version = seen(slow.get(edit, **where))
    fast.post(change, **where, **form, name="由安全员改", version=version)

    late = slow.post(change, **where, **form, name="由总经理改", version=version)

    assert late.status == 409
    assert saved().name == "由安全员改"
    assert late.texts("tbody tr td") == ["由安全员改", "由总经理改"]
    assert "赵建民" in late.one(".alert").text
    assert late.one("#name")["value"] == "由总经理改"
    again = slow.post(change, **where, **form, name="由总经理改", version=seen(late))
    assert again.status == 303
    assert saved().name == "由总经理改"


def test_who_typed_the_same_is_told_that_nothing_differs(client_of, kinds):
    where, (_, change), form, _ = kinds["post"]
    officer = client_of("safety_officer")
    officer.post(change, **where, **form, name="行车工", version=1)

    late = client_of("principal").post(change, **where, **form, name="行车工", version=1)

    assert late.status == 409
    assert "与您填写的一致" in late.one(".alert").text
    assert late.select("tbody") == []


def test_a_person_moved_with_the_post_counts_as_changed(client_of, world, kinds):
    where, (_, change), form, saved = kinds["person"]
    post_where, (_, post_change), post_form, _ = kinds["post"]
    elsewhere = str(world.department_id)
    officer = client_of("safety_officer")
    officer.post(
        post_change,
        **post_where,
        **post_form | {"department_id": elsewhere},
        name="天车工",
        version=1,
    )

    late = officer.post(change, **where, **form, name="刘大伟", version=1)

    assert late.status == 409
    assert str(saved().department_id) == elsewhere


@pytest.mark.parametrize("version", ["", "x"])
def test_a_form_that_says_no_version_changes_nothing(client_of, kinds, version):
    where, (_, change), form, saved = kinds["department"]

    page = client_of("safety_officer").post(change, **where, **form, name="由谁改", version=version)

    assert page.status == 422
    assert "页面已过期，请刷新后重新提交。" in page.errors[0]
    assert saved().name == "清理车间"
