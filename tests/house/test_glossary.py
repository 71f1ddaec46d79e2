"""One word for one thing: names that the glossary has another word for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOT, modules, name_of, tree

# word → where it may stand all the same
DENIED = {
    "hidden_danger": (),
    "danger": (),
    "hidden_trouble": (),
    # The highest control level is the company's; every other use is an enterprise.
    "company": ("company",),
    "firm": (),
    "check_list": (),
    "order_pdf": (),
    "staff_list": (),
    "risk_source": (),
    "manager": ("contractor_manager", "contextmanager", "LoginManager", "AbstractContextManager"),
    "handler": ("register_error_handler",),
    "helper": (),
    "utils": (),
    "fix": ("prefix", "suffix", "affix", "ProxyFix", "removeprefix", "removesuffix"),
}
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def identifiers(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name


def is_denied(name: str, word: str) -> bool:
    snake = "_".join(part.lower() for part in _PARTS.findall(name))
    return re.search(rf"(^|_){word}s?(_|$)", snake) is not None


@pytest.mark.parametrize("path", modules("."), ids=name_of)
def test_names_use_the_words_of_the_glossary(path: Path):
    wrong = {
        name
        for name in identifiers(tree(path))
        for word, allowed in DENIED.items()
        if is_denied(name, word) and name.lower() not in {a.lower() for a in allowed}
    }

    assert wrong == set()


def test_no_file_is_called_after_a_word_that_says_nothing():
    wrong = [
        name_of(path)
        for path in (ROOT / "webapp").rglob("*.py")
        if path.stem in {"utils", "util", "helpers", "helper", "misc", "common", "base", "manager"}
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("hidden_danger_list", "hidden_danger"),
        ("DangerLevel", "danger"),
        ("company_name", "company"),
        ("HazardManager", "manager"),
    ],
)
def test_the_list_finds_a_word_within_a_name(name: str, word: str):
    assert is_denied(name, word)


@pytest.mark.parametrize(("name", "word"), [("prefix", "fix"), ("confirm", "firm")])
def test_the_list_does_not_find_a_part_of_a_word(name: str, word: str):
    assert not is_denied(name, word)
