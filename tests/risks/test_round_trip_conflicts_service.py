from datetime import timedelta
from uuid import UUID

import pytest

from tests.factories import enterprise as tenant
from tests.risks.drafts import draft
from tests.risks.round_trips import (
    NOW,
    confirm,
    decide,
    differences,
    exported,
    looked_at,
    rest_lines,
    rows_of,
    said,
    uploaded,
    with_cells,
    written,
)
from webapp.platform.errors import RuleBroken
from webapp.platform.tenancy import Actor
from webapp.risks.queries.events import event_detail
from webapp.risks.rules.drafts import MeasureDraft
from webapp.risks.rules.round_trip.comparison import Fate
from webapp.risks.rules.round_trip.kept import Take
from webapp.risks.service.ledger import add_event, change_event, remove_event

LATER = NOW + timedelta(days=2)


@pytest.fixture
def officer(db: str) -> Actor:
    return tenant.staff_actor(tenant.enterprise())


@pytest.fixture
def first(officer: Actor) -> UUID:
    return add_event(officer, draft(), at=NOW)


@pytest.fixture
def second(officer: Actor, first: UUID) -> UUID:
    return add_event(officer, draft(hazard_source="炉衬侵蚀"), at=NOW)


def saved_by_another(officer: Actor, event_id: UUID, **changes: object) -> None:
    """Somebody saves the form of an event after the file has left."""
    found = event_detail(officer.scope, officer.enterprise_id, event_id)
    measures = tuple(
        MeasureDraft(m.category, m.description, m.control_level, m.post_id, m.frequency, m.id)
        for m in found.measures
    )
    proposed = draft(**{"hazard_source": found.row.hazard_source, "measures": measures} | changes)
    change_event(officer, event_id, proposed, version=found.row.version, at=LATER)


def test_a_row_changed_on_both_sides_waits_for_a_decision(officer: Actor, first: UUID):
    data = with_cells(exported(officer), {2: {"事故后果": "文件说的"}})
    saved_by_another(officer, first, consequence="别人说的", remark="别人加的")

    import_id = uploaded(officer, data)

    found = looked_at(officer, import_id)
    (row,) = found.trip.rows
    assert (row.fate, row.is_ready, found.upload.ready_count) == (Fate.CONFLICT, False, 0)
    assert said(row) == {"事故后果": ("别人说的", "文件说的"), "备注": ("别人加的", "别人加的")}
    assert (row.last.name, row.last.at) == (officer.name, LATER)
    with pytest.raises(RuleBroken):
        confirm(officer, import_id)


@pytest.mark.parametrize(
    ("take", "consequence"), [(Take.FILE, "文件说的"), (Take.OURS, "别人说的")]
)
def test_a_conflict_goes_as_it_was_decided(
    officer: Actor, first: UUID, second: UUID, take: Take, consequence: str
):
    changes = {2: {"事故后果": "文件说的"}, 3: {"备注": "无冲突"}}
    data = with_cells(exported(officer), changes)
    saved_by_another(officer, first, consequence="别人说的", remark="别人加的")
    import_id = uploaded(officer, data)

    decide(officer, import_id, looked_at(officer, import_id).trip.rows[0], take)
    confirm(officer, import_id)

    row = rows_of(officer)[0]
    assert (row.consequence, row.remark) == (consequence, "别人加的")
    assert looked_at(officer, import_id).upload.rest_file_id is None


def test_an_undecided_conflict_is_not_applied_and_goes_back(
    officer: Actor, first: UUID, second: UUID
):
    changes = {2: {"事故后果": "文件说的"}, 3: {"备注": "无冲突"}}
    data = with_cells(exported(officer), changes)
    saved_by_another(officer, first, consequence="别人说的")

    import_id = written(officer, data)

    assert [row.consequence for row in rows_of(officer)] == ["别人说的", "灼烫伤亡"]
    assert rows_of(officer)[1].remark == "无冲突"
    (line,) = rest_lines(officer, import_id)
    assert (line["编号"], line["事故后果"]) == ("R-0001", "文件说的")
    assert "还没有决定" in line["未导入原因"]


def test_a_decision_does_not_count_when_the_ledger_moves_again(
    officer: Actor, first: UUID, second: UUID
):
    changes = {2: {"事故后果": "文件说的"}, 3: {"备注": "无冲突"}}
    data = with_cells(exported(officer), changes)
    saved_by_another(officer, first, consequence="别人说的")
    import_id = uploaded(officer, data)
    decide(officer, import_id, looked_at(officer, import_id).trip.rows[0], Take.FILE)
    saved_by_another(officer, first, consequence="又有人说的")

    confirm(officer, import_id)

    assert rows_of(officer)[0].consequence == "又有人说的"


def test_a_row_that_changes_after_the_comparison_is_a_conflict_when_it_is_written(
    officer: Actor, first: UUID, second: UUID
):
    changes = {2: {"事故后果": "文件说的"}, 3: {"备注": "无冲突"}}
    import_id = uploaded(officer, with_cells(exported(officer), changes))
    saved_by_another(officer, first, consequence="别人说的")

    confirm(officer, import_id)

    assert rows_of(officer)[0].consequence == "别人说的"
    assert rows_of(officer)[1].remark == "无冲突"


def test_the_same_change_on_both_sides_is_no_conflict(officer: Actor, first: UUID):
    data = with_cells(exported(officer), {2: {"事故后果": "都这么说"}})
    saved_by_another(officer, first, consequence="都这么说")

    assert differences(officer, data) == ()


def test_a_change_of_a_removed_risk_is_refused(officer: Actor, first: UUID, second: UUID):
    data = with_cells(exported(officer), {2: {"备注": "改"}})
    remove_event(officer, first, reason="停用", version=1, at=LATER)

    (row,) = differences(officer, data)

    assert row.fate is Fate.REFUSED
    assert "已从台账移除" in row.problems[0].message
