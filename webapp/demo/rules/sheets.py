"""The demo city's data sheets: blocks that begin with ``=``, cells parted by bars."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading's cells and those of the lines below it."""

    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@cache
def blocks(name: str) -> tuple[Block, ...]:
    """The blocks of a sheet in ``demo/data``; lines that begin with ``#`` are for the reader."""
    return tuple(parse((_FOLDER / name).read_text(encoding="utf-8")))


def parse(text: str) -> Iterator[Block]:
    """The blocks of a sheet's text. Raises ValueError for a line before the first heading."""
    head: tuple[str, ...] | None = None
    lines: list[tuple[str, ...]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("#"):
            continue
        if line.startswith("="):
            if head is not None:
                yield Block(head, tuple(lines))
            head, lines = _cells(line[1:]), []
        elif head is None:
            raise ValueError(f"no heading above {line!r}")
        else:
            lines.append(_cells(line))
    if head is not None:
        yield Block(head, tuple(lines))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("|"))
