"""Writing the rows of an import: set by set, so that two thousand of them take seconds."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from webapp.platform.database import Base
from webapp.platform.identifiers import new_id
from webapp.platform.unit_of_work import Work
from webapp.risks.models.assessments import RiskAssessment
from webapp.risks.models.ledger import HazardSource, RiskEvent, RiskPoint, RiskUnit
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.directory import directory
from webapp.risks.rules.import_ledger.records import LedgerRow
from webapp.risks.rules.import_ledger.words import squeezed
from webapp.risks.rules.imported import ImportedEvent, imported_event
from webapp.risks.rules.template_rows import ProposedRow
from webapp.risks.service.bulk import Values, insert_rows
from webapp.risks.service.locks import last_number

Report = Callable[[int, int], None]

BATCH = 500
# A row's parents must be there before it is.
_ORDER: tuple[type[Base], ...] = (
    RiskUnit,
    RiskPoint,
    HazardSource,
    RiskEvent,
    RiskAssessment,
    ControlMeasure,
)


@dataclass(frozen=True, slots=True)
class Written:
    """The points whose measures are new."""

    point_ids: tuple[UUID, ...]


def write_rows(work: Work, rows: Sequence[LedgerRow], report: Report | None = None) -> Written:
    """Enter these rows into the locked ledger, numbered on; points are matched by name."""
    if not rows:
        return Written(())
    writer = _Writer(work)
    for start in range(0, len(rows), BATCH):
        for row in rows[start : start + BATCH]:
            writer.add(row)
        writer.flush()
        if report is not None:
            report(min(start + BATCH, len(rows)), len(rows))
    writer.revive_points()
    return Written(tuple(writer.touched))


def write_proposals(work: Work, rows: Sequence[ProposedRow]) -> Written:
    """Enter the rows of a template into the locked ledger, numbered on, as proposals."""
    if not rows:
        return Written(())
    writer = _Writer(work)
    for row in rows:
        writer.propose(row)
    writer.flush()
    writer.revive_points()
    return Written(tuple(writer.touched))


@dataclass
class _Writer:
    """What is there already, what is new, and the rows that wait to be written."""

    work: Work
    touched: dict[UUID, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        session, enterprise_id = self.work.session, self.work.actor.enterprise_id
        self._names = directory(session, enterprise_id)
        self._number = last_number(session, enterprise_id)
        self._units = self._known(RiskUnit)
        self._points = self._known(RiskPoint)
        self._sources: dict[tuple[UUID, str, str, str], UUID] = {
            (row.point_id, row.activity, row.step, row.name): row.id
            for row in session.execute(
                select(
                    HazardSource.id,
                    HazardSource.point_id,
                    HazardSource.activity,
                    HazardSource.step,
                    HazardSource.name,
                ).where(HazardSource.enterprise_id == enterprise_id)
            )
        }
        self._waiting: dict[type[Base], list[Values]] = defaultdict(list)

    def _known(self, model: type[RiskUnit] | type[RiskPoint]) -> dict[str, UUID]:
        enterprise_id = self.work.actor.enterprise_id
        rows = self.work.session.execute(
            select(model.name, model.id).where(model.enterprise_id == enterprise_id)
        )
        return {squeezed(name): id_ for name, id_ in rows}

    def add(self, row: LedgerRow) -> None:
        """Let one row wait for the next flush."""
        who = self._names.assignment(department=row.department, person=row.person, post=row.post)
        point_id = self._point(
            row.point,
            kind=row.point_kind or "place",
            unit_id=self._unit(row.unit),
            department_id=who.department_id,
            owner_id=who.owner_id,
            place=row.place,
        )
        source_id = self._source(point_id, row.activity, row.step, row.hazard_source, "")
        self._event(point_id, source_id, imported_event(row, who))

    def propose(self, row: ProposedRow) -> None:
        """Let one row of a template wait for the next flush."""
        point_id = self._point(
            row.point,
            kind=row.point_kind,
            unit_id=self._unit(row.unit),
            department_id=None,
            owner_id=None,
            place="",
        )
        source = (row.activity, row.step, row.hazard_source, row.factor_class)
        self._event(point_id, self._source(point_id, *source), row.event)

    def _event(self, point_id: UUID, source_id: UUID, event: ImportedEvent) -> None:
        self.touched[point_id] = None
        self._number += 1
        event_id = self._put(
            RiskEvent,
            number=self._number,
            point_id=point_id,
            source_id=source_id,
            created_at=self.work.at,
            version=1,
            **event.columns,
        )
        self._assessments(event_id, event)
        for ordinal, measure in enumerate(event.measures, 1):
            self._put(
                ControlMeasure,
                event_id=event_id,
                ordinal=ordinal,
                is_checkable=True,
                created_at=self.work.at,
                **measure,
            )

    def flush(self) -> None:
        """Write what waits, parents first."""
        for model in _ORDER:
            insert_rows(self.work.session, model, self._waiting.pop(model, []))

    def revive_points(self) -> None:
        """A point that was out of use and has risks again is in use."""
        self.work.session.execute(
            update(RiskPoint)
            .where(
                RiskPoint.enterprise_id == self.work.actor.enterprise_id,
                RiskPoint.id.in_(list(self.touched)),
                RiskPoint.stopped_at.is_not(None),
            )
            .values(stopped_at=None)
            .execution_options(synchronize_session=False)
        )

    def _put(self, model: type[Base], **values: Any) -> UUID:
        row_id = new_id(self.work.at)
        self._waiting[model].append(
            {"enterprise_id": self.work.actor.enterprise_id, "id": row_id, **values}
        )
        return row_id

    def _point(self, name: str, **values: Any) -> UUID:
        key = squeezed(name)
        if key not in self._points:
            self._points[key] = self._put(RiskPoint, name=name, created_at=self.work.at, **values)
        return self._points[key]

    def _unit(self, name: str) -> UUID | None:
        if not name:
            return None
        key = squeezed(name)
        if key not in self._units:
            self._units[key] = self._put(RiskUnit, name=name)
        return self._units[key]

    def _source(
        self, point_id: UUID, activity: str, step: str, name: str, factor_class: str
    ) -> UUID:
        key = (point_id, activity, step, name)
        if key not in self._sources:
            self._sources[key] = self._put(
                HazardSource,
                point_id=point_id,
                activity=activity,
                step=step,
                name=name,
                factor_class=factor_class,
            )
        return self._sources[key]

    def _assessments(self, event_id: UUID, event: ImportedEvent) -> None:
        for kind, values in event.assessments:
            self._put(
                RiskAssessment,
                event_id=event_id,
                kind=kind,
                assessed_by=self.work.actor.user_id,
                assessed_at=self.work.at,
                **values,
            )
