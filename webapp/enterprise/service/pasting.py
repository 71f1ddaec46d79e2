"""Takes pasted rows into the organisation: what is new is set up, what is there stays."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from webapp.enterprise.events import OrganisationChanged
from webapp.enterprise.models.organisation import Department, Post
from webapp.enterprise.models.people import Person
from webapp.enterprise.queries import organisation as queries
from webapp.enterprise.queries.people import staff
from webapp.enterprise.rules.organisation import DepartmentKind
from webapp.enterprise.rules.paste_plan import (
    Fate,
    PastePlan,
    Place,
    PlannedPerson,
    StaffMember,
    paste_plan,
    place_of_row,
    places,
)
from webapp.enterprise.rules.pasted_rows import PastedRows, parse_pasted
from webapp.enterprise.service.organisation import lock_organisation
from webapp.platform.clock import local_date
from webapp.platform.errors import Invalid
from webapp.platform.identifiers import new_id
from webapp.platform.spreadsheets.reader import read_workbook
from webapp.platform.spreadsheets.workbook import SpreadsheetRefused
from webapp.platform.tenancy import Actor, Scope
from webapp.platform.unit_of_work import Work, unit_of_work


@dataclass(frozen=True, slots=True)
class PastePreview:
    """What was understood and what confirming it would do."""

    pasted: PastedRows
    plan: PastePlan


def preview_paste(scope: Scope, enterprise_id: UUID, text: str) -> PastePreview:
    """Understand pasted rows and say what they would add; nothing is saved."""
    pasted = parse_pasted(text)
    plan = paste_plan(
        pasted.rows,
        [row.node for row in queries.departments(scope, enterprise_id)],
        [row.node for row in queries.posts(scope, enterprise_id)],
        [
            StaffMember(row.id, row.name, row.phone, row.post_id)
            for row in staff(scope, enterprise_id)
        ],
    )
    return PastePreview(pasted, plan)


def paste_organisation(actor: Actor, text: str, *, at: datetime) -> PastePlan:
    """Take in every row without a finding; what was done.

    Repeating it changes nothing. Raises Invalid when no row can be taken.
    """
    with unit_of_work(actor, "organisation.pasted", at=at, subject=actor.enterprise_id) as work:
        lock_organisation(work)
        preview = preview_paste(actor.scope, actor.enterprise_id, text)
        if not preview.pasted.rows:
            raise Invalid("text", "没有可以导入的行，请按提示修改后再试。")
        plan = preview.plan
        ids = _Standing(work)
        ids.set_up(plan)
        for planned in plan.people:
            _settle(work, planned, ids)
        work.note(
            departments=len(plan.new_places),
            posts=len(plan.new_posts),
            people=plan.count(Fate.JOINS),
            moved=plan.count(Fate.MOVES),
        )
        work.publish(OrganisationChanged(actor.enterprise_id, at))
    return plan


class _Standing:
    """The ids of places and posts by their names, as they are set up."""

    def __init__(self, work: Work) -> None:
        scope, enterprise_id = work.actor.scope, work.actor.enterprise_id
        self._work = work
        self.places = places([row.node for row in queries.departments(scope, enterprise_id)])
        names = {id_: place for place, id_ in self.places.items()}
        self.posts = {
            (names[row.department_id] if row.department_id else ("", ""), row.name): row.id
            for row in queries.posts(scope, enterprise_id)
        }

    def set_up(self, plan: PastePlan) -> None:
        """Add the new departments, then their teams, then the posts."""
        enterprise_id, at = self._work.actor.enterprise_id, self._work.at
        for place in sorted(plan.new_places, key=lambda place: bool(place[1])):
            self.places[place] = self._place(place)
        for new in plan.new_posts:
            post = Post(
                enterprise_id=enterprise_id,
                id=new_id(at),
                name=new.name,
                kind=new.kind,
                department_id=self.places.get(new.place),
            )
            self._work.session.add(post)
            self.posts[new.place, new.name] = post.id
        self._work.session.flush()

    def _place(self, place: Place) -> UUID:
        department, team = place
        added = Department(
            enterprise_id=self._work.actor.enterprise_id,
            id=new_id(self._work.at),
            name=team or department,
            kind=DepartmentKind.TEAM if team else DepartmentKind.DEPARTMENT,
            parent_id=self.places[department, ""] if team else None,
        )
        self._work.add(added)
        return added.id


def _settle(work: Work, planned: PlannedPerson, ids: _Standing) -> None:
    """Let the person of a row join or move."""
    row, enterprise_id = planned.row, work.actor.enterprise_id
    place = place_of_row(row)
    post_id, department_id = ids.posts[place, row.post], ids.places.get(place)
    if planned.fate is Fate.JOINS:
        work.session.add(
            Person(
                enterprise_id=enterprise_id,
                id=new_id(work.at),
                name=row.name,
                phone=row.phone,
                post_id=post_id,
                department_id=department_id,
                joined_on=local_date(work.at),
                created_at=work.at,
            )
        )
    elif planned.fate is Fate.MOVES:
        person = work.locked(Person, enterprise_id, planned.person_id)
        person.post_id, person.department_id = post_id, department_id
        person.phone = person.phone or row.phone


def text_of_upload(data: bytes, filename: str) -> str:
    """The first sheet of a file as tab-separated lines. Raises Invalid with what to do."""
    try:
        sheets = read_workbook(data, filename).visible
    except SpreadsheetRefused as refused:
        raise Invalid("file", refused.message) from refused
    filled = (sheet for sheet in sheets if any(c.text for row in sheet.rows for c in row))
    sheet = next(filled, None)
    if sheet is None:
        raise Invalid("file", "文件里没有内容，请检查是否选对了文件。")
    return "\n".join("\t".join(" ".join(c.text.split()) for c in row) for row in sheet.rows)
