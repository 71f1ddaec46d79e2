"""What a paper says, as the JSON that is frozen when it is issued.

A draft is everything but number, date, code and hands; the officers and the unit sign what the
draft's digest stands for, and a paper is issued only if the draft is still the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from webapp.inspection.rules.cases import Disposition, Finding, Outcome
from webapp.inspection.rules.enforcement import DocumentKind, content_sha256
from webapp.inspection.rules.orders import order_groups
from webapp.inspection.rules.wording import (
    day_words,
    filled,
    item_text,
    minute_words,
    order_sentences,
)
from webapp.standards.document_forms import document_form, family

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PaperOfficer:
    """An officer as a paper names them."""

    name: str
    certificate: str


@dataclass(frozen=True, slots=True)
class PaperPhoto:
    """A photo in the record's catalogue; `taken` as printed, digest of the stored file."""

    number: int
    words: str
    taken: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """A finding as papers name it; the first number counts within the case."""

    finding: Finding
    basis: str
    finding_id: str

    @property
    def text(self) -> str:
        """The finding with what it rests on."""
        return item_text(self.finding.description, basis=self.basis, is_major=self.finding.is_major)


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What all papers of a case share; times are local."""

    agency: str
    reconsideration_organ: str
    court: str
    enterprise: str
    uscc: str
    address: str
    principal: str
    contact_name: str
    contact_position: str
    phone: str
    officers: tuple[PaperOfficer, ...]
    places: str
    started_at: datetime
    ended_at: datetime | None
    situation: str


def record_draft(
    facts: PaperFacts, findings: Sequence[PaperFinding], photos: Sequence[PaperPhoto]
) -> Content:
    """The on-site inspection record: who, where, when, what was seen and what is done about it."""
    form = document_form(DocumentKind.INSPECTION_RECORD)
    first, second = facts.officers[:2]
    return _common(DocumentKind.INSPECTION_RECORD, facts) | {
        "places": facts.places,
        "time": _span(facts),
        "opening": filled(
            form,
            "opening",
            agency=facts.agency,
            officer_1=first.name,
            officer_2=second.name,
            certificate_1=first.certificate,
            certificate_2=second.certificate,
        ),
        "situation": [line.strip() for line in facts.situation.splitlines() if line.strip()],
        "findings": [
            {
                "number": each.finding.number,
                "text": each.text,
                "disposition": _disposition(each.finding),
            }
            for each in findings
        ],
        "photos": [
            {"number": p.number, "words": p.words, "taken": p.taken, "sha256": p.sha256}
            for p in photos
        ],
    }


def order_draft(
    facts: PaperFacts, findings: Sequence[PaperFinding], references: Sequence[str]
) -> Content:
    """The rectification order; findings that were put right on the spot are left out."""
    form = document_form(DocumentKind.RECTIFICATION_ORDER)
    ordered = [each for each in findings if each.finding.disposition is Disposition.ORDER]
    groups = order_groups([each.finding for each in ordered])
    return _common(DocumentKind.RECTIFICATION_ORDER, facts) | {
        "opening": [form.text("opening")],
        "items": [
            {
                "number": number,
                "text": each.text,
                "due_on": each.finding.due_on.isoformat() if each.finding.due_on else "",
                "is_major": each.finding.is_major,
                "finding": each.finding_id,
            }
            for number, each in enumerate(ordered, 1)
        ],
        "order": order_sentences(form, groups),
        "safety": [form.text("safety")],
        "remedy": filled(
            form, "remedy", reconsideration_body=facts.reconsideration_organ, court=facts.court
        ),
        "copies": form.text("copies", agency=facts.agency),
        "references": list(references),
    }


@dataclass(frozen=True, slots=True)
class PaperOutcome:
    """What a re-inspection saw of an order's item."""

    number: int
    text: str
    outcome: Outcome
    words: str
    finding_id: str

    @property
    def opinion(self) -> str:
        """The opinion on the item in one sentence."""
        words = self.words.strip().rstrip("。")
        return f"{self.outcome.words}{f'，{words}' if words else ''}。"


def opinion_draft(
    facts: PaperFacts,
    outcomes: Sequence[PaperOutcome],
    *,
    decided_on: date,
    number: str,
) -> Content:
    """The re-inspection opinion on an order: item by item."""
    form = document_form(DocumentKind.REINSPECTION_OPINION)
    return _common(DocumentKind.REINSPECTION_OPINION, facts) | {
        "opening": filled(
            form,
            "opening",
            decided_on=day_words(decided_on),
            decision="责令限期整改",
            number=number,
        ),
        "items": [
            {
                "number": each.number,
                "text": each.text,
                "outcome": each.outcome.value,
                "opinion": each.opinion,
                "finding": each.finding_id,
            }
            for each in outcomes
        ],
        "copies": form.text("copies", agency=facts.agency),
        "references": [f"《{DocumentKind.RECTIFICATION_ORDER.words}》{number}"],
    }


@dataclass(frozen=True, slots=True)
class Issue:
    """What a paper gets when it is issued; `issued_at` is local."""

    number: str
    code: str
    issued_at: datetime
    chain_position: int
    chain_head: str
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signed, with the digest of the drawn signature; or the reason why there is none."""

    party: str
    name: str
    signature_sha256: str
    refusal: str = ""


def issued_content(draft: Content, issue: Issue, hands: Sequence[Hand]) -> Content:
    """The whole content of an issued paper: the draft with number, date, code and hands."""
    form = document_form(draft["form"])
    content = draft | {
        "number": issue.number,
        "code": issue.code,
        "issued_at": minute_words(issue.issued_at),
        "dated": day_words(issue.issued_at.date()),
        "chain": {"position": issue.chain_position, "head": issue.chain_head},
        "draft_sha256": content_sha256(draft),
        "hands": [
            {
                "party": hand.party,
                "name": hand.name,
                "signature_sha256": hand.signature_sha256,
                "refusal": hand.refusal,
            }
            for hand in hands
        ],
    }
    if issue.replaces:
        content["replaces"] = issue.replaces
    refused = next((hand.refusal for hand in hands if hand.refusal), "")
    if refused and "refusal" in form.words:
        content["refusal"] = form.text("refusal", reason=refused.rstrip("。"))
    return content


def _common(kind: DocumentKind, facts: PaperFacts) -> Content:
    form = document_form(kind)
    return {
        "form": form.code,
        "form_version": form.version,
        "family": family(form.version),
        "title": form.name,
        "agency": facts.agency,
        "enterprise": facts.enterprise,
        "uscc": facts.uscc,
        "address": facts.address,
        "principal": facts.principal,
        "contact_name": facts.contact_name,
        "contact_position": facts.contact_position,
        "phone": facts.phone,
        "officers": [{"name": o.name, "certificate": o.certificate} for o in facts.officers],
    }


def _span(facts: PaperFacts) -> str:
    started = minute_words(facts.started_at)
    return f"{started}至{minute_words(facts.ended_at)}" if facts.ended_at else started


def _disposition(finding: Finding) -> str:
    if finding.disposition is Disposition.ORDER and finding.due_on:
        return f"责令于{day_words(finding.due_on)}前整改完毕"
    return finding.disposition.words


def due_words(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The deadlines that an order names, the earliest first, each once."""
    days = sorted({item["due_on"] for item in content.get("items", ()) if item.get("due_on")})
    return tuple(day_words(date.fromisoformat(day)) for day in days)
