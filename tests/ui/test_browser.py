import json
from base64 import b64decode
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

AA = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
PATHS = ("/gallery", "/gallery/phone", "/gallery/public", "/gallery/errors/404")

# Links inside a sentence may be as small as its words (WCAG 2.5.8); all else is for a thumb.
SMALL_TARGETS = """
() => [...document.querySelectorAll(
    'a, button, select, summary, textarea, input:not([type=hidden]), label.choice, label.verdict')]
  .filter((one) => one.checkVisibility() && !one.matches('.skip, [type=checkbox], [type=radio]'))
  .filter((one) => !one.closest('p:not(.status-strip, .cluster), .sr, dialog:not([open]), .thumb'))
  .map((one) => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])
  .filter(([, box]) => box.height > 0 && box.height < 44)
  .map(([words, box]) => `${Math.round(box.height)}px ${words}`)
"""


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_meets_wcag_aa(open_page, path, width, scheme):
    page = open_page(path, width=width, scheme=scheme)

    found = Axe().run(page, options=AA).response["violations"]

    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [320, 390, 800, 1440])
def test_no_page_scrolls_sideways(open_page, path, width):
    page = open_page(path, width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PATHS)
def test_a_thumb_hits_what_it_aims_at(open_page, path):
    page = open_page(path, width=390)

    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("path", PATHS)
def test_the_browser_refuses_nothing_under_the_strict_policy(open_page, chromium, address, path):
    complaints = []
    page = chromium.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}{path}", wait_until="networkidle")
    page.close()

    assert [words for words in complaints if "404" not in words] == []


def test_icons_of_the_sprite_are_drawn(open_page):
    page = open_page("/gallery/phone", width=390)

    box = page.evaluate("document.querySelector('.bottom-bar svg use').getBBox().width")

    assert box > 0


def test_the_focus_stands_on_the_summary_and_its_link_leads_to_the_field(open_page):
    page = open_page("/gallery")

    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.get_by_role("link", name="风险点名称：请填写风险点名称").click()
    assert page.evaluate("document.activeElement.id") == "name"


def test_without_script_a_dialog_opens_and_closes(open_page):
    page = open_page("/gallery", script=False)

    page.get_by_role("button", name="升为重大隐患").click()
    assert page.get_by_role("heading", name="升为重大事故隐患？").is_visible()
    page.locator("#raise").get_by_role("button", name="取消").click()
    assert not page.get_by_role("heading", name="升为重大事故隐患？").is_visible()


def test_a_dialog_gives_the_focus_back(open_page):
    page = open_page("/gallery")

    page.get_by_role("button", name="看说明").focus()
    page.keyboard.press("Space")
    assert page.locator("#explain").evaluate("dialog => dialog.open")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "看说明"


def test_without_script_an_abnormal_item_asks_for_more(open_page):
    page = open_page("/gallery/phone", width=390, script=False)
    item = page.locator("#item-i2")

    assert item.locator(".abnormal").is_visible()
    item.get_by_text("正常", exact=True).click()
    assert not item.locator(".abnormal").is_visible()


def test_the_strip_counts_what_is_filled(open_page):
    page = open_page("/gallery/phone", width=390)

    page.get_by_role("button", name="看过了，其余全部正常").click()

    assert page.locator("[data-fill-done]").text_content() == "3"
    assert page.locator("[data-fill-words]").text_content() == "正常 2 · 异常 1"


def test_a_ready_word_goes_into_the_text_and_out_again(open_page):
    page = open_page("/gallery/phone", width=390)

    page.get_by_label("断电").check()
    assert page.locator("#i2-words").input_value() == "断电"
    page.get_by_label("断电").uncheck()
    assert page.locator("#i2-words").input_value() == ""


def draw(page) -> None:
    page.locator("[data-signature-pad]").scroll_into_view_if_needed()
    box = page.locator("[data-signature-pad]").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 20):
        page.mouse.move(box["x"] + 30 + step * 8, box["y"] + 40 + (step % 5) * 12)
    page.mouse.up()


def test_a_signature_is_kept_as_picture_and_strokes_and_survives_turning_the_phone(open_page):
    page = open_page("/gallery/phone", width=390)
    page.locator("[data-signature-pad]").wait_for()

    draw(page)
    upright = json.loads(page.locator("[data-signature-points]").input_value())
    page.set_viewport_size({"width": 844, "height": 390})
    page.wait_for_function(
        "w => JSON.parse(document.querySelector('[data-signature-points]').value).width > w",
        arg=upright["width"],
    )
    lying = json.loads(page.locator("[data-signature-points]").input_value())
    picture = page.locator("[data-signature-image]").input_value()

    assert len(lying["strokes"]) == len(upright["strokes"]) == 1
    drawn = Image.open(BytesIO(b64decode(picture.split(",")[1])))
    assert drawn.getbbox() is not None
    page.get_by_role("button", name="重签").click()
    assert page.locator("[data-signature-image]").input_value() == ""


def test_a_photo_is_shrunk_shown_and_can_be_taken_away(open_page, tmp_path):
    file = tmp_path / "large.png"
    Image.effect_noise((2400, 1800), 80).convert("RGB").save(file)
    page = open_page("/gallery/phone", width=390)
    box = page.locator("[data-photos]").first

    box.locator("input[type=file]").set_input_files(file)
    box.locator("[data-photo-one]").wait_for()
    sent = box.locator("input[type=file]").evaluate(
        "async (box) => { const one = box.files[0]; const picture = await createImageBitmap(one);"
        " return [one.name, one.type, one.size, picture.width]; }"
    )
    box.get_by_role("button", name="删除第 1 张照片").click()

    assert sent[0] == "large.jpg"
    assert sent[1] == "image/jpeg"
    assert sent[2] < 1_000_000
    assert sent[3] == 1600
    assert box.locator("input[type=file]").evaluate("box => box.files.length") == 0


def test_picked_rows_are_counted(open_page):
    page = open_page("/gallery")

    page.get_by_label("全选本页").check()
    assert page.locator("[data-bulk-words]").text_content() == "已选 4 条"
    page.get_by_role("button", name="取消选择").click()
    assert not page.locator("[data-bulk-bar]").is_visible()


def test_what_was_typed_comes_back_until_it_is_refused(open_page):
    page = open_page("/gallery")
    page.locator("#full-name").fill("抛丸机北侧")
    page.wait_for_function(
        "() => localStorage.getItem('draft:gallery:zhaojianmin')?.includes('抛丸机北侧')"
    )

    page.reload()
    assert page.locator("#full-name").input_value() == "抛丸机北侧"
    page.get_by_role("button", name="不要，重新填").click()
    assert page.locator("#full-name").input_value() == "浇注区 A 线"


def test_the_strip_says_when_the_network_is_gone(open_page):
    page = open_page("/gallery/phone", width=390)

    page.context.set_offline(offline=True)
    page.wait_for_function(
        "() => document.querySelector('[data-status-strip]').textContent.includes('离线')"
    )
    page.context.set_offline(offline=False)
    page.evaluate("document.dispatchEvent(new CustomEvent('anqima:queue', {detail: {waiting: 3}}))")

    assert "3 条待发送" in page.locator("[data-status-strip]").text_content()


def test_everything_on_the_desk_is_reached_from_a_phone(open_page):
    page = open_page("/gallery", width=390)

    page.get_by_text("更多", exact=True).click()

    assert page.get_by_role("link", name="档案").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="档案").is_visible()


def test_a_chosen_colour_scheme_stays(open_page):
    page = open_page("/gallery")

    page.locator(".masthead details summary").click()
    page.get_by_role("button", name="换深色").click()
    page.reload()

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_chart_of_the_library_is_drawn_and_its_table_stands_without_script(open_page):
    page = open_page("/gallery")
    page.locator("[data-chart] svg text").first.wait_for()

    plain = open_page("/gallery", script=False)

    assert not plain.locator("[data-chart]").is_visible()
    assert plain.get_by_role("region", name="各县区隐患").is_visible()


def test_a_job_is_asked_for_again(open_page):
    page = open_page("/gallery")

    with page.expect_response("**/gallery/job"):
        pass

    assert page.locator("#job-progress").count() == 1


def test_without_script_refusing_to_sign_asks_for_the_reason(open_page):
    page = open_page("/gallery/phone", width=390, script=False)

    page.get_by_text("拒绝签字", exact=True).click()

    assert page.get_by_label("拒签理由").is_visible()
    assert not page.get_by_text("检查人签名").is_visible()


def test_a_password_is_shown_on_wish_and_hidden_when_sent(open_page):
    page = open_page("/gallery")
    page.locator("#password").fill("Anyang-2026")

    page.get_by_role("button", name="显示密码").click()
    assert page.locator("#password").get_attribute("type") == "text"
    page.evaluate(
        "document.querySelector('form.form').addEventListener('submit', e => e.preventDefault())"
    )
    page.get_by_role("button", name="保存", exact=True).click()
    assert page.locator("#password").get_attribute("type") == "password"


def test_without_script_no_button_stands_that_needs_it(open_page):
    page = open_page("/gallery", script=False)

    for name in ("复制编号", "打印", "扫码", "显示密码", "取消选择"):
        assert not page.get_by_role("button", name=name).is_visible()


def test_a_link_to_a_closed_branch_opens_it(open_page):
    page = open_page("/gallery#B3.1")

    assert page.get_by_role("link", name="看两份记录").is_visible()


def test_an_error_page_needs_no_script(open_page):
    page = open_page("/gallery/errors/503")

    assert page.locator("script").count() == 0
