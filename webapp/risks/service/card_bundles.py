"""All cards of a filter as one archive, made in the background and taken up where it broke off.

Each card is kept as a file of its own as soon as it is made, under an id that follows from the
bundle and the point. A worker that takes the job over asks which are there and makes the rest.
"""

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import Any
from uuid import UUID, uuid5

from webapp.platform.attachments import (
    enterprises_with_loose_files,
    remove_loose_files,
    remove_unnamed_bytes,
)
from webapp.platform.clock import local_date
from webapp.platform.database import transaction
from webapp.platform.errors import RuleBroken
from webapp.platform.storage import add_file, file_content
from webapp.platform.tenancy import Actor, system_actor
from webapp.platform.unit_of_work import unit_of_work
from webapp.risks.queries.card_bundles import kept_cards
from webapp.risks.queries.card_choices import point_ids
from webapp.risks.queries.cards import PointCard, point_cards
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.rules.kept_filter import as_values
from webapp.risks.rules.notice_card import CardSize
from webapp.risks.service.cards import CardPress

JOB = "risks.card_bundle"
CLEAN = "risks.card_bundles_removed"
MOST_CARDS = 500
CHUNK = 10
KEPT_FOR = timedelta(days=7)
ARCHIVE = "application/zip"
CARD = "application/pdf; part=notice-card"
"""A card that waits for its archive; other papers are plain PDF and stay."""
_IN_MEMORY = 8 * 2**20
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')

Report = Callable[[int, int], None]


def order_bundle(
    actor: Actor, bundle_id: UUID, wanted: LedgerFilter, size: CardSize, *, at: datetime
) -> UUID:
    """Order the cards of all points that the filter means; the job's id.

    Ordered twice under one id it is one job. Raises RuleBroken when there is no point or there
    are too many for one archive.
    """
    with unit_of_work(actor, "cards.ordered", at=at, subject=bundle_id) as work:
        answer = work.claim(bundle_id, JOB)
        if answer is not None:
            return UUID(answer["job_id"])
        found = len(point_ids(actor.scope, actor.enterprise_id, wanted, MOST_CARDS + 1))
        if not found:
            raise RuleBroken("没有符合条件的风险点，换个条件再打印。")
        if found > MOST_CARDS:
            raise RuleBroken(f"一次最多打印 {MOST_CARDS} 张，请按部门或等级分批打印。")
        payload = {"bundle_id": str(bundle_id), "size": size.value, "wanted": as_values(wanted)}
        job_id = work.enqueue(JOB, payload, key=f"{JOB}:{bundle_id}")
        work.seal(bundle_id, {"job_id": str(job_id)})
        work.note(cards=found, size=size.value)
        return job_id


def make_bundle(
    actor: Actor,
    bundle_id: UUID,
    wanted: LedgerFilter,
    size: CardSize,
    *,
    at: datetime,
    report: Report,
) -> dict[str, Any]:
    """Make the cards that are not there yet and bind them; gives the archive's file.

    May run twice: what was made is kept, and an archive that is done is given again.
    """
    ids = point_ids(actor.scope, actor.enterprise_id, wanted, MOST_CARDS)
    _make_missing(actor, bundle_id, ids, size, at=at, report=report)
    with unit_of_work(actor, "cards.printed", at=at, subject=bundle_id) as work:
        key = uuid5(bundle_id, "archive")
        answer = work.claim(key, "cards.printed")
        if answer is not None:
            return answer
        data, count = _bound(actor, bundle_id, ids)
        name = f"安全风险告知卡{local_date(at):%Y%m%d}-{count}张.zip"
        file_id = add_file(
            work.session,
            actor.enterprise_id,
            data,
            name=name,
            media_type=ARCHIVE,
            added_by=actor.user_id,
            at=at,
        )
        work.note(cards=count, size=size.value)
        result = {"file_id": str(file_id), "name": name, "cards": count}
        work.seal(key, result)
    report(len(ids) + 1, len(ids) + 1)
    return result


def remove_old_bundles(at: datetime) -> int:
    """Remove archives and single cards older than a week, which anyone can print anew."""
    before, done = at - KEPT_FOR, 0
    for media_type in (CARD, ARCHIVE):
        last = None
        while waiting := enterprises_with_loose_files(media_type, before, last):
            struck = [names for each in waiting for names in _strike(each, media_type, before, at)]
            # Only now: had a record not committed, its bytes would be gone.
            remove_unnamed_bytes([name for names in struck for name in names], before)
            done, last = done + len(struck), waiting[-1]
    return done


def _strike(
    enterprise_id: UUID, media_type: str, before: datetime, at: datetime
) -> tuple[tuple[str, ...], ...]:
    actor = system_actor("schedule")
    with unit_of_work(actor, "cards.removed", at=at, subject=enterprise_id) as work:
        work.only_on_chain(enterprise_id)
        struck = remove_loose_files(work.session, enterprise_id, media_type, before)
        work.note(count=len(struck))
        return struck


def _make_missing(
    actor: Actor,
    bundle_id: UUID,
    ids: Sequence[UUID],
    size: CardSize,
    *,
    at: datetime,
    report: Report,
) -> None:
    there = kept_cards(actor.scope, actor.enterprise_id, [uuid5(bundle_id, str(i)) for i in ids])
    missing = [id_ for id_ in ids if uuid5(bundle_id, str(id_)) not in there]
    done = len(ids) - len(missing)
    report(done, len(ids) + 1)
    if not missing:
        return
    press = CardPress(actor.scope, actor.enterprise_id, printed_on=local_date(at))
    for start in range(0, len(missing), CHUNK):
        chunk = missing[start : start + CHUNK]
        cards = point_cards(actor.scope, actor.enterprise_id, chunk)
        _keep(actor, bundle_id, cards, press, size, at=at)
        done += len(chunk)
        report(done, len(ids) + 1)


def _keep(
    actor: Actor,
    bundle_id: UUID,
    cards: Sequence[PointCard],
    press: CardPress,
    size: CardSize,
    *,
    at: datetime,
) -> None:
    # No deed of its own: the archive is what the audit tells of.
    with transaction(actor.scope) as session:
        for each in cards:
            level = each.card.level.words if each.card.level else "未评价"
            name = _NOT_IN_NAMES.sub(" ", f"{level} {each.card.subject.name}").strip()
            add_file(
                session,
                actor.enterprise_id,
                press.point(each.point_id, each.card, size),
                name=name,
                media_type=CARD,
                added_by=actor.user_id,
                at=at,
                file_id=uuid5(bundle_id, str(each.point_id)),
            )


def _bound(actor: Actor, bundle_id: UUID, ids: Sequence[UUID]) -> tuple[bytes, int]:
    """The archive of the cards in their order, and how many they are."""
    file_ids = [uuid5(bundle_id, str(id_)) for id_ in ids]
    there = kept_cards(actor.scope, actor.enterprise_id, file_ids)
    kept = [file_id for file_id in file_ids if file_id in there]
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as target:
        # PDFs are packed already.
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for number, file_id in enumerate(kept, 1):
                content = file_content(actor.scope, actor.enterprise_id, file_id)
                archive.writestr(f"{number:03d} {content.name}.pdf", content.data)
        target.seek(0)
        return target.read(), len(kept)
