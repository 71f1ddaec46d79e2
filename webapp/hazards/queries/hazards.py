"""The list of hazards, narrowed by its address, and the counts around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, case, cast, func, or_, select

from webapp.enterprise.models.organisation import Department
from webapp.enterprise.models.people import Person
from webapp.hazards.models.hazards import Hazard
from webapp.hazards.rules.deadlines import is_on_time, is_overdue
from webapp.hazards.rules.duplicates import Described
from webapp.hazards.rules.filters import HazardFilter
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardSource, HazardState
from webapp.hazards.rules.waiting import state_tone, state_words
from webapp.platform.database import reading
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskPoint


@dataclass(frozen=True, slots=True)
class HazardRow:
    """A hazard as lists show it."""

    id: UUID
    number: str
    title: str
    level: HazardLevel
    state: HazardState
    source: HazardSource
    point: str
    place: str
    department: str
    assignee: str
    order_number: str
    reported_at: datetime
    due_on: date | None
    closed_at: datetime | None
    is_overdue: bool
    is_settled: bool
    """Closed, or rectified in time: its date presses nobody any more."""

    @property
    def state_words(self) -> str:
        """Its state as lists name it."""
        return state_words(self.state, self.source)

    @property
    def where(self) -> str:
        """The point, or the place in words."""
        return self.point or self.place

    @property
    def tone(self) -> str:
        """How urgently its state is shown."""
        return state_tone(self.state, is_overdue=self.is_overdue)


def hazards(
    scope: Scope, enterprise_id: UUID, wanted: HazardFilter, page: PageRequest
) -> Page[HazardRow]:
    """The hazards of an enterprise: open ones by their date, then closed ones, newest first."""
    statement = _rows(enterprise_id).where(*_wanted(wanted))
    with reading(scope) as session:
        total = session.execute(
            select(func.count())
            .select_from(Hazard)
            .where(Hazard.enterprise_id == enterprise_id, *_wanted(wanted))
        ).scalar_one()
        found = session.execute(
            statement.order_by(
                Hazard.state == HazardState.CLOSED,
                case((Hazard.state != HazardState.CLOSED, Hazard.due_on)).asc().nulls_first(),
                Hazard.reported_at.desc(),
                Hazard.id,
            )
            .offset(page.offset)
            .limit(page.size)
        )
        return Page(tuple(_row(each, wanted.today) for each in found), total, page)


def pressing(
    scope: Scope, enterprise_id: UUID, today: date, limit: int = 5
) -> tuple[HazardRow, ...]:
    """The open hazards that are overdue or due today, an order's first, then the oldest date.

    What was rectified in time and waits for its verification does not press.
    """
    with reading(scope) as session:
        found = session.execute(
            _rows(enterprise_id)
            .where(Hazard.state != HazardState.CLOSED, Hazard.due_on <= today, _owed())
            .order_by(Hazard.due_on, Hazard.order_id.is_(None), Hazard.id)
            .limit(limit)
        )
        return tuple(_row(each, today) for each in found)


def _rows(enterprise_id: UUID) -> Select[*tuple[object, ...]]:
    return (
        select(
            Hazard.id,
            Hazard.number,
            Hazard.title,
            Hazard.level,
            Hazard.state,
            Hazard.source,
            func.coalesce(RiskPoint.name, "").label("point"),
            Hazard.place,
            func.coalesce(Department.name, "").label("department"),
            func.coalesce(Person.name, "").label("assignee"),
            Hazard.order_number,
            Hazard.reported_at,
            Hazard.due_on,
            Hazard.closed_at,
            _RECTIFIED_ON.label("rectified_on"),
        )
        .outerjoin(
            RiskPoint,
            (RiskPoint.enterprise_id == Hazard.enterprise_id) & (RiskPoint.id == Hazard.point_id),
        )
        .outerjoin(
            Department,
            (Department.enterprise_id == Hazard.enterprise_id)
            & (Department.id == Hazard.department_id),
        )
        .outerjoin(
            Person,
            (Person.enterprise_id == Hazard.enterprise_id) & (Person.id == Hazard.assigned_to),
        )
        .where(Hazard.enterprise_id == enterprise_id)
    )


def _row(row: object, today: date) -> HazardRow:
    values = row._asdict()  # type: ignore[attr-defined]  # a Row whose columns _rows names
    state = HazardState(values["state"])
    due, done = values["due_on"], values.pop("rectified_on")
    return HazardRow(
        **{
            **values,
            "level": HazardLevel(values["level"]),
            "state": state,
            "source": HazardSource(values["source"]),
        },
        is_overdue=due is not None and is_overdue(state, due, today, done),
        is_settled=not state.is_open or (done is not None and is_on_time(done, due)),
    )


_RECTIFIED_ON = cast(func.timezone("Asia/Shanghai", Hazard.rectified_at), Date)


def _owed() -> ColumnElement[bool]:
    """Whether the rectification is still owed, or came too late."""
    return (Hazard.due_on >= _RECTIFIED_ON).is_not(True)


def _wanted(wanted: HazardFilter) -> tuple[ColumnElement[bool], ...]:
    conditions: list[ColumnElement[bool]] = []
    for column, value in (
        (Hazard.state, wanted.state),
        (Hazard.level, wanted.level),
        (Hazard.source, wanted.source),
        (Hazard.department_id, wanted.department_id),
        (Hazard.assigned_to, wanted.assigned_to),
        (Hazard.reported_by_user, wanted.reported_by_user),
        (Hazard.point_id, wanted.point_id),
    ):
        if value is not None:
            conditions.append(column == value)
    if wanted.is_open or wanted.is_overdue or wanted.due_today:
        conditions.append(Hazard.state != HazardState.CLOSED)
    if wanted.is_overdue:
        conditions += (Hazard.due_on < wanted.today, _owed())
    if wanted.due_today:
        conditions += (Hazard.due_on == wanted.today, _owed())
    if wanted.q:
        conditions.append(_matching(wanted.q))
    return (*conditions, *_waiting(wanted))


def _waiting(wanted: HazardFilter) -> tuple[ColumnElement[bool], ...]:
    """For whom what is rectified waits: an order's item for officers, all else for colleagues."""
    if wanted.awaits_reinspection:
        return (_awaits_reinspection(),)
    if wanted.state is HazardState.RECTIFIED:
        return (~_awaits_reinspection(),)
    return ()


def _awaits_reinspection() -> ColumnElement[bool]:
    return and_(Hazard.state == HazardState.RECTIFIED, Hazard.source == HazardSource.INSPECTION)


def _matching(q: str) -> ColumnElement[bool]:
    searched = (
        Hazard.number,
        Hazard.title,
        Hazard.description,
        Hazard.place,
        Hazard.order_number,
        Hazard.reported_by_name,
    )
    return or_(*(column.icontains(q, autoescape=True) for column in searched))


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """How many hazards want work, and of which kind; those to be re-inspected want officers."""

    open: int
    overdue: int
    due_today: int
    major: int
    to_verify: int
    to_reinspect: int
    by_state: Mapping[HazardState, int]


def open_counts(
    scope: Scope, enterprise_id: UUID, today: date, *, assigned_to: UUID | None = None
) -> OpenCounts:
    """Counts of the open hazards, of the enterprise or of one person's, in one statement."""
    is_open = Hazard.state != HazardState.CLOSED
    statement = select(
        Hazard.state,
        func.count(),
        func.count().filter(Hazard.due_on < today, _owed()),
        func.count().filter(Hazard.due_on == today, _owed()),
        func.count().filter(Hazard.level == HazardLevel.MAJOR),
        func.count().filter(_awaits_reinspection()),
    ).where(Hazard.enterprise_id == enterprise_id, is_open)
    if assigned_to is not None:
        statement = statement.where(Hazard.assigned_to == assigned_to)
    with reading(scope) as session:
        rows = session.execute(statement.group_by(Hazard.state).order_by(Hazard.state)).all()
    by_state = {HazardState(row[0]): row[1] for row in rows}
    to_reinspect = sum(row[5] for row in rows)
    return OpenCounts(
        open=sum(by_state.values()),
        overdue=sum(row[2] for row in rows),
        due_today=sum(row[3] for row in rows),
        major=sum(row[4] for row in rows),
        to_verify=by_state.get(HazardState.RECTIFIED, 0) - to_reinspect,
        to_reinspect=to_reinspect,
        by_state=by_state,
    )


def open_at_point(scope: Scope, enterprise_id: UUID, point_id: UUID) -> tuple[Described, ...]:
    """The newest open hazards of a point in words, to see whether one is reported again."""
    with reading(scope) as session:
        rows = session.execute(
            select(Hazard.id, Hazard.description)
            .where(
                Hazard.enterprise_id == enterprise_id,
                Hazard.point_id == point_id,
                Hazard.state != HazardState.CLOSED,
            )
            .order_by(Hazard.reported_at.desc(), Hazard.id)
            .limit(50)
        )
        return tuple(Described(row.id, row.description) for row in rows)


def hazards_named(
    scope: Scope, enterprise_id: UUID, hazard_ids: tuple[UUID, ...], today: date
) -> tuple[HazardRow, ...]:
    """These hazards as lists show them, in the order of their ids."""
    with reading(scope) as session:
        found = session.execute(
            _rows(enterprise_id).where(Hazard.id.in_(hazard_ids)).order_by(Hazard.id)
        )
        return tuple(_row(each, today) for each in found)
