import pytest

from tests.factories import enterprise as make
from tests.factories.enterprise import NOW
from tests.factories.responsibilities import Workshop
from tests.hazards.statements import counted
from webapp.enterprise.queries.enterprises import enterprises
from webapp.enterprise.queries.organisation import chart
from webapp.enterprise.queries.people import people
from webapp.enterprise.queries.responsibilities import published_lists, standings
from webapp.enterprise.queries.signing import responsibility_gaps
from webapp.enterprise.queries.timeline import timeline
from webapp.enterprise.rules.filters import EnterpriseFilter, PeopleFilter
from webapp.enterprise.service.responsibilities import draft_missing, publish_drafts
from webapp.platform.paging import PageRequest
from webapp.platform.tenancy import officer_scope

pytestmark = pytest.mark.usefixtures("app", "db")


@pytest.fixture
def plant():
    """A workshop with forty posts, each held and with a published list."""
    shop = Workshop()
    for n in range(40):
        post_id = make.post(shop.id, f"操作工 {n}", department_id=shop.place)
        make.person(shop.id, f"员工 {n}", post_id=post_id, department_id=shop.place)
    draft_missing(shop.officer, at=NOW)
    publish_drafts(shop.principal, at=NOW)
    return shop


@pytest.mark.parametrize(
    ("read", "most"),
    [
        (chart, 2),
        (lambda scope, id_: people(scope, id_, PeopleFilter(), PageRequest()), 2),
        (standings, 2),
        (published_lists, 5),
        (responsibility_gaps, 6),
        (timeline, 1),
    ],
)
def test_a_read_takes_as_many_statements_however_large_the_enterprise(plant, read, most):
    with counted() as seen:
        read(plant.officer.scope, plant.id)

    assert len(seen) <= most, seen


def test_a_list_of_enterprises_is_two_statements(plant):
    scope = officer_scope(plant.id, "4105")

    with counted() as seen:
        enterprises(scope, EnterpriseFilter(), PageRequest())

    assert len(seen) == 2
