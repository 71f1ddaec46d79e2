from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories.hazards import (
    NOW,
    hazard_row,
    hazards_of,
    make_hazard,
    make_plant,
    photo,
)
from webapp.hazards.rules.lifecycle import HazardState
from webapp.hazards.rules.submissions import Report
from webapp.hazards.service.reports import report_hazard
from webapp.platform.errors import Invalid
from webapp.platform.identifiers import new_id

pytestmark = pytest.mark.usefixtures("db", "files")
S = HazardState
LATER = NOW + timedelta(days=1)


def test_a_report_opens_a_hazard_with_its_photo_and_a_running_number():
    plant = make_plant()

    first, second = make_hazard(plant), make_hazard(plant)

    assert [row.number for row in hazards_of(plant)] == ["YH-2026-0001", "YH-2026-0002"]
    assert hazard_row(plant, first).state == S.REPORTED
    assert hazard_row(plant, second).place == "炉台东侧"


def test_the_same_report_twice_opens_one_hazard():
    plant = make_plant()
    report = Report(new_id(), "油管渗漏", place="泵房", uploads=(photo(),))

    first = report_hazard(plant.worker, plant.id, report, at=NOW)
    second = report_hazard(plant.worker, plant.id, report, at=LATER)

    assert first == second
    assert len(hazards_of(plant)) == 1


@pytest.mark.parametrize(
    ("missing", "field", "message"),
    [
        ({"words": " "}, "words", "请说一句哪里不对。"),
        ({"uploads": ()}, "photos", "请至少拍一张照片。"),
        ({"place": ""}, "place", "请选择风险点，或写明在哪里。"),
        ({"point_id": uuid4()}, "point_id", "没有找到这个风险点，请重新选择。"),
    ],
)
def test_a_report_without_what_it_needs_is_refused_at_the_field(missing, field, message):
    plant = make_plant()
    report = Report(new_id(), "油管渗漏", place="泵房", uploads=(photo(),))

    with pytest.raises(Invalid) as refused:
        report_hazard(plant.worker, plant.id, replace(report, **missing), at=NOW)

    assert refused.value.fields == {field: message}
