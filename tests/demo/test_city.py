"""The demo city as it stands in the database."""

import json
from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from tests.fixtures.actors import Browser
from tests.fixtures.demo import City
from webapp.accounts.rules.roles import Role
from webapp.demo.queries.city import BEGUN, CityState, city_state
from webapp.demo.rules.plants import plants
from webapp.demo.rules.roster import MAIN_WORKER
from webapp.demo.service.clearing import clear_half_made
from webapp.platform import audit, clock, database, storage
from webapp.platform.tenancy import SYSTEM, system_actor
from webapp.platform.unit_of_work import unit_of_work
from webapp.scoring.service.recount import recount


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def rows(statement: str, **values: object) -> list[tuple]:
    with database.reading(SYSTEM) as session:
        return [tuple(row) for row in session.execute(text(statement), values)]


def test_all_chains_hold_and_all_counters_agree_with_the_records(demo_city: City):
    found = recount()

    assert not audit.verify().broken
    assert found.compared > 10_000
    assert found.differences == ()


def test_scores_spread_over_all_grades(demo_city: City):
    grades = rows("select distinct grade from enterprise_score order by 1")

    assert grades == [("A",), ("B",), ("C",), ("D",)]


def test_each_enterprise_has_its_ledger_and_a_score_history(demo_city: City):
    ledgers = dict(rows("select e.uscc, c.risks from enterprise e join enterprise_counter c"
                        " on c.enterprise_id = e.id"))  # fmt: skip
    days = rows("select count(*), max(day) - min(day) from score_day group by enterprise_id")

    assert {plant.uscc for plant in plants()} == set(ledgers)
    assert all(40 <= risks <= 200 for risks in ledgers.values())
    assert all(count >= 30 and span >= 90 for count, span in days)


def test_hazards_are_in_every_state_and_one_major_is_overdue(demo_city: City):
    states = dict(rows("select state, count(*) from hazard group by 1"))
    majors = rows("select e.name from hazard h join enterprise e on e.id = h.enterprise_id"
                  " where h.level = 'major' and h.state <> 'closed'"
                  " and h.due_on < (now() at time zone 'Asia/Shanghai')::date")  # fmt: skip

    assert {"reported", "assigned", "rectified", "closed"} <= set(states)
    assert majors == [("河南林泰精密铸造有限公司",)]


def test_steps_of_hazards_and_entries_of_chains_follow_each_other_in_time(demo_city: City):
    back = rows(
        """
        select count(*) from (select at, lag(at) over (partition by enterprise_id, hazard_id
          order by ordinal) as before from hazard_step) s where at < before
        """
    )

    assert back == [(0,)]


def test_papers_are_numbered_by_agency_and_their_files_are_there(demo_city: City):
    papers = rows("select kind, number, file_sha256 from enforcement_document order by issued_at")
    kinds = {kind for kind, _, _ in papers}

    assert kinds == {"inspection_record", "rectification_order", "reinspection_opinion"}
    assert any(number.startswith("（龙安）应急责改〔") for _, number, _ in papers)
    for _, _, sha256 in papers:
        assert storage.get(sha256).startswith(b"%PDF")


def test_the_worker_has_a_round_of_four_points_today_and_one_check_missing(demo_city: City):
    today = clock.local_date(clock.now())
    open_tasks = rows(
        """
        select distinct (t.opens_at at time zone 'Asia/Shanghai')::date, t.point_id
        from check_task t join person p on p.enterprise_id = t.enterprise_id
          and p.post_id = t.post_id
        join check_plan k on k.enterprise_id = t.enterprise_id and k.id = t.plan_id
        where p.name = :name and k.frequency = 'daily' and (t.state = 'open' or t.done_at > :start)
          and t.opens_at < now()
        """,
        name=MAIN_WORKER,
        start=clock.now() - timedelta(days=1),
    )
    of_today = [point for day, point in open_tasks if day == today]
    of_yesterday = [day for day, _ in open_tasks if day == today - timedelta(days=1)]

    assert len(of_today) >= 4
    assert of_yesterday


def test_accounts_are_told_as_the_contract_says_and_every_role_is_among_them(
    app: Flask, demo_city: City
):
    answer = run(app, "demo", "accounts", "--json")
    told = json.loads(answer.stdout)

    assert answer.exit_code == 0
    assert all(set(one) == CONTRACT for one in told)
    assert {one["role"] for one in told} == {role.value for role in Role} - {"public"}
    assert [one["organisation"] for one in told if one["login"] == "operator"] == [None]
    assert sum(one["login"] == "both" for one in told) == 2


CONTRACT = {"login", "password", "role", "organisation", "uscc", "region"}


@pytest.mark.parametrize(
    "login",
    ["principal", "safety", "head", "leader", "worker", "director", "regulator", "inspector1",
     "legal", "zhangwu", "expert", "operator"],
)  # fmt: skip
def test_a_demo_account_signs_in_and_finds_its_desk(app: Flask, demo_city: City, login: str):
    page = Browser(app, demo_city.token(login)).get("/")
    for _ in range(3):
        if page.status in (302, 303):
            page = Browser(app, demo_city.token(login)).get(page.location)

    assert page.status == 200


def test_seeding_again_adds_nothing(app: Flask, demo_city: City):
    before = rows("select count(*) from audit_event")
    answer = run(app, "demo", "seed", "--json")

    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["is_new"] is False
    assert rows("select count(*) from audit_event") == before


def test_many_small_enterprises_are_added_once_and_the_sums_still_hold(app: Flask, demo_city: City):
    first = run(app, "demo", "seed", "--enterprises", "30", "--json")
    second = run(app, "demo", "seed", "--enterprises", "30", "--json")

    assert json.loads(first.stdout)["enterprises"] == len(plants()) + 30
    assert json.loads(second.stdout)["is_new"] is False
    assert recount().differences == ()
    assert not audit.verify().broken


def test_an_empty_database_has_no_accounts_to_tell(app: Flask, own_database: str):
    answer = run(app, "demo", "accounts")

    assert answer.exit_code == 1
    assert "demo seed" in answer.output


def test_a_database_of_others_is_left_alone(app: Flask, own_database: str, world: object):
    answer = run(app, "demo", "seed")

    assert city_state() is CityState.FOREIGN
    assert answer.exit_code == 1
    assert "空库" in answer.output


def test_production_refuses_the_demo(app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ENVIRONMENT", "production")
    answer = run(app, "demo", "accounts")

    assert answer.exit_code == 1
    assert "生产环境" in answer.output


def test_what_a_killed_seeding_left_is_cleared(own_database: str):
    with unit_of_work(system_actor("demo"), BEGUN, at=clock.now()):
        pass
    assert city_state() is CityState.HALF_MADE

    clear_half_made(own_database)

    assert city_state() is CityState.EMPTY
    assert not audit.verify().broken
