"""What all papers of this room share: frozen content in, blocks of the documents kit out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.documents import official
from webapp.documents.flow import Document
from webapp.documents.runs import Rich, Run, fill
from webapp.documents.signature import Refusal, Signature
from webapp.documents.verification import NOTE, Verification
from webapp.inspection.rules.enforcement import content_sha256
from webapp.inspection.rules.tokens import address, grouped

Content = Mapping[str, Any]

UNNUMBERED = "（签发时取号）"
DRAFT_NOTE = "草稿 · 未签发"
SIGNED_NOTE = "现场手写屏签名，笔迹与文书摘要一并存证；拒绝签名的，由两名执法人员注明。"


@dataclass(frozen=True, slots=True)
class Hands:
    """The drawn signatures of both officers and the unit's signature or refusal."""

    officers: tuple[Signature, ...] = ()
    unit: Signature | Refusal | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A content with the hands that signed it; without a number it is a draft to read."""

    content: Content
    hands: Hands
    base_address: str

    @property
    def number(self) -> str:
        """The number, or the words in its place."""
        return str(self.content.get("number", UNNUMBERED))

    @property
    def is_draft(self) -> bool:
        """Whether it has not been issued."""
        return "number" not in self.content

    @property
    def dated(self) -> str:
        """The date as printed; a draft leaves it open."""
        return str(self.content.get("dated", "　　年　月　日"))

    @property
    def foot_note(self) -> str:
        """What stands right at each foot."""
        return DRAFT_NOTE if self.is_draft else f"核验码 {grouped(self.content['code'])}"

    @property
    def unit(self) -> Signature | Refusal:
        """The unit's hand; a draft has an empty place."""
        return self.hands.unit or Signature()

    def officers(self) -> list[official.Officer]:
        """The officers with their certificates and what they drew."""
        drawn = (*self.hands.officers, *(Signature(),) * len(self.content["officers"]))
        return [
            official.Officer(officer["certificate"], signature)
            for officer, signature in zip(self.content["officers"], drawn, strict=False)
        ]


def begun(paper: Paper) -> Document:
    """A document with the official head."""
    content = paper.content
    return official.official_document(
        content["agency"], content["title"], paper.number, note=paper.foot_note
    )


def rich(paragraph: Sequence[Any]) -> Rich:
    """A paragraph of the content with its blanks underlined."""
    runs: list[str | Run] = [
        part if isinstance(part, str) else fill(part["fill"]) for part in paragraph
    ]
    return runs


def closed(document: Document, paper: Paper, notes: Sequence[str] = ()) -> bytes:
    """Add the verification block of an issued paper and return the PDF."""
    content = paper.content
    if not paper.is_draft:
        document.verification(
            Verification(
                address=address(paper.base_address, content["code"]),
                short_code=grouped(content["code"]),
                content_hash=content_sha256(content),
                chain_head=content["chain"]["head"],
                issued_at=content["issued_at"],
                notes=(NOTE, *notes),
            )
        )
    return document.build()


def references(content: Content) -> tuple[str, ...]:
    """The line that names the papers this one rests on or replaces."""
    lines = []
    if content.get("references"):
        lines.append(f"关联：{'；'.join(content['references'])}。")
    if content.get("replaces"):
        lines.append(f"本文书更正并取代{content['replaces']}。")
    return tuple(lines)
