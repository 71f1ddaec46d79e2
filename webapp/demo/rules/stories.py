"""What was found wrong in an enterprise during ninety days, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random

from webapp.demo.rules.chance import chance_of
from webapp.demo.rules.hazard_words import Trouble, troubles
from webapp.demo.rules.plants import MAIN, Place, Plant
from webapp.hazards.rules.deadlines import Urgency

FIRST_DAY, LAST_CLOSED_DAY = 84, 4
"""Days ago of the first story, and of the last one that shall be closed."""

_RETURNED_SHARE, _EXTENDED_SHARE = 0.12, 0.08
_LEARNT = 0.15
"""By how much fewer hazards were rectified in time three months ago."""


class End(StrEnum):
    """How far a story has come today."""

    REPORTED = "reported"
    ASSIGNED = "assigned"
    RECTIFIED = "rectified"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Story:
    """One hazard; times are days ago at hours of that day, in Shanghai."""

    place: Place
    trouble: Trouble
    days_ago: int
    reported_at: timedelta
    """After midnight of that day."""
    by_check: bool
    """Found by filling in a task, not come across."""
    reporter: str
    assignee: str
    urgency: Urgency
    due_in: int | None
    """Days from today of the deadline; None leaves it to the urgency."""
    share: float
    """How much of its time the rectification takes; above 1 it is late."""
    is_returned: bool
    is_extended: bool
    end: End


def stories(plant: Plant) -> tuple[Story, ...]:
    """All stories of a plant, the earliest first."""
    chance = chance_of(f"{plant.key} stories")
    habits = plant.conduct.habits
    places = _places(plant, chance)
    closed = habits.hazards * (2 if plant.key == MAIN else 1)
    found = [_closed(plant, next(places), n, closed, chance) for n in range(closed)]
    if habits.hazards:
        found += _standing(plant, places, chance)
    return tuple(sorted(found, key=lambda story: (-story.days_ago, story.reported_at)))


def _places(plant: Plant, chance: Random) -> Iterator[tuple[Place, Trouble]]:
    """Each point's troubles in turn, so that hardly any comes twice."""
    rounds = 0
    while True:
        order = list(plant.places)
        chance.shuffle(order)
        for place in order:
            known = troubles(place.typical.name)
            yield place, known[rounds % len(known)]
        rounds += 1


def _closed(
    plant: Plant, found: tuple[Place, Trouble], number: int, count: int, chance: Random
) -> Story:
    span = FIRST_DAY - LAST_CLOSED_DAY
    days_ago = FIRST_DAY - round(number * span / max(count - 1, 1))
    unlearnt = _LEARNT * days_ago / FIRST_DAY
    is_punctual = chance.random() < plant.conduct.habits.punctual + _LEARNT / 3 - unlearnt
    is_returned = is_punctual and chance.random() < _RETURNED_SHARE
    is_extended = is_punctual and not is_returned and chance.random() < _EXTENDED_SHARE
    is_slow = is_extended or not is_punctual
    return _story(
        plant,
        found,
        chance,
        days_ago=days_ago,
        urgency=chance.choice((Urgency.URGENT, Urgency.SERIOUS, Urgency.SERIOUS)),
        share=chance.uniform(1.2, 1.5) if is_slow else chance.uniform(0.3, 0.75),
        is_returned=is_returned,
        is_extended=is_extended,
    )


def _standing(
    plant: Plant, places: Iterator[tuple[Place, Trouble]], chance: Random
) -> Iterator[Story]:
    """What is open today: reported, under way, due today, waiting, and overdue by habit."""

    def one(days_ago: int, end: End, due_in: int | None = None) -> Story:
        return _story(
            plant,
            next(places),
            chance,
            days_ago=days_ago,
            urgency=Urgency.SERIOUS,
            due_in=due_in,
            share=0.5,
            end=end,
        )

    yield one(1, End.REPORTED)
    yield one(6, End.ASSIGNED, 0)
    yield one(3, End.ASSIGNED, 4)
    yield one(5, End.RECTIFIED, 2)
    is_main = plant.key == MAIN
    if is_main:
        yield one(5, End.ASSIGNED, 0)
        yield one(2, End.ASSIGNED, 9)
        yield one(4, End.RECTIFIED, 1)
    # The city's chief example shows what overdue looks like, however well it is run.
    overdue = max(round((1 - plant.conduct.habits.punctual) * 4), int(is_main))
    for number in range(overdue):
        yield one(10 + 3 * number, End.ASSIGNED, -1 - 2 * number)


def _story(
    plant: Plant,
    found: tuple[Place, Trouble],
    chance: Random,
    *,
    days_ago: int,
    urgency: Urgency,
    share: float,
    due_in: int | None = None,
    is_returned: bool = False,
    is_extended: bool = False,
    end: End = End.CLOSED,
) -> Story:
    place, trouble = found
    is_frontline = chance.random() < plant.conduct.habits.frontline
    leader = plant.leader(place.department, place.team)
    holder = chance.choice(plant.holders(place))
    head = plant.head(place.department)
    return Story(
        place,
        trouble,
        days_ago,
        timedelta(hours=chance.randrange(8, 16), minutes=chance.randrange(60)),
        by_check=is_frontline and chance.random() < 0.6,
        reporter=holder if is_frontline else chance.choice((head, plant.safety_officer)),
        assignee=chance.choice((leader, head)),
        urgency=urgency,
        due_in=due_in,
        share=share,
        is_returned=is_returned,
        is_extended=is_extended,
        end=end,
    )
