import pytest

from webapp.standards.document_forms import (
    document_form,
    document_forms,
    document_number,
    family,
)
from webapp.standards.loader import UnknownCode
from webapp.standards.responsibility_templates import (
    PostKind,
    responsibility_template,
    responsibility_templates,
)
from webapp.standards.statutes import article, articles, chinese_number, cite, search

FORMS = {f.code: f for f in document_forms()}


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("inspection_plan", "（安）应急检查〔2026〕12号"),
        ("inspection_record", "（安）应急检记〔2026〕12号"),
        ("on_site_measures_decision", "（安）应急现决〔2026〕12号"),
        ("rectification_order", "（安）应急责改〔2026〕12号"),
        ("reinspection_opinion", "（安）应急复查〔2026〕12号"),
        ("case_filing", "（安）应急立〔2026〕12号"),
        ("penalty_decision", "（安）应急罚〔2026〕12号"),
        ("service_receipt", "（安）应急回〔2026〕12号"),
        ("case_closure", "（安）应急结〔2026〕12号"),
    ],
)
def test_numbers_as_printed(code, number):
    found = document_number(document_form(code), region_word="安", year=2026, sequence=12)

    assert found == number


def test_a_paper_without_number_and_a_zero_sequence_are_refused():
    with pytest.raises(ValueError, match="不编号"):
        document_number(FORMS["interview_record"], region_word="安", year=2026, sequence=1)
    with pytest.raises(ValueError, match="序号无效"):
        document_number(FORMS["case_filing"], region_word="安", year=2026, sequence=0)


def test_number_words_are_not_shared_by_two_papers():
    kinds = [f.kind for f in document_forms() if f.is_numbered]

    assert len(kinds) == len(set(kinds))


def test_fixed_words_with_their_blanks_filled():
    order = FORMS["rectification_order"]

    assert order.placeholders("order") == ("items", "due_on")
    assert order.text("order", items="1、2", due_on="2026年12月8日").startswith(
        "现责令你单位对上述第1、2项问题于2026年12月8日前整改完毕"
    )
    assert order.text("opening") == "经查，你单位存在下列问题："


def test_an_empty_blank_and_an_unknown_part_are_refused():
    with pytest.raises(ValueError, match="due_on"):
        FORMS["rectification_order"].text("order", items="1")
    with pytest.raises(UnknownCode):
        FORMS["rectification_order"].text("poem")
    with pytest.raises(UnknownCode):
        document_form("poem")


def test_every_remedy_names_its_bodies_and_limits():
    for code in ("rectification_order", "on_site_measures_decision", "penalty_decision"):
        words = FORMS[code].words["remedy"]
        assert "60日" in words
        assert "6个月" in words
        assert FORMS[code].placeholders("remedy") == ("reconsideration_body", "court")
    assert "先向" in FORMS["on_the_spot_penalty"].words["remedy"]


def test_no_order_without_record_and_no_reinspection_without_decision():
    assert FORMS["rectification_order"].missing([]) == ("inspection_record",)
    assert FORMS["rectification_order"].missing(["inspection_record"]) == ()
    assert "rectification_order" in FORMS["reinspection_opinion"].missing(["inspection_record"])
    assert FORMS["reinspection_opinion"].missing(["on_site_measures_decision"]) == ()
    assert FORMS["penalty_decision"].missing(["case_filing"]) == ("penalty_notice", "case_approval")


def test_what_a_paper_requires_exists_and_never_leads_back_to_it():
    for form in document_forms():
        seen, waiting = set(), [*form.requires, *form.requires_any]
        while waiting:
            code = waiting.pop()
            assert code != form.code
            if code not in seen:
                seen.add(code)
                waiting += FORMS[code].requires


def test_the_family_line_is_the_reformed_agencys():
    assert family() == "应急管理行政执法文书"


def test_articles_we_may_cite():
    safety = {a.number for a in articles("work_safety_law")}

    assert {4, 5, 21, 22, 25, 41, 46, 62, 65, 67, 68, 70, 97, 101, 102} <= safety
    assert {42, 44, 45, 51, 55, 56, 58, 60, 61, 63, 64, 67, 72} <= {
        a.number for a in articles("penalty_law")
    }
    assert article("work_safety_law.102").liability
    assert not article("work_safety_law.41").needs_check
    assert article("work_safety_law.28").needs_check


@pytest.mark.parametrize(
    ("code", "paragraph", "text"),
    [
        ("work_safety_law.41", 2, "《中华人民共和国安全生产法》第四十一条第二款"),
        ("work_safety_law.101.4", None, "《中华人民共和国安全生产法》第一百零一条第（四）项"),
        ("penalty_law.42", 1, "《中华人民共和国行政处罚法》第四十二条第一款"),
        ("work_safety_law.112", None, "《中华人民共和国安全生产法》第一百一十二条"),
    ],
)
def test_citations(code, paragraph, text):
    assert cite(code, paragraph=paragraph) == text


def test_every_named_penalty_exists():
    for found in articles():
        for code in found.penalised_by:
            assert cite(code)
            assert article(code).liability


def test_unknown_articles_and_items_are_refused():
    with pytest.raises(UnknownCode):
        article("work_safety_law.999")
    with pytest.raises(UnknownCode):
        cite("work_safety_law.101.9")


def test_articles_are_searched_by_words():
    assert [a.code for a in search("特种作业 资格")] == ["work_safety_law.30", "work_safety_law.97"]
    assert article("work_safety_law.41") in search("第四十一条")


@pytest.mark.parametrize(
    ("number", "text"),
    [(4, "四"), (10, "十"), (15, "十五"), (20, "二十"), (41, "四十一"), (97, "九十七"),
     (100, "一百"), (101, "一百零一"), (110, "一百一十"), (112, "一百一十二"), (120, "一百二十")],
)  # fmt: skip
def test_numbers_as_articles_are_counted(number, text):
    assert chinese_number(number) == text


def test_a_number_no_article_has_is_refused():
    with pytest.raises(ValueError, match="无效"):
        chinese_number(0)


def test_every_kind_of_post_has_six_to_twelve_whole_duties():
    assert [t.kind for t in responsibility_templates()] == list(PostKind)
    for template in responsibility_templates():
        assert 6 <= len(template.duties) <= 12
        for duty in template.duties:
            assert all((duty.text, duty.frequency, duty.work_standard, duty.assessment))
            assert duty.source
        assert len({d.text for d in template.duties}) == len(template.duties)


def test_the_seven_duties_of_principal_and_safety_officer_are_all_there():
    for kind, law in ((PostKind.PRINCIPAL, "二十一条"), (PostKind.SAFETY_OFFICER, "二十五条")):
        sources = [d.source for d in responsibility_template(kind).duties]
        for number in "一二三四五六七":
            assert f"《安全生产法》第{law}第（{number}）项" in sources
    assert PostKind.ELECTRICIAN.words == "电工"
