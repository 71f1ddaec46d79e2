"""A holder reads the published list of the own post and signs it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from webapp.enterprise.events import OrganisationChanged
from webapp.enterprise.models.people import Person
from webapp.enterprise.models.responsibilities import ResponsibilityList, ResponsibilitySignature
from webapp.enterprise.rules.responsibilities import ListState, signing_refusal
from webapp.enterprise.service.organisation import open_post
from webapp.enterprise.service.refusals import refuse_if
from webapp.platform import storage
from webapp.platform.errors import Invalid, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work


def sign_list(actor: Actor, list_id: UUID, *, image: bytes | None, at: datetime) -> None:
    """Sign the list of one's own post; without a picture the last signature is used again.

    Raises RuleBroken when it is another's, not published, or already signed, and Invalid when
    there is no earlier signature to use.
    """
    with unit_of_work(actor, "responsibility.signed", at=at, subject=list_id) as work:
        found = work.locked(ResponsibilityList, actor.enterprise_id, list_id)
        person = _signer(work, found)
        file_id = _last_file(work, person.id) if image is None else _kept(work, person, image)
        if file_id is None:
            raise Invalid("signature", "还没有可以沿用的签名，请手写签名。")
        work.add(
            ResponsibilitySignature(
                enterprise_id=actor.enterprise_id,
                id=new_id(at),
                list_id=list_id,
                person_id=person.id,
                file_id=file_id,
                signed_at=at,
            )
        )
        post = open_post(work, found.post_id)
        work.note(name=person.name, post=post.name, edition=found.edition)
        work.publish(OrganisationChanged(actor.enterprise_id, at, signed_by=person.id))


def _signer(work: Work, found: ResponsibilityList) -> Person:
    """The acting person, who holds the post and has not signed yet."""
    holders = work.session.scalars(
        select(Person)
        .where(
            Person.enterprise_id == found.enterprise_id,
            Person.post_id == found.post_id,
            Person.left_on.is_(None),
        )
        .order_by(Person.id)
    ).all()
    signed = work.session.scalars(
        select(ResponsibilitySignature.person_id).where(
            ResponsibilitySignature.enterprise_id == found.enterprise_id,
            ResponsibilitySignature.list_id == found.id,
        )
    ).all()
    person_id = work.actor.person_id
    if person_id is None:
        raise RuleBroken("您的账号还没有对应的人员档案，请联系安全管理人员。")
    by_id = {person.id: person for person in holders}
    refuse_if(
        signing_refusal(person_id, holders=by_id, signed=signed, state=ListState(found.state))
    )
    return by_id[person_id]


def _last_file(work: Work, person_id: UUID) -> UUID | None:
    return work.session.execute(
        select(ResponsibilitySignature.file_id)
        .where(
            ResponsibilitySignature.enterprise_id == work.actor.enterprise_id,
            ResponsibilitySignature.person_id == person_id,
        )
        .order_by(ResponsibilitySignature.signed_at.desc(), ResponsibilitySignature.id.desc())
        .limit(1)
    ).scalar_one_or_none()


def _kept(work: Work, person: Person, image: bytes) -> UUID:
    return storage.add_file(
        work.session,
        person.enterprise_id,
        image,
        name=f"{person.name}签名.png",
        media_type="image/png",
        added_by=work.actor.user_id,
        at=work.at,
    )
