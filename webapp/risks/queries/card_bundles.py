"""Which cards of a bundle are made, and the archive to hand out."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from webapp.platform.database import reading
from webapp.platform.storage import StoredFile
from webapp.platform.tenancy import Scope


def kept_cards(scope: Scope, enterprise_id: UUID, file_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the files that are there."""
    with reading(scope) as session:
        rows = session.execute(
            select(StoredFile.id)
            .where(StoredFile.enterprise_id == enterprise_id, StoredFile.id.in_(file_ids))
            .order_by(StoredFile.id)
        )
        return frozenset(rows.scalars())
