"""The agencies of the demo city with their officers."""

from datetime import datetime
from uuid import UUID

from webapp.accounts.rules.roles import Role
from webapp.accounts.service.members import add_membership, create_agency
from webapp.demo.rules.roster import OPERATOR, Bureau, bureaus
from webapp.demo.service.accounts import NewAccount, Registrar
from webapp.platform.tenancy import Actor, officer_scope

Officers = dict[str, Actor]
"""The officers by login."""


def found_agencies(actor: Actor, registrar: Registrar, *, at: datetime) -> Officers:
    """Set up the bureaus and the platform's operator."""
    officers: Officers = {}
    for bureau in bureaus():
        agency_id = create_agency(
            actor,
            name=bureau.name,
            region_code=bureau.region,
            document_prefix=bureau.prefix,
            reconsideration_organ=bureau.reconsideration_organ,
            court=bureau.court,
            at=at,
        )
        officers |= _staffed(actor, registrar, bureau, agency_id, at=at)
    (operator,) = registrar.add([NewAccount(OPERATOR, "运维员")], at=at)
    add_membership(actor, user_id=operator, role=Role.OPERATOR, at=at)
    return officers


def _staffed(
    actor: Actor, registrar: Registrar, bureau: Bureau, agency_id: UUID, *, at: datetime
) -> Officers:
    users = registrar.add([NewAccount(one.login, one.name) for one in bureau.officers], at=at)
    found: Officers = {}
    for officer, user_id in zip(bureau.officers, users, strict=True):
        membership_id = add_membership(
            actor,
            user_id=user_id,
            role=officer.role,
            agency_id=agency_id,
            certificate_number=officer.certificate,
            at=at,
        )
        found[officer.login] = Actor(
            user_id,
            officer.name,
            officer.role,
            officer_scope(agency_id, bureau.region),
            membership_id=membership_id,
            certificate_number=officer.certificate,
        )
    return found
