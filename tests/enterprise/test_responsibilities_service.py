from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from tests.factories import enterprise as make
from tests.factories.enterprise import NOW
from tests.factories.responsibilities import Workshop, drawing
from webapp.accounts.rules.roles import Role
from webapp.enterprise.queries.responsibilities import duty_list, editions, standings
from webapp.enterprise.queries.signing import own_list, responsibility_gaps
from webapp.enterprise.rules.drawings import PREFIX
from webapp.enterprise.rules.organisation import GapKind
from webapp.enterprise.rules.responsibilities import ListState
from webapp.enterprise.service.responsibilities import (
    draft_list,
    draft_missing,
    publish_drafts,
    publish_list,
    save_duties,
)
from webapp.enterprise.service.signatures import png_of
from webapp.enterprise.service.signing import sign_list
from webapp.platform.errors import Conflict, Forbidden, Invalid, NotFound, RuleBroken
from webapp.platform.storage import file_content

pytestmark = pytest.mark.usefixtures("app", "db")


@pytest.fixture
def workshop():
    return Workshop()


def test_a_first_draft_begins_with_the_duties_of_its_kind_of_post(workshop):
    found = workshop.list(draft_list(workshop.officer, workshop.post, at=NOW))

    assert (found.edition, found.state) == (1, ListState.DRAFT)
    assert len(found.duties) >= 5
    assert all(duty.work_standard and duty.assessment for duty in found.duties)


def test_drafting_again_gives_the_open_draft(workshop):
    first = draft_list(workshop.officer, workshop.post, at=NOW)

    assert draft_list(workshop.officer, workshop.post, at=NOW) == first


def test_every_post_without_a_list_gets_one_draft(workshop):
    assert draft_missing(workshop.officer, at=NOW) == 2
    assert draft_missing(workshop.officer, at=NOW) == 0


def test_a_head_drafts_only_for_the_own_department(workshop):
    head = make.staff_actor(
        workshop.id, Role.DEPARTMENT_HEAD, name="马国强", department_id=workshop.place
    )
    elsewhere = make.post(workshop.id, "会计", department_id=make.department(workshop.id, "财务部"))

    draft_list(head, workshop.post, at=NOW)

    with pytest.raises(Forbidden, match="本部门"):
        draft_list(head, elsewhere, at=NOW)


def test_saving_replaces_the_duties_and_the_second_writer_is_told(workshop):
    list_id = draft_list(workshop.officer, workshop.post, at=NOW)
    changed = [replace(workshop.list(list_id).duties[0], duty="每班开工前检查焊机接地")]

    save_duties(workshop.officer, list_id, changed, version=1, at=NOW)

    assert [duty.duty for duty in workshop.list(list_id).duties] == ["每班开工前检查焊机接地"]
    with pytest.raises(Conflict):
        save_duties(workshop.officer, list_id, changed, version=1, at=NOW)


def test_a_duty_without_a_standard_is_refused_at_its_field(workshop):
    list_id = draft_list(workshop.officer, workshop.post, at=NOW)
    unfit = [replace(workshop.list(list_id).duties[0], work_standard=" ")]

    with pytest.raises(Invalid) as refused:
        save_duties(workshop.officer, list_id, unfit, version=1, at=NOW)

    assert list(refused.value.fields) == ["duties-0-work_standard"]


def test_a_published_list_holds_a_year_and_is_never_edited(workshop):
    list_id = workshop.published()

    found = workshop.list(list_id)
    assert found.state is ListState.PUBLISHED
    assert str(found.review_by) == "2027-11-24"
    with pytest.raises(RuleBroken, match="请新建一版"):
        save_duties(workshop.officer, list_id, found.duties, version=found.version, at=NOW)


def test_a_new_edition_takes_the_place_of_the_old_and_is_signed_anew(workshop):
    first = workshop.published()
    sign_list(workshop.worker, first, image=png_of(drawing()), at=NOW)

    second = draft_list(workshop.officer, workshop.post, at=NOW)
    publish_list(workshop.principal, second, version=1, at=NOW)

    states = [
        (row.edition, row.state)
        for row in editions(workshop.officer.scope, workshop.id, workshop.post)
    ]
    assert states == [(2, ListState.PUBLISHED), (1, ListState.REPLACED)]
    assert not own_list(workshop.worker.scope, workshop.id, workshop.person).is_signed


def test_all_drafts_are_approved_at_once(workshop):
    draft_missing(workshop.officer, at=NOW)

    assert publish_drafts(workshop.principal, at=NOW) == 2
    with pytest.raises(RuleBroken, match="没有待批准"):
        publish_drafts(workshop.principal, at=NOW)


def test_a_holder_signs_the_own_list_once_with_a_picture_that_is_kept(workshop):
    list_id = workshop.published()

    sign_list(workshop.worker, list_id, image=png_of(drawing()), at=NOW)

    signed = workshop.list(list_id).signatures
    assert [each.name for each in signed] == ["刘伟"]
    kept = file_content(workshop.worker.scope, workshop.id, signed[0].file_id)
    assert Image.open(BytesIO(kept.data)).format == "PNG"
    with pytest.raises(RuleBroken, match="已签收"):
        sign_list(workshop.worker, list_id, image=png_of(drawing()), at=NOW)


def test_the_last_signature_can_be_used_again(workshop):
    first = workshop.published()
    with pytest.raises(Invalid, match="请手写签名"):
        sign_list(workshop.worker, first, image=None, at=NOW)
    sign_list(workshop.worker, first, image=png_of(drawing()), at=NOW)
    second = draft_list(workshop.officer, workshop.post, at=NOW)
    publish_list(workshop.principal, second, version=1, at=NOW)

    sign_list(workshop.worker, second, image=None, at=NOW + timedelta(days=1))

    files = {workshop.list(id_).signatures[0].file_id for id_ in (first, second)}
    assert len(files) == 1


def test_nobody_signs_for_another(workshop):
    list_id = workshop.published()
    colleague = make.staff_actor(
        workshop.id, Role.WORKER, person_id=make.person(workshop.id, "马红梅")
    )

    with pytest.raises(RuleBroken, match="本人岗位"):
        sign_list(colleague, list_id, image=png_of(drawing()), at=NOW)


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ("", "手写签名"),
        (drawing(is_empty=True), "太短"),
        ("data:image/png;base64,AAAA", "没有传好"),
        ("data:image/svg+xml;base64,AAAA", "没有传好"),
        (PREFIX + "不是编码", "没有传好"),
        (drawing(size=(5000, 100)), "过大"),
    ],
)
def test_what_is_no_signature_is_refused_in_words(drawn, words):
    with pytest.raises(Invalid, match=words):
        png_of(drawn)


def test_another_enterprise_can_neither_read_nor_sign_it(workshop):
    list_id = workshop.published()
    stranger = Workshop()

    with pytest.raises(NotFound):
        duty_list(stranger.officer.scope, workshop.id, list_id)
    with pytest.raises(NotFound):
        sign_list(stranger.worker, list_id, image=png_of(drawing()), at=NOW)


def test_gaps_say_what_is_missing_until_the_list_is_published_and_signed(workshop):
    def of_the_post():
        found = responsibility_gaps(workshop.officer.scope, workshop.id)
        return [gap.kind for gap in found if gap.subject in (workshop.post, workshop.person)]

    assert of_the_post() == [GapKind.NO_LIST]
    list_id = workshop.published()
    assert of_the_post() == [GapKind.UNSIGNED]
    sign_list(workshop.worker, list_id, image=png_of(drawing()), at=NOW)
    assert of_the_post() == []


def test_standings_count_the_signatures_of_present_holders(workshop):
    list_id = workshop.published()
    make.person(workshop.id, "马红梅", post_id=workshop.post)
    sign_list(workshop.worker, list_id, image=png_of(drawing()), at=NOW)

    found = {row.post.id: row for row in standings(workshop.officer.scope, workshop.id)}

    assert (found[workshop.post].signed, found[workshop.post].unsigned) == (1, 1)
    assert found[workshop.head_post].list_id is None
