"""Inspections brought to a state the product's way, with plain valid words and real hands."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO
from math import cos, sin
from uuid import UUID

from PIL import Image, ImageDraw

from tests.factories import risks as ledger
from tests.fixtures.actors import Account, World, make_officer
from webapp.accounts.rules.roles import Role
from webapp.hazards.rules.submissions import Upload
from webapp.hazards.service.photos import Picture, keep_photos
from webapp.inspection.queries.cases import CaseDetail, case_detail
from webapp.inspection.queries.documents import DocumentDetail, document_detail
from webapp.inspection.queries.drafts import draft
from webapp.inspection.rules.cases import Basis, Disposition, Outcome
from webapp.inspection.rules.enforcement import DocumentKind
from webapp.inspection.rules.findings import Place, Words
from webapp.inspection.rules.reinspection import Seen, texts_of
from webapp.inspection.rules.visits import Account as CaseAccount
from webapp.inspection.rules.visits import Start
from webapp.inspection.service.cases import save_case, start_case
from webapp.inspection.service.enforcement import ISSUES, Submission
from webapp.inspection.service.findings import add_finding
from webapp.inspection.service.reinspection import outcomes_of, record_outcomes
from webapp.inspection.service.signatures import Signings, drawn
from webapp.platform.identifiers import new_id
from webapp.platform.images import process_image
from webapp.platform.tenancy import Actor

NOW = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
DUE = date(2026, 12, 1)
BASE = "https://anqima.example"


@cache
def signature_image(seed: int = 1) -> str:
    """A scrawl as the page's pad sends it: a PNG data address."""
    image = Image.new("RGBA", (600, 200))
    pen = ImageDraw.Draw(image)
    pen.line(
        [(40 + 10 * n, 100 + 70 * sin(n * (0.4 + 0.17 * seed)) * cos(n * 0.31)) for n in range(52)],
        fill=(20, 33, 61, 255),
        width=6,
    )
    target = BytesIO()
    image.save(target, "PNG")
    return "data:image/png;base64," + base64.b64encode(target.getvalue()).decode()


SIGNATURE_POINTS = (
    '{"width": 300, "height": 100, "strokes": [{"points": [{"x": 20, "y": 30}, {"x": 60, "y": 80},'
    ' {"x": 90, "y": 20}, {"x": 160, "y": 70}]}]}'
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A case with the two officers who act on it."""

    world: World
    case_id: UUID

    @property
    def first(self) -> Actor:
        return self.world["inspector"].actor

    @property
    def second(self) -> Actor:
        return self.world.second_inspector.actor

    @property
    def place(self) -> tuple[UUID, UUID]:
        return self.world.enterprise_id, self.case_id

    @property
    def detail(self) -> CaseDetail:
        return case_detail(self.first.scope, *self.place)

    def paper(self, kind: DocumentKind) -> DocumentDetail:
        found = self.detail.paper(kind)
        assert found is not None
        return document_detail(self.first.scope, found.enterprise_id, found.id)


def start(second: Account, **changes: object) -> Start:
    values = {
        "second_officer_id": second.user_id,
        "places": "熔炼车间、喷漆室",
        "contact_name": "陈晓峰",
        "contact_position": "安全总监",
        "contact_phone": "13803720009",
        "is_certificate_shown": True,
    }
    return Start(**{**values, **changes})


def open_visit(world: World, *, at: datetime = NOW) -> Visit:
    """An inspection that has just begun."""
    actor = world["inspector"].actor
    case_id = start_case(
        actor, world.enterprise_id, start(world.second_inspector), key=new_id(), at=at
    )
    return Visit(world, case_id)


def account(detail: CaseDetail, **changes: object) -> CaseAccount:
    values = {
        "places": detail.places,
        "contact_name": detail.contact_name,
        "contact_position": detail.contact_position,
        "contact_phone": detail.contact_phone,
        "situation": detail.situation,
        "started_at": detail.started_at,
        "ended_at": detail.ended_at,
    }
    return CaseAccount(**{**values, **changes})


def words(description: str = "炉坑内有积水", **changes: object) -> Words:
    values = {
        "description": description,
        "law_basis": "《中华人民共和国安全生产法》第四十一条",
        "disposition": Disposition.ORDER,
        "due_on": DUE,
        "is_major": False,
    }
    return Words(**{**values, **changes})


def find(
    visit: Visit,
    description: str = "炉坑内有积水",
    *,
    place: Place | None = None,
    pictures: tuple[Picture, ...] = (),
    at: datetime = NOW,
    **changes: object,
) -> UUID:
    """Write down a finding; by default one that has nothing to do with the ledger."""
    return add_finding(
        visit.first,
        *visit.place,
        place or Place(Basis.OTHER),
        words(description, **changes),
        key=new_id(),
        pictures=pictures,
        at=at,
    )


def ledger_place(world: World) -> Place:
    """A measure of a major event on the enterprise's ledger."""
    point = ledger.make_point(world.enterprise_id, f"2 号中频炉{new_id().hex[-4:]}")
    event = ledger.make_event(world.enterprise_id, point, level="major")
    measure = ledger.make_measure(world.enterprise_id, event)
    return Place(Basis.LEDGER, point, event, measure)


@cache
def jpeg(seed: int = 1) -> bytes:
    """A small photo unlike those of other seeds."""
    image = Image.effect_noise((64, 48), 40 + seed)
    target = BytesIO()
    image.convert("RGB").save(target, "JPEG")
    return target.getvalue()


@cache
def picture(seed: int = 1) -> Picture:
    return Picture("现场.jpg", process_image(jpeg(seed)))


def end(visit: Visit, *, at: datetime = NOW, situation: str = "检查熔炼车间和喷漆室。") -> None:
    """Save the account with an end, an hour after the start."""
    detail = visit.detail
    save_case(
        visit.first,
        *visit.place,
        account(detail, situation=situation, ended_at=at + timedelta(hours=1)),
        version=detail.version,
        seen={},
        at=at + timedelta(hours=1),
    )


def signings(visit: Visit, *, refusal: str = "", unit_name: str = "陈晓峰") -> Signings:
    """Both officers sign; the unit signs too unless it gives a reason."""
    hands = {
        officer.user_id: drawn(signature_image(n), SIGNATURE_POINTS, field="officer")
        for n, officer in enumerate(visit.detail.officers, 1)
    }
    unit = None if refusal else drawn(signature_image(3), "", field="unit")
    return Signings(hands, unit_name, unit, refusal)


def submission(
    visit: Visit, kind: DocumentKind, *, key: UUID | None = None, refusal: str = ""
) -> Submission:
    seen = draft(visit.first.scope, visit.detail, kind).sha256
    return Submission(signings(visit, refusal=refusal), seen, key or new_id(), BASE)


def issue(
    visit: Visit,
    kind: DocumentKind,
    *,
    at: datetime = NOW + timedelta(hours=2),
    key: UUID | None = None,
    refusal: str = "",
) -> UUID:
    """Issue a paper of the case as it stands."""
    sent = submission(visit, kind, key=key, refusal=refusal)
    return ISSUES[kind](visit.first, *visit.place, sent, at=at)


def recorded_visit(world: World, *, findings: int = 2) -> Visit:
    """A visit with findings to be ordered, its record issued."""
    visit = open_visit(world)
    for n in range(findings):
        find(visit, f"第 {n + 1} 处问题", due_on=DUE + timedelta(days=n))
    end(visit)
    issue(visit, DocumentKind.INSPECTION_RECORD)
    return visit


def ordered_visit(world: World, *, findings: int = 2, refusal: str = "") -> Visit:
    """A visit whose order has been issued."""
    visit = recorded_visit(world, findings=findings)
    issue(visit, DocumentKind.RECTIFICATION_ORDER, refusal=refusal)
    return visit


def reinspect(
    visit: Visit,
    outcome_of: Callable[[int], Outcome] = lambda _: Outcome.RECTIFIED,
    *,
    at: datetime = NOW + timedelta(days=8),
) -> UUID:
    """Look at the open items again and issue the opinion."""
    detail = visit.detail
    seen = {
        number: Seen(outcome_of(number), f"第 {number} 项现场查看")
        for number, _ in detail.open_items
    }
    record_outcomes(
        visit.first,
        *visit.place,
        seen,
        version=detail.version,
        seen=texts_of(outcomes_of(detail)),
        at=at,
    )
    return issue(visit, DocumentKind.REINSPECTION_OPINION, at=at)


def another_inspector(world: World) -> Account:
    """A third inspector of the world's agency."""
    return make_officer(world.agency_id, Role.INSPECTOR, name="王志强")


def kept_photo(world: World) -> UUID:
    """A photo of the inspector's that waits in a form that was refused."""
    actor = world["inspector"].actor
    uploads = [Upload("现场.jpg", jpeg())]
    return keep_photos(actor, world.enterprise_id, uploads, at=NOW)[0]
