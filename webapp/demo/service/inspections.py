"""The inspections of the demo city, by the officers' own steps: visit, papers, re-inspection."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from webapp.demo.rules.visits import Found, InspectionTale, Reached
from webapp.demo.service.diary import Diary
from webapp.demo.service.founding import Tenant
from webapp.demo.service.hands import as_address, signature
from webapp.demo.service.pictures import Caption, picture
from webapp.hazards.rules.submissions import Upload
from webapp.hazards.service.assignment import assign
from webapp.hazards.service.lifecycle import rectify
from webapp.hazards.service.photos import prepared
from webapp.inspection.queries.cases import CaseDetail, FindingRow, case_detail
from webapp.inspection.queries.drafts import draft
from webapp.inspection.rules.cases import Basis, Disposition, Outcome
from webapp.inspection.rules.enforcement import DocumentKind, Service
from webapp.inspection.rules.findings import Place, Words
from webapp.inspection.rules.reinspection import Seen, texts_of
from webapp.inspection.rules.visits import Account, Start
from webapp.inspection.service.cases import save_case, start_case
from webapp.inspection.service.closing import close_case
from webapp.inspection.service.enforcement import ISSUES, Submission
from webapp.inspection.service.findings import add_finding
from webapp.inspection.service.reinspection import outcomes_of, record_outcomes
from webapp.inspection.service.serving import serve_document
from webapp.inspection.service.signatures import Signings, drawn
from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor

_LONG = timedelta(minutes=95)
_REFUSAL = "现场负责人称需请示董事长，拒绝签字"


@dataclass(frozen=True, slots=True)
class Visit:
    """One inspection on its way through the diary."""

    tale: InspectionTale
    tenant: Tenant
    officers: tuple[Actor, Actor]
    points: dict[str, UUID]
    today: date
    diary: Diary
    base_address: str
    captions: Path
    hand: Path

    def begin(self) -> None:
        """Enter it into the diary."""
        day = self.today - timedelta(days=self.tale.days_ago)
        self.diary.plan(datetime.combine(day, time(self.tale.hour, 10), SHANGHAI), self._start)

    def _start(self, at: datetime) -> None:
        plant = self.tenant.plant
        start = Start(
            second_officer_id=self.officers[1].user_id or UUID(int=0),
            places=self.tale.places,
            contact_name=plant.principal,
            contact_position="总经理",
            contact_phone="",
            is_certificate_shown=True,
        )
        case_id = start_case(self._first, self.tenant.id, start, key=new_id(at), at=at)
        for number, found in enumerate(self.tale.findings):
            moment = at + timedelta(minutes=15 * (number + 1))
            self.diary.plan(moment, partial(self._find, case_id, found))
        self.diary.plan(at + _LONG, partial(self._record, case_id, at))

    def _find(self, case_id: UUID, found: Found, at: datetime) -> None:
        due = local_date(at) + timedelta(days=found.days)
        add_finding(
            self._first,
            self.tenant.id,
            case_id,
            Place(Basis.LEDGER, self.points[found.point]),
            Words(
                found.words,
                found.law,
                Disposition.ORDER if found.days else Disposition.ON_THE_SPOT,
                due if found.days else None,
                is_major=found.is_major,
            ),
            key=new_id(at),
            pictures=prepared([self._photo(found, at, is_after=False)]),
            at=at,
        )

    def _record(self, case_id: UUID, began_at: datetime, at: datetime) -> None:
        case = self._case(case_id)
        account = Account(
            places=case.places,
            contact_name=case.contact_name,
            contact_position=case.contact_position,
            contact_phone=case.contact_phone,
            situation=self.tale.situation,
            started_at=began_at,
            ended_at=at,
        )
        save_case(
            self._first, self.tenant.id, case_id, account, version=case.version, seen={}, at=at
        )
        at += timedelta(minutes=25)
        self._issue(case_id, DocumentKind.INSPECTION_RECORD, at)
        match self.tale.reached:
            case Reached.CLEAN:
                self.diary.plan(
                    at + timedelta(minutes=10),
                    lambda when: close_case(self._first, self.tenant.id, case_id, at=when),
                )
            case Reached.ORDERED | Reached.SETTLED:
                self.diary.plan(at + timedelta(minutes=20), partial(self._order, case_id))

    def _order(self, case_id: UUID, at: datetime) -> None:
        order_id = self._issue(case_id, DocumentKind.RECTIFICATION_ORDER, at)
        if self.tale.is_unit_refusing:
            serve_document(
                self._first,
                self.tenant.id,
                order_id,
                how=Service.LEFT,
                at=at + timedelta(minutes=5),
            )
        for found, row in self._ordered(case_id):
            self.diary.plan(at + timedelta(hours=1), partial(self._assign, found, row))
        if self.tale.reached is Reached.SETTLED:
            day = self.today - timedelta(days=self.tale.settled_days_ago)
            self.diary.plan(
                datetime.combine(day, time(10), SHANGHAI),
                partial(self._settle, case_id),
            )

    def _assign(self, found: Found, row: FindingRow, at: datetime) -> None:
        hazard_id, person = row.hazard_id or UUID(int=0), self._head(found)
        assign(
            self.tenant.safety_officer,
            self.tenant.id,
            hazard_id,
            person_id=person.person_id or UUID(int=0),
            words="执法指令列项，按期整改并报安全科",
            at=at,
        )
        if found.is_rectified:
            later = at + timedelta(days=max(1, found.days - 2))
            self.diary.plan(later, partial(self._rectify, found, hazard_id))

    def _rectify(self, found: Found, hazard_id: UUID, at: datetime) -> None:
        rectify(
            self._head(found),
            self.tenant.id,
            hazard_id,
            measures="已按指令整改到位并试验合格，列入班前检查",
            uploads=[self._photo(found, at, is_after=True)],
            at=at,
        )

    def _settle(self, case_id: UUID, at: datetime) -> None:
        case = self._case(case_id)
        seen = {
            number: Seen(Outcome.RECTIFIED, "现场复查，已整改到位") for number, _ in case.open_items
        }
        record_outcomes(
            self._first,
            self.tenant.id,
            case_id,
            seen,
            version=case.version,
            seen=texts_of(outcomes_of(case)),
            at=at,
        )
        self._issue(case_id, DocumentKind.REINSPECTION_OPINION, at + timedelta(minutes=30))

    def _issue(self, case_id: UUID, kind: DocumentKind, at: datetime) -> UUID:
        case = self._case(case_id)
        sent = Submission(
            self._signings(case),
            draft(self._first.scope, case, kind).sha256,
            new_id(at),
            self.base_address,
        )
        return ISSUES[kind](self._first, self.tenant.id, case_id, sent, at=at)

    def _signings(self, case: CaseDetail) -> Signings:
        hands = {
            officer.user_id: drawn(self._hand(officer.name), "", field="officer")
            for officer in case.officers
        }
        name = self.tenant.plant.principal
        if self.tale.is_unit_refusing:
            return Signings(hands, name, None, _REFUSAL)
        return Signings(hands, name, drawn(self._hand(name), "", field="unit"), "")

    def _ordered(self, case_id: UUID) -> list[tuple[Found, FindingRow]]:
        rows = {row.description: row for row in self._case(case_id).ordered}
        return [(found, rows[found.words]) for found in self.tale.findings if found.words in rows]

    def _head(self, found: Found) -> Actor:
        plant = self.tenant.plant
        place = next(place for place in plant.places if place.name == found.point)
        return self.tenant.people[plant.head(place.department)]

    @property
    def _first(self) -> Actor:
        return self.officers[0]

    def _case(self, case_id: UUID) -> CaseDetail:
        return case_detail(self._first.scope, self.tenant.id, case_id)

    def _hand(self, name: str) -> str:
        return as_address(signature(name, self.hand))

    def _photo(self, found: Found, at: datetime, *, is_after: bool) -> Upload:
        data = picture(found.scene, Caption(at, found.point), is_after=is_after, face=self.captions)
        return Upload("整改后.jpg" if is_after else "检查现场.jpg", data)
