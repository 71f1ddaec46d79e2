"""An inspection from its start to its closing, by never fewer than two officers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from webapp.accounts.rules.roles import covers
from webapp.standards.check_types import limits
from webapp.standards.refusal import Refusal

FEWEST_OFFICERS = 2
SHORTEST = timedelta(minutes=5)
LONGEST_MAJOR_DAYS = 180


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    RECORDED = "recorded"
    ORDERED = "ordered"
    REINSPECTED = "reinspected"
    CLOSED = "closed"
    ABANDONED = "abandoned"

    @property
    def words(self) -> str:
        """The state as users read it."""
        return _STATE_WORDS[self]

    @property
    def is_running(self) -> bool:
        """Whether officers still have something to do."""
        return self not in {CaseState.CLOSED, CaseState.ABANDONED}


_STATE_WORDS = {
    CaseState.OPEN: "检查中",
    CaseState.RECORDED: "已出检查记录",
    CaseState.ORDERED: "整改期内",
    CaseState.REINSPECTED: "已复查",
    CaseState.CLOSED: "已办结",
    CaseState.ABANDONED: "已终止",
}


class CaseAction(StrEnum):
    """What moves a case; most are the issue of a document."""

    RECORD = "record"
    ORDER = "order"
    REINSPECT = "reinspect"
    CLOSE = "close"
    ABANDON = "abandon"

    @property
    def words(self) -> str:
        """The action as users read it."""
        return _ACTION_WORDS[self]


_ACTION_WORDS = {
    CaseAction.RECORD: "出具现场检查记录",
    CaseAction.ORDER: "下达整改指令",
    CaseAction.REINSPECT: "出具复查意见",
    CaseAction.CLOSE: "办结",
    CaseAction.ABANDON: "终止检查",
}

_S, _A = CaseState, CaseAction
_MOVES = {
    (_S.OPEN, _A.RECORD): _S.RECORDED,
    (_S.OPEN, _A.ABANDON): _S.ABANDONED,
    (_S.RECORDED, _A.ORDER): _S.ORDERED,
    (_S.RECORDED, _A.CLOSE): _S.CLOSED,
    (_S.ORDERED, _A.REINSPECT): _S.REINSPECTED,
    (_S.REINSPECTED, _A.REINSPECT): _S.REINSPECTED,
    (_S.REINSPECTED, _A.CLOSE): _S.CLOSED,
}


def next_state(state: CaseState, action: CaseAction) -> CaseState | Refusal:
    """The state an action leads to, or why it does not fit the present one."""
    after = _MOVES.get((state, action))
    if after is None:
        return Refusal(f"检查当前为“{state.words}”，不能{action.words}。")
    return after


def state_of_papers(kinds: Collection[str]) -> CaseState:
    """Where a case stands that has papers of these kinds in force, as after a revocation."""
    if "reinspection_opinion" in kinds:
        return CaseState.REINSPECTED
    if "rectification_order" in kinds:
        return CaseState.ORDERED
    return CaseState.RECORDED if "inspection_record" in kinds else CaseState.OPEN


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer with the certificate that is shown; the region prefix is his agency's."""

    user_id: UUID
    name: str
    certificate_number: str
    region_prefix: str


def officers_refusal(officers: Sequence[Officer], enterprise_region: str) -> Refusal | None:
    """Why these officers may not inspect, or None.

    Never fewer than two, each with a certificate: Administrative Penalty Law (2021), Art. 42.
    """
    if len({officer.user_id for officer in officers}) != len(officers):
        return Refusal("同一名执法人员不能重复填写。", "officers")
    if len(officers) < FEWEST_OFFICERS:
        return Refusal("执法检查不得少于两名执法人员，请再选择一名。", "officers")
    for officer in officers:
        if not officer.certificate_number.strip():
            return Refusal(f"{officer.name}没有登记执法证号，不能执法。", "officers")
        if not covers(officer.region_prefix, enterprise_region):
            return Refusal(f"该企业不在{officer.name}所在机关的辖区。", "officers")
    certificates = {officer.certificate_number.strip() for officer in officers}
    if len(certificates) != len(officers):
        return Refusal("两名执法人员的执法证号相同，请核对。", "officers")
    return None


def time_refusal(started_at: datetime, ended_at: datetime, *, now: datetime) -> Refusal | None:
    """Why the times of an inspection cannot be, or None."""
    if ended_at <= started_at:
        return Refusal("检查结束时间要晚于开始时间。", "ended_at")
    if ended_at > now:
        return Refusal("检查结束时间不能晚于现在。", "ended_at")
    return None


@dataclass(frozen=True, slots=True)
class Visit:
    """An officer was at an enterprise from one time to another; an end is open while there."""

    user_id: UUID
    officer: str
    enterprise: str
    started_at: datetime
    ended_at: datetime | None


def time_warnings(
    started_at: datetime, ended_at: datetime, *, officers: Collection[UUID], others: Iterable[Visit]
) -> tuple[str, ...]:
    """What a reviewer would ask about the times: too short, or one officer in two places."""
    found = []
    if ended_at - started_at < SHORTEST:
        found.append("检查时间不足 5 分钟，请核对。")
    for visit in others:
        is_later = visit.started_at >= ended_at
        is_earlier = visit.ended_at is not None and visit.ended_at <= started_at
        if visit.user_id in officers and not (is_later or is_earlier):
            found.append(f"{visit.officer}同一时间在“{visit.enterprise}”检查，请核对。")
    return tuple(found)


class Basis(StrEnum):
    """What a finding is measured by."""

    LEDGER = "ledger"
    CRITERION = "criterion"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The basis as users read it."""
        return _BASIS_WORDS[self]


_BASIS_WORDS = {
    Basis.LEDGER: "企业风险清单",
    Basis.CRITERION: "重大事故隐患判定标准",
    Basis.OTHER: "其他",
}


class Disposition(StrEnum):
    """What is done about a finding."""

    ON_THE_SPOT = "on_the_spot"
    ORDER = "order"

    @property
    def words(self) -> str:
        """The disposition as users read it."""
        return "当场改正" if self is Disposition.ON_THE_SPOT else "责令限期整改"


class Outcome(StrEnum):
    """What a re-inspection sees of an ordered item."""

    RECTIFIED = "rectified"
    NOT_RECTIFIED = "not_rectified"

    @property
    def words(self) -> str:
        """The outcome as users read it."""
        return "已整改" if self is Outcome.RECTIFIED else "未整改"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rules look at in a finding; `number` counts from 1 within the case."""

    number: int
    description: str
    disposition: Disposition
    due_on: date | None = None
    is_major: bool = False

    @property
    def longest_days(self) -> int:
        """How far an order's date may lie ahead; our own limits, the law names none."""
        return LONGEST_MAJOR_DAYS if self.is_major else limits().longest_days


@dataclass(frozen=True, slots=True)
class Ordered:
    """What an order that was issued once has fixed of a finding: it is a hazard by now."""

    disposition: Disposition
    due_on: date | None
    is_major: bool


def ordered_refusal(before: Ordered, after: Ordered) -> Refusal | None:
    """Why a finding that has become a hazard cannot be written anew like this, or None.

    The hazard's date and level are moved where hazards are, with its own record.
    """
    if after.disposition is not before.disposition:
        return Refusal("这条问题已下达过整改指令，处理方式不能再改。", "disposition")
    if after.due_on != before.due_on:
        return Refusal("这条问题已成为企业的隐患，期限在隐患中办理延期。", "due_on")
    if after.is_major is not before.is_major:
        return Refusal("这条问题已成为企业的隐患，级别在隐患中调整。", "is_major")
    return None


def finding_refusal(finding: Finding, *, today: date) -> Refusal | None:
    """Why a finding cannot be written down like this, or None."""
    if not finding.description.strip():
        return Refusal("请写明发现的问题。", "description")
    if finding.is_major and finding.disposition is Disposition.ON_THE_SPOT:
        return Refusal("重大事故隐患不能当场改正了事，应责令限期整改。", "disposition")
    if finding.disposition is Disposition.ON_THE_SPOT:
        return None
    if finding.due_on is None:
        return Refusal("责令限期整改的问题要有整改期限。", "due_on")
    if finding.due_on <= today:
        return Refusal("整改期限要晚于今天。", "due_on")
    if finding.due_on > today + timedelta(days=finding.longest_days):
        return Refusal(f"整改期限不能超过 {finding.longest_days} 天。", "due_on")
    return None


def closing_refusal(
    state: CaseState,
    findings: Collection[Finding],
    outcomes: Collection[Outcome | None],
) -> Refusal | None:
    """Why a case cannot be closed, or None; outcomes are those of all ordered findings."""
    after = next_state(state, CaseAction.CLOSE)
    if isinstance(after, Refusal):
        return after
    is_ordered = any(each.disposition is Disposition.ORDER for each in findings)
    if state is CaseState.RECORDED and is_ordered:
        return Refusal("还有应责令限期整改的问题，请先下达整改指令。")
    open_items = sum(outcome is not Outcome.RECTIFIED for outcome in outcomes)
    if open_items:
        return Refusal(f"还有 {open_items} 项未整改到位，不能办结；拒不整改的应当立案。")
    return None
