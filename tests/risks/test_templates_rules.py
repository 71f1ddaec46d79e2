"""Every industry's template is a ledger that the product's own rules would let in."""

import pytest

from webapp.risks.rules.template_rows import ProposedRow, proposed_rows
from webapp.standards.control_measure_categories import shortfall
from webapp.standards.ledger_templates import LedgerTemplate, ledger_templates

LEAST_RISKS, LEAST_PROCESSES = 40, 4


@pytest.fixture(params=ledger_templates(), ids=lambda template: template.code)
def template(request: pytest.FixtureRequest) -> LedgerTemplate:
    return request.param


@pytest.fixture
def rows(template: LedgerTemplate) -> list[ProposedRow]:
    return list(proposed_rows(template, [process.code for process in template.processes]))


def test_a_template_is_a_ledger_and_not_a_sample(template, rows):
    assert len(rows) >= LEAST_RISKS
    assert len(template.processes) >= LEAST_PROCESSES
    assert len({process.code for process in template.processes}) == len(template.processes)


def test_no_risk_of_a_template_stands_in_it_twice(rows):
    assert len({row.key for row in rows}) == len(rows)


def test_every_risk_has_the_kinds_of_measures_that_its_level_needs(rows):
    short = {
        row.event.columns["description"]: shortfall(
            row.event.columns["level"], {m["category"] for m in row.event.measures}
        )
        for row in rows
    }

    assert {words: why for words, why in short.items() if why} == {}


def test_every_measure_says_what_its_checker_looks_for(rows):
    assert all(measure["item"] for row in rows for measure in row.event.measures)


def test_levels_are_spread_as_in_a_plant(rows):
    levels = {str(row.event.columns["level"]) for row in rows}

    assert {"moderate", "low"} < levels


def test_only_the_chosen_processes_are_taken(template):
    first = template.processes[0]

    rows = list(proposed_rows(template, [first.code]))

    assert len(rows) == first.risks
    assert {row.unit for row in rows} == {first.name}
