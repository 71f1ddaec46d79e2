from collections import Counter

import html5lib
import pytest
from flask import flash, render_template
from lxml import html

from webapp.ui.error_pages import PAGES

PATHS = [
    *("/gallery", "/gallery/phone", "/gallery/public", "/gallery/errors/offline"),
    *(f"/gallery/errors/{status}" for status in sorted(PAGES)),
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_valid_and_has_one_heading_and_no_id_twice(client, path):
    answer = client.get(path)

    html5lib.HTMLParser(strict=True).parse(answer.data)
    page = html.fromstring(answer.text)
    ids = Counter(page.xpath("//@id"))
    assert len(page.xpath("//h1")) == 1
    assert [name for name, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("path", PATHS)
def test_a_title_begins_with_its_heading(client, path):
    page = html.fromstring(client.get(path).text)

    heading = page.xpath("//h1")[0].text.strip() or page.xpath("string(//h1)").strip()
    assert page.findtext(".//title").startswith(heading)


@pytest.mark.parametrize("path", PATHS)
def test_what_describes_or_labels_a_control_is_on_the_page(client, path):
    page = html.fromstring(client.get(path).text)

    ids = set(page.xpath("//@id"))
    named = page.xpath("//@aria-describedby | //@aria-labelledby | //label/@for")
    assert [name for names in named for name in names.split() if name not in ids] == []


@pytest.mark.parametrize("path", PATHS)
def test_no_script_or_style_stands_in_a_page(client, path):
    page = html.fromstring(client.get(path).text)

    assert page.xpath("//script[not(@src)] | //style | //@style") == []


def test_a_page_with_errors_says_so_in_its_title(templates):
    page = templates.from_string(
        "{% extends 'ui/layouts/desk.html' %}"
        "{% set page_title = '登记隐患' %}{% set page_error = true %}"
    )

    assert "<title>错误：登记隐患 · 安企码</title>" in page.render()


def test_a_layout_stands_without_viewer_menu_and_shell(templates):
    for layout in ("desk", "phone", "public", "plain"):
        page = templates.from_string(f"{{% extends 'ui/layouts/{layout}.html' %}}").render()
        html5lib.HTMLParser(strict=True).parse(page)


def test_a_chosen_colour_scheme_is_in_the_first_byte(client):
    client.set_cookie("theme", "dark")
    assert 'data-theme="dark"' in client.get("/gallery").text

    client.set_cookie("theme", "<script>")
    assert "data-theme=" not in client.get("/gallery").text


def test_an_error_page_asks_nobody_who_looks(look, client):
    def broken():
        raise ConnectionError

    look.template_context_processors[None].append(broken)
    try:
        page = client.get("/gallery/errors/503").text
    finally:
        look.template_context_processors[None].remove(broken)

    assert "暂时连不上" in page
    assert "7f3a21c0" in page


def test_a_deed_that_can_be_taken_back_shows_as_a_toast_and_a_taken_draft_is_told(look):
    with look.test_request_context("/"):
        flash("已保存", "ok")
        flash({"text": "已销号", "action": "/undo", "fields": {"id": "7"}}, "undo")
        flash("report:7", "draft-done")
        page = html.fromstring(render_template("ui/layouts/desk.html"))

    assert page.xpath("string(//*[@id='flashes'])").strip() == "已保存"
    assert page.xpath("//*[@id='toasts']//form/@action") == ["/undo"]
    assert page.xpath("//@data-draft-done") == ["report:7"]
