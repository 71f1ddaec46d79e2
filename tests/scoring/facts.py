"""Counts to score: a good enterprise worked by hand, and any enterprise at all."""

from dataclasses import fields

from hypothesis import strategies as st

from webapp.scoring.rules.indicators import (
    Coverage,
    Facts,
    Honesty,
    Majors,
    Quality,
    Rectification,
    Share,
    Tasks,
)
from webapp.scoring.rules.veto import VetoFacts

GOOD = Facts(
    coverage=Coverage(60, 58, 4, 4),
    grading=Share(210, 214),
    measures=Share(189, 214),
    responsibilities=Share(486, 512),
    derivation=Share(402, 431),
    tasks=Tasks(3832, 3512),
    honesty=Honesty(3512, 86, 3832, 139),
    rectification=Rectification(72, 61, open_today=3),
    quality=Quality(40, 36, 120, 112, 139, 9),
    majors=Majors(),
    order_items=Share(6, 7),
    accounts=Share(167, 192),
    mobile=Share(3014, 3512),
    sections=Share(44, 47),
    reports=Share(21, 139),
    vetoes=VetoFacts(risks=214, checks=3512),
)


def part_of(draw, whole):
    return draw(st.integers(0, whole))


@st.composite
def shares(draw):
    whole = draw(st.integers(0, 60))
    return Share(part_of(draw, whole), whole)


@st.composite
def any_facts(draw):
    def n(top=60):
        return draw(st.integers(0, top))

    points, departments, due, dated, records = n(), n(8), n(120), n(), n(120)
    timed, rectified, found, grave = n(), n(), n(), n(4)
    named = {f.name: draw(shares()) for f in fields(Facts) if f.type in (Share, "Share")}
    return Facts(
        coverage=Coverage(points, part_of(draw, points), departments, part_of(draw, departments)),
        tasks=Tasks(due, part_of(draw, due), n(5)),
        honesty=Honesty(records, part_of(draw, records), due, found),
        rectification=Rectification(dated, part_of(draw, dated), n(5)),
        quality=Quality(
            timed, part_of(draw, timed), rectified, part_of(draw, rectified), found,
            part_of(draw, found),
        ),
        majors=Majors(grave, *(part_of(draw, grave) for _ in range(4))),
        vetoes=VetoFacts(n(1), n(1), n(1), n(3), n(3), n(1)),
        **named,
    )  # fmt: skip
