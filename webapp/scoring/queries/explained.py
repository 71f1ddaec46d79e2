"""The score as a tree whose numbers lead to their records."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webapp.hazards.models.hazards import Hazard
from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.scoring.queries.facts import WINDOW_DAYS, facts, stored
from webapp.scoring.rules.indicators import indicator_inputs
from webapp.scoring.rules.score import RecordRef, ScoreTree, score
from webapp.scoring.rules.veto import vetoes
from webapp.standards.five_have import five_have

MOST_RECORDS = 50
"""A number with more records behind it leads to a filtered list instead."""


def explained(scope: Scope, enterprise_id: UUID, at: datetime) -> ScoreTree:
    """The score at an instant, with the records that cost points. Raises NotFound."""
    standard = five_have()
    with reading(scope) as session:
        counts = facts(stored(session, [enterprise_id], at)[enterprise_id])
        records = _records(session, enterprise_id, at)
    hits = vetoes(counts.vetoes, standard)
    return score(standard, indicator_inputs(counts, records), at=at, vetoes=hits)


def _records(
    session: Session, enterprise_id: UUID, at: datetime
) -> Mapping[str, tuple[RecordRef, ...]]:
    """The records that keep each indicator from being full, the newest first, bounded."""
    today = local_date(at)
    first = today - timedelta(days=WINDOW_DAYS - 1)
    midnight = datetime.combine(first, time(), SHANGHAI)
    late = select(Hazard.id).where(
        Hazard.enterprise_id == enterprise_id,
        Hazard.due_on >= first,
        Hazard.due_on < today,
        (Hazard.state != "closed") | _LATE,
    )
    majors = select(Hazard.id).where(
        Hazard.enterprise_id == enterprise_id,
        Hazard.level == "major",
        Hazard.reported_at >= midnight - timedelta(days=275),
    )
    newest = (Hazard.reported_at.desc(), Hazard.id)
    values = {
        "enterprise": enterprise_id,
        "begins": midnight,
        "ends": datetime.combine(today, time(), SHANGHAI),
        "limit": MOST_RECORDS,
    }
    hazards = {
        "H3.4": session.execute(late.order_by(*newest).limit(MOST_RECORDS)).scalars(),
        "H3.6": session.execute(majors.order_by(*newest).limit(MOST_RECORDS)).scalars(),
    }
    found = {code: tuple(RecordRef("hazard", i) for i in ids) for code, ids in hazards.items()}
    for code, (kind, statement) in _STATEMENTS.items():
        ids = session.execute(text(f"{statement} limit :limit"), values).scalars()
        found[code] = tuple(RecordRef(kind, i) for i in ids)
    return found


_LATE = text("(hazard.rectified_at at time zone 'Asia/Shanghai')::date > hazard.due_on")

_STATEMENTS = {
    "H2.1": (
        "risk_point",
        "select p.id from risk_point p where p.enterprise_id = :enterprise and p.stopped_at is null"
        " and not exists (select 1 from risk_event r where r.enterprise_id = p.enterprise_id"
        " and r.point_id = p.id and r.removed_at is null) order by p.name, p.id",
    ),
    "H2.4": (
        "risk_event",
        "select r.id from risk_event r cross join lateral ("
        " select count(distinct category) as kinds,"
        " coalesce(bool_or(category = 'emergency'), false) as emergency,"
        " coalesce(bool_or(category in ('engineering', 'management')), false) as control"
        " from control_measure m where m.enterprise_id = r.enterprise_id and m.event_id = r.id"
        " and m.removed_at is null) m where r.enterprise_id = :enterprise and r.removed_at is null"
        " and not case when r.level in ('major', 'significant')"
        " then m.kinds >= 4 and m.emergency and m.control else m.kinds >= 2 end"
        " order by r.number, r.id",
    ),
    "H3.2": (
        "check_task",
        # What is due at midnight belongs to the day before it, as in the counted days.
        "select t.id from check_task t where t.enterprise_id = :enterprise"
        " and t.due_at > :begins and t.due_at <= :ends"
        " and (t.state = 'open' or (t.state = 'done' and t.done_at > t.due_at))"
        " order by t.due_at desc, t.id",
    ),
}
