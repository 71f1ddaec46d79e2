"""The geometry of shapes on a floor plan: positions are fractions of its width and height."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

Vertex = tuple[float, float]
"""Fractions of the plan's width and height, from its upper left corner."""

GRAIN = 100_000
"""Positions are kept to a hundred-thousandth of the plan, so that sides are compared exactly."""
LEAST_VERTICES, MOST_VERTICES = 3, 60
_SCAN_LINES = 15

_Grid = tuple[int, int]


class ShapeKind(StrEnum):
    """What a shape is drawn as."""

    POLYGON = "polygon"
    POINT = "point"

    @property
    def words(self) -> str:
        """区域 or 点位."""
        return {ShapeKind.POLYGON: "区域", ShapeKind.POINT: "点位"}[self]


def rounded(vertex: Vertex) -> Vertex:
    """A position as it is kept."""
    x, y = _grid(vertex)
    return x / GRAIN, y / GRAIN


def outline_fault(kind: ShapeKind, vertices: Sequence[Vertex]) -> str:
    """What is wrong with an outline, in words; nothing when it can be drawn and coloured."""
    if any(not 0 <= part <= 1 for vertex in vertices for part in vertex):
        return "有顶点在图外，请移回图内"
    if kind is ShapeKind.POINT:
        return "" if len(vertices) == 1 else "点位只能有一个位置"
    if len(vertices) < LEAST_VERTICES:
        return f"至少要有 {LEAST_VERTICES} 个顶点"
    if len(vertices) > MOST_VERTICES:
        return f"最多 {MOST_VERTICES} 个顶点，现在有 {len(vertices)} 个"
    corners = [_grid(vertex) for vertex in vertices]
    if len(set(corners)) < len(corners):
        return "有两个顶点重合，请删去一个"
    return "边线相交或重叠，请调整顶点" if _crosses_itself(corners) else ""


def label_anchor(vertices: Sequence[Vertex]) -> Vertex:
    """Where a shape's name stands: in the widest part of the outline, near its middle."""
    if len(vertices) < LEAST_VERTICES:
        return vertices[0]
    top = min(y for _, y in vertices)
    height = max(y for _, y in vertices) - top
    best, anchor = -1.0, vertices[0]
    for line in range(1, _SCAN_LINES + 1):
        share = line / (_SCAN_LINES + 1)
        y = top + height * share
        crossings = _crossings(vertices, y)
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            # A wide place at the edge must be much wider than one in the middle.
            worth = (right - left) * (1 - abs(share - 0.5))
            if worth > best:
                best, anchor = worth, ((left + right) / 2, y)
    return anchor


def contains(vertices: Sequence[Vertex], place: Vertex) -> bool:
    """Whether a place lies inside a polygon."""
    x, y = place
    return sum(crossing < x for crossing in _crossings(vertices, y)) % 2 == 1


def _grid(vertex: Vertex) -> _Grid:
    return round(vertex[0] * GRAIN), round(vertex[1] * GRAIN)


def _crossings(vertices: Sequence[Vertex], y: float) -> list[float]:
    """Where the outline meets a level line, from left to right; an even number."""
    closed = [*vertices, vertices[0]]
    return sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in pairwise(closed)
        if (y1 <= y) != (y2 <= y)
    )


def _crosses_itself(corners: Sequence[_Grid]) -> bool:
    sides = list(pairwise([*corners, corners[0]]))
    count = len(sides)
    for at, (start, middle) in enumerate(sides):
        if _folds_back(start, middle, sides[(at + 1) % count][1]):
            return True
        # Neighbours share a corner and cannot meet elsewhere unless one folds back.
        for other in sides[at + 2 : count - (at == 0)]:
            if _meet(start, middle, *other):
                return True
    return False


def _turn(one: _Grid, two: _Grid, three: _Grid) -> int:
    """Which way the path turns at its second corner: left, right (by sign) or not at all."""
    area = (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])
    return (area > 0) - (area < 0)


def _folds_back(start: _Grid, middle: _Grid, end: _Grid) -> bool:
    if _turn(start, middle, end):
        return False
    ahead = (middle[0] - start[0]) * (end[0] - middle[0])
    return ahead + (middle[1] - start[1]) * (end[1] - middle[1]) < 0


def _meet(one: _Grid, two: _Grid, three: _Grid, four: _Grid) -> bool:
    turns = (_turn(one, two, three), _turn(one, two, four))
    others = (_turn(three, four, one), _turn(three, four, two))
    if turns[0] * turns[1] < 0 and others[0] * others[1] < 0:
        return True
    return (
        (turns[0] == 0 and _is_between(one, two, three))
        or (turns[1] == 0 and _is_between(one, two, four))
        or (others[0] == 0 and _is_between(three, four, one))
        or (others[1] == 0 and _is_between(three, four, two))
    )


def _is_between(one: _Grid, two: _Grid, place: _Grid) -> bool:
    """Whether a corner on the line through two others lies between them."""
    return all(min(a, b) <= part <= max(a, b) for a, b, part in zip(one, two, place, strict=True))
