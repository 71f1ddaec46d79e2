"""Files by content: named by their SHA-256, stored once, never overwritten."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.platform.database import Base, reading
from webapp.platform.errors import NotFound
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Scope

_folder: list[Path] = []


class StoredFile(Base):
    """A file of an enterprise's record: where it came from and what it is."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)

    enterprise_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    original_sha256: Mapped[str]
    """Of the bytes as they arrived, before a photo was re-encoded."""
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str]
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """Of a photo: width, height, taken_at, latitude, longitude, perceptual_hash, thumbnail."""
    added_by: Mapped[UUID | None]
    added_at: Mapped[datetime]


def configure(folder: Path) -> None:
    """Set the folder that holds the files."""
    _folder[:] = [folder]
    folder.mkdir(parents=True, exist_ok=True)


def put(data: bytes) -> str:
    """Store the bytes and give their name; storing the same again changes nothing."""
    name = hashlib.sha256(data).hexdigest()
    path = _path(name)
    try:
        # Bytes that are wanted again are as fresh as new ones to whoever clears out old ones.
        os.utime(path)
    except FileNotFoundError:
        _write(path, data)
    return name


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        # What is acknowledged must be on the disk before the record that names it commits.
        os.fsync(file.fileno())
    Path(temporary).replace(path)


def remove(name: str, unused_since: datetime) -> bool:
    """Remove the bytes of this name unless they were stored again since; whether they are gone.

    They are first put aside, so that whoever stores them at this moment writes them anew.
    """
    path = _path(name)
    aside = path.with_suffix(".aside")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return True
    if aside.stat().st_mtime >= unused_since.timestamp():
        aside.rename(path)
        return False
    aside.unlink()
    return True


def get(name: str) -> bytes:
    """The bytes of this name. Raises NotFound."""
    try:
        return _path(name).read_bytes()
    except FileNotFoundError:
        raise NotFound("文件不在存储中，请联系平台运维。") from None


def _path(name: str) -> Path:
    return _folder[0] / name[:2] / name[2:4] / name


def add_file(
    session: Session,
    enterprise_id: UUID,
    data: bytes,
    *,
    name: str,
    media_type: str,
    added_by: UUID | None,
    at: datetime,
    original_sha256: str = "",
    facts: dict[str, Any] | None = None,
    file_id: UUID | None = None,
) -> UUID:
    """Store bytes for an enterprise's record and give the id of the file's row."""
    sha256 = put(data)
    file = StoredFile(
        enterprise_id=enterprise_id,
        id=file_id or new_id(at),
        sha256=sha256,
        original_sha256=original_sha256 or sha256,
        media_type=media_type,
        size=len(data),
        name=name,
        facts=facts,
        added_by=added_by,
        added_at=at,
    )
    session.add(file)
    session.flush()
    return file.id


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file as it is sent out."""

    name: str
    media_type: str
    data: bytes
    sha256: str


def file_content(scope: Scope, enterprise_id: UUID, file_id: UUID) -> FileContent:
    """A file that the scope may see. Raises NotFound."""
    with reading(scope) as session:
        row = session.execute(
            select(StoredFile).where(
                StoredFile.enterprise_id == enterprise_id, StoredFile.id == file_id
            )
        ).scalar_one_or_none()
        if row is None:
            raise NotFound
        return FileContent(row.name, row.media_type, get(row.sha256), row.sha256)
