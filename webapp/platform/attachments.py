"""Which files of a record are attached to something, and taking out those that are not.

Tables say themselves that they hold files: by their foreign key. So the ground floor need not
know the rooms, and a room that keeps files in a new table is counted without a word here.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Table,
    Text,
    any_,
    delete,
    exists,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from webapp.platform import storage
from webapp.platform.database import Base, reading
from webapp.platform.storage import StoredFile
from webapp.platform.tenancy import SYSTEM

_thumbnail = StoredFile.facts["thumbnail"].astext


def enterprises_with_loose_files(
    media_type: str, before: datetime, after: UUID | None = None, limit: int = 500
) -> tuple[UUID, ...]:
    """The next enterprises, by id, with files of a kind from before an instant that hang loose."""
    statement = select(StoredFile.enterprise_id).where(*_loose(media_type, before)).distinct()
    if after is not None:
        statement = statement.where(StoredFile.enterprise_id > after)
    with reading(SYSTEM) as session:
        found = session.execute(statement.order_by(StoredFile.enterprise_id).limit(limit))
        return tuple(found.scalars())


def remove_loose_files(
    session: Session, enterprise_id: UUID, media_type: str, before: datetime, limit: int = 500
) -> tuple[tuple[str, ...], ...]:
    """Strike an enterprise's loose files from the record; of each the names of its bytes.

    The rows are locked before they are judged again: one that a form is just attaching stays.
    """
    own = StoredFile.enterprise_id == enterprise_id
    held = select(StoredFile.id).where(own, *_loose(media_type, before)).order_by(StoredFile.id)
    ids = session.execute(held.limit(limit).with_for_update(skip_locked=True)).scalars().all()
    struck = delete(StoredFile).where(own, StoredFile.id.in_(ids), *_loose(media_type, before))
    rows = session.execute(struck.returning(StoredFile.sha256, _thumbnail.label("thumbnail")))
    return tuple(tuple(name for name in row if name) for row in rows)


def remove_unnamed_bytes(names: Collection[str], unused_since: datetime) -> int:
    """Take bytes that no file of any record names any longer out of the store; how many."""
    asked = any_(literal(list(names), ARRAY(Text)))
    with reading(SYSTEM) as session:
        rows = session.execute(
            select(StoredFile.sha256, _thumbnail.label("thumbnail")).where(
                or_(StoredFile.sha256 == asked, _thumbnail == asked)
            )
        )
        named = {name for row in rows for name in row}
    return sum(storage.remove(name, unused_since) for name in sorted(set(names) - named))


def _loose(media_type: str, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        StoredFile.media_type == media_type,
        StoredFile.added_at < before,
        *(~each for each in _attached()),
    )


def _attached() -> list[ColumnElement[bool]]:
    """For each foreign key to a file: that a row of its table points at this one."""
    return [
        exists().where(*(each.parent == each.column for each in key.elements))
        for table in Base.metadata.sorted_tables
        for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name))
        if key.referred_table is _files()
    ]


def _files() -> Table:
    return Base.metadata.tables[StoredFile.__tablename__]
