"""A freehand stroke as a smooth curve."""

from collections.abc import Sequence
from typing import Any

Point = tuple[float, float]


def smooth(path: Any, points: Sequence[Point]) -> Any:
    """Add a stroke as quadratic curves between midpoints, which is how a pen glides."""
    (x, y), *rest = points
    path.moveTo(x, y)
    if not rest:
        path.lineTo(x + 0.01, y)
        return path
    for (cx, cy), (nx, ny) in zip(rest, [*rest[1:], rest[-1]], strict=True):
        ex, ey = (cx + nx) / 2, (cy + ny) / 2
        path.curveTo(
            x + (cx - x) * 2 / 3,
            y + (cy - y) * 2 / 3,
            ex + (cx - ex) * 2 / 3,
            ey + (cy - ey) * 2 / 3,
            ex,
            ey,
        )
        x, y = ex, ey
    return path
