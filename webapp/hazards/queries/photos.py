"""Stored pictures: of a hazard for who may see it, of a form for who is filling it in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from webapp.hazards.models.hazards import HazardPhoto
from webapp.platform import storage
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.storage import FileContent, StoredFile
from webapp.platform.tenancy import Scope


@dataclass(frozen=True, slots=True)
class OwnPhoto:
    """A picture that someone has sent with a form that was not accepted."""

    file_id: UUID
    original_sha256: str
    added_at: datetime


def own_photos(
    session: Session, enterprise_id: UUID, user_id: UUID | None, file_ids: Collection[UUID]
) -> tuple[OwnPhoto, ...]:
    """Those of these files that are this user's own pictures, held until they are attached."""
    if not file_ids or user_id is None:
        return ()
    rows = session.execute(
        select(StoredFile.id, StoredFile.original_sha256, StoredFile.added_at)
        .where(
            StoredFile.enterprise_id == enterprise_id,
            StoredFile.id.in_(file_ids),
            StoredFile.added_by == user_id,
            StoredFile.media_type == "image/jpeg",
        )
        .order_by(StoredFile.id)
        .with_for_update(read=True, key_share=True)
    )
    return tuple(OwnPhoto(*row) for row in rows)


def hazard_photo(
    scope: Scope, enterprise_id: UUID, hazard_id: UUID, file_id: UUID, *, is_small: bool
) -> FileContent:
    """A picture of this hazard, or its thumbnail. Raises NotFound."""
    of_hazard = exists().where(
        HazardPhoto.enterprise_id == StoredFile.enterprise_id,
        HazardPhoto.file_id == StoredFile.id,
        HazardPhoto.hazard_id == hazard_id,
    )
    return _content(scope, enterprise_id, file_id, of_hazard, is_small=is_small)


def kept_photo(scope: Scope, enterprise_id: UUID, file_id: UUID, user_id: UUID) -> FileContent:
    """The thumbnail of one's own picture that waits in a form. Raises NotFound."""
    own = StoredFile.added_by == user_id
    return _content(scope, enterprise_id, file_id, own, is_small=True)


def _content(
    scope: Scope, enterprise_id: UUID, file_id: UUID, which: object, *, is_small: bool
) -> FileContent:
    with reading(scope) as session:
        row = session.execute(
            select(StoredFile.name, StoredFile.media_type, StoredFile.sha256, StoredFile.facts)
            .where(StoredFile.enterprise_id == enterprise_id, StoredFile.id == file_id)
            .where(StoredFile.media_type == "image/jpeg", which)  # type: ignore[arg-type]
        ).one_or_none()
    if row is None:
        raise NotFound
    stored = (row.facts or {}).get("thumbnail", row.sha256) if is_small else row.sha256
    return FileContent(row.name, row.media_type, storage.get(stored), stored)
