"""Papers are issued while the server dies and while everybody issues at once: no number lost."""

import hashlib
import random
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from tests.dom import Page
from tests.factories import enterprise as enterprises
from tests.factories import inspection
from tests.factories.inspection import SIGNATURE_POINTS, Visit, signature_image
from tests.promises.conftest import Town
from tests.promises.power_cut import Cut, Moment
from tests.promises.visitor import LOST, Form, Visitor
from webapp.inspection.models.enforcement import DocumentSignature, EnforcementDocument
from webapp.platform import audit, storage
from webapp.platform.clock import local_date, now
from webapp.platform.database import reading
from webapp.platform.tenancy import SYSTEM

AT_ONCE = 3
OFFICERS = 20
HANDS = ("officer_1", "officer_2", "unit_signature")


@dataclass
class Issuing:
    """A record that is signed and sent, and what its sender saw of it."""

    visit: Visit
    form: Form
    seen: list[Page] = field(default_factory=list)

    def send(self, visitor: Visitor) -> None:
        try:
            self.seen.append(visitor.send(self.form))
        except LOST:
            return


def ended_visit(town: Town) -> Visit:
    """An inspection of another enterprise of the region whose record is now to be signed."""
    world = replace(town.world, enterprise_id=enterprises.enterprise())
    began = now() - timedelta(hours=2)
    visit = inspection.open_visit(world, at=began)
    inspection.find(visit, due_on=local_date(began) + timedelta(days=7), at=began)
    inspection.end(visit, at=began)
    return visit


def signed(visitor: Visitor, visit: Visit) -> Form:
    """The paper's own page with all three hands."""
    place, case_id = visit.place
    form = visitor.form(
        f"/enterprises/{place}/inspections/{case_id}/papers/inspection_record/new", "form#sign"
    )
    for number, name in enumerate(HANDS, 1):
        form.fill(**{name: signature_image(number), f"{name}_points": SIGNATURE_POINTS})
    return form.fill(unit_name="陈晓峰")


def documents(case_id: UUID) -> Sequence[EnforcementDocument]:
    with reading(SYSTEM) as session:
        return session.scalars(
            select(EnforcementDocument).where(EnforcementDocument.case_id == case_id)
        ).all()


def numbers(town: Town) -> list[int]:
    with reading(SYSTEM) as session:
        return list(
            session.scalars(
                select(EnforcementDocument.sequence)
                .where(EnforcementDocument.agency_id == town.world.agency_id)
                .order_by(EnforcementDocument.sequence)
            )
        )


def check_whole(document: EnforcementDocument) -> None:
    """The paper is in the store, byte for byte what its record says, with its three hands."""
    assert hashlib.sha256(storage.get(document.file_sha256)).hexdigest() == document.file_sha256
    with reading(SYSTEM) as session:
        hands = session.scalars(
            select(DocumentSignature.ordinal).where(DocumentSignature.document_id == document.id)
        ).all()
    assert sorted(hands) == [1, 2, 3]


def test_a_paper_is_issued_once_whenever_the_server_dies(town: Town) -> None:
    visitor = town.visitor(town.world["inspector"])
    first = Issuing(visit := ended_visit(town), signed(visitor, visit))
    began = time.perf_counter()
    first.send(visitor)
    takes_s = time.perf_counter() - began
    assert first.seen[0].status == 303
    cut = Cut(town.server.owner, "enforcement_document", takes_s, AT_ONCE, random.Random(4105))
    torn: dict[Moment, int] = {}

    for moment in Moment:
        visits = [ended_visit(town) for _ in range(AT_ONCE)]
        issuings = [Issuing(visit, signed(visitor, visit)) for visit in visits]
        threads = [threading.Thread(target=each.send, args=(visitor,)) for each in issuings]
        with cut.at(moment) as come:
            for thread in threads:
                thread.start()
            come()
            town.server.kill()
        for thread in threads:
            thread.join()
        torn[moment] = sum(not each.seen for each in issuings)
        for each in issuings:
            assert len(documents(each.visit.case_id)) == 1 or not each.seen
        town.server.start()
        for each in issuings:
            again = visitor.send(each.form)
            assert again.status == 303
            assert {page.location for page in each.seen} <= {again.location}
            (document,) = documents(each.visit.case_id)
            assert str(document.id) in again.location
            check_whole(document)
            assert visitor.follow(again).status == 200

    assert any(torn.values()), torn
    assert numbers(town) == list(range(1, 2 + len(Moment) * AT_ONCE))
    assert not audit.verify().broken


def test_twenty_officers_issue_at_once_with_mistakes_between(town: Town) -> None:
    before = numbers(town)
    visitor = town.visitor(town.world["inspector"])
    forms = [signed(visitor, ended_visit(town)) for _ in range(OFFICERS)]
    chance = random.Random(20)
    mistakes = [chance.choice((None, "unsigned", "outdated")) for _ in forms]

    def issue(form: Form, mistake: str | None) -> tuple[int, int]:
        right = dict(form.values)
        if mistake == "unsigned":
            form.fill(officer_2="data:image/png;base64,AAAA")
        if mistake == "outdated":
            form.fill(seen_sha256="0" * 64)
        refused = visitor.send(form).status if mistake else 0
        form.fill(officer_2=right["officer_2"], seen_sha256=right["seen_sha256"])
        return refused, visitor.send(form).status

    with ThreadPoolExecutor(OFFICERS) as pool:
        answers = list(pool.map(issue, forms, mistakes))

    expected = {None: 0, "unsigned": 422, "outdated": 409}
    assert answers == [(expected[mistake], 303) for mistake in mistakes]
    assert numbers(town) == list(range(1, 1 + len(before) + OFFICERS))
    assert not audit.verify().broken
