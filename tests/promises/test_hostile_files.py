"""Hostile files through the real doors: told in words, never a crash, nothing dangerous kept."""

import html
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

import psutil
import pytest
from sqlalchemy import select

from tests.factories import risks
from tests.promises import hostile
from tests.promises.conftest import Town
from tests.promises.visitor import Visitor, health
from webapp.platform import storage
from webapp.platform.database import reading
from webapp.platform.storage import StoredFile
from webapp.platform.tenancy import SYSTEM

MOST_MEMORY = 900 * 2**20
FORMULAS = ("=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1:A9)", "\t=1+1", "＝1+1")


@pytest.fixture(scope="module")
def officer(town: Town) -> Visitor:
    return town.visitor(town.world["safety_officer"])


@pytest.fixture(autouse=True)
def _unharmed(town: Town) -> Iterator[None]:
    """The same worker goes on, in bounds."""
    yield
    assert town.server.process is not None
    for each in psutil.Process(town.server.process.pid).children(recursive=True):
        assert each.memory_info().rss < MOST_MEMORY
    assert health(town.visitor(), "/healthz")[0] == 200
    assert '"request_broke"' not in town.server.log


@pytest.mark.parametrize("name", hostile.PICTURES)
def test_a_picture_that_is_none_is_refused_in_words(officer: Visitor, name: str) -> None:
    form = officer.form("/hazards/report", "form[enctype]")
    form.fill(words=f"灭火器压力不足（{name}）", place="喷漆室门口")
    page = officer.send(form.attach("photos", hostile.PICTURES[name], name, "image/jpeg"))

    assert page.status == 422
    assert any(name in message for message in page.errors), page.errors
    assert f"灭火器压力不足（{name}）" in page.text


def test_nothing_of_those_pictures_is_kept(town: Town) -> None:
    with reading(SYSTEM) as session:
        names = session.scalars(
            select(StoredFile.sha256).where(StoredFile.enterprise_id == town.world.enterprise_id)
        ).all()
    assert not [name for name in names if hostile.SCRIPT in storage.get(name)]


@pytest.mark.parametrize("name", hostile.SHEETS)
def test_a_workbook_that_is_none_is_refused_in_words(officer: Visitor, name: str) -> None:
    form = officer.form("/risks/imports/new", "form[enctype]")
    page = officer.send(form.attach("file", hostile.SHEETS[name], name))
    if page.status == 303:
        # What can be read as text at all is shown for what it is, with nothing to import.
        page = officer.follow(page)
        assert page.status == 200
        assert not page.select("form[action$='/confirmation']")
    else:
        assert page.status == 422
        assert page.errors


def test_a_body_beyond_all_bounds_is_refused_with_a_page(officer: Visitor) -> None:
    form = officer.form("/risks/imports/new", "form[enctype]")
    page = officer.send(form.attach("file", b"\0" * 40 * 2**20, "台账.xlsx"))

    assert page.status == 413
    assert page.one("h1").text == "文件太大"


def test_an_exported_ledger_holds_no_formula(town: Town, officer: Visitor) -> None:
    place = town.world.enterprise_id
    for number, text in enumerate(FORMULAS):
        point = risks.make_point(place, f"{text}{number}", place=text)
        event = risks.make_event(place, point, text, consequence=text, remark=text)
        risks.make_measure(place, event, text)
    risks.announce_ledger(place)
    page = officer.get("/risks/ledger.xlsx")

    assert page.status == 200
    with zipfile.ZipFile(BytesIO(page.body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    texts = [html.unescape(text) for text in re.findall(r"<t[^>]*>([^<]*)</t>", sheet)]
    assert sum("cmd|" in text for text in texts) >= 5
    assert [text for text in texts if text[:1] in {"=", "+", "-", "@", "\t", "＝"}] == []
