"""Signatures drawn on the officer's screen: decoded before a transaction, stored inside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import isfinite
from typing import Any
from uuid import UUID

from webapp.documents.signature import Refusal, Signature
from webapp.enterprise.service.signatures import png_of
from webapp.inspection.pdf.parts import Hands
from webapp.inspection.queries.cases import CaseDetail
from webapp.inspection.rules.contents import Hand
from webapp.inspection.rules.enforcement import Party, Signing
from webapp.inspection.rules.hands import SentHand, SentHands
from webapp.platform import storage
from webapp.platform.errors import Invalid
from webapp.platform.unit_of_work import Work

MOST_BYTES = 200 * 1024
MOST_POINTS = 20_000
MOST_POINT_BYTES = 1_500_000

Strokes = tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawn signature: its picture, made anew by us, and the pen's way."""

    png: bytes
    strokes: Strokes

    @property
    def sha256(self) -> str:
        """The digest that the paper's content names."""
        return sha256(self.png).hexdigest()


@dataclass(frozen=True, slots=True)
class Signings:
    """The hands for a paper: both officers, and the unit's hand or its reason."""

    officers: Mapping[UUID, Drawn]
    unit_name: str
    unit: Drawn | None
    refusal: str

    def rule(self, case: CaseDetail) -> list[Signing]:
        """The hands as the rules look at them."""
        officers = [
            Signing(Party.OFFICER, o.name, o.user_id in self.officers, user_id=o.user_id)
            for o in case.officers
        ]
        unit = Signing(Party.UNIT, self.unit_name, self.unit is not None, self.refusal)
        return [*officers, unit]

    def hands(self, case: CaseDetail) -> list[Hand]:
        """The hands as the paper's content names them."""
        officers = [
            Hand(Party.OFFICER.value, o.name, self.officers[o.user_id].sha256)
            for o in case.officers
        ]
        digest = self.unit.sha256 if self.unit else ""
        return [*officers, Hand(Party.UNIT.value, self.unit_name, digest, self.refusal)]

    def drawn(self, case: CaseDetail, dated: str) -> Hands:
        """The hands as they are drawn on the paper."""
        officers = tuple(_shown(self.officers[o.user_id]) for o in case.officers)
        if self.unit is None:
            return Hands(officers, Refusal(self.refusal, on=dated))
        return Hands(officers, _shown(self.unit, dated))


def _shown(drawn: Drawn, on: str = "") -> Signature:
    # The pen's way prints sharper than the picture; without it the picture serves.
    return Signature(strokes=drawn.strokes, png=b"" if drawn.strokes else drawn.png, on=on)


def decoded(sent: SentHands, case: CaseDetail) -> Signings:
    """The hands that a page sent. Raises one Invalid for all that is missing or broken."""
    faults: dict[str, str] = {}
    pairs = enumerate(zip(case.officers, sent.officers, strict=False), 1)
    hands = {
        officer.user_id: _hand(hand, f"officer_{number}", faults)
        for number, (officer, hand) in pairs
    }
    unit = None if sent.is_refused else _hand(sent.unit, "unit_signature", faults)
    if not sent.is_refused and not sent.unit_name.strip():
        faults["unit_name"] = "请填写签名人的姓名。"
    if sent.is_refused and not sent.refusal.strip():
        faults["unit_refusal"] = "被检查单位拒绝签名的，请写明原因。"
    if faults:
        field, message = next(iter(faults.items()))
        raise Invalid(field, message, **{k: v for k, v in faults.items() if k != field})
    officers = {user_id: hand for user_id, hand in hands.items() if hand is not None}
    return Signings(officers, sent.unit_name, unit, sent.refusal if sent.is_refused else "")


def _hand(sent: SentHand, field: str, faults: dict[str, str]) -> Drawn | None:
    """A hand, or None after noting at its field what is wrong with it."""
    try:
        return drawn(sent.image, sent.points, field=field)
    except Invalid as error:
        faults |= error.fields
        return None


def drawn(image: str, points: str, *, field: str) -> Drawn:
    """A signature as the page sends it: PNG data address and the strokes as JSON.

    Raises Invalid at the field for an empty, broken or oversized one.
    """
    png = png_of(image, field=field)
    if len(png) > MOST_BYTES:
        raise Invalid(field, "签名图片过大，请重新签名。")
    return Drawn(png, strokes_of(points))


def strokes_of(points: str) -> Strokes:
    """The pen's way, or nothing when it is missing or no such thing: the picture counts."""
    if not points or len(points) > MOST_POINT_BYTES:
        return ()
    try:
        strokes = tuple(
            tuple(_point(point) for point in stroke["points"])
            for stroke in json.loads(points)["strokes"]
        )
    except (ValueError, TypeError, KeyError):
        return ()
    count = sum(len(stroke) for stroke in strokes)
    return strokes if 1 < count <= MOST_POINTS else ()


def _point(point: Mapping[str, Any]) -> tuple[float, float]:
    x, y = round(float(point["x"]), 1), round(float(point["y"]), 1)
    if not (isfinite(x) and isfinite(y) and max(abs(x), abs(y)) < 100_000):
        raise ValueError("a point lies on the pad")
    return x, y


def keep(work: Work, enterprise_id: UUID, signed: Drawn, name: str) -> UUID:
    """Store a signature in the enterprise's record; the file's id."""
    return storage.add_file(
        work.session,
        enterprise_id,
        signed.png,
        name=f"{name}签名.png",
        media_type="image/png",
        added_by=work.actor.user_id,
        at=work.at,
        facts={"strokes": [list(map(list, stroke)) for stroke in signed.strokes]},
    )
