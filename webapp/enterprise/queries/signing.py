"""What a person has to sign, and where the chain of responsibility has a gap."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from webapp.enterprise.models.people import Person
from webapp.enterprise.models.responsibilities import ResponsibilityList, ResponsibilitySignature
from webapp.enterprise.queries.organisation import departments, posts
from webapp.enterprise.queries.people import staff
from webapp.enterprise.queries.responsibilities import (
    DutyList,
    duty_list,
    signatures_under,
    standings,
)
from webapp.enterprise.rules import organisation as rules
from webapp.enterprise.rules.responsibilities import ListState
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope


@dataclass(frozen=True, slots=True)
class OwnList:
    """The list that a person has to read and sign, and what was signed with before."""

    duties: DutyList | None
    is_signed: bool
    last_file_id: UUID | None


def own_list(scope: Scope, enterprise_id: UUID, person_id: UUID) -> OwnList:
    """The published list of a person's post; None inside while there is none."""
    with reading(scope) as session:
        list_id = session.execute(
            select(ResponsibilityList.id)
            .join(
                Person,
                (Person.enterprise_id == ResponsibilityList.enterprise_id)
                & (Person.post_id == ResponsibilityList.post_id),
            )
            .where(
                Person.enterprise_id == enterprise_id,
                Person.id == person_id,
                Person.left_on.is_(None),
                ResponsibilityList.state == ListState.PUBLISHED,
            )
        ).scalar_one_or_none()
        last_file_id = session.execute(
            select(ResponsibilitySignature.file_id)
            .where(
                ResponsibilitySignature.enterprise_id == enterprise_id,
                ResponsibilitySignature.person_id == person_id,
            )
            .order_by(ResponsibilitySignature.signed_at.desc(), ResponsibilitySignature.id.desc())
            .limit(1)
        ).scalar_one_or_none()
    if list_id is None:
        return OwnList(None, is_signed=False, last_file_id=last_file_id)
    found = duty_list(scope, enterprise_id, list_id)
    is_signed = any(each.person_id == person_id for each in found.signatures)
    return OwnList(found, is_signed, last_file_id)


def responsibility_gaps(scope: Scope, enterprise_id: UUID) -> tuple[rules.Gap, ...]:
    """Every break in the chain from the principal to the post, the gravest first."""
    people = staff(scope, enterprise_id)
    in_force = {row.list_id: row.post.id for row in standings(scope, enterprise_id) if row.list_id}
    signatures = signatures_under(scope, enterprise_id, tuple(in_force))
    return rules.gaps(
        [row.node for row in departments(scope, enterprise_id)],
        [row.node for row in posts(scope, enterprise_id)],
        [rules.Person(row.id, row.name, row.post_id) for row in people],
        [
            rules.Signature(each.person_id, in_force[list_id])
            for list_id, signed in signatures.items()
            for each in signed
        ],
        published=set(in_force.values()),
    )


def signature_file(scope: Scope, enterprise_id: UUID, file_id: UUID) -> UUID:
    """The id of a picture that is a signature under one of the lists. Raises NotFound."""
    with reading(scope) as session:
        found = session.execute(
            select(ResponsibilitySignature.file_id)
            .where(
                ResponsibilitySignature.enterprise_id == enterprise_id,
                ResponsibilitySignature.file_id == file_id,
            )
            .order_by(ResponsibilitySignature.id)
            .limit(1)
        ).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found
