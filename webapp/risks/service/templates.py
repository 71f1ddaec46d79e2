"""Starting a ledger from an industry's template, and confirming what was proposed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from webapp.platform.errors import Invalid
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import unit_of_work
from webapp.risks.events import LedgerChanged, MeasuresChanged
from webapp.risks.models.ledger import RiskEvent
from webapp.risks.queries.imports import known_risks
from webapp.risks.rules.template_rows import proposed_rows
from webapp.risks.rules.words import number_words
from webapp.risks.service.chosen import chosen_events
from webapp.risks.service.import_rows import write_proposals
from webapp.risks.service.locks import lock_ledger
from webapp.standards.ledger_templates import ledger_template


@dataclass(frozen=True, slots=True)
class Adopted:
    """How many risks came into the ledger, and how many stood there already."""

    added: int
    present: int


def adopt_template(actor: Actor, code: str, processes: Collection[str], *, at: datetime) -> Adopted:
    """Enter the risks of the chosen processes as proposals; those that stand there stay.

    Asked twice, the second time adds nothing. Raises UnknownCode for no such template, and
    Invalid when none of its processes is chosen.
    """
    template = ledger_template(code)
    rows = tuple(proposed_rows(template, processes))
    if not rows:
        raise Invalid("processes", "请至少选择一个工艺或场所。")
    subject = uuid5(actor.enterprise_id, f"template:{code}")
    with unit_of_work(actor, "ledger.template_adopted", at=at, subject=subject) as work:
        lock_ledger(work.session, actor.enterprise_id)
        known = known_risks(work.session, actor.enterprise_id)
        new = [row for row in rows if row.key not in known]
        written = write_proposals(work, new)
        work.note(
            name=template.name,
            template=f"{template.code}/{template.version}",
            processes=sorted(processes),
            added=len(new),
        )
        if written.point_ids:
            work.publish(MeasuresChanged(actor.enterprise_id, written.point_ids, at))
            work.publish(LedgerChanged(actor.enterprise_id, at))
    return Adopted(len(new), len(rows) - len(new))


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many proposals are part of the ledger now, and which rows were refused, and why."""

    confirmed: int
    refused: tuple[str, ...]


def confirm_events(actor: Actor, event_ids: Collection[UUID], *, at: datetime) -> Confirmed:
    """Say of proposed risks that they are as written here; each row that cannot be is named.

    A row confirmed meanwhile, or removed, is passed over: the wish has been met.
    """
    with unit_of_work(actor, "ledger.events_confirmed", at=at) as work:
        done, refused = chosen_events(work, event_ids, RiskEvent.is_proposed.is_(True))
        for event in done:
            event.is_proposed = False
        work.session.flush()
        work.note(confirmed=len(done), numbers=[number_words(event.number) for event in done])
        if done:
            work.publish(LedgerChanged(actor.enterprise_id, at))
    return Confirmed(len(done), refused)
