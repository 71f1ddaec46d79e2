"""What lies between two ledgers, and which step a version may take."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.risks.rules.ledger_versions import (
    FIELDS,
    Difference,
    VersionState,
    after_review,
    difference,
    in_force_at,
    refused_publication,
    refused_review,
    refused_submission,
)

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def row(number: int, **changes: str) -> dict[str, object]:
    return {"number": number, "level_code": "low", **dict.fromkeys(FIELDS, ""), **changes}


def test_what_was_added_removed_and_changed_is_told_apart():
    before = [row(1, point="熔炼炉", level="较大风险"), row(2, point="成品库")]
    after = [row(1, point="熔炼炉", level="重大风险"), row(3, point="配电室")]

    found = difference(before, after)

    assert [r.point for r in found.added] == ["配电室"]
    assert [r.point for r in found.removed] == ["成品库"]
    (changed,) = found.changed
    assert (changed.number_words, changed.point) == ("R-0001", "熔炼炉")
    assert [(f.label, f.before, f.after) for f in changed.fields] == [
        ("风险等级", "较大风险", "重大风险")
    ]


rows = st.lists(
    st.builds(row, st.integers(1, 30), point=st.sampled_from("甲乙丙"), remark=st.text(max_size=3)),
    unique_by=lambda found: found["number"],
    max_size=12,
)


@given(rows)
def test_a_ledger_does_not_differ_from_itself(some):
    assert difference(some, list(reversed(some))).is_none


@given(rows, rows)
def test_the_way_back_removes_what_the_way_there_added(one, other):
    there, back = difference(one, other), difference(other, one)

    assert {r.number for r in there.added} == {r.number for r in back.removed}
    assert {r.number for r in there.changed} == {r.number for r in back.changed}


NOTHING = Difference((), (), ())


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"rows": 0}, "还没有风险"),
        ({"proposed": 3}, "还有 3 条模板风险待确认"),
        ({"has_open": True}, "已有一版"),
        ({"changed": NOTHING}, "与现行版本相同"),
    ],
)
def test_an_unfinished_ledger_is_not_submitted(facts, words):
    sound = {"rows": 10, "proposed": 0, "has_open": False, "changed": None}

    assert words in refused_submission(**{**sound, **facts}).message
    assert refused_submission(**sound) is None


@pytest.mark.parametrize(
    ("decisions", "state"),
    [
        ([None, True], VersionState.SUBMITTED),
        ([True, True], VersionState.REVIEWED),
        ([], VersionState.REVIEWED),
        ([True, False, None], VersionState.RETURNED),
    ],
)
def test_one_return_returns_the_version_and_all_must_agree(decisions, state):
    assert after_review(decisions) is state


def test_nothing_is_signed_before_every_department_has_decided():
    assert (
        "设备部、熔炼车间"
        in refused_publication(VersionState.SUBMITTED, ["设备部", "熔炼车间"]).message
    )
    assert refused_publication(VersionState.REVIEWED, []) is None
    assert refused_publication(VersionState.PUBLISHED, []) is not None


def test_a_department_decides_once_and_only_while_it_is_asked():
    assert refused_review(VersionState.SUBMITTED, decided=None) is None
    assert refused_review(VersionState.SUBMITTED, decided=True) is not None
    assert refused_review(VersionState.PUBLISHED, decided=None) is not None


def test_the_version_in_force_is_the_last_one_published_by_then():
    published = [(DAY, 1), (DAY + timedelta(days=30), 2)]

    assert in_force_at(published, DAY - timedelta(seconds=1)) is None
    assert in_force_at(published, DAY) == 1
    assert in_force_at(published, DAY + timedelta(days=29)) == 1
    assert in_force_at(published, DAY + timedelta(days=300)) == 2
