import pytest

from tests.factories.responsibilities import drawing
from tests.fixtures.actors import make_world
from webapp.enterprise.queries.responsibilities import duty_list, standings
from webapp.platform.tenancy import SYSTEM


@pytest.fixture
def officer(client_of):
    return client_of("safety_officer")


@pytest.fixture
def principal(client_of):
    return client_of("principal")


def standing(world, role="worker"):
    rows = standings(SYSTEM, world.enterprise_id)
    return next(row for row in rows if row.post.id == world[role].post_id)


def edited(browser, list_id):
    """The fields of the editing page as a browser would send them."""
    page = browser.get("enterprise.responsibilities_edit", list_id=list_id)
    fields = page.select("main input[name], main textarea[name]")
    return {
        f["name"]: f.get("value") or (f.text if f.node.tag == "textarea" else "")
        for f in fields
        if f["name"] != "csrf_token"
    }


@pytest.fixture
def published(officer, principal, world):
    officer.post("enterprise.responsibilities_draft_missing")
    principal.post("enterprise.responsibilities_publish_drafts")
    return standing(world).list_id


def test_lists_are_drafted_for_every_post_and_approved_by_the_principal(officer, principal, world):
    drafted = officer.follow(officer.post("enterprise.responsibilities_draft_missing"))
    approved = principal.follow(principal.post("enterprise.responsibilities_publish_drafts"))

    assert "已按岗位类别起草 5 份责任清单" in drafted.text
    assert "已批准公示 5 份责任清单" in approved.text
    assert standing(world).edition == 1


def test_duties_are_edited_and_an_emptied_one_is_gone(officer, world):
    leads = officer.post("enterprise.responsibilities_draft", post_id=world["worker"].post_id)
    list_id = standing(world).draft_id
    form = edited(officer, list_id)
    form |= {"duties-0-duty": "每班开工前检查炉体"}
    form |= dict.fromkeys([name for name in form if name.startswith("duties-1-")], "")

    before = len(duty_list(SYSTEM, world.enterprise_id, list_id).duties)
    saved = officer.post("enterprise.responsibilities_save", list_id=list_id, **form)

    duties = duty_list(SYSTEM, world.enterprise_id, list_id).duties
    assert (leads.status, saved.status) == (303, 303)
    assert duties[0].duty == "每班开工前检查炉体"
    assert len(duties) == before - 1


def test_a_duty_without_a_standard_is_said_at_its_own_field(officer, world):
    officer.post("enterprise.responsibilities_draft", post_id=world["worker"].post_id)
    list_id = standing(world).draft_id
    form = edited(officer, list_id)
    form |= dict.fromkeys([name for name in form if name.startswith("duties-0-")], "")
    form |= {"duties-2-work_standard": ""}

    refused = officer.post("enterprise.responsibilities_save", list_id=list_id, **form)

    assert refused.status == 422
    assert refused.errors == ["工作标准：第 2 条缺少工作标准。"]
    assert refused.one("#duties-2-work_standard-error").text == "第 2 条缺少工作标准。"


def test_the_second_writer_is_told_and_keeps_what_was_typed(officer, world):
    officer.post("enterprise.responsibilities_draft", post_id=world["worker"].post_id)
    list_id = standing(world).draft_id
    form = edited(officer, list_id)
    officer.post("enterprise.responsibilities_save", list_id=list_id, **form)

    late = officer.post(
        "enterprise.responsibilities_save",
        list_id=list_id,
        **form | {"duties-0-duty": "另一种写法"},
    )

    assert late.status == 422
    assert late.errors == ["这条内容刚被其他人修改，请核对最新内容后再提交。"]
    assert late.one("#duties-0-duty").text == "另一种写法"


def test_a_worker_signs_on_the_phone_and_the_signature_is_shown(
    client_of, officer, world, published
):
    worker = client_of("worker")

    signed = worker.follow(
        worker.post("enterprise.responsibilities_sign", signature=drawing(), way="draw")
    )
    post = officer.get("enterprise.responsibilities_post", post_id=world["worker"].post_id)
    picture = officer.get(post.one("figure.signature img")["src"])

    assert "已签收" in signed.text
    assert picture.response.mimetype == "image/png"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"way": "draw", "signature": ""}, "签名：请在签名框内手写签名。"),
        ({"way": "reuse", "signature": ""}, "签名：还没有可以沿用的签名，请手写签名。"),
    ],
)
def test_signing_without_a_signature_is_refused_in_words(client_of, published, sent, message):
    refused = client_of("worker").post("enterprise.responsibilities_sign", **sent)

    assert (refused.status, refused.errors) == (422, [message])


def test_before_anything_is_published_the_phone_says_so(client_of):
    page = client_of("worker").get("enterprise.responsibilities_mine")

    assert "还没有要签收的清单" in page.text
    assert client_of("worker").post("enterprise.responsibilities_sign").status == 409


def test_gaps_lead_to_where_they_are_mended(officer, world, published):
    page = officer.get("enterprise.responsibilities_gaps")

    links = [link["href"] for link in page.select("main ul.list a")]
    assert f"/people/{world['worker'].person_id}" in links
    assert all(officer.get(link).status == 200 for link in links)


def test_the_lists_are_displayed_and_printed(officer, world, published):
    display = officer.get("enterprise.responsibilities_display")
    one = officer.get("enterprise.responsibilities_post_pdf", post_id=world["worker"].post_id)
    every = officer.get("enterprise.responsibilities_pdf")

    assert "熔炼一班 · 熔炼工" in display.text
    assert one.body.startswith(b"%PDF")
    assert every.body.startswith(b"%PDF")


def test_only_the_principal_approves(officer, world):
    officer.post("enterprise.responsibilities_draft", post_id=world["worker"].post_id)

    refused = officer.post("enterprise.responsibilities_publish", list_id=standing(world).draft_id)

    assert refused.status == 403


def test_officers_of_the_region_read_and_others_do_not(client_of, as_, world, published):
    neighbour = make_world(county="410503", township="410503001")
    place = {"enterprise_id": world.enterprise_id, "post_id": world["worker"].post_id}

    region = client_of("inspector").get("enterprise.responsibilities_post", **place)
    other = as_(neighbour["inspector"]).get("enterprise.responsibilities_post", **place)
    foreign = as_(neighbour["principal"]).post(
        "enterprise.responsibilities_publish", list_id=published
    )

    assert (region.status, other.status, foreign.status) == (200, 404, 404)
