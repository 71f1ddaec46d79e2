"""The stories of hazards, lived through the product's own steps at the times they tell."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from webapp.demo.rules.stories import End, Story
from webapp.demo.service.check_history import OpenTask
from webapp.demo.service.diary import Diary
from webapp.demo.service.founding import Tenant
from webapp.demo.service.pictures import Caption, picture
from webapp.hazards.queries.checks import Sheet, SheetItem, task_sheet
from webapp.hazards.rules.checks import AnswerResult
from webapp.hazards.rules.deadlines import due_on
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import Outcome
from webapp.hazards.rules.submissions import GivenAnswer, Report, Submission, Upload
from webapp.hazards.service.assignment import assign, extend
from webapp.hazards.service.checks import submit_check
from webapp.hazards.service.grading import grade
from webapp.hazards.service.lifecycle import rectify, verify
from webapp.hazards.service.reports import report_hazard
from webapp.platform.clock import SHANGHAI
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor

_MORNING = time(9, 20)


@dataclass(frozen=True, slots=True)
class Telling:
    """One story of one enterprise, on the way through the diary."""

    tenant: Tenant
    story: Story
    today: date
    points: dict[str, UUID]
    task: OpenTask | None
    """The task by which it is found."""
    diary: Diary
    face: Path

    @property
    def reported_at(self) -> datetime:
        """When it was found."""
        day = self.today - timedelta(days=self.story.days_ago)
        return datetime.combine(day, time(), SHANGHAI) + self.story.reported_at

    def with_task(self, task: OpenTask | None) -> "Telling":
        """The same, found by this task."""
        return replace(self, task=task)

    def begin(self) -> None:
        """Enter it into the diary."""
        self.diary.plan(self.reported_at, self._report)

    def _report(self, at: datetime) -> None:
        reporter = self.tenant.people[self.story.reporter]
        if self.task is None:
            hazard_id = self._come_across(reporter, at)
        else:
            hazard_id = self._find_by_check(reporter, self.task, at)
        if self.story.end is End.REPORTED:
            return
        self.diary.plan(at + timedelta(minutes=50), partial(self._grade, hazard_id))

    def _come_across(self, reporter: Actor, at: datetime) -> UUID:
        report = Report(
            new_id(at),
            self.story.trouble.description,
            point_id=self.points[self.story.place.name],
            place=self.story.place.department,
            uploads=(self._photo(at, is_after=False),),
        )
        return report_hazard(reporter, self.tenant.id, report, at=at).id

    def _find_by_check(self, reporter: Actor, task: OpenTask, at: datetime) -> UUID:
        sheet = task_sheet(reporter.scope, self.tenant.id, task.id)
        wrong = _item_showing(sheet, self.story.trouble.sign)
        answers = tuple(
            GivenAnswer(
                item.question,
                AnswerResult.ABNORMAL,
                self.story.trouble.description,
                (self._photo(at, is_after=False),),
            )
            if item is wrong
            else GivenAnswer(item.question, AnswerResult.NORMAL)
            for item in sheet.items
        )
        submission = Submission(
            new_id(at),
            task.id,
            sheet.checklist_id,
            answers,
            is_mobile=True,
            started_at=at - timedelta(minutes=4),
            device_at=at,
        )
        return submit_check(reporter, self.tenant.id, submission, at=at).hazards[0].id

    def _grade(self, hazard_id: UUID, at: datetime) -> None:
        officer = self.tenant.safety_officer
        grade(officer, self.tenant.id, hazard_id, level=HazardLevel.GENERAL, at=at)
        self.diary.plan(at + timedelta(minutes=15), partial(self._assign, hazard_id))

    def _assign(self, hazard_id: UUID, at: datetime) -> None:
        story, day = self.story, at.astimezone(SHANGHAI).date()
        due = due_on(story.urgency, day)
        if story.due_in is not None:
            due = max(day, self.today + timedelta(days=story.due_in))
        assign(
            self.tenant.safety_officer,
            self.tenant.id,
            hazard_id,
            person_id=self._assignee.person_id or UUID(int=0),
            urgency=story.urgency,
            due_on=due,
            at=at,
        )
        if story.is_extended:
            later = self._at(due - timedelta(days=1), 10)
            self.diary.plan(max(later, at), partial(self._extend, hazard_id, due))
        if story.end in (End.RECTIFIED, End.CLOSED):
            taken = max(1, round(((due - day).days or 1) * story.share))
            self.diary.plan(
                self._at(day + timedelta(days=taken), 14),
                partial(self._rectify, hazard_id, is_second=False),
            )

    def _extend(self, hazard_id: UUID, due: date, at: datetime) -> None:
        extend(
            self.tenant.principal,
            self.tenant.id,
            hazard_id,
            new_due_on=due + timedelta(days=5),
            reason="备件到货推迟，期间停用并挂牌，安排专人看护",
            at=at,
        )

    def _rectify(self, hazard_id: UUID, at: datetime, *, is_second: bool) -> None:
        rectify(
            self._assignee,
            self.tenant.id,
            hazard_id,
            measures=self.story.trouble.remedy,
            uploads=(self._photo(at, is_after=True),),
            at=at,
        )
        if self.story.end is End.CLOSED:
            day = at.astimezone(SHANGHAI).date() + timedelta(days=1)
            is_returned = self.story.is_returned and not is_second
            self.diary.plan(
                datetime.combine(day, _MORNING, SHANGHAI) + self.story.reported_at / 12,
                partial(self._verify, hazard_id, is_returned=is_returned),
            )

    def _verify(self, hazard_id: UUID, at: datetime, *, is_returned: bool) -> None:
        verify(
            self.tenant.safety_officer,
            self.tenant.id,
            hazard_id,
            outcome=Outcome.RETURNED if is_returned else Outcome.ACCEPTED,
            words="现场复核，还有一处没有改到位，请补充整改"
            if is_returned
            else "现场核实，整改到位，同意销号",
            at=at,
        )
        if is_returned:
            self.diary.plan(
                at + timedelta(hours=5),
                partial(self._rectify, hazard_id, is_second=True),
            )

    @property
    def _assignee(self) -> Actor:
        return self.tenant.people[self.story.assignee]

    def _at(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), SHANGHAI) + self.story.reported_at / 10

    def _photo(self, at: datetime, *, is_after: bool) -> Upload:
        place = f"{self.story.place.department} · {self.story.place.name}"
        data = picture(
            self.story.trouble.scene, Caption(at, place), is_after=is_after, face=self.face
        )
        return Upload("整改后.jpg" if is_after else "现场.jpg", data)


def _item_showing(sheet: Sheet, sign: str) -> SheetItem:
    """The item at which such a trouble shows, or the first."""
    return next((item for item in sheet.items if sign in item.text), sheet.items[0])
