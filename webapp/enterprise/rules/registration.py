"""An enterprise applies, its county decides, and what of its record may change later."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from webapp.accounts.rules.roles import covers
from webapp.enterprise.rules.phones import phone_refusal
from webapp.standards import industries, regions, uscc
from webapp.standards.loader import UnknownCode
from webapp.standards.refusal import Refusal

NAME_LENGTHS = (4, 100)
PERSON_LENGTHS = (2, 30)
ADDRESS_LENGTHS = (5, 200)
MOST_EMPLOYEES = 1_000_000
_CITY_LENGTH, _COUNTY_LENGTH = 4, 6
_DECIDING_LENGTHS = (_CITY_LENGTH, _COUNTY_LENGTH)


class RegistrationState(StrEnum):
    """Where an enterprise's registration stands."""

    APPLIED = "applied"
    APPROVED = "approved"
    REJECTED = "rejected"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state as users read it."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    RegistrationState.APPLIED: "待审核",
    RegistrationState.APPROVED: "已入驻",
    RegistrationState.REJECTED: "已退回",
    RegistrationState.CLOSED: "已注销",
}


class RegistrationAction(StrEnum):
    """What can happen to a registration."""

    APPROVE = "approve"
    REJECT = "reject"
    REAPPLY = "reapply"
    CLOSE = "close"

    @property
    def words(self) -> str:
        """The action as users read it."""
        return _ACTION_WORDS[self]


_ACTION_WORDS = {
    RegistrationAction.APPROVE: "审核通过",
    RegistrationAction.REJECT: "退回",
    RegistrationAction.REAPPLY: "重新申请",
    RegistrationAction.CLOSE: "注销",
}

_S, _A = RegistrationState, RegistrationAction
_MOVES = {
    (_S.APPLIED, _A.APPROVE): _S.APPROVED,
    (_S.APPLIED, _A.REJECT): _S.REJECTED,
    (_S.REJECTED, _A.REAPPLY): _S.APPLIED,
    (_S.APPROVED, _A.CLOSE): _S.CLOSED,
}


def next_state(state: RegistrationState, action: RegistrationAction) -> RegistrationState | Refusal:
    """The state an action leads to, or why it does not fit the present one."""
    after = _MOVES.get((state, action))
    if after is None:
        return Refusal(f"企业当前为“{state.words}”，不能{action.words}。")
    return after


def decision_refusal(
    action: RegistrationAction, *, agency_region: str, region_code: str, remark: str
) -> Refusal | None:
    """Why an agency may not decide on an application, or None.

    The county's agency decides, because it knows the address, or the city's in its place;
    township and province only look on.
    """
    if len(regions.normalise(agency_region)) not in _DECIDING_LENGTHS:
        return Refusal("企业入驻由所在县（市、区）或市应急管理局审核。")
    if not covers(agency_region, region_code):
        return Refusal("该企业不在本机关辖区，不能审核。")
    if action is RegistrationAction.REJECT and not remark.strip():
        return Refusal("请写明退回的原因，方便企业修改。", "remark")
    return None


@dataclass(frozen=True, slots=True)
class Application:
    """What an enterprise says of itself; also the shape of its record."""

    uscc: str
    name: str
    region_code: str
    industry_code: str
    scale: str
    employees: int
    address: str
    legal_representative: str
    principal_name: str
    principal_phone: str
    safety_officer_name: str
    safety_officer_phone: str
    supervision_categories: tuple[str, ...] = ()


FIELD_WORDS = {
    "uscc": "统一社会信用代码",
    "name": "企业名称",
    "region_code": "所在乡镇（街道）",
    "industry_code": "所属行业",
    "scale": "企业规模",
    "employees": "从业人数",
    "address": "生产经营地址",
    "legal_representative": "法定代表人",
    "principal_name": "主要负责人",
    "principal_phone": "主要负责人电话",
    "safety_officer_name": "安全管理人员",
    "safety_officer_phone": "安全管理人员电话",
    "supervision_categories": "监管类别",
}


def application_refusals(application: Application) -> tuple[Refusal, ...]:
    """Everything that is wrong with an application, each at its field, in the form's order."""
    found = (
        *_identity(application),
        *_place_and_trade(application),
        *_people(application),
    )
    order = list(FIELD_WORDS)
    return tuple(sorted(found, key=lambda refusal: order.index(refusal.field or "")))


def amendment_refusals(before: Application, after: Application) -> tuple[Refusal, ...]:
    """What of an approved record may not become this, besides what makes it invalid.

    The code is the enterprise itself; another county is another decision.
    """
    found = list(application_refusals(after))
    if before.uscc != after.uscc:
        found.append(Refusal("统一社会信用代码不能修改；代码变更请重新申请入驻。", "uscc"))
    if before.region_code[:_COUNTY_LENGTH] != after.region_code[:_COUNTY_LENGTH]:
        found.append(Refusal("跨县（市、区）迁址须由迁入地应急管理局重新审核。", "region_code"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a record that changed, with its name as users read it."""

    field: str
    words: str
    before: object
    after: object


def changes(before: Application, after: Application) -> tuple[Change, ...]:
    """What changed between two records, in the form's order; nothing changed, nothing to say."""
    names = (each.name for each in fields(Application))
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    found = {n: Change(n, FIELD_WORDS[n], old, new) for n, old, new in pairs if old != new}
    return tuple(found[name] for name in FIELD_WORDS if name in found)


def _identity(application: Application) -> Iterator[Refusal]:
    fault = uscc.check(application.uscc)
    if fault:
        yield Refusal(fault.message, "uscc")
    yield from _length(application.name, "name", NAME_LENGTHS)
    yield from _length(application.address, "address", ADDRESS_LENGTHS)


def _place_and_trade(application: Application) -> Iterator[Refusal]:
    if not _is_township(application.region_code):
        yield Refusal("请选择所在的乡镇（街道）。", "region_code")
    if not _is_division(application.industry_code):
        yield Refusal("请选择所属行业大类。", "industry_code")
    if application.scale not in {scale.value for scale in industries.Scale}:
        yield Refusal("请选择企业规模。", "scale")
    if application.employees < 1:
        yield Refusal("从业人数应为 1 以上的整数。", "employees")
    if application.employees > MOST_EMPLOYEES:
        yield Refusal("从业人数太大，最多填 100 万，请核对是否多打了数字。", "employees")
    known = {category.code for category in industries.supervision_categories()}
    if not known.issuperset(application.supervision_categories):
        yield Refusal("监管类别不存在，请重新选择。", "supervision_categories")


def _people(application: Application) -> Iterator[Refusal]:
    for field in ("legal_representative", "principal_name", "safety_officer_name"):
        yield from _length(getattr(application, field), field, PERSON_LENGTHS)
    for field in ("principal_phone", "safety_officer_phone"):
        refusal = phone_refusal(getattr(application, field), field)
        if refusal:
            yield refusal


def _length(text: str, field: str, lengths: tuple[int, int]) -> Iterator[Refusal]:
    fewest, most = lengths
    length = len(text.strip())
    if not length:
        yield Refusal(f"请填写{FIELD_WORDS[field]}。", field)
    elif not fewest <= length <= most:
        yield Refusal(f"{FIELD_WORDS[field]}应为 {fewest} 至 {most} 个字。", field)


def _is_township(code: str) -> bool:
    try:
        return regions.region(code).level is regions.RegionLevel.TOWNSHIP
    except UnknownCode:
        return False


def _is_division(code: str) -> bool:
    try:
        found = industries.industry(code)
    except UnknownCode:
        return False
    return found.code != found.section
