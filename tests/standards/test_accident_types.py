import pytest

from webapp.standards.accident_types import (
    accident_grade,
    accident_type,
    accident_types,
    harmful_factors,
    resolve,
)
from webapp.standards.loader import UnknownCode


def test_twenty_types_in_the_standards_order():
    assert len(accident_types()) == 20
    assert accident_type("05").name == "触电"
    assert accident_type("中毒和窒息").code == "19"
    with pytest.raises(UnknownCode):
        accident_type("爆炸")


@pytest.mark.parametrize("name", [t.name for t in accident_types()])
def test_each_standard_name_means_itself(name):
    found = resolve(name)

    assert [t.name for t in found.types] == [name]
    assert not found.needs_confirmation


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("机械伤害、触电", ["03", "05"]),
        ("机械伤害，触电；物体打击", ["03", "05", "01"]),
        ("1.机械伤害 2.触电", ["03", "05"]),
        ("中毒窒息/高坠", ["19", "09"]),
        ("触电、中毒和窒息", ["19", "05"]),
        ("冒顶、片帮", ["11"]),
        ("烫伤\n火灾", ["07", "08"]),
        ("触电和火灾", ["05", "08"]),
        ("触电、触电", ["05"]),
    ],
)
def test_cells_of_real_ledgers(cell, codes):
    found = resolve(cell)

    assert sorted(t.code for t in found.types) == sorted(codes)
    assert not found.needs_confirmation
    assert found.unknown == ()


def test_a_name_for_two_types_is_split_and_asked_about():
    found = resolve("火灾爆炸")

    assert [t.name for t in found.types] == ["火灾", "其他爆炸"]
    assert found.needs_confirmation
    assert resolve("火灾和爆炸").needs_confirmation


def test_an_unknown_name_is_kept_and_asked_about():
    found = resolve("触电、倒霉")

    assert [t.name for t in found.types] == ["触电"]
    assert found.unknown == ("倒霉",)
    assert found.needs_confirmation


def test_an_empty_cell_means_nothing():
    assert resolve("  ").types == ()
    assert not resolve("").needs_confirmation


def test_harmful_factors_have_four_classes():
    classes = [f for f in harmful_factors() if f.parent is None]

    assert [f.name for f in classes] == ["人的因素", "物的因素", "环境因素", "管理因素"]
    assert all(f.code.startswith(str(f.parent)) for f in harmful_factors() if f.parent)


@pytest.mark.parametrize(
    ("deaths", "injured", "loss", "name"),
    [
        (30, 0, 0, "特别重大事故"),
        (29, 0, 0, "重大事故"),
        (3, 0, 0, "较大事故"),
        (0, 10, 0, "较大事故"),
        (2, 0, 1000, "较大事故"),
        (2, 9, 999, "一般事故"),
        (0, 0, 10000, "特别重大事故"),
    ],
)
def test_the_gravest_of_three_figures_grades_an_accident(deaths, injured, loss, name):
    assert accident_grade(deaths=deaths, serious_injuries=injured, loss=loss).name == name
