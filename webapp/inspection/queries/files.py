"""Files of an inspection, for whoever may see the inspection or the paper."""

from uuid import UUID

from sqlalchemy import select

from webapp.inspection.models.cases import Finding
from webapp.inspection.models.enforcement import DocumentSignature, EnforcementDocument
from webapp.platform import storage
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.storage import FileContent, StoredFile, file_content
from webapp.platform.tenancy import Scope


def finding_photo(
    scope: Scope, enterprise_id: UUID, case_id: UUID, finding_id: UUID, *, is_small: bool
) -> bytes:
    """The photo of a finding, or its thumbnail. Raises NotFound."""
    with reading(scope) as session:
        row = session.execute(
            select(StoredFile.sha256, StoredFile.facts)
            .join(
                Finding,
                (Finding.enterprise_id == StoredFile.enterprise_id)
                & (Finding.photo_file_id == StoredFile.id),
            )
            .where(
                Finding.enterprise_id == enterprise_id,
                Finding.case_id == case_id,
                Finding.id == finding_id,
            )
        ).one_or_none()
    if row is None:
        raise NotFound
    small = (row.facts or {}).get("thumbnail", row.sha256)
    return storage.get(small if is_small else row.sha256)


def document_pdf(scope: Scope, enterprise_id: UUID, document_id: UUID) -> FileContent:
    """The PDF of a paper that the scope may see. Raises NotFound."""
    with reading(scope) as session:
        file_id = session.execute(
            select(EnforcementDocument.file_id).where(
                EnforcementDocument.enterprise_id == enterprise_id,
                EnforcementDocument.id == document_id,
            )
        ).scalar_one_or_none()
        if file_id is None:
            raise NotFound
        return file_content(scope, enterprise_id, file_id)


def drawn_signature(
    scope: Scope, enterprise_id: UUID, document_id: UUID, ordinal: int
) -> FileContent:
    """A signature under a paper as a picture. Raises NotFound, also where one was refused."""
    with reading(scope) as session:
        file_id = session.execute(
            select(DocumentSignature.file_id).where(
                DocumentSignature.enterprise_id == enterprise_id,
                DocumentSignature.document_id == document_id,
                DocumentSignature.ordinal == ordinal,
            )
        ).scalar_one_or_none()
        if file_id is None:
            raise NotFound
        return file_content(scope, enterprise_id, file_id)
