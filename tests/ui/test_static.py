import gzip
import json
import re
from pathlib import Path

import pytest

from webapp.ui import bundles
from webapp.ui.assets import STATIC_FOLDER, asset_url

UI = STATIC_FOLDER.parent
ROOT = UI.parent.parent
TEMPLATES = sorted(path for path in ROOT.glob("webapp/*/templates/**/*.html"))
SOURCES = sorted(
    path for path in (STATIC_FOLDER / "css").rglob("*.css") if path.parent.name != "dist"
)


@pytest.mark.parametrize("sheet", bundles.SHEETS)
def test_a_joined_style_sheet_is_what_its_files_say(sheet):
    assert (bundles.CSS_FOLDER / "dist" / f"{sheet}.css").read_text("utf-8") == (
        bundles.joined_styles(sheet)
    )


def test_the_joined_script_is_what_its_files_say():
    script = (bundles.JS_FOLDER / "dist" / "anqima.js").read_text("utf-8")

    assert script == bundles.joined_script()


def test_no_style_or_script_is_left_out():
    listed = {name for names in bundles.SHEETS.values() for name in names}
    written = {str(path.relative_to(bundles.CSS_FOLDER).with_suffix("")) for path in SOURCES}

    assert written == listed
    scripts = {path.stem for path in bundles.JS_FOLDER.glob("*.js")}
    assert scripts == {*bundles.BEHAVIOURS, *bundles.PAGE_SCRIPTS}


def test_every_file_that_a_template_names_is_there():
    named = {
        (path.name, name)
        for path in TEMPLATES
        for name in re.findall(r"asset_url\('([^']+)'\)", path.read_text("utf-8"))
    }

    assert named
    assert [(page, name) for page, name in named if not (STATIC_FOLDER / name).is_file()] == []


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'id="i-([^"]+)"', (STATIC_FOLDER / "icons.svg").read_text("utf-8")))
    named = {
        (path.name, name)
        for path in TEMPLATES
        for name in re.findall(r"\bicon\('([^']+)'|icon_name='([^']+)'", path.read_text("utf-8"))
        for name in name
        if name
    }

    assert [(page, name) for page, name in named if name not in drawn] == []


def test_no_style_stands_in_a_page_and_no_rule_shouts():
    assert [
        path
        for path in TEMPLATES
        if re.search(r'\sstyle="|<style|\son\w+="', path.read_text("utf-8"))
    ] == []
    assert [path for path in SOURCES if "!important" in path.read_text("utf-8")] == []


def test_phone_and_public_pages_need_no_engine_younger_than_2021():
    sheet = (bundles.CSS_FOLDER / "dist" / "phone.css").read_text("utf-8")

    for young in (":has(", "color-mix(", "oklch(", "light-dark(", "overflow:clip", "@layer"):
        assert young not in sheet
    assert re.findall(r"[;{ ](?:rotate|translate|scale):", sheet) == []


@pytest.mark.parametrize(
    "script",
    [
        "js/dist/anqima.js",
        "js/check.js",
        "vendor/htmx@2.0.11/htmx.min.js",
        "vendor/signature_pad@5.1.4/signature_pad.min.js",
    ],
)
def test_no_script_of_a_phone_stops_at_the_words_of_a_younger_language(script):
    """Signing and photos must work in a WebView of 2018: what it cannot read, it drops whole."""
    young = re.compile(
        r"\?\?|\?\.(?=[\w$(\[])(?!\d)|\|\|=|&&=|\bcatch\s*\{|\bstatic\s*\{"
        r"|\bfor await\b|\(\?<|[\s;{]#\w+\s*[=;(]"
    )

    assert young.findall((STATIC_FOLDER / script).read_text("utf-8")) == []


def test_colours_come_from_tokens():
    risk = re.compile(r"--risk-(major|significant|moderate|low)")
    users = {path.stem for path in SOURCES if risk.search(path.read_text("utf-8"))}

    assert users == {"tokens", "badge", "stat", "risk_map"}


def test_a_marked_address_changes_with_the_content_and_is_kept_for_a_year(client):
    address = asset_url("css/dist/desk.css")

    with client.get(address) as answer:
        kept = answer.headers["Cache-Control"]

    assert re.fullmatch(r"/static/ui/css/dist/desk\.css\?v=[0-9a-f]{10}", address)
    assert kept == "public, max-age=31536000, immutable"


def test_an_unmarked_file_is_asked_for_again(client):
    with client.get("/static/ui/icons.svg") as answer:
        assert "no-cache" in answer.headers["Cache-Control"]


def test_a_page_cannot_point_at_a_file_that_does_not_exist():
    with pytest.raises(FileNotFoundError):
        asset_url("css/missing.css")


def test_vendored_libraries_carry_version_and_licence_and_match_the_lock():
    lock = json.loads((ROOT / "scripts/assets/package-lock.json").read_text("utf-8"))
    locked = {
        name.removeprefix("node_modules/").removesuffix(".org"): entry["version"]
        for name, entry in lock["packages"].items()
    }

    for folder in (STATIC_FOLDER / "vendor").iterdir():
        name, version = folder.name.split("@")
        assert locked[name] == version
        assert (folder / "LICENSE").is_file()
    assert (STATIC_FOLDER / "icons.LICENSE").is_file()


def test_the_lock_names_no_registry():
    assert "http" not in re.sub(
        r'"url": "[^"]+"', "", (ROOT / "scripts/assets/package-lock.json").read_text("utf-8")
    )


def test_the_first_view_of_a_page_is_light():
    shipped = [
        *("css/dist/desk.css", "js/dist/anqima.js", "vendor/htmx@2.0.11/htmx.min.js", "icons.svg"),
    ]
    size = sum(len(gzip.compress((STATIC_FOLDER / name).read_bytes())) for name in shipped)

    assert size < 60_000


def test_every_component_is_one_family_in_a_short_file():
    long = [
        path.name
        for path in (UI / "templates").rglob("*.html")
        if len(Path(path).read_text("utf-8").splitlines()) >= 150
    ]

    assert long == []
