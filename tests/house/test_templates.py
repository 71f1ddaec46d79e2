"""Templates decide nothing: no unused import, no arithmetic, nothing inline."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.house.sources import name_of, templates

ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
ARITHMETIC = (nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
LONGEST = 150
_INLINE = re.compile(r"<(?:style|script)(?![^>]*\bsrc=)[^>]*>|\s(?:style|on[a-z]{3,})=['\"]", re.I)


def parsed(path: Path) -> nodes.Template:
    return ENVIRONMENT.parse(path.read_text("utf-8"))


def imported(template: nodes.Template) -> set[str]:
    names = set()
    for node in template.find_all(nodes.FromImport):
        names |= {name[1] if isinstance(name, tuple) else name for name in node.names}
    return names


def used(template: nodes.Template) -> set[str]:
    return {node.name for node in template.find_all(nodes.Name) if node.ctx == "load"}


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_every_imported_macro_is_used(path: Path):
    template = parsed(path)

    assert imported(template) - used(template) == set()


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_nothing_is_styled_or_scripted_inline(path: Path):
    assert _INLINE.findall(path.read_text("utf-8")) == []


ROOM_PAGES = [path for path in templates() if "/ui/templates/" not in path.as_posix()]


@pytest.mark.parametrize("path", ROOM_PAGES, ids=name_of)
def test_a_page_does_not_calculate(path: Path):
    found = [type(node).__name__ for node in parsed(path).find_all(ARITHMETIC)]

    assert found == []


@pytest.mark.parametrize("path", ROOM_PAGES, ids=name_of)
def test_a_page_is_short(path: Path):
    assert len(path.read_text("utf-8").splitlines()) < LONGEST


@pytest.mark.parametrize("path", ROOM_PAGES, ids=name_of)
def test_every_word_a_user_reads_can_be_translated(path: Path):
    bare = [
        text.strip()
        for output in parsed(path).find_all(nodes.TemplateData)
        if (text := re.sub(r"<[^>]*>", " ", output.data)) and re.search(r"[\u4e00-\u9fff]", text)
    ]

    assert bare == []
