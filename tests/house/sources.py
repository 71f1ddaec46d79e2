"""Our own source, read as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WEBAPP = ROOT / "webapp"
ROOMS = ("accounts", "enterprise", "risks", "hazards", "scoring", "inspection")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def modules(*folders: str) -> list[Path]:
    """Modules below these folders of the application, in order."""
    return sorted(path for folder in folders for path in (WEBAPP / folder).rglob("*.py"))


def services() -> list[Path]:
    """The rooms' use cases."""
    return sorted(path for room in ROOMS for path in (WEBAPP / room).glob("service/*.py"))


def templates() -> list[Path]:
    return sorted(WEBAPP.rglob("templates/**/*.html"))


def functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions that stand at the top of a module."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            yield node


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))
