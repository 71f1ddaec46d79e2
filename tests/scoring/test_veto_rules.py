from decimal import Decimal

import pytest

from webapp.scoring.rules.veto import VetoFacts, capped, vetoes
from webapp.standards.five_have import five_have

STANDARD = five_have()
CLEAN = VetoFacts(risks=10, checks=10)


@pytest.mark.parametrize(
    ("facts", "codes", "word"),
    [
        (CLEAN, [], ""),
        (VetoFacts(unreported_majors=1, risks=1, checks=1), ["V2"], "1 条重大事故隐患未报告"),
        (VetoFacts(overdue_majors=2, risks=1, checks=1), ["V2"], "2 条重大事故隐患逾期未治理"),
        (VetoFacts(risks=0, checks=5), ["V5"], "尚未建立风险清单"),
        (VetoFacts(risks=5, checks=0), ["V5"], "近 90 天没有排查记录"),
        (VetoFacts(risks=5, checks=5, misjudged=3), ["V7"], "3 条直接判定为重大"),
        (VetoFacts(overdue_majors=1, misjudged=1), ["V2", "V5", "V7"], "逾期"),
    ],
)
def test_which_vetoes_hold_and_why(facts, codes, word):
    hits = vetoes(facts, STANDARD)

    assert [hit.code for hit in hits] == codes
    assert word in "".join(hit.reason for hit in hits)


def test_a_major_hazard_due_today_is_no_veto_yet():
    assert vetoes(VetoFacts(majors_due_today=1, risks=1, checks=1), STANDARD) == ()


def test_the_lowest_cap_holds():
    hits = vetoes(VetoFacts(overdue_majors=1, risks=1, checks=1, misjudged=1), STANDARD)

    assert capped(Decimal(95), hits) == Decimal("59.9")
    assert capped(Decimal(40), hits) == 40
    assert capped(Decimal(95), ()) == 95
