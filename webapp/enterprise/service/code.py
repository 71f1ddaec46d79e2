"""The enterprise code: issued once, printed often, revoked with a reason; where it leads."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from webapp.enterprise.models.code import EnterpriseCode
from webapp.enterprise.rules.code import (
    ENTROPY_BYTES,
    Audience,
    CodeState,
    is_genuine,
    new_token,
    printed_address,
)
from webapp.enterprise.service.chains import on_enterprise_chain
from webapp.platform.errors import Invalid, NotFound, Unavailable
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work

_keys: list[bytes] = []
_base: list[str] = [""]
_endpoints: dict[Audience, str] = {}


def configure(key: bytes, base: str) -> None:
    """Set the key that new codes are signed with, and the address that all codes begin with."""
    _keys[:], _base[:] = [key], [base]


def address_of(token: str) -> str:
    """The whole address that stands in the printed code."""
    return printed_address(_base[0], token)


def register_audience(audience: Audience | str, endpoint: str) -> None:
    """Send this audience of a scanned code to an endpoint (argument ``enterprise_id``)."""
    _endpoints[Audience(audience)] = endpoint


def endpoint_of(audience: Audience) -> str | None:
    """Where this audience is sent, or None for the public page."""
    return _endpoints.get(audience)


def is_signed(token: str) -> bool:
    """Whether our present key signed a token; a signed one without a record was lost by us."""
    return is_genuine(token, _keys)


def issue_code(actor: Actor, enterprise_id: UUID, *, at: datetime) -> str:
    """Give an enterprise its code; the token. One that has an active code keeps it."""
    with unit_of_work(actor, "code.issued", at=at, subject=enterprise_id) as work:
        on_enterprise_chain(work, enterprise_id)
        active = _active(work, enterprise_id)
        if active is not None:
            work.note(is_repeated=True)
            return active.token
        return _issue(work, enterprise_id)


def revoke_code(actor: Actor, enterprise_id: UUID, *, reason: str, at: datetime) -> str:
    """Take the active code back and issue another; the new token.

    Signs that hang will say that they are revoked. Raises Invalid without a reason, NotFound
    without a code.
    """
    with unit_of_work(actor, "code.revoked", at=at, subject=enterprise_id) as work:
        on_enterprise_chain(work, enterprise_id)
        if not reason.strip():
            raise Invalid("reason", "请写明吊销的原因，如标牌遗失、损毁。")
        active = _active(work, enterprise_id)
        if active is None:
            raise NotFound("企业没有有效的企业码。")
        work.session.execute(
            update(EnterpriseCode)
            .where(EnterpriseCode.enterprise_id == enterprise_id, EnterpriseCode.id == active.id)
            .values(state=CodeState.REVOKED, revoked_at=at, revoked_reason=reason.strip())
        )
        work.note(reason=reason.strip())
        return _issue(work, enterprise_id)


def _active(work: Work, enterprise_id: UUID) -> EnterpriseCode | None:
    return work.session.execute(
        select(EnterpriseCode)
        .where(
            EnterpriseCode.enterprise_id == enterprise_id,
            EnterpriseCode.state == CodeState.ACTIVE,
        )
        .with_for_update()
    ).scalar_one_or_none()


def _issue(work: Work, enterprise_id: UUID) -> str:
    if not _keys:
        raise Unavailable("企业码的签名密钥尚未配置。")
    token = new_token(secrets.token_bytes(ENTROPY_BYTES), _keys[0])
    work.add(
        EnterpriseCode(
            enterprise_id=enterprise_id,
            id=new_id(work.at),
            token=token,
            state=CodeState.ACTIVE,
            issued_at=work.at,
        )
    )
    return token
