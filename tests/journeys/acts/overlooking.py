"""Acts 8 and 9: from the city down to a photo, and everything in one file."""

from tests.journeys.acts.beginning import NAME
from tests.journeys.acts.enforcing import ROPE_WORDS
from tests.journeys.acts.rectifying import GUARD_WORDS
from tests.journeys.cast import City
from tests.journeys.ledgers import CRANE
from tests.journeys.pages.file import FilePage
from tests.journeys.pages.numbers import OverviewPage
from tests.journeys.papers import text_of


def three_clicks_lead_to_a_photo(city: City) -> None:
    """County, enterprise, hazard; its photo is there."""
    guo = city["郭志明"]
    OverviewPage(guo).open()
    guo.follow("文峰区")
    guo.sees("乡镇街道")
    guo.look("overview-county")
    guo.follow(NAME)
    guo.follow(GUARD_WORDS)
    photo = guo.page.get_by_role("main").get_by_role("img").first
    photo.scroll_into_view_if_needed()
    guo.page.wait_for_function("image => image.naturalWidth > 0", arg=photo.element_handle())
    guo.look("hazard-from-above")


def filters_stay_in_the_address(city: City) -> None:
    """What was narrowed down can be reloaded, kept and sent on."""
    chen = city["陈静"]
    OverviewPage(chen).open().narrow(industry="34 通用设备制造业", window="近 30 天")
    address = chen.page.url
    assert "industry=34" in address
    assert "window=30" in address
    chen.page.reload()
    assert chen.page.url == address
    assert chen.selected("行业") == "34 通用设备制造业"
    assert OverviewPage(chen).number("纳管企业") == 1
    OverviewPage(chen).narrow(industry="13 农副食品加工业", window="近 30 天")
    assert OverviewPage(chen).number("纳管企业") == 0


def everything_is_in_the_one_file(city: City) -> None:
    """The timeline tells it in words; the whole file is a paper."""
    zhao = city["赵建民"]
    file = FilePage(zhao).open()
    zhao.look_on("file", 390, 1440)
    file.timeline()
    zhao.look("timeline")
    for who in ("张海峰", "孙立军"):
        assert who in zhao.words
    whole = text_of(FilePage(zhao).open().whole())
    for expected in (NAME, CRANE, ROPE_WORDS, "熔炼工"):
        assert expected.replace(" ", "") in whole.replace(" ", ""), expected
