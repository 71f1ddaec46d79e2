"""The papers as they are printed: searchable words, the code that leads to the check."""

from dataclasses import replace
from datetime import date, datetime

import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.reading import flat, picture, texts
from tests.factories import inspection as made
from webapp.documents.signature import Refusal, Signature
from webapp.inspection.pdf.papers import pdf_of
from webapp.inspection.pdf.parts import Hands, Paper
from webapp.inspection.queries.files import document_pdf
from webapp.inspection.rules.cases import Disposition, Finding, Outcome
from webapp.inspection.rules.contents import (
    Hand,
    Issue,
    PaperFacts,
    PaperFinding,
    PaperOfficer,
    PaperOutcome,
    PaperPhoto,
    issued_content,
    opinion_draft,
    order_draft,
    record_draft,
)
from webapp.inspection.rules.enforcement import DocumentKind, content_sha256
from webapp.inspection.rules.tokens import grouped

FACTS = PaperFacts(
    agency="安阳市应急管理局",
    reconsideration_organ="安阳市人民政府",
    court="安阳市文峰区人民法院",
    enterprise="安阳洹丰精密铸造有限公司",
    uscc="91410505MA40P3K73L",
    address="安阳市殷都区曲沟镇安林路北侧",
    principal="周洪涛",
    contact_name="陈晓峰",
    contact_position="安全总监",
    phone="0372-5550126",
    officers=(PaperOfficer("郭建民", "16050120027"), PaperOfficer("李娟", "16050120041")),
    places="熔炼车间、喷漆室",
    started_at=datetime(2026, 11, 24, 9, 5),  # noqa: DTZ001 - a local time as it is printed
    ended_at=datetime(2026, 11, 24, 11, 35),  # noqa: DTZ001
    situation="查看了熔炼车间。\n抽查了 10 月记录。",
)
ISSUE = Issue(
    number="（安）应急责改〔2026〕12号",
    code="7K4M9Q2F3H5T",
    issued_at=datetime(2026, 11, 24, 16, 42),  # noqa: DTZ001
    chain_position=7,
    chain_head="9d2741be" * 8,
)
HANDS = (Hand("officer", "郭建民", "1" * 64), Hand("officer", "李娟", "2" * 64))
SIGNED = (*HANDS, Hand("unit", "周洪涛", "3" * 64))
REFUSED = (*HANDS, Hand("unit", "", "", "对第4项有异议"))
PEN = Signature(strokes=(((0, 0), (40, 20), (80, 0)),))


def found(number: int, due: date | None = date(2026, 12, 1), **changes: object) -> PaperFinding:
    values = {
        "number": number,
        "description": f"第{number}处不符合",
        "disposition": Disposition.ORDER if due else Disposition.ON_THE_SPOT,
        "due_on": due,
        "is_major": False,
    }
    return PaperFinding(Finding(**{**values, **changes}), "《安全生产法》第四十一条", str(number))


def printed(draft, hands=SIGNED, unit=None) -> bytes:
    content = issued_content(draft, ISSUE, hands)
    drawn = Hands((PEN, PEN), unit or Signature(strokes=PEN.strokes, on="2026年11月24日"))
    return pdf_of(Paper(content, drawn, made.BASE))


def test_an_order_names_each_group_of_items_with_its_deadline_in_one_sentence():
    findings = [found(1, date(2026, 11, 27)), found(2), found(3), found(4), found(5, None)]

    words = flat(printed(order_draft(FACTS, findings, [])))

    assert (
        "现责令你单位对上述第1项问题于2026年11月27日前整改完毕，"
        "对上述第2—4项问题于2026年12月1日前整改完毕，达到有关法律法规规章和标准规定的要求。"
    ) in words
    assert "第5处不符合" not in words


def test_an_order_says_where_to_turn_against_it_and_who_keeps_which_copy():
    words = flat(printed(order_draft(FACTS, [found(1)], [])))

    assert "在60日内向安阳市人民政府申请行政复议" in words
    assert "在6个月内依法向安阳市文峰区人民法院提起行政诉讼" in words
    assert "本文书一式两份：一份由安阳市应急管理局备案，一份交被检查单位。" in words


def test_a_short_order_is_one_sheet_with_its_signatures():
    described = {"description": "加料平台护栏缺失一段，未设置临时防护"}

    [sheet] = texts(printed(order_draft(FACTS, [found(1, **described), found(2, **described)], [])))

    assert "行政执法人员（签名）" in sheet
    assert "共 1 页" in sheet


def test_only_the_end_of_an_orders_last_paragraph_goes_with_the_hands_to_the_next_page():
    court = "安阳市文峰区人民法院（受理安阳市城区各区行政案件的集中管辖法院）"
    facts = replace(FACTS, court=court, reconsideration_organ="安阳市人民政府行政复议委员会办公室")
    findings = [found(number, description="加料平台护栏缺失一段" * 2) for number in range(1, 7)]

    first, second = texts(printed(order_draft(facts, findings, [])))

    assert "如果不服本指令" in first
    assert "法律另有规定" in second
    assert "如果不服本指令" not in second
    assert "行政执法人员（签名）" in second


def test_a_suspected_major_hazard_is_called_so_with_its_clause():
    words = flat(printed(order_draft(FACTS, [found(1, is_major=True)], [])))

    assert "第1处不符合，涉嫌构成重大事故隐患（《安全生产法》第四十一条）。" in words


def test_a_record_tells_who_showed_which_certificate_and_what_was_seen():
    photo = PaperPhoto(1, "第1处", "9时22分", "a41c" + "0" * 58 + "07")
    data = printed(record_draft(FACTS, [found(1), found(2, None)], [photo]))

    words = flat(data)

    assert (
        "我们是安阳市应急管理局行政执法人员郭建民、李娟，证件号码为16050120027、16050120041，"
        "这是我们的证件（出示证件）。"
    ) in words
    assert "2026年11月24日9时05分至2026年11月24日11时35分" in words
    assert "处理：责令于2026年12月1日前整改完毕。" in words
    assert "处理：当场改正。" in words
    assert "a41c…07" in words
    assert "以下空白" in words


def test_a_refusal_is_written_into_the_record_and_under_the_order():
    refusal = Refusal("对第4项有异议", on="2026年11月24日")

    record = flat(printed(record_draft(FACTS, [], []), REFUSED, refusal))
    order = flat(printed(order_draft(FACTS, [found(1)], []), REFUSED, refusal))

    assert "被检查单位现场负责人拒绝签名，原因：对第4项有异议。" in record
    assert "拒绝签名，原因：对第4项有异议。" in order


def test_an_opinion_answers_its_order_item_by_item():
    outcomes = [
        PaperOutcome(1, "炉坑积水。", Outcome.RECTIFIED, "", "1"),
        PaperOutcome(2, "主钩缺防脱钩。", Outcome.NOT_RECTIFIED, "仍未安装", "2"),
    ]
    draft = opinion_draft(
        FACTS, outcomes, decided_on=date(2026, 11, 24), number="（安）应急责改〔2026〕12号"
    )

    words = flat(printed(draft))

    assert "本机关于2026年11月24日作出了责令限期整改的决定[（安）应急责改〔2026〕12号]" in words
    assert "1．炉坑积水。复查意见：已整改。" in words
    assert "2．主钩缺防脱钩。复查意见：未整改，仍未安装。" in words


def test_every_page_bears_the_number_and_its_count():
    pages = texts(printed(order_draft(FACTS, [found(n) for n in range(1, 70)], [])))

    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "（安）应急责改〔2026〕12号" in page
        assert f"共{len(pages)}页第{number}页" in "".join(page.split())


def test_the_printed_code_leads_to_the_check_of_an_issued_paper(world):
    visit = made.ordered_visit(world)
    paper = visit.paper(DocumentKind.RECTIFICATION_ORDER)
    data = document_pdf(visit.first.scope, world.enterprise_id, paper.row.id).data

    last = picture(data, len(texts(data)) - 1)
    codes = [code.text for code in zxingcpp.read_barcodes(last)]

    assert codes == [f"{made.BASE}/v/{paper.code}"]
    assert grouped(paper.code) in "".join(texts(data))
    assert content_sha256(paper.content)[:4] in flat(data)


def test_a_draft_bears_neither_number_nor_code():
    data = pdf_of(Paper(order_draft(FACTS, [found(1)], []), Hands(), made.BASE))

    assert "签发时取号" in flat(data)
    assert "草稿" in flat(data)
    assert "核验码" not in flat(data)


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=400), st.integers(min_value=0, max_value=12))
def test_any_words_make_a_paper(words: str, count: int):
    findings = [found(n, description=words or "问题") for n in range(1, count + 1)]

    data = printed(record_draft(FACTS, findings, []))

    assert data.startswith(b"%PDF-")
