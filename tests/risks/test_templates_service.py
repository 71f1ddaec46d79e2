"""A first ledger out of an industry's template, and its rows confirmed."""

import pytest
from sqlalchemy import select

from tests.factories import enterprise as tenant
from tests.risks.drafts import draft
from webapp.platform.database import reading
from webapp.platform.errors import Invalid
from webapp.platform.paging import PageRequest
from webapp.platform.tenancy import SYSTEM, Actor
from webapp.risks.models.ledger import RiskEvent
from webapp.risks.queries.events import event_detail
from webapp.risks.queries.ledger import ledger, summary
from webapp.risks.rules.filters import LedgerFilter, View
from webapp.risks.service.ledger import change_event, remove_event
from webapp.risks.service.templates import adopt_template, confirm_events
from webapp.scoring.queries.score import score_facts
from webapp.standards.ledger_templates import ledger_template

NOW = tenant.NOW
STEEL = ledger_template("steel")
PROCESS = STEEL.processes[0]


@pytest.fixture
def officer(db: str) -> Actor:
    return tenant.staff_actor(tenant.enterprise(industry_code="31"))


def proposed(officer: Actor) -> list[RiskEvent]:
    with reading(SYSTEM) as session:
        return list(
            session.scalars(
                select(RiskEvent).where(
                    RiskEvent.enterprise_id == officer.enterprise_id,
                    RiskEvent.is_proposed.is_(True),
                )
            )
        )


def test_a_chosen_process_becomes_a_ledger_of_proposals(officer: Actor):
    done = adopt_template(officer, "steel", [PROCESS.code], at=NOW)

    assert (done.added, done.present) == (PROCESS.risks, 0)
    rows = ledger(
        officer.scope,
        officer.enterprise_id,
        LedgerFilter(view=View.PROPOSED),
        PageRequest(size=200),
    )
    assert rows.total == PROCESS.risks
    assert {row.state(NOW).words for row in rows.rows} == {"待确认"}
    assert all(row.measure_count for row in rows.rows)


def test_taking_a_template_twice_adds_nothing(officer: Actor):
    adopt_template(officer, "steel", [PROCESS.code], at=NOW)

    again = adopt_template(officer, "steel", [p.code for p in STEEL.processes], at=NOW)

    assert again.present == PROCESS.risks
    assert again.added == STEEL.risks - PROCESS.risks


def test_nothing_chosen_is_said_at_the_field(officer: Actor):
    with pytest.raises(Invalid) as refused:
        adopt_template(officer, "steel", ["no_such_process"], at=NOW)

    assert "processes" in refused.value.fields


def test_confirmed_rows_are_proposals_no_longer_and_others_stay(officer: Actor):
    adopt_template(officer, "steel", [PROCESS.code], at=NOW)
    first, second, *_ = proposed(officer)

    done = confirm_events(officer, [first.id, second.id], at=NOW)
    again = confirm_events(officer, [first.id], at=NOW)

    assert (done.confirmed, done.refused) == (2, ())
    assert again.confirmed == 0
    assert len(proposed(officer)) == PROCESS.risks - 2


def test_another_enterprise_cannot_confirm_ones_proposals(officer: Actor):
    adopt_template(officer, "steel", [PROCESS.code], at=NOW)
    stranger = tenant.staff_actor(tenant.enterprise())

    done = confirm_events(stranger, [event.id for event in proposed(officer)], at=NOW)

    assert done.confirmed == 0
    assert len(proposed(officer)) == PROCESS.risks


def test_only_what_somebody_has_looked_at_counts_as_graded(officer: Actor):
    adopt_template(officer, "steel", [PROCESS.code], at=NOW)
    before = score_facts(officer.scope, officer.enterprise_id, NOW).grading
    confirm_events(officer, [event.id for event in proposed(officer)], at=NOW)

    after = score_facts(officer.scope, officer.enterprise_id, NOW).grading

    assert before.part == 0
    assert after.part == after.whole == PROCESS.risks


def test_removing_a_proposal_takes_it_out_of_the_tab(officer: Actor):
    adopt_template(officer, "steel", [PROCESS.code], at=NOW)
    event = proposed(officer)[0]

    remove_event(officer, event.id, reason="本单位没有", version=event.version, at=NOW)

    assert summary(officer.scope, officer.enterprise_id).proposed == PROCESS.risks - 1


def test_saving_a_proposal_confirms_it(officer: Actor):
    adopt_template(officer, "steel", [PROCESS.code], at=NOW)
    event = proposed(officer)[0]

    change_event(officer, event.id, draft(), version=event.version, at=NOW)

    assert not event_detail(officer.scope, officer.enterprise_id, event.id).row.is_proposed
