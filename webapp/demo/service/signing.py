"""Responsibility lists: drafted from the templates, approved, signed person by person."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from webapp.demo.rules.chance import chance_of
from webapp.demo.service.diary import Act, Diary
from webapp.demo.service.founding import Tenant
from webapp.demo.service.hands import signature
from webapp.enterprise.service.responsibilities import draft_missing, publish_drafts
from webapp.enterprise.service.signing import sign_list
from webapp.platform.clock import SHANGHAI
from webapp.platform.database import reading
from webapp.platform.tenancy import Actor

_PUBLISHED = text(
    "select post_id, id from responsibility_list where enterprise_id = :enterprise"
    " and state = 'published'"
)
_LAST_DAYS = 27


def publish_lists(tenant: Tenant, *, at: datetime) -> None:
    """Draft a list for every post and have the principal approve them."""
    draft_missing(tenant.safety_officer, at=at)
    publish_drafts(tenant.principal, at=at + timedelta(hours=2))


def plan_signatures(tenant: Tenant, diary: Diary, *, today: date, hand: Path) -> None:
    """Let those who sign do so on some day; management on the first days of the last month."""
    lists = _lists(tenant)
    for place, (name, person) in enumerate(sorted(tenant.people.items())):
        chance = chance_of(f"{tenant.plant.key} signs {name}")
        is_management = person in (tenant.principal, tenant.safety_officer)
        is_signing = is_management or chance.random() < tenant.plant.conduct.habits.signed
        list_id = lists.get(person.post_id)
        if list_id is None or not is_signing:
            continue
        days_ago = _LAST_DAYS if is_management else chance.randrange(2, _LAST_DAYS - 1)
        moment = datetime.combine(today - timedelta(days=days_ago), time(10, place), SHANGHAI)
        diary.plan(moment, _sign(person, list_id, hand))


def _sign(person: Actor, list_id: UUID, hand: Path) -> Act:
    return lambda at: sign_list(person, list_id, image=signature(person.name, hand), at=at)


def _lists(tenant: Tenant) -> dict[UUID | None, UUID]:
    with reading(tenant.safety_officer.scope) as session:
        rows = session.execute(_PUBLISHED, {"enterprise": tenant.id})
        return {row.post_id: row.id for row in rows}
