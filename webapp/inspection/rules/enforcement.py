"""Which paper may follow which, who may issue it, and what makes its content unchangeable."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from webapp.standards import document_forms
from webapp.standards.refusal import Refusal


class DocumentKind(StrEnum):
    """The papers that are issued here; the values are the codes of the forms' table."""

    INSPECTION_RECORD = "inspection_record"
    RECTIFICATION_ORDER = "rectification_order"
    REINSPECTION_OPINION = "reinspection_opinion"

    @property
    def words(self) -> str:
        """The paper's title."""
        return document_forms.document_form(self.value).name

    @property
    def number_word(self) -> str:
        """The word in its number, such as 检记."""
        return document_forms.document_form(self.value).kind


class DocumentState(StrEnum):
    """Where an issued paper stands."""

    ISSUED = "issued"
    SERVED = "served"
    CLOSED = "closed"
    REVOKED = "revoked"

    @property
    def words(self) -> str:
        """The state as users read it."""
        return _STATE_WORDS[self]

    @property
    def is_in_force(self) -> bool:
        """Whether the paper counts: a revoked one stays on file and says so."""
        return self is not DocumentState.REVOKED


_STATE_WORDS = {
    DocumentState.ISSUED: "已签发",
    DocumentState.SERVED: "已送达",
    DocumentState.CLOSED: "已办结",
    DocumentState.REVOKED: "已撤销",
}


class DocumentAction(StrEnum):
    """What can happen to an issued paper; its content never changes."""

    SERVE = "serve"
    CLOSE = "close"
    REVOKE = "revoke"

    @property
    def words(self) -> str:
        """The action as users read it."""
        return _ACTION_WORDS[self]


_ACTION_WORDS = {
    DocumentAction.SERVE: "送达",
    DocumentAction.CLOSE: "办结",
    DocumentAction.REVOKE: "撤销",
}

_S, _A = DocumentState, DocumentAction
_MOVES = {
    (_S.ISSUED, _A.SERVE): _S.SERVED,
    (_S.ISSUED, _A.REVOKE): _S.REVOKED,
    (_S.SERVED, _A.CLOSE): _S.CLOSED,
    (_S.SERVED, _A.REVOKE): _S.REVOKED,
}

# The plan of the inspection (检查方案) is kept outside as long as it is no kind of ours.
_NEEDS = {
    DocumentKind.RECTIFICATION_ORDER: DocumentKind.INSPECTION_RECORD,
    DocumentKind.REINSPECTION_OPINION: DocumentKind.RECTIFICATION_ORDER,
}


def next_state(state: DocumentState, action: DocumentAction) -> DocumentState | Refusal:
    """The state an action leads to, or why it does not fit the present one."""
    after = _MOVES.get((state, action))
    if after is None:
        return Refusal(f"文书{state.words}，不能{action.words}。")
    return after


def order_refusal(kind: DocumentKind, issued: Collection[DocumentKind]) -> Refusal | None:
    """Why a paper cannot come yet, or None: record → order → re-inspection opinion.

    `issued` are the kinds in force in the case.
    """
    needed = _NEEDS.get(kind)
    if needed and needed not in issued:
        return Refusal(f"请先出具《{needed.words}》，再出具《{kind.words}》。")
    if kind is not DocumentKind.REINSPECTION_OPINION and kind in issued:
        return Refusal(f"本次检查已出具《{kind.words}》；更正请先撤销原文书。")
    return None


class Service(StrEnum):
    """How a paper reaches the unit (Civil Procedure Law, as the Penalty Law refers to it)."""

    DIRECT = "direct"
    LEFT = "left"
    POSTED = "posted"
    ELECTRONIC = "electronic"

    @property
    def words(self) -> str:
        """The way as users read it."""
        return _SERVICE_WORDS[self]


_SERVICE_WORDS = {
    Service.DIRECT: "直接送达",
    Service.LEFT: "留置送达",
    Service.POSTED: "邮寄送达",
    Service.ELECTRONIC: "电子送达",
}


class Party(StrEnum):
    """Who signs a paper."""

    OFFICER = "officer"
    UNIT = "unit"

    @property
    def words(self) -> str:
        """The party as users read it."""
        return "执法人员" if self is Party.OFFICER else "被检查单位"


@dataclass(frozen=True, slots=True)
class Signing:
    """A drawn signature, or the reason why there is none; one of the two."""

    party: Party
    name: str
    is_signed: bool
    refusal: str = ""
    user_id: UUID | None = None


def signing_refusal(signings: Sequence[Signing], officers: Collection[UUID]) -> Refusal | None:
    """Why a paper is not signed well enough, or None.

    Both officers sign with their own hands. The unit's person signs too; when he refuses, the
    reason is written down and both officers sign for it (Work Safety Law 2021, Art. 68).
    """
    hands = {each.user_id for each in signings if each.party is Party.OFFICER and each.is_signed}
    if len(hands & set(officers)) < 2:
        return Refusal("须由两名执法人员本人签名。", "officer_signatures")
    units = [each for each in signings if each.party is Party.UNIT]
    if not units:
        return Refusal("须由被检查单位负责人签名，或者写明拒签原因。", "unit_signature")
    for each in units:
        if each.is_signed and not each.name.strip():
            return Refusal("请填写签名人的姓名。", "unit_name")
        if not each.is_signed and not each.refusal.strip():
            return Refusal("被检查单位拒绝签名的，请写明原因。", "unit_refusal")
        if each.is_signed and each.refusal.strip():
            return Refusal("已经签名，不能同时填写拒签原因。", "unit_refusal")
    return None


def issuer_refusal(issuer: UUID, officers: Collection[UUID]) -> Refusal | None:
    """Why a person may not issue papers of a case, or None: only its own officers."""
    if issuer not in officers:
        return Refusal("只有本次检查的执法人员可以签发文书。")
    return None


def revocation_refusal(
    kind: DocumentKind, state: DocumentState, *, reason: str, later: Collection[DocumentKind]
) -> Refusal | None:
    """Why a paper cannot be revoked, or None; `later` are kinds in force that rest on it."""
    after = next_state(state, DocumentAction.REVOKE)
    if isinstance(after, Refusal):
        return after
    resting = [each for each in later if _NEEDS.get(each) is kind]
    if resting:
        return Refusal(f"《{resting[0].words}》以本文书为依据，请先撤销它。")
    if not reason.strip():
        return Refusal("请写明撤销的原因；原文号保留，不再使用。", "reason")
    return None


def opinion_revocation_refusal(outcomes: Collection[str]) -> Refusal | None:
    """Why an opinion with these outcomes cannot be revoked, or None.

    A hazard that was closed by it is closed; what comes to light later is a new finding.
    """
    if "rectified" in outcomes:
        return Refusal("已依据这份意见书销号，不能撤销；发现新情况请另行检查。")
    return None


def date_refusal(issued_on: date, *, inspected_on: date) -> Refusal | None:
    """Why a paper cannot bear this date, or None: never before the inspection it tells of."""
    if issued_on < inspected_on:
        return Refusal("文书日期不能早于检查日期。", "issued_on")
    return None


def document_number(kind: DocumentKind, *, place: str, year: int, sequence: int) -> str:
    """A number as printed: （安）应急检记〔2026〕12号."""
    form = document_forms.document_form(kind.value)
    return document_forms.document_number(form, region_word=place, year=year, sequence=sequence)


def remedy_words(kind: DocumentKind, *, reconsideration_organ: str, court: str) -> str | None:
    """Where the unit can turn to against a paper, or None for one that decides nothing.

    Reconsideration within 60 days or suit within 6 months; both bodies are the agency's data.
    """
    form = document_forms.document_form(kind.value)
    if "remedy" not in form.words:
        return None
    return form.text("remedy", reconsideration_body=reconsideration_organ, court=court)


def remedy_refusal(kind: DocumentKind, *, reconsideration_organ: str, court: str) -> Refusal | None:
    """Why an agency cannot issue such a paper yet, or None: the remedies must be named."""
    is_named = bool(reconsideration_organ.strip() and court.strip())
    if is_named or "remedy" not in document_forms.document_form(kind.value).words:
        return None
    return Refusal("本机关还没有登记行政复议机关和人民法院，请先在机关设置中补充。")


def canonical_json(content: Mapping[str, Any]) -> bytes:
    """The one byte form of a content: sorted keys, no blanks, UTF-8.

    Takes only what JSON holds without loss; raises TypeError for anything else and
    ValueError for numbers that are none, so that a digest can always be made again.
    """
    _only_plain(content)
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def content_sha256(content: Mapping[str, Any]) -> str:
    """The digest that freezes a content, in hexadecimal."""
    return hashlib.sha256(canonical_json(content)).hexdigest()


def _only_plain(value: object) -> None:
    match value:
        case dict():
            if not all(isinstance(key, str) for key in value):
                raise TypeError("keys of a document's content are text")
            for part in value.values():
                _only_plain(part)
        case list() | tuple():
            for part in value:
                _only_plain(part)
        case str() | bool() | int() | None:
            return
        case _:
            raise TypeError(f"a document's content cannot hold {type(value).__name__}")
