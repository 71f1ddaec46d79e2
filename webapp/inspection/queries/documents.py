"""Papers: those of a case, those of an agency or an enterprise, and one with its hands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from webapp.enterprise.models.profile import Enterprise
from webapp.enterprise.rules.search import search_pattern
from webapp.inspection.models.enforcement import DocumentSignature, EnforcementDocument
from webapp.inspection.rules.enforcement import DocumentKind, DocumentState, Party
from webapp.inspection.rules.filters import DocumentFilter
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Context, Scope

MOST_OF_A_CASE = 100


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A paper in a list."""

    enterprise_id: UUID
    id: UUID
    case_id: UUID
    enterprise: str
    kind: DocumentKind
    number: str
    state: DocumentState
    deadline_on: date | None
    issued_at: datetime
    served_at: datetime | None
    replaces_id: UUID | None


_COLUMNS = (
    EnforcementDocument.enterprise_id,
    EnforcementDocument.id,
    EnforcementDocument.case_id,
    Enterprise.name,
    EnforcementDocument.kind,
    EnforcementDocument.number,
    EnforcementDocument.state,
    EnforcementDocument.deadline_on,
    EnforcementDocument.issued_at,
    EnforcementDocument.served_at,
    EnforcementDocument.replaces_id,
)


# Papers of the same instant stand in the order of the procedure.
_PLACE = func.array_position([kind.value for kind in DocumentKind], EnforcementDocument.kind)


def _rows() -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).join(Enterprise, Enterprise.id == EnforcementDocument.enterprise_id)


def _row(row: Row[Any]) -> DocumentRow:
    values = list(row)
    values[4], values[6] = DocumentKind(values[4]), DocumentState(values[6])
    return DocumentRow(*values)


def documents_of(session: Session, enterprise_id: UUID, case_id: UUID) -> tuple[DocumentRow, ...]:
    """The papers of a case, the first issued first."""
    rows = session.execute(
        _rows()
        .where(
            EnforcementDocument.enterprise_id == enterprise_id,
            EnforcementDocument.case_id == case_id,
        )
        .order_by(EnforcementDocument.issued_at, _PLACE, EnforcementDocument.id)
        .limit(MOST_OF_A_CASE)
    )
    return tuple(_row(row) for row in rows)


def documents(scope: Scope, wanted: DocumentFilter, page: PageRequest) -> Page[DocumentRow]:
    """An agency's own papers, or those that an enterprise was given; the newest first."""
    conditions = _conditions(scope, wanted)
    with reading(scope) as session:
        total = session.execute(
            select(func.count())
            .select_from(EnforcementDocument)
            .join(Enterprise, Enterprise.id == EnforcementDocument.enterprise_id)
            .where(*conditions)
        ).scalar_one()
        rows = session.execute(
            _rows()
            .where(*conditions)
            .order_by(EnforcementDocument.issued_at.desc(), EnforcementDocument.id.desc())
            .offset(page.offset)
            .limit(page.size)
        )
        return Page(tuple(_row(row) for row in rows), total, page)


def _conditions(scope: Scope, wanted: DocumentFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_own(scope)]
    if wanted.kind is not None:
        found.append(EnforcementDocument.kind == wanted.kind.value)
    if wanted.state is not None:
        found.append(EnforcementDocument.state == wanted.state.value)
    if wanted.text:
        found.append(
            EnforcementDocument.number.contains(wanted.text, autoescape=True)
            | Enterprise.search.like(search_pattern(wanted.text), escape="\\")
        )
    return found


def _own(scope: Scope) -> ColumnElement[bool]:
    if scope.context is Context.ENTERPRISE:
        return EnforcementDocument.enterprise_id == scope.enterprise_id
    return EnforcementDocument.agency_id == scope.agency_id


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A hand under a paper, or the reason why there is none."""

    party: Party
    name: str
    file_id: UUID | None
    refusal: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentDetail:
    """A whole paper: its frozen content, its hands, its later life."""

    row: DocumentRow
    agency_id: UUID
    content: Mapping[str, Any]
    content_sha256: str
    file_sha256: str
    file_id: UUID
    code: str
    order_id: UUID | None
    served_how: str
    closed_at: datetime | None
    revoked_at: datetime | None
    revoked_reason: str
    signatures: tuple[SignatureRow, ...]
    replaced_by: DocumentRow | None

    @property
    def unit(self) -> SignatureRow:
        """The unit's hand or refusal."""
        return next(s for s in self.signatures if s.party is Party.UNIT)


def document_detail(scope: Scope, enterprise_id: UUID, document_id: UUID) -> DocumentDetail:
    """A paper that the scope may see. Raises NotFound."""
    with reading(scope) as session:
        found = session.execute(
            select(EnforcementDocument, Enterprise.name)
            .join(Enterprise, Enterprise.id == EnforcementDocument.enterprise_id)
            .where(
                EnforcementDocument.enterprise_id == enterprise_id,
                EnforcementDocument.id == document_id,
            )
        ).one_or_none()
        if found is None:
            raise NotFound
        return _detail(session, *found)


def _detail(session: Session, document: EnforcementDocument, enterprise: str) -> DocumentDetail:
    return DocumentDetail(
        row=DocumentRow(
            document.enterprise_id,
            document.id,
            document.case_id,
            enterprise,
            DocumentKind(document.kind),
            document.number,
            DocumentState(document.state),
            document.deadline_on,
            document.issued_at,
            document.served_at,
            document.replaces_id,
        ),
        agency_id=document.agency_id,
        content=document.content,
        content_sha256=document.content_sha256,
        file_sha256=document.file_sha256,
        file_id=document.file_id,
        code=document.verification_token,
        order_id=document.order_id,
        served_how=document.served_how,
        closed_at=document.closed_at,
        revoked_at=document.revoked_at,
        revoked_reason=document.revoked_reason,
        signatures=_signatures(session, document),
        replaced_by=_replacement(session, document),
    )


def _signatures(session: Session, document: EnforcementDocument) -> tuple[SignatureRow, ...]:
    rows = session.execute(
        select(
            DocumentSignature.party,
            DocumentSignature.name,
            DocumentSignature.file_id,
            DocumentSignature.refusal,
            DocumentSignature.signed_at,
        )
        .where(
            DocumentSignature.enterprise_id == document.enterprise_id,
            DocumentSignature.document_id == document.id,
        )
        .order_by(DocumentSignature.ordinal)
        .limit(10)
    )
    return tuple(SignatureRow(Party(row[0]), *row[1:]) for row in rows)


def _replacement(session: Session, document: EnforcementDocument) -> DocumentRow | None:
    row = session.execute(
        _rows()
        .where(
            EnforcementDocument.enterprise_id == document.enterprise_id,
            EnforcementDocument.case_id == document.case_id,
            EnforcementDocument.replaces_id == document.id,
        )
        .order_by(EnforcementDocument.issued_at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _row(row)
