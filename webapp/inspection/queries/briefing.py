"""An enterprise's file at a glance, as officers need it on a phone at the gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from webapp.accounts.models.memberships import Agency
from webapp.enterprise.models.people import Person
from webapp.enterprise.queries.profile import ProfileRow, profile
from webapp.hazards.models.hazards import Hazard
from webapp.hazards.rules.deadlines import is_on_time
from webapp.hazards.rules.lifecycle import HazardSource, HazardState
from webapp.hazards.rules.waiting import state_words
from webapp.inspection.models.cases import Finding, InspectionCase
from webapp.inspection.models.enforcement import EnforcementDocument
from webapp.inspection.rules.attention import Attention, MissedChecks, OpenHazard, attentions
from webapp.inspection.rules.cases import CaseState
from webapp.inspection.rules.enforcement import DocumentKind
from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent, RiskPoint
from webapp.scoring.models.counters import EnterpriseDay
from webapp.scoring.queries.score import Counters, StoredScore, counters, stored_score
from webapp.scoring.rules.moves import DayMeasure
from webapp.standards.five_have import five_have

SHOWN = 6
CHECK_DAYS = 30


@dataclass(frozen=True, slots=True)
class MajorRisk:
    """A major risk with who answers for it."""

    event_id: UUID
    point: str
    description: str
    owner: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class HazardLine:
    """An open hazard in one line."""

    id: UUID
    title: str
    level: str
    state: HazardState
    due_on: date | None
    is_ordered: bool
    rectified_at: datetime | None

    @property
    def owed_on(self) -> date | None:
        """Its last day; None when it has none, or was rectified by then and is to be looked at."""
        if self.rectified_at and is_on_time(local_date(self.rectified_at), self.due_on):
            return None
        return self.due_on

    @property
    def state_words(self) -> str:
        """Its state as the enterprise's lists name it."""
        source = HazardSource.INSPECTION if self.is_ordered else HazardSource.REPORT
        return state_words(self.state, source)


@dataclass(frozen=True, slots=True)
class FormerCase:
    """An earlier inspection, by whichever agency."""

    id: UUID
    agency: str
    state: CaseState
    started_at: datetime
    findings: int
    order_number: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the officers are told before they go in."""

    enterprise: ProfileRow
    counters: Counters
    score: StoredScore | None
    overdue: int
    checks: MissedChecks
    majors: tuple[MajorRisk, ...]
    hazards: tuple[HazardLine, ...]
    cases: tuple[FormerCase, ...]
    attentions: tuple[Attention, ...]
    running_case: UUID | None
    """The agency's own inspection that is still open here."""

    @property
    def level(self) -> str | None:
        """The gravest level on the ledger."""
        return next((name for name, count in self.levels.items() if count), None)

    @property
    def levels(self) -> Mapping[str, int]:
        """Risks by level, the gravest first."""
        row = self.counters
        return {
            "major": row.risks_major,
            "significant": row.risks_significant,
            "moderate": row.risks_moderate,
            "low": row.risks_low,
        }

    @property
    def grade(self) -> str:
        """The five-have grade in words."""
        if self.score is None:
            return ""
        return next(g.name for g in five_have().grades if g.code == self.score.grade)

    @property
    def check_percent(self) -> int | None:
        """Checks done on time in the last days, in per cent; None when none was owed."""
        return round(100 * self.checks.on_time / self.checks.due) if self.checks.due else None


def briefing(scope: Scope, enterprise_id: UUID, *, at: datetime) -> Briefing:
    """The enterprise at a glance. Raises NotFound outside the scope."""
    today = local_date(at)
    enterprise = profile(scope, enterprise_id)
    with reading(scope) as session:
        hazards = _hazards(session, enterprise_id)
        checks = _checks(session, enterprise_id, today)
        return Briefing(
            enterprise=enterprise,
            counters=counters(scope, enterprise_id),
            score=stored_score(scope, enterprise_id),
            overdue=sum(h.owed_on is not None and h.owed_on < today for h in hazards),
            checks=checks,
            majors=_majors(session, enterprise_id),
            hazards=hazards[:SHOWN],
            cases=_cases(session, enterprise_id),
            attentions=attentions(
                [OpenHazard(h.title, h.level == "major", h.is_ordered, h.owed_on) for h in hazards],
                checks,
                _unchecked(session, enterprise_id, today),
                today=today,
            ),
            running_case=_running(session, enterprise_id, scope.agency_id),
        )


MOST_HAZARDS = 200


def _hazards(session: Session, enterprise_id: UUID) -> tuple[HazardLine, ...]:
    rows = session.execute(
        select(
            Hazard.id,
            Hazard.title,
            Hazard.level,
            Hazard.state,
            Hazard.due_on,
            Hazard.order_id.is_not(None),
            Hazard.rectified_at,
        )
        .where(Hazard.enterprise_id == enterprise_id, Hazard.state != HazardState.CLOSED.value)
        .order_by((Hazard.level == "major").desc(), Hazard.due_on.asc().nulls_last(), Hazard.id)
        .limit(MOST_HAZARDS)
    )
    return tuple(HazardLine(*row[:3], HazardState(row[3]), *row[4:]) for row in rows)


def _majors(session: Session, enterprise_id: UUID) -> tuple[MajorRisk, ...]:
    rows = session.execute(
        select(
            RiskEvent.id,
            RiskPoint.name,
            RiskEvent.description,
            func.coalesce(Person.name, RiskEvent.owner_words),
            RiskEvent.value,
        )
        .join(
            RiskPoint,
            (RiskPoint.enterprise_id == RiskEvent.enterprise_id)
            & (RiskPoint.id == RiskEvent.point_id),
        )
        .outerjoin(
            Person,
            (Person.enterprise_id == RiskEvent.enterprise_id) & (Person.id == RiskEvent.owner_id),
        )
        .where(
            RiskEvent.enterprise_id == enterprise_id,
            RiskEvent.level == "major",
            RiskEvent.removed_at.is_(None),
        )
        .order_by(RiskEvent.value.desc().nulls_last(), RiskEvent.number, RiskEvent.id)
        .limit(SHOWN)
    )
    return tuple(MajorRisk(*row) for row in rows)


def _checks(session: Session, enterprise_id: UUID, today: date) -> MissedChecks:
    """What is due today counts from the moment it is done, and as missed from tomorrow."""
    is_today = EnterpriseDay.day == today
    rows = session.execute(
        select(EnterpriseDay.measure, is_today, func.sum(EnterpriseDay.amount))
        .where(
            EnterpriseDay.enterprise_id == enterprise_id,
            EnterpriseDay.measure.in_((DayMeasure.TASK_DUE, DayMeasure.TASK_ON_TIME)),
            EnterpriseDay.day >= today - timedelta(days=CHECK_DAYS),
            EnterpriseDay.day <= today,
        )
        .group_by(EnterpriseDay.measure, is_today)
    )
    sums = {(measure, of_today): int(amount) for measure, of_today, amount in rows}
    done_today = sums.get((DayMeasure.TASK_ON_TIME, True), 0)
    due = sums.get((DayMeasure.TASK_DUE, False), 0)
    on_time = sums.get((DayMeasure.TASK_ON_TIME, False), 0)
    return MissedChecks(CHECK_DAYS, due + done_today, on_time + done_today)


# A point counts as looked at when a check of it was handed in; its answers are not read.
_UNCHECKED = text(
    """
    select p.name from risk_point p
    where p.enterprise_id = :enterprise and p.stopped_at is null
      and exists (select 1 from risk_event e where e.enterprise_id = p.enterprise_id
        and e.point_id = p.id and e.level = 'major' and e.removed_at is null)
      and not exists (select 1 from self_check c
        join checklist l on l.enterprise_id = c.enterprise_id and l.id = c.checklist_id
        where c.enterprise_id = p.enterprise_id and l.point_id = p.id
          and c.submitted_at >= :since)
    order by p.name, p.id limit 3
    """
)


def _unchecked(session: Session, enterprise_id: UUID, today: date) -> list[str]:
    first = today - timedelta(days=CHECK_DAYS)
    since = datetime(first.year, first.month, first.day, tzinfo=SHANGHAI)
    values = {"enterprise": enterprise_id, "since": since}
    return list(session.execute(_UNCHECKED, values).scalars())


def _cases(session: Session, enterprise_id: UUID) -> tuple[FormerCase, ...]:
    of_case = (
        EnforcementDocument.enterprise_id == InspectionCase.enterprise_id,
        EnforcementDocument.case_id == InspectionCase.id,
        EnforcementDocument.kind == DocumentKind.RECTIFICATION_ORDER.value,
        EnforcementDocument.state != "revoked",
    )
    findings = (
        select(func.count())
        .where(
            Finding.enterprise_id == InspectionCase.enterprise_id,
            Finding.case_id == InspectionCase.id,
            Finding.removed_at.is_(None),
        )
        .correlate(InspectionCase)
        .scalar_subquery()
    )
    order = (
        select(func.max(EnforcementDocument.number))
        .where(*of_case)
        .correlate(InspectionCase)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            InspectionCase.id,
            Agency.name,
            InspectionCase.state,
            InspectionCase.started_at,
            findings,
            func.coalesce(order, ""),
        )
        .join(Agency, Agency.id == InspectionCase.agency_id)
        .where(
            InspectionCase.enterprise_id == enterprise_id,
            InspectionCase.state != CaseState.ABANDONED.value,
        )
        .order_by(InspectionCase.started_at.desc(), InspectionCase.id.desc())
        .limit(SHOWN)
    )
    return tuple(
        FormerCase(case_id, agency, CaseState(state), started_at, count, number)
        for case_id, agency, state, started_at, count, number in rows
    )


def _running(session: Session, enterprise_id: UUID, agency_id: UUID | None) -> UUID | None:
    return session.execute(
        select(InspectionCase.id)
        .where(
            InspectionCase.enterprise_id == enterprise_id,
            InspectionCase.agency_id == agency_id,
            InspectionCase.state == CaseState.OPEN.value,
        )
        .order_by(InspectionCase.started_at.desc())
        .limit(1)
    ).scalar_one_or_none()
