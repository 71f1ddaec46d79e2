from datetime import date

import pytest

from webapp.standards.loader import UnknownCode, table, version_on, versions

TABLES = (
    "accident_types",
    "boundaries_anyang",
    "check_types",
    "control_measures",
    "document_forms",
    "enterprise_scale",
    "five_have",
    "hazard_criteria",
    "industries",
    "regions",
    "responsibility_templates",
    "risk_methods",
    "statutes",
    "supervision_categories",
)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_opens_with_version_day_and_source(name):
    found = table(name)

    assert found.version in versions(name)
    assert found.valid_from <= date(2026, 11, 24)
    assert len(found.source) > 10


@pytest.mark.parametrize("name", TABLES)
def test_the_newest_version_holds_today_and_the_oldest_before_all(name):
    assert version_on(name, date(2026, 11, 24)) == versions(name)[-1]
    assert version_on(name, date(1949, 10, 1)) == versions(name)[0]


def test_an_unknown_table_or_version_is_refused_in_chinese():
    with pytest.raises(UnknownCode, match="没有名为"):
        table("nothing")
    with pytest.raises(UnknownCode, match="没有版本"):
        table("risk_methods", "1900")
