"""Every act on an enterprise can be told in words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import webapp
from webapp.enterprise.rules.sentences import is_told

ROOMS = ("enterprise", "risks", "hazards", "inspection")
ACTS = {"unit_of_work", "act", "act_on_case"}


def test_every_act_of_a_room_has_a_sentence_for_the_timeline():
    acts = {action for room in ROOMS for action in _actions(room)}

    assert len(acts) > 40
    assert sorted(action for action in acts if not is_told(action)) == []


def _actions(room: str) -> Iterator[str]:
    for path in (Path(webapp.__file__).parent / room / "service").glob("*.py"):
        tree = ast.parse(path.read_text())
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ACTS:
                yield from _named(node.args, constants)


def _named(arguments: list[ast.expr], constants: dict[str, object]) -> Iterator[str]:
    for each in arguments:
        value = each.value if isinstance(each, ast.Constant) else None
        if isinstance(each, ast.Name):
            value = constants.get(each.id)
        if isinstance(value, str) and "." in value:
            yield value
