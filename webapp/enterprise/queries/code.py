"""The enterprise code: what a token is, and the code an enterprise prints."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from webapp.accounts.models.memberships import Agency
from webapp.enterprise.models.code import EnterpriseCode
from webapp.enterprise.models.profile import Enterprise
from webapp.enterprise.rules.code import CodeState
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import SYSTEM, Scope


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """What a genuine token stands for."""

    enterprise_id: UUID
    region_code: str
    state: CodeState
    revoked_at: datetime | None


def scanned_code(token: str) -> ScannedCode | None:
    """The code of a token, whatever its state; None for one that was never issued.

    The records decide, not the signature: a code printed under an older key must still open.
    """
    with reading(SYSTEM) as session:
        row = session.execute(
            select(
                EnterpriseCode.enterprise_id,
                Enterprise.region_code,
                EnterpriseCode.state,
                EnterpriseCode.revoked_at,
            )
            .join(Enterprise, Enterprise.id == EnterpriseCode.enterprise_id)
            .where(EnterpriseCode.token == token)
        ).one_or_none()
    if row is None:
        return None
    return ScannedCode(row[0], row[1], CodeState(row[2]), row[3])


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """The active code as it stands on signs; `edition` counts the codes of this enterprise."""

    token: str
    edition: int
    issued_at: datetime


def printed_code(scope: Scope, enterprise_id: UUID) -> PrintedCode:
    """The code to print; printing again gives the same. Raises NotFound when there is none."""
    with reading(scope) as session:
        row = session.execute(
            select(EnterpriseCode.token, EnterpriseCode.issued_at).where(
                EnterpriseCode.enterprise_id == enterprise_id,
                EnterpriseCode.state == CodeState.ACTIVE,
            )
        ).one_or_none()
        if row is None:
            raise NotFound("企业还没有企业码，审核通过后自动签发。")
        return PrintedCode(row[0], _edition(scope, enterprise_id), row[1])


@dataclass(frozen=True, slots=True)
class Issue:
    """Who stands behind a code and which edition it is, for the public page."""

    edition: int
    agency: str


def issue_of(scope: Scope, enterprise_id: UUID, region_code: str) -> Issue:
    """The edition of the active code, and the agency of its county or city."""
    with reading(scope) as session:
        agency = session.execute(
            select(Agency.name)
            .where(
                Agency.region_code == func.left(region_code, func.length(Agency.region_code)),
                func.length(Agency.region_code) <= COUNTY_LENGTH,
            )
            .order_by(func.length(Agency.region_code).desc(), Agency.id)
            .limit(1)
        ).scalar_one_or_none()
    return Issue(_edition(scope, enterprise_id), agency or "")


COUNTY_LENGTH = 6


def _edition(scope: Scope, enterprise_id: UUID) -> int:
    with reading(scope) as session:
        return session.execute(
            select(func.count(EnterpriseCode.id)).where(
                EnterpriseCode.enterprise_id == enterprise_id
            )
        ).scalar_one()


@dataclass(frozen=True, slots=True)
class FormerCode:
    """A code that was taken back, and why."""

    issued_at: datetime
    revoked_at: datetime
    reason: str


MOST_FORMER = 50


def former_codes(scope: Scope, enterprise_id: UUID) -> tuple[FormerCode, ...]:
    """The revoked codes, newest first."""
    with reading(scope) as session:
        rows = session.execute(
            select(
                EnterpriseCode.issued_at, EnterpriseCode.revoked_at, EnterpriseCode.revoked_reason
            )
            .where(
                EnterpriseCode.enterprise_id == enterprise_id,
                EnterpriseCode.revoked_at.is_not(None),
            )
            .order_by(EnterpriseCode.revoked_at.desc(), EnterpriseCode.id)
            .limit(MOST_FORMER)
        )
        return tuple(FormerCode(row[0], row[1], row[2]) for row in rows if row[1])
