import pytest

from webapp.standards.hazard_criteria import all_criteria, criteria, criterion, definitions, search
from webapp.standards.industries import (
    Scale,
    choices,
    divisions,
    enterprise_scale,
    industry,
    sections,
    suggested_categories,
    supervision_categories,
    supervision_category,
)
from webapp.standards.loader import UnknownCode


def test_twenty_sections_and_97_divisions():
    assert "".join(s.code for s in sections()) == "ABCDEFGHIJKLMNOPQRST"
    assert [d.code for d in divisions()] == [f"{n:02}" for n in range(1, 98)]
    assert len(choices()) == 20
    assert choices()[2][1][18] == ("31", "31 黑色金属冶炼和压延加工业")


def test_a_class_belongs_to_its_division():
    assert industry("3130").name == "黑色金属冶炼和压延加工业"
    assert industry("c").name == "制造业"
    assert industry("31").section == "C"
    with pytest.raises(UnknownCode):
        industry("98")


@pytest.mark.parametrize(
    ("employees", "revenue", "scale"),
    [
        (1000, 40000, Scale.LARGE),
        (1000, 39999, Scale.MEDIUM),
        (999, 40000, Scale.MEDIUM),
        (300, 2000, Scale.MEDIUM),
        (299, 90000, Scale.SMALL),
        (20, 300, Scale.SMALL),
        (19, 90000, Scale.MICRO),
        (2000, 299, Scale.MICRO),
    ],
)
def test_size_of_an_industrial_enterprise(employees, revenue, scale):
    assert enterprise_scale("31", employees=employees, revenue=revenue) is scale


def test_size_by_the_most_fitting_row():
    assert enterprise_scale("5910", employees=300, revenue=3000) is Scale.MEDIUM
    assert enterprise_scale("5990", employees=200, revenue=30000) is Scale.LARGE
    assert enterprise_scale("47", revenue=6000, assets=4999) is Scale.SMALL
    assert enterprise_scale("74", employees=300) is Scale.LARGE
    assert enterprise_scale("31", employees=20) is None
    assert enterprise_scale("83", employees=20) is None
    assert Scale.MICRO.words == "微型"


def test_an_industry_suggests_categories():
    assert [c.name for c in suggested_categories("3130")] == ["金属冶炼"]
    assert [c.name for c in suggested_categories("30")] == ["建材"]
    assert suggested_categories("83") == ()
    assert supervision_categories()[-1].name == "其他"
    assert supervision_category("coal_mine").is_high_risk
    with pytest.raises(UnknownCode):
        supervision_category("space")


def test_the_trade_standard_has_64_clauses_in_its_three_parts():
    found = [c for c in all_criteria() if c.standard == "GM10"]

    assert len(found) == 64
    assert sum(c.sector_code == "ALL" for c in found) == 3
    assert sum(c.sector_code in ("FCSB", "SALY", "YXKJ") for c in found) == 14
    assert len({c.id for c in all_criteria()}) == len(all_criteria())


def test_counts_of_the_other_standards():
    counts = {s: sum(c.standard == s for c in all_criteria()) for s in ("WH121", "FM88", "MK4")}

    assert counts == {"WH121": 20, "FM88": 32 + 13 + 19, "MK4": 15}


def test_a_smelter_sees_general_smelting_and_fire_criteria_and_no_mine():
    codes = {c.sector_code for c in criteria(["metal_smelting"])}

    assert codes == {"ALL", "YJ", "YS", "XF"}
    assert {c.sector_code for c in criteria(["hazardous_chemicals"])} == {"WHP", "XF"}
    assert len(criteria(["metal_smelting", "metal_smelting"])) == len(criteria(["metal_smelting"]))


def test_criteria_are_searched_by_words_and_id():
    assert [c.id for c in search("特种作业", ["machinery"])] == ["GM10-03-02"]
    assert {c.sector for c in search("液氨 制冷")} == {"使用液氨制冷的工贸企业"}
    assert search("GM10-05-04")[0].text.startswith("采用水冷冷却")
    assert search("不存在的词") == ()


def test_a_criterion_cites_its_article_and_clause():
    assert criterion("GM10-13-02").citation == (
        "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第十三条第2项"
    )
    assert criterion("GM10-13-02").is_confident
    assert not criterion("FM88-D-07").is_confident
    with pytest.raises(UnknownCode):
        criterion("GM10-99")


def test_what_is_pending_is_said():
    assert "停产停业" in definitions().major_hazard
    assert any("烟花爆竹" in name for name in definitions().pending)
