from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from tests.dom import Page
from tests.fixtures.actors import Account, Browser, World, make_world
from tests.risks.ledgers import HEAD, row, text_table, xlsx
from tests.risks.ledgers import Page as SheetPage
from webapp.platform import jobs
from webapp.risks.service.imports import AT_ONCE

Open = Callable[[str], Browser]


@pytest.fixture
def officer(world: World) -> Account:
    return world["safety_officer"]


def ledger(*rows: list[object], head: tuple[str, ...] = HEAD) -> bytes:
    return xlsx(SheetPage([head, *rows]))


def sent(browser: Browser, data: bytes, name: str = "风险清单.xlsx") -> Page:
    return browser.post("risks.import_upload", file=(BytesIO(data), name))


def uploaded(browser: Browser, data: bytes) -> Page:
    return browser.follow(sent(browser, data))


def press(browser: Browser, page: Page, label: str) -> Page:
    """Press the button of that label with the form as it stands."""
    form = next(f for f in page.select("form") if label in f.text)
    values = {i["name"]: i["value"] for i in form.select("input[type=hidden][name]")}
    for select in form.select("select"):
        chosen = select.select("option[selected]") or select.select("option")
        values[select["name"]] = chosen[0].get("value")
    return browser.post(form["action"], **values)


def test_the_preview_shows_each_problem_with_its_column_and_what_stands_there(client_of: Open):
    page = uploaded(client_of("safety_officer"), ledger(row(1), row(2, likelihood=4)))

    assert page.texts(".stat__value") == ["1 行", "1 行", "1 行", "0 行"]
    (line,) = page.select("#rows tbody tr")
    assert "L（事故发生的可能性）应为" in line.text
    assert line.one(".tag").text == "不能导入"
    assert page.texts(".confirm-bar h2") == ["导入 1 行，跳过 1 行"]


def test_the_preview_can_be_narrowed_to_duplicates_and_paged(client_of: Open):
    rows = [row(1), *(row(1) for _ in range(60))]
    browser = client_of("safety_officer")
    page = uploaded(browser, ledger(*rows))

    narrowed = browser.get(page.select(".segmented a")[1]["href"])

    assert len(narrowed.select("#rows tbody tr")) == 50
    assert "共 60 条" in narrowed.one(".pager").text
    onward = browser.get(narrowed.one(".pager a[rel=next]")["href"])
    assert len(onward.select("#rows tbody tr")) == 10


def test_confirming_imports_and_hands_back_the_rest(client_of: Open):
    browser = client_of("safety_officer")
    preview = uploaded(browser, ledger(row(1), row(2, likelihood=4)))

    page = browser.follow(press(browser, preview, "导入 1 行"))

    assert page.one("h1").text == "风险清单已导入"
    assert page.texts(".stat__value") == ["1 行", "1 行", "1 条"]
    rest = browser.get(page.one(".page-head a[href$='rest.xlsx']")["href"])
    sheet = openpyxl.load_workbook(BytesIO(rest.body)).worksheets[0]
    assert (sheet.max_row, sheet["A1"].value) == (2, "序号")
    assert browser.get("risks.ledger").texts("tbody th") == ["配电室设备部"]


def test_pressing_twice_is_pressing_once(client_of: Open):
    browser = client_of("safety_officer")
    preview = uploaded(browser, ledger(row(1)))

    press(browser, preview, "导入 1 行")
    again = press(browser, preview, "导入 1 行")

    assert browser.follow(again).one("h1").text == "风险清单已导入"
    assert len(browser.get("risks.ledger").select("tbody th")) == 1


def test_corrected_columns_are_read_again_and_remembered(client_of: Open):
    head = ("场地甲", "问题乙", *HEAD[3:])
    browser = client_of("safety_officer")
    preview = uploaded(browser, ledger(row(1)[1:], head=head))
    names = [s["name"] for s in preview.select("select[name^='columns-']")]
    hidden = {i["name"]: i["value"] for i in preview.select("input[type=hidden][name^='columns-']")}
    first = next(name for name in names if name.endswith("-0"))
    second = next(name for name in names if name.endswith("-1"))
    form = {**hidden, first: "point", second: "hazard_source"}

    page = browser.follow(
        browser.post(
            "risks.import_columns",
            import_id=preview.response.request.path.rsplit("/", 1)[1],
            version=preview.one("#version")["value"],
            **form,
        )
    )

    assert page.texts(".stat__value")[0] == "1 行"
    later = uploaded(browser, ledger(row(2)[1:], head=head))
    assert "已按您以前为这种表头设定的对应关系读取" in later.text
    assert later.texts(".stat__value")[0] == "1 行"


def test_a_field_chosen_for_two_columns_is_pointed_out(client_of: Open):
    browser = client_of("safety_officer")
    preview = uploaded(browser, ledger(row(1)))
    fingerprint = preview.select("[name^='columns-']")[0]["name"].rsplit("-", 1)[0]
    columns = {f"{fingerprint}-1": "point", f"{fingerprint}-2": "point"}

    page = browser.follow(
        browser.post(
            "risks.import_columns",
            import_id=preview.response.request.path.rsplit("/", 1)[1],
            version=preview.one("#version")["value"],
            **columns,
        )
    )

    assert "“风险点”选了不止一列，只采用了最左边的一列。" in page.texts(".alert--warn p")


def test_a_preview_that_changed_meanwhile_asks_to_look_again(client_of: Open):
    browser = client_of("safety_officer")
    preview = uploaded(browser, ledger(row(1)))
    press(browser, preview, "按这样重新读取")

    page = press(browser, preview, "导入 1 行")

    assert page.status == 409
    assert page.errors == ["核对结果刚有变化，请看过最新结果后再确认。"]


def test_an_upload_can_be_left_aside(client_of: Open):
    browser = client_of("safety_officer")
    preview = uploaded(browser, ledger(row(1)))

    page = browser.follow(press(browser, preview, "放弃"))

    assert page.texts(".list .tag") == ["已放弃"]
    assert not browser.get("risks.ledger").select("tbody th")


def test_many_rows_go_on_in_the_background(client_of: Open, own_database: str):
    world = make_world()
    browser = Browser(client_of("public").app, world["safety_officer"].token)
    preview = uploaded(browser, ledger(*(row(at) for at in range(AT_ONCE + 1))))

    waiting = browser.follow(press(browser, preview, f"导入 {AT_ONCE + 1} 行"))
    address = waiting.one("#job-progress")["hx-get"]
    fragment = browser.get(address, headers={"HX-Request": "true"})
    while jobs.run_one():
        pass
    done = browser.get(address, headers={"HX-Request": "true"})

    assert waiting.one("h1").text == "正在导入风险清单"
    assert fragment.one("progress")["max"] == "501"
    assert done.response.headers["HX-Redirect"] == waiting.response.request.path
    assert browser.get(waiting.response.request.path).one("h1").text == "风险清单已导入"


def test_the_template_is_read_by_the_importer_itself(client_of: Open):
    browser = client_of("safety_officer")
    data = browser.get("risks.import_template").body

    page = uploaded(browser, data)

    assert page.texts(".stat__value")[0] == "1 行"
    assert not page.select("tr.is-picked th")


def bomb() -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 200_000_000)
    return target.getvalue()


def entities() -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.xml",
            '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>',
        )
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7", "这是PDF 文件"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "这是图片"),
        (b"MZ" + b"\0" * 200, "这是程序"),
        (b"PK\x03\x04broken", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (text_table([("姓名", "工资"), ("张三", "5000")]), "没有找到风险清单"),
        (bomb(), ""),
        (entities(), ""),
    ],
    ids=["empty", "pdf", "picture", "program", "cut", "locked", "other", "bomb", "entities"],
)
def test_a_hostile_file_is_refused_in_words_and_keeps_nothing(
    client_of: Open, data: bytes, words: str
):
    browser = client_of("safety_officer")

    page = sent(browser, data)

    assert page.status == 422
    (error,) = page.errors
    assert words in error
    assert not browser.get("risks.import_new").select(".list .row")


def test_markup_in_a_ledger_is_only_words(client_of: Open):
    browser = client_of("safety_officer")
    nasty = "<script>alert(1)</script>"
    preview = uploaded(browser, ledger(row(1, point=nasty, source=nasty, person=nasty)))

    press(browser, preview, "导入 1 行")
    page = browser.get("risks.ledger")

    assert nasty in page.one("tbody th a").text
    assert b"<script>alert" not in page.body


def test_names_of_a_file_are_assigned_all_at_once(client_of: Open, world: World, officer: Account):
    browser = client_of("safety_officer")
    preview = uploaded(browser, ledger(row(1, person="王建"), row(2, person="王建")))
    press(browser, preview, "导入 2 行")
    waiting = browser.get("risks.assignment_list")

    unchosen = browser.post("risks.assignment_set", words="王建", kind="owner", target="")
    page = browser.follow(
        browser.post(
            "risks.assignment_set",
            words="王建",
            kind="owner",
            target=str(world["worker"].person_id),
        )
    )

    assert waiting.texts("tbody th") == ["王建", "设备部"]
    assert unchosen.errors == ["指定为：请选择要指定的人员或部门。"]
    assert page.one(".alert--ok p").text == "“王建”的 2 条风险已指定。"
    assert page.texts("tbody th") == ["设备部"]
    ledger_page = browser.get("risks.ledger", view="mine")
    assert client_of("worker").get("risks.ledger", view="mine").texts("tbody th") != []
    assert ledger_page.select(".empty")


def test_only_the_safety_officer_imports(client_of: Open):
    for role in ("worker", "department_head", "inspector"):
        assert client_of(role).get("risks.import_new").status == 403
