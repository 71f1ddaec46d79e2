import pytest

from tests.fixtures.actors import World

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize(
    ("role", "endpoint"),
    [
        ("worker", "hazards.today"),
        ("team_leader", "hazards.today"),
        ("safety_officer", "hazards.home"),
        ("department_head", "hazards.home"),
        ("principal", "hazards.home"),
        ("safety_officer", "hazards.plan_list"),
        ("worker", "hazards.hazard_list"),
        ("worker", "hazards.report"),
    ],
)
def test_an_empty_enterprise_says_what_to_do(client_of, world: World, role, endpoint):
    assert client_of(role).get(endpoint).status == 200
