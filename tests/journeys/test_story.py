"""The whole story: one enterprise from its application to the end of an enforcement case."""

from tests.journeys.acts import beginning
from tests.journeys.cast import City


def test_the_whole_story_of_an_enterprise(city: City) -> None:
    beginning.the_enterprise_comes_in(city)
    beginning.its_people_come_in(city)
    beginning.everybody_knows_their_duties(city)
