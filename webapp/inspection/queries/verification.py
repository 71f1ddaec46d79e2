"""Whether a paper is genuine: its code or its bytes against the records and the audit chain."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from webapp.accounts.models.memberships import Agency
from webapp.inspection.models.enforcement import EnforcementDocument
from webapp.inspection.queries.documents import DocumentDetail, document_detail
from webapp.inspection.rules.enforcement import content_sha256
from webapp.platform import storage
from webapp.platform.audit import AuditEvent
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import SYSTEM


@dataclass(frozen=True, slots=True)
class VerifiedPaper:
    """A paper that was issued here, and whether its record is as it was at issue."""

    detail: DocumentDetail
    agency: str
    replacement_code: str
    is_intact: bool
    """Content, stored file and the chained entry of its issue agree."""

    @property
    def issued_at(self) -> datetime:
        """When it was issued."""
        return self.detail.row.issued_at


def paper_by_code(code: str) -> VerifiedPaper | None:
    """The paper that bears this code; None when there is none.

    Read as the platform itself: whoever holds the paper may ask, and gets what it says on its
    face, nothing else.
    """
    return _paper(EnforcementDocument.verification_token == code)


def paper_by_bytes(data: bytes) -> VerifiedPaper | None:
    """The paper whose PDF has exactly these bytes."""
    return _paper(EnforcementDocument.file_sha256 == hashlib.sha256(data).hexdigest())


def _paper(which: ColumnElement[bool]) -> VerifiedPaper | None:
    with reading(SYSTEM) as session:
        row = session.execute(
            select(EnforcementDocument.enterprise_id, EnforcementDocument.id, Agency.name)
            .join(Agency, Agency.id == EnforcementDocument.agency_id)
            .where(which)
            .order_by(EnforcementDocument.id)
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        detail = document_detail(SYSTEM, row[0], row[1])
        replacement = detail.replaced_by
        return VerifiedPaper(
            detail,
            row[2],
            document_detail(SYSTEM, row[0], replacement.id).code if replacement else "",
            is_intact(session, detail),
        )


def is_intact(session: Session, detail: DocumentDetail) -> bool:
    """Whether content, file and audit entry still say the same.

    The audit chain holds both digests since the issue, so that not even who owns the database
    can change a paper and its digest together.
    """
    noted = _noted(session, detail)
    return (
        content_sha256(detail.content) == detail.content_sha256
        and noted.get("content_sha256") == detail.content_sha256
        and noted.get("file_sha256") == detail.file_sha256
        and _stored_sha256(detail.file_sha256) == detail.file_sha256
    )


def _noted(session: Session, detail: DocumentDetail) -> dict[str, Any]:
    body = session.execute(
        select(AuditEvent.body)
        .where(
            AuditEvent.chain == detail.row.enterprise_id,
            AuditEvent.at == detail.row.issued_at,
            AuditEvent.action == "document.issued",
            AuditEvent.subject == detail.row.id,
        )
        .order_by(AuditEvent.position)
        .limit(1)
    ).scalar_one_or_none()
    noted: dict[str, Any] = json.loads(body)["detail"] if body else {}
    return noted


def _stored_sha256(name: str) -> str:
    try:
        return hashlib.sha256(storage.get(name)).hexdigest()
    except NotFound:
        return ""
