"""Act 6: one code at the gate, and whoever scans it sees what is theirs to see."""

from tests.journeys.acts.beginning import NAME
from tests.journeys.cast import City
from tests.journeys.pages.code import CodePage
from tests.journeys.papers import codes_in, size_of, text_of

CRANE_RISK = "重大风险"


def everybody_scans_the_code(city: City) -> None:
    """Stranger, staff and inspector come to three different pages from one address."""
    zhao = city["赵建民"]
    code = CodePage(zhao).open()
    zhao.look("code")
    small, large = code.sign("A6"), code.sign("A4")
    assert (size_of(small), size_of(large)) == ((105, 148), (210, 297))
    assert NAME in text_of(small)
    (address,) = codes_in(small)
    assert codes_in(large) == [address]
    city.known["code"] = address

    passer_by = city.stranger("路人")
    passer_by.open(address)
    passer_by.look_on("public", 390, 1440)
    assert passer_by.heading == NAME
    assert CRANE_RISK in passer_by.words

    city["孙立军"].open(address)
    city["孙立军"].sees("档案目录")
    zhang = city.officer("张海峰", on_phone=True)
    zhang.look("inspections")
    zhang.open(address)
    zhang.sees("两名执法人员")
    zhang.look("inspection-start")


def a_revoked_code_says_so(city: City) -> None:
    """The old sign is dead, the new one lives, a forged one was never ours."""
    zhao, passer_by, old = city["赵建民"], city["路人"], city.known["code"]
    code = CodePage(zhao).open().revoke("大门口标牌被撞坏")
    zhao.sees("大门口标牌被撞坏")
    passer_by.open(old)
    passer_by.look("code-revoked")
    assert "已吊销" in passer_by.heading
    forged = old[:-6] + ("abcdef" if not old.endswith("abcdef") else "ghijkl")
    passer_by.open(forged)
    assert "不是本平台签发" in passer_by.heading
    (new,) = codes_in(code.sign("A6"))
    assert new != old
    city.known["code"] = new
    passer_by.open(new)
    assert passer_by.heading == NAME
