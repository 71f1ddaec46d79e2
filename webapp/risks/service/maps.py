"""Four-colour maps: plans put up, named, drawn on, published and taken down."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from webapp.enterprise.service.refusals import constraint_words
from webapp.platform.errors import Conflict, Invalid, NotFound, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.images import ImageRefused, ProcessedImage, process_image
from webapp.platform.storage import add_file
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work
from webapp.risks.models.maps import FourColourMap
from webapp.risks.rules.map_drafts import ShapeDraft
from webapp.risks.service.locks import lock_ledger
from webapp.risks.service.map_shapes import write_shapes

MOST_MAPS = 20
LONGEST_SIDE = 2400
"""Pixels of a plan's longer side: 150 to the inch on A3."""
CHANGED_MEANWHILE = "这张图刚被其他人修改，请核对最新内容后再保存。"
_SAME_NAME = {"uq_four_colour_map_name": ("name", "已有同名的图，请换一个名称。")}


def add_map(actor: Actor, *, name: str, picture: bytes, at: datetime) -> UUID:
    """Put a floor plan up behind the others; its id.

    Raises Invalid for what is no picture or for a name that is taken, RuleBroken when there are
    too many.
    """
    image = _prepared(picture)
    map_id = new_id(at)
    with unit_of_work(actor, "map.added", at=at, subject=map_id) as work:
        lock_ledger(work.session, actor.enterprise_id)
        present, last = _present(work)
        if present >= MOST_MAPS:
            raise RuleBroken(f"最多 {MOST_MAPS} 张图。请先删除不再使用的图。")
        with constraint_words(**_SAME_NAME):
            work.add(
                FourColourMap(
                    enterprise_id=actor.enterprise_id,
                    id=map_id,
                    name=name,
                    ordinal=last + 1,
                    file_id=_stored(work, name, image),
                    width=image.width,
                    height=image.height,
                    created_by=actor.user_id,
                    created_at=at,
                )
            )
        work.note(name=name)
    return map_id


def change_map(
    actor: Actor,
    map_id: UUID,
    *,
    name: str,
    ordinal: int,
    picture: bytes,
    version: int,
    at: datetime,
) -> None:
    """Rename a map, give it another place in the order, and another plan when there is one.

    Raises Invalid at the field, or Conflict when another has saved since ``version``.
    """
    image = _prepared(picture) if picture else None
    with unit_of_work(actor, "map.changed", at=at, subject=map_id) as work:
        found = _map(work, map_id, version)
        found.name, found.ordinal = name, ordinal
        if image is not None:
            found.file_id = _stored(work, name, image)
            found.width, found.height = image.width, image.height
        with constraint_words(**_SAME_NAME):
            work.session.flush()
        work.note(name=name)


def draw_shapes(
    actor: Actor, map_id: UUID, drafts: Sequence[ShapeDraft], *, version: int, at: datetime
) -> None:
    """Let a map have these shapes in this order; one that is missing leaves it.

    Raises Conflict when another has saved since ``version``, Invalid for a link to what is gone.
    """
    with unit_of_work(actor, "map.drawn", at=at, subject=map_id) as work:
        found = _map(work, map_id, version)
        found.drawn_at = at
        # Two may save in one instant; the version that others compare moves all the same.
        flag_modified(found, "drawn_at")
        work.session.flush()
        write_shapes(work, map_id, drafts)
        work.note(name=found.name, shapes=len(drafts))


def publish_map(actor: Actor, map_id: UUID, *, version: int, at: datetime) -> None:
    """Show a map to whoever scans the enterprise code, without its confidential shapes.

    Raises Conflict when another has saved since ``version``: what is published was looked at.
    """
    with unit_of_work(actor, "map.published", at=at, subject=map_id) as work:
        found = _map(work, map_id, version)
        if found.drawn_at is None:
            raise RuleBroken("图上还没有区域，请先绘制再公开。")
        found.published_at = at
        work.session.flush()
        work.note(name=found.name)


def withdraw_map(actor: Actor, map_id: UUID, *, version: int, at: datetime) -> None:
    """Show a map to strangers no more. Raises Conflict when another has saved since."""
    with unit_of_work(actor, "map.withdrawn", at=at, subject=map_id) as work:
        found = _map(work, map_id, version)
        found.published_at = None
        work.session.flush()
        work.note(name=found.name)


def remove_map(actor: Actor, map_id: UUID, *, version: int, at: datetime) -> None:
    """Take a map down; it stays on record. Raises Conflict when another has saved since."""
    with unit_of_work(actor, "map.removed", at=at, subject=map_id) as work:
        found = _map(work, map_id, version)
        found.removed_at, found.published_at = at, None
        work.session.flush()
        work.note(name=found.name)


def _map(work: Work, map_id: UUID, version: int) -> FourColourMap:
    try:
        found = work.locked(FourColourMap, work.actor.enterprise_id, map_id, version=version)
    except Conflict:
        raise Conflict(CHANGED_MEANWHILE) from None
    if found.removed_at is not None:
        raise NotFound
    return found


def _present(work: Work) -> tuple[int, int]:
    """How many maps there are and the highest place in their order."""
    count, last = work.session.execute(
        select(func.count(), func.coalesce(func.max(FourColourMap.ordinal), 0)).where(
            FourColourMap.enterprise_id == work.actor.enterprise_id,
            FourColourMap.removed_at.is_(None),
        )
    ).one()
    return count, last


def _prepared(picture: bytes) -> ProcessedImage:
    """The plan made safe; slow, so never inside a transaction."""
    if picture[:1024].lstrip().startswith(b"%PDF"):
        raise Invalid("file", "暂不支持 PDF。请在看图软件里把平面图另存为 PNG 或 JPG 再上传。")
    try:
        return process_image(picture, max_side=LONGEST_SIDE)
    except ImageRefused as refused:
        raise Invalid("file", refused.message) from refused


def _stored(work: Work, name: str, image: ProcessedImage) -> UUID:
    return add_file(
        work.session,
        work.actor.enterprise_id,
        image.data,
        name=f"{name}.jpg",
        media_type=image.media_type,
        added_by=work.actor.user_id,
        at=work.at,
        original_sha256=image.original_sha256,
        facts={"width": image.width, "height": image.height},
    )
