"""One hazard: what it is, where it comes from, what happened to it, how it looked."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from webapp.enterprise.models.organisation import Department, Post
from webapp.enterprise.models.people import Person
from webapp.enterprise.models.profile import Enterprise
from webapp.hazards.models.checklists import ChecklistItem
from webapp.hazards.models.checks import SelfCheck
from webapp.hazards.models.hazards import Hazard, HazardPhoto, HazardStep
from webapp.hazards.rules.grading import HazardLevel, Implementation
from webapp.hazards.rules.lifecycle import HazardAction, HazardSource, HazardState
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.storage import StoredFile
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import HazardSource as LedgerSource
from webapp.risks.models.ledger import RiskEvent, RiskPoint, RiskUnit
from webapp.risks.models.measures import ControlMeasure
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import RiskLevel


@dataclass(frozen=True, slots=True)
class Origin:
    """The line from a photo back to the risk; what is not known is None or empty."""

    unit: str
    point_id: UUID | None
    point: str
    source: str
    event_id: UUID | None
    event: str
    level: RiskLevel | None
    value: Decimal | None
    measure: str
    category: MeasureCategory | None
    item: str
    check_id: UUID | None
    checked_at: datetime | None
    checked_by: str


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A picture of the hazard."""

    file_id: UUID
    is_after: bool
    sha256: str
    taken_at: str | None
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of its history."""

    action: HazardAction
    state: HazardState
    actor: str
    words: str
    detail: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class HazardDetail:
    """A hazard as its page shows it."""

    enterprise_id: UUID
    enterprise: str
    id: UUID
    number: str
    title: str
    description: str
    place: str
    source: HazardSource
    level: HazardLevel
    criterion_code: str
    state: HazardState
    department_id: UUID | None
    department: str
    order_id: UUID | None
    order_number: str
    order_item: int | None
    reported_by_name: str
    reported_at: datetime
    assigned_to: UUID | None
    assignee: str
    assignee_post: str
    due_on: date | None
    extended_from: date | None
    rectification: str
    rectified_by_user: UUID | None
    rectified_by_name: str
    rectified_at: datetime | None
    verification: str
    verified_by_user: UUID | None
    verified_by_name: str
    verified_at: datetime | None
    closed_at: datetime | None
    return_count: int
    implementations: Mapping[Implementation, str]
    version: int
    origin: Origin
    photos: tuple[PhotoRow, ...]
    steps: tuple[StepRow, ...]

    @property
    def after_photos(self) -> int:
        """How many pictures there are of the result."""
        return sum(photo.is_after for photo in self.photos)

    @property
    def has_consent(self) -> bool:
        """Whether the agency has agreed to the closure since the last verification."""
        weighing = (HazardAction.ACCEPT, HazardAction.CONSENT)
        last = next((step.action for step in self.steps if step.action in weighing), None)
        return last is HazardAction.CONSENT


def hazard_detail(scope: Scope, enterprise_id: UUID, hazard_id: UUID) -> HazardDetail:
    """Everything about one hazard. Raises NotFound."""
    with reading(scope) as session:
        row = _row(session, enterprise_id, hazard_id)
        if row is None:
            raise NotFound("没有找到这条隐患，可能不在您的权限范围内。")
        hazard = row.Hazard
        return HazardDetail(
            **{name: getattr(hazard, name) for name in _PLAIN},
            enterprise=row.enterprise,
            source=HazardSource(hazard.source),
            level=HazardLevel(hazard.level),
            state=HazardState(hazard.state),
            department=row.department or "",
            assignee=row.assignee or "",
            assignee_post=row.assignee_post or "",
            implementations={
                each: hazard.implementations.get(each.value, "") for each in Implementation
            },
            origin=_origin(row),
            photos=_photos(session, enterprise_id, hazard_id),
            steps=_steps(session, enterprise_id, hazard_id),
        )


_TRANSLATED = {"source", "level", "state", "implementations"}
_PLAIN = (
    {each.name for each in fields(HazardDetail)} & set(Hazard.__table__.columns.keys())
) - _TRANSLATED


def _row(session: Session, enterprise_id: UUID, hazard_id: UUID):  # type: ignore[no-untyped-def]  # a wide row
    assignee = aliased(Person)
    post = aliased(Post)

    def at(model: Any, column: Any) -> Any:
        return (model.enterprise_id == enterprise_id) & (model.id == column)

    return session.execute(
        select(
            Hazard,
            Enterprise.name.label("enterprise"),
            Department.name.label("department"),
            assignee.name.label("assignee"),
            post.name.label("assignee_post"),
            RiskUnit.name.label("unit"),
            RiskPoint.name.label("point"),
            LedgerSource.name.label("ledger_source"),
            RiskEvent.description.label("event"),
            RiskEvent.level.label("risk_level"),
            RiskEvent.value.label("risk_value"),
            ControlMeasure.description.label("measure"),
            ControlMeasure.category.label("category"),
            ChecklistItem.content.label("item"),
            SelfCheck.submitted_at.label("checked_at"),
            SelfCheck.submitted_by_name.label("checked_by"),
        )
        .join(Enterprise, Enterprise.id == Hazard.enterprise_id)
        .outerjoin(Department, at(Department, Hazard.department_id))
        .outerjoin(assignee, at(assignee, Hazard.assigned_to))
        .outerjoin(post, at(post, assignee.post_id))
        .outerjoin(RiskPoint, at(RiskPoint, Hazard.point_id))
        .outerjoin(RiskUnit, at(RiskUnit, RiskPoint.unit_id))
        .outerjoin(RiskEvent, at(RiskEvent, Hazard.event_id))
        .outerjoin(LedgerSource, at(LedgerSource, RiskEvent.source_id))
        .outerjoin(ControlMeasure, at(ControlMeasure, Hazard.measure_id))
        .outerjoin(ChecklistItem, at(ChecklistItem, Hazard.item_id))
        .outerjoin(SelfCheck, at(SelfCheck, Hazard.check_id))
        .where(Hazard.enterprise_id == enterprise_id, Hazard.id == hazard_id)
    ).one_or_none()


def _origin(row: Any) -> Origin:
    return Origin(
        unit=row.unit or "",
        point_id=row.Hazard.point_id,
        point=row.point or "",
        source=row.ledger_source or "",
        event_id=row.Hazard.event_id,
        event=row.event or "",
        level=RiskLevel(row.risk_level) if row.risk_level else None,
        value=row.risk_value,
        measure=row.measure or "",
        category=MeasureCategory(row.category) if row.category else None,
        item=row.item or "",
        check_id=row.Hazard.check_id,
        checked_at=row.checked_at,
        checked_by=row.checked_by or "",
    )


def _photos(session: Session, enterprise_id: UUID, hazard_id: UUID) -> tuple[PhotoRow, ...]:
    rows = session.execute(
        select(
            HazardPhoto.file_id,
            HazardPhoto.moment,
            StoredFile.original_sha256,
            StoredFile.facts["taken_at"].astext.label("taken_at"),
            HazardPhoto.added_at,
            func.coalesce(_step_actor(), "").label("added_by"),
        )
        .join(
            StoredFile,
            (StoredFile.enterprise_id == HazardPhoto.enterprise_id)
            & (StoredFile.id == HazardPhoto.file_id),
        )
        .where(HazardPhoto.enterprise_id == enterprise_id, HazardPhoto.hazard_id == hazard_id)
        .order_by(HazardPhoto.moment.desc(), HazardPhoto.added_at, HazardPhoto.id)
    )
    return tuple(
        PhotoRow(
            row.file_id,
            row.moment == "after",
            row.original_sha256,
            row.taken_at,
            row.added_at,
            row.added_by,
        )
        for row in rows
    )


def _step_actor() -> Any:
    """Who took the step at whose instant the picture came."""
    return (
        select(HazardStep.actor_name)
        .where(
            HazardStep.enterprise_id == HazardPhoto.enterprise_id,
            HazardStep.hazard_id == HazardPhoto.hazard_id,
            HazardStep.at == HazardPhoto.added_at,
            HazardStep.action
            == case(
                (HazardPhoto.moment == "after", HazardAction.RECTIFY.value),
                else_=HazardAction.REPORT.value,
            ),
        )
        .order_by(HazardStep.ordinal)
        .limit(1)
        .correlate(HazardPhoto)
        .scalar_subquery()
    )


def _steps(session: Session, enterprise_id: UUID, hazard_id: UUID) -> tuple[StepRow, ...]:
    rows = session.execute(
        select(
            HazardStep.action,
            HazardStep.state,
            HazardStep.actor_name,
            HazardStep.words,
            HazardStep.detail,
            HazardStep.at,
        )
        .where(HazardStep.enterprise_id == enterprise_id, HazardStep.hazard_id == hazard_id)
        .order_by(HazardStep.ordinal.desc())
    )
    return tuple(
        StepRow(
            HazardAction(row.action),
            HazardState(row.state),
            row.actor_name,
            row.words,
            row.detail,
            row.at,
        )
        for row in rows
    )
