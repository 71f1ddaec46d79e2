"""Direct judgement: circumstances that make a risk major whatever its value; it never lowers."""

from collections.abc import Iterable
from dataclasses import dataclass

from webapp.standards.risk_methods import DirectRule, JudgementBasis, RiskLevel, direct_rules


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of a risk besides its factors.

    ``declared`` holds codes of rules that a person has declared to apply;
    ``people`` is the number at work there at the same time.
    """

    declared: frozenset[str] = frozenset()
    had_grave_incident: bool = False
    is_major_installation: bool = False
    has_mass_hazard: bool = False
    """Poisoning, explosion, fire or collapse is possible at this place."""
    people: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """The level after direct judgement and the rules that raised it, none when none did."""

    level: RiskLevel
    rules: tuple[DirectRule, ...] = ()


def judged(
    level: RiskLevel, circumstances: Circumstances, *, version: str | None = None
) -> Judgement:
    """The level a risk has once direct judgement is done; never below the assessed one."""
    hit = tuple(r for r in direct_rules(version) if _applies(r, level, circumstances))
    return Judgement(raised(level, hit), hit)


def raised(level: RiskLevel, rules: Iterable[DirectRule]) -> RiskLevel:
    """Major when any rule applies, else the level as it was."""
    return RiskLevel.MAJOR if any(True for _ in rules) else level


def _applies(rule: DirectRule, level: RiskLevel, known: Circumstances) -> bool:
    if rule.code in known.declared:
        return True
    match rule.basis:
        case JudgementBasis.INCIDENT:
            return known.had_grave_incident
        case JudgementBasis.INSTALLATION:
            return known.is_major_installation
        case JudgementBasis.PEOPLE:
            enough = rule.people is not None and known.people >= rule.people
            return known.has_mass_hazard and enough
        case JudgementBasis.VALUE:
            return level is RiskLevel.MAJOR
        case JudgementBasis.DECLARED:
            return False
