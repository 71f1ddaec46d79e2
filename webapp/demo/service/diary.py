"""What happens in the demo city, in the order of time, whoever planned it first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

Act = Callable[[datetime], object]


@dataclass
class Diary:
    """Acts that wait for their time; an act may plan further ones."""

    _waiting: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def plan(self, at: datetime, act: Act) -> None:
        """Let this happen at that time; acts of one instant happen in the order of planning."""
        heappush(self._waiting, (at, next(self._numbers), act))

    def live_until(self, end: datetime) -> int:
        """Let happen what is due up to an instant; how much it was. Later acts never happen."""
        done = 0
        while self._waiting and self._waiting[0][0] <= end:
            at, _, act = heappop(self._waiting)
            act(at)
            done += 1
        return done
