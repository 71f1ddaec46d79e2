"""Pictures taken in: made safe before a transaction opens, stored inside it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from webapp.hazards.queries.photos import own_photos
from webapp.hazards.rules.submissions import Upload
from webapp.hazards.service.acts import act
from webapp.platform import storage
from webapp.platform.errors import Invalid
from webapp.platform.images import ImageRefused, ProcessedImage, process_image
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that has been made safe and waits to be stored."""

    name: str
    image: ProcessedImage


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """A stored picture; ``original_sha256`` is of the bytes that the phone sent."""

    file_id: UUID
    original_sha256: str


def prepared(uploads: Iterable[Upload], field: str = "photos") -> tuple[Picture, ...]:
    """Decode, bound and re-encode the pictures; slow, so never inside a transaction.

    Raises Invalid at ``field`` with what is wrong with which file.
    """
    pictures = []
    for upload in uploads:
        try:
            pictures.append(Picture(upload.name, process_image(upload.data)))
        except ImageRefused as refused:
            raise Invalid(field, f"“{upload.name}”{refused.message}") from refused
    return tuple(pictures)


def store(
    work: Work, enterprise_id: UUID, pictures: Iterable[Picture], kept: Collection[UUID] = ()
) -> tuple[StoredPhoto, ...]:
    """Put the pictures into the enterprise's record; those kept from an earlier try are found.

    The bytes are on the disk before the record that names them commits.
    """
    earlier = own_photos(work.session, enterprise_id, work.actor.user_id, kept)
    if len(earlier) < len(set(kept)):
        raise Invalid("photos", "之前上传的照片已失效，请重新拍照。")
    fresh = (_stored(work, enterprise_id, picture) for picture in pictures)
    return (*(StoredPhoto(each.file_id, each.original_sha256) for each in earlier), *fresh)


def _stored(work: Work, enterprise_id: UUID, picture: Picture) -> StoredPhoto:
    image = picture.image
    file_id = storage.add_file(
        work.session,
        enterprise_id,
        image.data,
        name=picture.name,
        media_type=image.media_type,
        added_by=work.actor.user_id,
        at=work.at,
        original_sha256=image.original_sha256,
        facts=_facts(image),
    )
    return StoredPhoto(file_id, image.original_sha256)


def _facts(image: ProcessedImage) -> dict[str, Any]:
    return {
        "width": image.width,
        "height": image.height,
        "perceptual_hash": image.perceptual_hash,
        "taken_at": image.taken_at.isoformat() if image.taken_at else None,
        "latitude": image.latitude,
        "longitude": image.longitude,
        "thumbnail": storage.put(image.thumbnail),
    }


def keep_photos(
    actor: Actor, enterprise_id: UUID, uploads: Iterable[Upload], *, at: datetime
) -> tuple[UUID, ...]:
    """Keep the pictures of a form that was refused, so that they need not be taken again.

    Files that are no pictures are left out: the form has already said so.
    """
    pictures = [picture for upload in uploads for picture in _if_picture(upload)]
    if not pictures:
        return ()
    with act(actor, enterprise_id, "photos.kept", at=at) as work:
        work.note(count=len(pictures))
        return tuple(photo.file_id for photo in store(work, enterprise_id, pictures))


def _if_picture(upload: Upload) -> tuple[Picture, ...]:
    try:
        return prepared((upload,))
    except Invalid:
        return ()
