"""What happened in an inspection, told inside the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from webapp.inspection.rules.enforcement import DocumentKind


@dataclass(frozen=True, slots=True)
class DocumentIssued:
    """A paper got its number; an order's items have become hazards by then."""

    enterprise_id: UUID
    case_id: UUID
    document_id: UUID
    agency_id: UUID
    kind: DocumentKind
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DocumentRevoked:
    """A paper counts no longer; its number is never used again."""

    enterprise_id: UUID
    case_id: UUID
    document_id: UUID
    agency_id: UUID
    kind: DocumentKind
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """An inspection has come to its end: nothing is left to put right."""

    enterprise_id: UUID
    case_id: UUID
    agency_id: UUID
    at: datetime
