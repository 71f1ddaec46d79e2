"""A public function of a service is one transaction with one audit entry."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.house.sources import functions, name_of, services, tree


def is_public(function: ast.FunctionDef) -> bool:
    """Whether it is called from outside and not by the bus, which hands the open work over."""
    return not function.name.startswith("_") and "work" not in parameters(function)


def parameters(function: ast.FunctionDef) -> set[str]:
    return {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}


def opened(function: ast.FunctionDef) -> int:
    """How often a function opens a unit of work itself."""
    return sum(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "unit_of_work"
        for call in ast.walk(function)
    )


def called(function: ast.FunctionDef) -> set[str]:
    return {
        call.func.id
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    }


@cache
def recording() -> frozenset[str]:
    """Names of functions that open a unit of work, themselves or through others."""
    every = [function for path in services() for function in functions(tree(path))]
    found = {function.name for function in every if opened(function)}
    size = 0
    while size != len(found):
        size = len(found)
        found |= {function.name for function in every if called(function) & found}
    return frozenset(found)


@pytest.mark.parametrize("path", services(), ids=name_of)
def test_each_use_case_opens_one_unit_of_work(path: Path):
    faults = []
    for function in functions(tree(path)):
        # Who acts and when must be told to the audit; a function without either may only look.
        is_deed = {"actor", "at"} <= parameters(function)
        is_silent = is_deed and function.name not in recording()
        if is_public(function) and (is_silent or opened(function) > 1):
            faults.append(f"{function.name}: {opened(function)}")

    assert faults == []


@pytest.mark.parametrize("path", services(), ids=name_of)
def test_each_audit_action_is_a_topic_and_a_verb_in_the_past(path: Path):
    actions = [
        call.args[1].value
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "unit_of_work"
        and len(call.args) > 1
        and isinstance(call.args[1], ast.Constant)
    ]
    wrong = [action for action in actions if not is_action(action)]

    assert wrong == []


def is_action(action: object) -> bool:
    topic, _, verb = str(action).partition(".")
    return topic.isidentifier() and verb.isidentifier() and str(action) == str(action).lower()
