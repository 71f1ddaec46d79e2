"""What an approved enterprise begins with: code, first posts, first people, first member."""

from uuid import UUID

from webapp.accounts.rules.roles import Role
from webapp.accounts.service.members import add_membership
from webapp.enterprise.events import EnterpriseApproved, OrganisationChanged
from webapp.enterprise.models.organisation import Post
from webapp.enterprise.models.people import Person
from webapp.enterprise.models.profile import Enterprise
from webapp.enterprise.rules.organisation import PostKind
from webapp.enterprise.service.code import issue_code
from webapp.platform.clock import local_date
from webapp.platform.identifiers import new_id
from webapp.platform.unit_of_work import Work


def found_enterprise(work: Work, enterprise: Enterprise) -> None:
    """Set up everything an enterprise needs on its first day, in the open transaction."""
    people = _first_people(work, enterprise)
    event = EnterpriseApproved(
        enterprise.id, enterprise.region_code, enterprise.industry_code, work.at
    )
    work.publish(event)
    issue_code(work.actor, enterprise.id, at=work.at)
    if enterprise.applicant_id is not None:
        role = Role(enterprise.applicant_role)
        add_membership(
            work.actor,
            user_id=enterprise.applicant_id,
            role=role,
            enterprise_id=enterprise.id,
            person_id=people[role],
            at=work.at,
        )
    work.publish(OrganisationChanged(enterprise.id, work.at))


def _first_people(work: Work, enterprise: Enterprise) -> dict[Role, UUID]:
    """The posts of principal and safety officer, and the people named for them.

    In a small enterprise one person may be both; then the safety officer's post stays open.
    """
    principal = _person(work, enterprise, enterprise.principal_name, enterprise.principal_phone)
    principal.post_id = _post(work, enterprise, PostKind.PRINCIPAL)
    safety_post = _post(work, enterprise, PostKind.SAFETY_OFFICER)
    named = (enterprise.safety_officer_name, enterprise.safety_officer_phone)
    if named == (principal.name, principal.phone):
        work.add(principal)
        return {Role.PRINCIPAL: principal.id, Role.SAFETY_OFFICER: principal.id}
    officer = _person(work, enterprise, *named)
    officer.post_id = safety_post
    work.add(principal, officer)
    return {Role.PRINCIPAL: principal.id, Role.SAFETY_OFFICER: officer.id}


def _post(work: Work, enterprise: Enterprise, kind: PostKind) -> UUID:
    post = Post(enterprise_id=enterprise.id, id=new_id(work.at), name=kind.words, kind=kind)
    work.add(post)
    return post.id


def _person(work: Work, enterprise: Enterprise, name: str, phone: str) -> Person:
    return Person(
        enterprise_id=enterprise.id,
        id=new_id(work.at),
        name=name,
        phone=phone,
        joined_on=local_date(work.at),
        created_at=work.at,
    )
