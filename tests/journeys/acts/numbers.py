"""Act 5: what was done has moved the score and the sums of county and city, at once."""

from tests.journeys.cast import City
from tests.journeys.ledgers import GOOD
from tests.journeys.pages.numbers import OverviewPage, ScorePage


def the_numbers_before(city: City) -> None:
    """What the pages say when the ledger has come in and nobody has checked anything."""
    chen = city["陈静"]
    overview = OverviewPage(chen).open()
    assert overview.number("纳管企业") == 1
    assert overview.number("未销号隐患") == 0
    assert f"全部风险 {len(GOOD) + 700} 条" in chen.words
    city.known["score"] = ScorePage(city["赵建民"]).open().total


def the_numbers_after(city: City) -> None:
    """Two hazards open, one of them late; the score is another; city and county agree."""
    zhao = city["赵建民"]
    score = ScorePage(zhao).open()
    zhao.look_on("score", 390, 1440)
    zhao.look("score", scheme="dark")
    assert score.total != city.known["score"]

    guo = city.officer("郭志明")
    for officer in (city["陈静"], guo):
        overview = OverviewPage(officer).open()
        assert overview.number("纳管企业") == 1
        assert overview.number("未销号隐患") == 2
        assert overview.number("逾期隐患") == 1
        assert overview.number("五有平均分") == round(score.total, 1)
    guo.look_on("overview", 390, 1440)
    guo.look("overview", scheme="dark")
