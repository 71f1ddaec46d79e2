from datetime import timedelta

import pytest

from tests.factories.hazards import NOW, answered, make_planned, make_plant, tasks_of
from webapp.hazards.queries import recent_checks
from webapp.hazards.queries.file_part import hazards_part
from webapp.hazards.service.checks import submit_check

pytestmark = pytest.mark.usefixtures("db", "files")


@pytest.fixture
def plant():
    """A plant whose two points were checked: one without a finding, a day later one with."""
    plant = make_plant()
    for days, (name, abnormal) in enumerate((("配电室", 0), ("空压站", 1))):
        [task, *_] = tasks_of(plant, make_planned(plant, NOW - timedelta(days=1), name=name))
        submission = answered(plant, task, abnormal=abnormal)
        submit_check(plant.worker, plant.id, submission, at=NOW - timedelta(days=1 - days))
    return plant


def checks_of(plant):
    part = hazards_part(plant.scope, plant.id, NOW)
    return next(table for table in part.tables if "自查" in table.caption)


def test_the_file_lists_each_check_newest_first(plant):
    table = checks_of(plant)

    assert table.caption == "近 30 天的自查"
    assert [row[1] for row in table.rows] == ["空压站", "配电室"]
    assert [row[4] for row in table.rows] == ["1 项", "0 项"]
    assert table.rows[0][0].startswith(f"{NOW:%Y-%m}")


def test_checks_beyond_what_paper_holds_are_counted(plant, monkeypatch):
    monkeypatch.setattr(recent_checks, "MOST", 1)

    table = checks_of(plant)

    assert table.caption == "近 30 天的自查，共 2 次，列出最近 1 次"
    assert [row[1] for row in table.rows] == ["空压站"]


def test_a_file_without_checks_has_no_empty_list():
    bare = make_plant()

    assert hazards_part(bare.scope, bare.id, NOW).tables == ()
