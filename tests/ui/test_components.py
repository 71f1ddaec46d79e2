import html5lib
import pytest
from wtforms import FieldList, Form, FormField, StringField
from wtforms.validators import InputRequired

from webapp.platform.paging import Page, PageRequest
from webapp.ui.fields import form_errors
from webapp.ui.gallery import LONGEST_NAME, NOW, SampleForm
from webapp.ui.paging import page_url


@pytest.fixture
def render(templates):
    """Renders a line that uses macros of one component file."""

    def rendered(imported: str, line: str, **values) -> str:
        file, names = imported.split(":")
        source = f"{{% from 'ui/components/{file}.html' import {names} %}}{line}"
        text = templates.from_string(source).render(now=NOW, longest=LONGEST_NAME, **values)
        html5lib.HTMLParser(strict=True).parseFragment(text)
        return " ".join(text.split())

    return rendered


def test_a_risk_badge_wears_its_colour_and_says_its_word(render):
    badge = render("badge:risk_badge", "{{ risk_badge('major', 720) }}")

    assert badge == '<span class="risk risk--major">重大风险<b>720</b></span>'


def test_a_risk_without_an_assessment_wears_no_colour(render):
    assert render("badge:risk_badge", "{{ risk_badge(none) }}") == (
        '<span class="tag tag--plain">未评价</span>'
    )


def test_what_a_user_typed_cannot_become_markup(render):
    person = render("person:person", "{{ person(name) }}", name="<b>张</b>")

    assert "<b>" not in person


@pytest.mark.parametrize(
    ("imported", "line"),
    [
        ("person:person", "{{ person(longest, longest) }}"),
        ("person:person", "{{ person(none) }}"),
        ("chip:chip", "{{ chip(longest, '/') }}"),
        ("due_date:due_date", "{{ due_date(none, now) }}"),
        (
            "card:row,facts",
            "<ul>{{ row(longest) }}</ul>{{ facts([]) }}{{ facts([(longest, none)]) }}",
        ),
        ("card:ranking", "{{ ranking([]) }}"),
        ("advisor:advisor", "{{ advisor([]) }}"),
        (
            "measures:measures",
            "{{ measures([]) }}{{ measures([{'label': '管理', 'measures': []}]) }}",
        ),
        ("distribution:distribution", "{{ distribution({}) }}"),
        ("chart:line_chart", "{{ line_chart('得分', [], ['日', '分'], []) }}"),
        (
            "chart:line_chart",
            "{{ line_chart('得分', [('1 月', 3)], ['日', '分'], [['1 月', 3]]) }}",
        ),
        ("chart:bar_list", "{{ bar_list([], 0) }}"),
        ("stepper:stepper", "{{ stepper([]) }}"),
        ("trace:trace", "{{ trace([{'kind': '隐患', 'label': longest}]) }}"),
        ("photo:before_after", "{{ before_after(none, none) }}"),
        ("filter_bar:tabs,filters_on", "{{ tabs([], '视图') }}{{ filters_on([], '/') }}"),
        ("error_summary:error_summary", "{{ error_summary() }}"),
        ("stat:figures", "{{ figures([]) }}"),
        ("qr_card:qr_card", "{{ qr_card(longest, '') }}"),
        ("assessment:assessment", "{{ assessment('固有风险', none) }}"),
    ],
)
def test_a_component_stands_with_the_longest_name_and_with_nothing(render, imported, line):
    render(imported, line)


def test_an_empty_list_has_no_pages_to_turn(render):
    empty = Page([], total=0, request=PageRequest(1))

    assert "共 0 条" in render("pager:pager", "{{ pager(page, url) }}", page=empty, url=page_url)


def test_a_thousand_rows_are_told_by_their_place(render):
    page = Page(range(20), total=1000, request=PageRequest(3))

    pager = render("pager:pager", "{{ pager(page, url) }}", page=page, url=page_url)

    assert "第 41–60 条，共 1,000 条" in pager
    assert 'href="/list?q=%E6%8A%9B%E4%B8%B8&amp;page=4"' in pager


def test_a_table_holds_a_thousand_rows(render):
    table = render(
        "table:table,pick_cell",
        "{% call table('清单', [{'label': '风险点'}], cards=true, pick_all=true, bulk='b') %}"
        "{% for n in range(1000) %}<tr>{{ pick_cell(n, longest) }}"
        "<th scope='row'>{{ longest }}</th></tr>{% endfor %}{% endcall %}",
    )

    assert table.count("<tr>") == 1001


def wrong_form() -> SampleForm:
    form = SampleForm(data={"remark": "限位器失效"})
    form.validate()
    return form


def test_the_summary_and_the_field_use_the_same_words(render):
    form = wrong_form()

    summary = render("error_summary:error_summary", "{{ error_summary(form) }}", form=form)
    field = render("form:text_field", "{{ text_field(form.name) }}", form=form)

    assert '<a href="#name">风险点名称：请填写风险点名称</a>' in summary
    assert "请填写风险点名称" in field
    assert 'aria-describedby="name-error"' in field
    assert 'id="name-error"' in field
    assert 'aria-invalid="true"' in field


def test_the_summary_leads_to_the_first_of_a_group_of_radios(render):
    form = wrong_form()

    summary = render("error_summary:error_summary", "{{ error_summary(form) }}", form=form)
    field = render("choice:radio_field", "{{ radio_field(form.level) }}", form=form)

    assert 'href="#level-0"' in summary
    assert 'id="level-0"' in field


def test_a_field_keeps_what_was_typed_and_says_its_hint(render):
    field = render("form:textarea_field", "{{ textarea_field(form.remark) }}", form=wrong_form())

    assert "限位器失效</textarea>" in field
    assert 'aria-describedby="remark-hint"' in field


def test_errors_deep_in_a_form_are_found_too():
    class Officer(Form):
        name = StringField("姓名", [InputRequired("请填写姓名")])

    class Case(Form):
        officers = FieldList(FormField(Officer), "执法人员", min_entries=2)

    case = Case()
    case.validate()

    assert [(error.anchor, error.message) for error in form_errors(case)] == [
        ("officers-0-name", "姓名：请填写姓名"),
        ("officers-1-name", "姓名：请填写姓名"),
    ]


def test_what_belongs_to_no_field_is_said_without_a_link():
    form = SampleForm(data={"name": "A"})
    form.form_errors.append("验收人不能是整改责任人，请由其他人员验收。")

    assert [error.anchor for error in form_errors(form)] == [""]


def test_a_verdict_opens_its_questions_without_script(render):
    item = render(
        "choice:verdict",
        "{% call verdict('i1', '限位器', options, value='bad') %}照片{% endcall %}",
        options=[("ok", "正常", "ok"), ("bad", "异常", "bad")],
    )

    assert item.index('class="verdict-in verdict-in--bad"') < item.index('class="abnormal"')
    assert 'value="bad" checked' in item
