"""What goes wrong at risk points, and how it is put right."""

from dataclasses import dataclass
from functools import cache

from webapp.demo.rules.sheets import blocks

_ANYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A hazard as staff describe it; ``scene`` names its picture, ``sign`` the item it shows at."""

    description: str
    remedy: str
    scene: str
    sign: str


@cache
def _sheet() -> dict[str, tuple[Trouble, ...]]:
    return {
        block.head[0]: tuple(Trouble(*cells) for cells in block.lines)
        for block in blocks("hazards.psv")
    }


def troubles(typical_point: str) -> tuple[Trouble, ...]:
    """What can be found at a typical point, its own troubles before those of anywhere."""
    return (*_sheet().get(typical_point, ()), *_sheet()[_ANYWHERE])
