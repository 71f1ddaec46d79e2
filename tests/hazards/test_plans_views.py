import pytest

from tests.factories.hazards import (
    make_planned,
    plans_of,
)
from webapp.accounts.rules.roles import Role
from webapp.platform.clock import now

pytestmark = pytest.mark.usefixtures("db")


def test_a_plan_is_given_to_another_post_and_rests(client_of, plant):
    make_planned(plant, now())
    [row] = plans_of(plant)
    officer = client_of("safety_officer")
    leader = str(plant.posts[Role.TEAM_LEADER])

    changed = officer.post(
        "hazards.plan_edit", plan_id=row.id, post_id=leader, frequency="weekly", version=row.version
    )
    page = officer.follow(changed)
    version = page.one("form[action$=rest] input[name=version]")["value"]
    resting = officer.follow(officer.post("hazards.plan_pause", plan_id=row.id, version=version))
    stale = officer.follow(officer.post("hazards.plan_resume", plan_id=row.id, version=version))

    assert page.one("#flashes").text == "计划已调整，未到期的任务随之变更。"
    assert resting.one("#flashes").text == "计划已停用，未到期的任务已取消。"
    assert stale.one("#flashes").text == "计划刚被他人调整，请核对后再操作。"


def test_plans_are_derived_again_when_asked(client_of, plant):
    officer = client_of("safety_officer")

    done = officer.follow(officer.post("hazards.plan_derive"))

    assert done.one("#flashes").text == "已按现行风险清单和岗位重新生成计划。"
