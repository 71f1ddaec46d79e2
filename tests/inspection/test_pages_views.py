"""The inspection on the phone and at the desk, from the scan to the closed case."""

from datetime import timedelta

import pytest

from tests.factories import inspection as made
from tests.fixtures.actors import make_world
from webapp.enterprise.queries.profile import profile
from webapp.inspection.rules.cases import CaseState, Outcome
from webapp.inspection.rules.enforcement import DocumentKind
from webapp.platform import clock
from webapp.platform.tenancy import SYSTEM

RECORD = DocumentKind.INSPECTION_RECORD
ORDER = DocumentKind.RECTIFICATION_ORDER
OPINION = DocumentKind.REINSPECTION_OPINION


@pytest.fixture
def inspector(as_, world):
    return as_(world["inspector"])


def hidden(page, form: str) -> dict[str, str]:
    return {f["name"]: f.get("value") for f in page.select(f"{form} input[type=hidden]")}


def place(visit) -> dict[str, object]:
    return {"enterprise_id": visit.world.enterprise_id, "case_id": visit.case_id}


def test_an_officer_finds_an_enterprise_by_its_name(inspector, world):
    name = profile(SYSTEM, world.enterprise_id).name

    page = inspector.get("inspection.scan", q=name)

    assert f"/enterprises/{world.enterprise_id}/inspections/new" in page.body.decode()


def test_the_start_page_tells_the_enterprise_at_a_glance_and_offers_colleagues(inspector, world):
    page = inspector.get("inspection.scan_start", enterprise_id=world.enterprise_id)

    assert "未销号隐患" in page.text
    assert page.texts(".picks .pick b") == ["李明辉"]


def test_a_regulator_sees_the_file_but_starts_nothing(as_, world):
    page = as_(world["regulator"]).get("inspection.scan_start", enterprise_id=world.enterprise_id)

    assert page.select("#start") == []


def test_an_inspection_begins_with_a_second_officer(inspector, world):
    address = {"enterprise_id": world.enterprise_id}
    page = inspector.get("inspection.scan_start", **address)
    form = hidden(page, "#start") | {
        "places": "熔炼车间",
        "contact_name": "陈晓峰",
        "is_certificate_shown": "y",
    }

    alone = inspector.post("inspection.case_start", **address, **form)
    both = inspector.post(
        "inspection.case_start",
        **address,
        **form,
        second_officer_id=world.second_inspector.user_id,
    )

    assert alone.status == 422
    assert "执法检查不得少于两名执法人员，请再选择一名。" in alone.text
    assert inspector.follow(both).one("h1").text.startswith("现场检查")


def test_another_regions_enterprise_is_not_found(inspector):
    neighbour = make_world(county="410523", township="410523100")

    assert (
        inspector.get("inspection.scan_start", enterprise_id=neighbour.enterprise_id).status == 404
    )


def test_the_ledger_is_searched_for_the_place_of_a_finding(inspector, world):
    visit = made.open_visit(world)
    made.ledger_place(world)

    page = inspector.get("inspection.finding_choose", **place(visit), q="炉坑 积水")

    assert page.texts("main .list .row__title") == ["炉坑干燥无积水"]


def test_criteria_of_the_enterprises_categories_show_their_clause(inspector, world):
    visit = made.open_visit(world)

    page = inspector.get("inspection.finding_choose", **place(visit), basis="criterion")

    assert "《工贸企业重大事故隐患判定标准》" in page.text


def test_a_finding_is_written_down_with_its_law_basis(inspector, world):
    visit = made.open_visit(world)
    page = inspector.get("inspection.finding_new", **place(visit), basis="other")
    form = hidden(page, "#finding")

    empty = inspector.post("inspection.finding_add", **place(visit), **form, disposition="order")
    done = inspector.post(
        "inspection.finding_add",
        **place(visit),
        **form,
        description="配电箱无警示标志",
        law_basis="《中华人民共和国安全生产法》第三十五条",
        disposition="order",
        due_on=(clock.now() + timedelta(days=5)).date().isoformat(),
    )

    assert "请写明发现的问题。" in " ".join(empty.errors)
    assert "配电箱无警示标志" in inspector.follow(done).text


def test_the_second_to_save_sees_both_texts_and_keeps_his_own(as_, world):
    visit = made.open_visit(world, at=clock.now() - timedelta(hours=1))
    first, second = as_(world["inspector"]), as_(world.second_inspector)
    mine = first.get("inspection.case_work", **place(visit))
    hers = second.get("inspection.case_work", **place(visit))

    def fields(page, situation):
        values = {
            f["name"]: f.get("value")
            for f in page.select("#account input")
            if f["name"] != "csrf_token"
        }
        return values | {"situation": situation}

    saved = second.post("inspection.case_save", **place(visit), **fields(hers, "喷漆室正常。"))
    told = first.post("inspection.case_save", **place(visit), **fields(mine, "熔炼车间积水。"))
    again = first.post(
        "inspection.case_save", **place(visit), **fields(told, "熔炼车间积水，喷漆室正常。")
    )

    assert (saved.status, told.status, again.status) == (303, 409, 303)
    assert "李明辉" in told.text
    assert "喷漆室正常。" in told.text
    assert told.one("#situation").text == "熔炼车间积水。"
    assert visit.detail.situation == "熔炼车间积水，喷漆室正常。"


def signed(page, **changes: str) -> dict[str, str]:
    return (
        hidden(page, "#sign")
        | {
            "officer_1": made.signature_image(1),
            "officer_1_points": made.SIGNATURE_POINTS,
            "officer_2": made.signature_image(2),
            "officer_2_points": "",
            "unit_signature": made.signature_image(3),
            "unit_signature_points": "",
            "unit_name": "陈晓峰",
            "way": "sign",
        }
        | changes
    )


def ready(world):
    """A visit of this hour that can be recorded."""
    now = clock.now()
    visit = made.open_visit(world, at=now - timedelta(hours=2))
    made.find(visit, "炉坑内有积水", at=now, due_on=(now + timedelta(days=7)).date())
    made.end(visit, at=now - timedelta(hours=2))
    return visit


def test_a_record_is_signed_and_issued_and_leads_on_to_the_order(inspector, world):
    visit = ready(world)
    address = place(visit) | {"kind": RECORD.value}
    page = inspector.get("inspection.paper_sign", **address)

    done = inspector.post("inspection.paper_issue", **address, **signed(page))

    handed = inspector.follow(done)
    assert "检记〔" in handed.text
    assert "接着下达整改指令" in handed.text
    assert visit.detail.state is CaseState.RECORDED


def test_all_missing_signatures_are_named_at_once_as_the_page_calls_them(inspector, world):
    visit = ready(world)
    address = place(visit) | {"kind": RECORD.value}
    page = inspector.get("inspection.paper_sign", **address)
    missing = {"officer_1": "", "officer_2": "", "unit_signature": "", "unit_name": ""}

    refused = inspector.post("inspection.paper_issue", **address, **signed(page, **missing))

    pads = [label.text for label in page.select("[id$='-label']") if "签名" in label.text]
    assert len(pads) == 3
    told = {error.partition("：")[0] for error in refused.errors}
    assert told == {*pads, "被检查单位负责人姓名"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"officer_2": ""}, "请在签名框内手写签名。"),
        ({"officer_1": "data:image/png;base64,AAAA"}, "签名没有传好，请重新签名。"),
        ({"unit_signature": ""}, "请在签名框内手写签名。"),
        ({"unit_name": ""}, "请填写签名人的姓名。"),
        ({"way": "refuse", "unit_signature": ""}, "被检查单位拒绝签名的，请写明原因。"),
    ],
)
def test_a_paper_that_is_not_signed_well_is_not_issued(inspector, world, changes, message):
    visit = ready(world)
    address = place(visit) | {"kind": RECORD.value}
    page = inspector.get("inspection.paper_sign", **address)

    refused = inspector.post("inspection.paper_issue", **address, **signed(page, **changes))

    assert refused.status == 422
    assert message in refused.text
    assert visit.detail.documents == ()


def test_a_refusal_stands_on_the_paper_and_waits_for_its_service(inspector, world):
    visit = ready(world)
    made.issue(visit, RECORD, at=clock.now())
    address = place(visit) | {"kind": ORDER.value}
    page = inspector.get("inspection.paper_sign", **address)
    form = signed(page, way="refuse", unit_signature="", unit_refusal="对第 1 项有异议")

    handed = inspector.follow(inspector.post("inspection.paper_issue", **address, **form))
    paper = visit.paper(ORDER)
    at_paper = {"enterprise_id": world.enterprise_id, "document_id": paper.row.id}
    shown = inspector.get("inspection.document_show", **at_paper)
    served = inspector.post("inspection.document_serve", **at_paper, how="left")

    assert "对方拒签" in handed.text
    assert "对第 1 项有异议" in shown.text
    assert "留置送达" in inspector.follow(served).text


def test_what_changed_under_the_signing_is_read_out_again(inspector, world):
    visit = ready(world)
    address = place(visit) | {"kind": RECORD.value}
    form = signed(inspector.get("inspection.paper_sign", **address))
    made.find(visit, "又发现一处", at=clock.now(), due_on=(clock.now() + timedelta(days=3)).date())

    answer = inspector.post("inspection.paper_issue", **address, **form)

    assert answer.status == 409
    assert "签字期间文书内容有改动" in answer.text
    assert "又发现一处" in answer.text
    assert answer.one("input[name=officer_1]").get("value") == ""


def test_the_draft_can_be_read_as_a_pdf_before_it_is_signed(inspector, world):
    visit = ready(world)

    answer = inspector.get("inspection.paper_draft", **place(visit), kind=RECORD.value)

    assert answer.body.startswith(b"%PDF-")


def test_the_items_are_looked_at_again_and_the_case_is_closed(inspector, world):
    now = clock.now()
    visit = ready(world)
    made.issue(visit, RECORD, at=now)
    made.issue(visit, ORDER, at=now)
    page = inspector.get("inspection.reinspection_edit", **place(visit))
    form = hidden(page, "#items") | {"outcome-1": "rectified", "words-1": "已抽干"}

    to_sign = inspector.post("inspection.reinspection_save", **place(visit), **form, next="sign")
    sheet = inspector.follow(to_sign)
    done = inspector.post(
        "inspection.paper_issue", **place(visit), kind=OPINION.value, **signed(sheet)
    )

    assert "全部整改到位" in inspector.follow(done).text
    assert visit.detail.state is CaseState.CLOSED


def test_an_item_without_an_outcome_stops_the_opinion(inspector, world):
    now = clock.now()
    visit = ready(world)
    made.issue(visit, RECORD, at=now)
    made.issue(visit, ORDER, at=now)
    sheet = inspector.get("inspection.paper_sign", **place(visit), kind=OPINION.value)

    answer = inspector.post(
        "inspection.paper_issue", **place(visit), kind=OPINION.value, **signed(sheet)
    )

    assert answer.status == 422
    assert "第 1 项还没有复查结论。" in answer.text


def test_the_desk_shows_steps_items_and_papers(inspector, world):
    visit = made.ordered_visit(world)

    page = inspector.get("inspection.case_show", **place(visit))

    assert [s.text for s in page.select(".steps li b")][-1] == "办结"
    assert "（安）应急责改〔2026〕1号" in page.text
    assert page.one(".page-head__actions .btn--primary").text == "开始复查"


def test_the_list_shows_an_officers_own_inspections_first(inspector, as_, world):
    made.open_visit(world)
    third = as_(made.another_inspector(world))

    assert len(inspector.get("inspection.case_list").select("tbody tr")) == 1
    assert third.get("inspection.case_list").select("tbody tr") == []
    assert len(third.get("inspection.case_list", whose="agency").select("tbody tr")) == 1


def test_an_inspection_is_given_up_only_with_a_reason(inspector, world):
    visit = made.open_visit(world)

    refused = inspector.post("inspection.case_abandon", **place(visit), reason="")
    done = inspector.post("inspection.case_abandon", **place(visit), reason="扫错了企业")

    assert "请写明原因。" in refused.text
    assert done.status == 303
    assert visit.detail.state is CaseState.ABANDONED


def test_the_enterprise_reads_its_papers_and_opens_the_pdf(as_, world):
    visit = made.ordered_visit(world)
    principal = as_(world["principal"])
    paper = visit.paper(ORDER)
    address = {"enterprise_id": world.enterprise_id, "document_id": paper.row.id}

    listed = principal.get("inspection.document_list")
    shown = principal.get("inspection.document_show", **address)
    pdf = principal.get("inspection.document_file", **address)

    assert len(listed.select("tbody tr")) == 2
    assert "（安）应急责改〔2026〕1号" in shown.text
    assert pdf.body.startswith(b"%PDF-")


def test_a_worker_and_another_enterprise_read_no_papers(as_, world):
    visit = made.ordered_visit(world)
    paper = visit.paper(ORDER)
    address = {"enterprise_id": world.enterprise_id, "document_id": paper.row.id}
    other = make_world()

    assert as_(world["worker"]).get("inspection.document_list").status == 403
    assert as_(other["principal"]).get("inspection.document_show", **address).status == 404
    assert as_(other["principal"]).get("inspection.document_file", **address).status == 404


def test_the_leader_revokes_a_paper_with_a_reason(as_, world):
    visit = made.ordered_visit(world)
    leader = as_(world["agency_leader"])
    paper = visit.paper(ORDER)
    address = {"enterprise_id": world.enterprise_id, "document_id": paper.row.id}

    refused = leader.post("inspection.document_revoke", **address, reason="")
    done = leader.post("inspection.document_revoke", **address, reason="单位名称有误")

    assert "请写明原因。" in refused.text
    assert "单位名称有误" in leader.follow(done).text


def test_a_finding_of_a_colleague_shows_its_photo_small_and_whole(inspector, world):
    visit = made.open_visit(world)
    finding_id = made.find(visit, pictures=(made.picture(),))
    address = place(visit) | {"finding_id": finding_id}

    whole = inspector.get("inspection.finding_photo", **address)
    small = inspector.get("inspection.finding_photo", **address, size="small")

    assert whole.response.mimetype == small.response.mimetype == "image/jpeg"


def test_outcomes_can_be_saved_before_the_opinion(inspector, world):
    now = clock.now()
    visit = ready(world)
    made.issue(visit, RECORD, at=now)
    made.issue(visit, ORDER, at=now)
    page = inspector.get("inspection.reinspection_edit", **place(visit))
    form = hidden(page, "#items") | {"outcome-1": "not_rectified", "words-1": "仍有积水"}

    saved = inspector.post("inspection.reinspection_save", **place(visit), **form)

    assert inspector.follow(saved).one("#words-1").text == "仍有积水"
    assert visit.detail.findings[0].outcome is Outcome.NOT_RECTIFIED
