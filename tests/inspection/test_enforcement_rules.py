import hashlib
import json
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.inspection.rules.enforcement import (
    DocumentAction,
    DocumentKind,
    DocumentState,
    Party,
    Signing,
    canonical_json,
    content_sha256,
    date_refusal,
    document_number,
    issuer_refusal,
    next_state,
    order_refusal,
    remedy_refusal,
    remedy_words,
    revocation_refusal,
    signing_refusal,
)
from webapp.standards.refusal import Refusal

WANG, LI, ZHAO = (UUID(int=number) for number in (1, 2, 3))
K, S, A = DocumentKind, DocumentState, DocumentAction
BY_WANG = Signing(Party.OFFICER, "王强", is_signed=True, user_id=WANG)
BY_LI = Signing(Party.OFFICER, "李敏", is_signed=True, user_id=LI)
BY_UNIT = Signing(Party.UNIT, "赵刚", is_signed=True)


@pytest.mark.parametrize(
    ("kind", "title", "word"),
    [
        (K.INSPECTION_RECORD, "现场检查记录", "检记"),
        (K.RECTIFICATION_ORDER, "责令限期整改指令书", "责改"),
        (K.REINSPECTION_OPINION, "整改复查意见书", "复查"),
    ],
)
def test_papers_bear_the_titles_and_words_of_the_public_forms(kind, title, word):
    assert (kind.words, kind.number_word) == (title, word)


def test_a_number_is_printed_with_full_width_brackets():
    number = document_number(K.INSPECTION_RECORD, place="安", year=2026, sequence=12)

    assert number == "（安）应急检记〔2026〕12号"


@pytest.mark.parametrize(
    ("kind", "issued", "message"),
    [
        (K.INSPECTION_RECORD, [], None),
        (
            K.RECTIFICATION_ORDER,
            [],
            "请先出具《现场检查记录》，再出具《责令限期整改指令书》。",
        ),
        (K.RECTIFICATION_ORDER, [K.INSPECTION_RECORD], None),
        (
            K.REINSPECTION_OPINION,
            [K.INSPECTION_RECORD],
            "请先出具《责令限期整改指令书》，再出具《整改复查意见书》。",
        ),
        (
            K.INSPECTION_RECORD,
            [K.INSPECTION_RECORD],
            "本次检查已出具《现场检查记录》；更正请先撤销原文书。",
        ),
        (K.REINSPECTION_OPINION, list(K), None),
    ],
)
def test_papers_come_in_their_order(kind, issued, message):
    refusal = order_refusal(kind, issued)

    assert (refusal and refusal.message) == message


@given(st.lists(st.sampled_from(K), max_size=8))
def test_whatever_is_tried_the_papers_of_a_case_stand_in_order(tried):
    issued = []
    for kind in tried:
        if order_refusal(kind, issued) is None:
            issued.append(kind)

    order = list(K)
    assert issued == sorted(issued, key=order.index)
    assert issued.count(K.INSPECTION_RECORD) <= 1
    assert issued.count(K.RECTIFICATION_ORDER) <= 1


def test_a_paper_is_served_and_closed():
    assert next_state(S.ISSUED, A.SERVE) is S.SERVED
    assert next_state(S.SERVED, A.CLOSE) is S.CLOSED


@pytest.mark.parametrize("action", A)
@pytest.mark.parametrize("state", [S.CLOSED, S.REVOKED])
def test_what_is_closed_or_revoked_stays_so(state, action):
    assert isinstance(next_state(state, action), Refusal)


def test_both_officers_and_the_unit_sign():
    assert signing_refusal([BY_WANG, BY_LI, BY_UNIT], [WANG, LI]) is None


def test_a_refused_signature_needs_its_reason():
    silent = Signing(Party.UNIT, "", is_signed=False)
    told = Signing(Party.UNIT, "赵刚", is_signed=False, refusal="认为问题不属实")

    assert signing_refusal([BY_WANG, BY_LI, silent], [WANG, LI]) == Refusal(
        "被检查单位拒绝签名的，请写明原因。", "unit_refusal"
    )
    assert signing_refusal([BY_WANG, BY_LI, told], [WANG, LI]) is None


@pytest.mark.parametrize(
    ("signings", "field"),
    [
        ([BY_WANG, BY_UNIT], "officer_signatures"),
        ([BY_WANG, BY_WANG, BY_UNIT], "officer_signatures"),
        (
            [BY_WANG, Signing(Party.OFFICER, "李敏", is_signed=False, user_id=LI), BY_UNIT],
            "officer_signatures",
        ),
        (
            [BY_WANG, Signing(Party.OFFICER, "赵", is_signed=True, user_id=ZHAO), BY_UNIT],
            "officer_signatures",
        ),
        ([BY_WANG, BY_LI], "unit_signature"),
        ([BY_WANG, BY_LI, Signing(Party.UNIT, " ", is_signed=True)], "unit_name"),
        (
            [BY_WANG, BY_LI, Signing(Party.UNIT, "赵刚", is_signed=True, refusal="不服")],
            "unit_refusal",
        ),
    ],
)
def test_a_paper_without_the_needed_hands_is_not_issued(signings, field):
    assert signing_refusal(signings, [WANG, LI]).field == field


def test_only_the_cases_officers_issue_its_papers():
    assert issuer_refusal(WANG, [WANG, LI]) is None
    assert issuer_refusal(ZHAO, [WANG, LI]) is not None


def test_a_paper_is_revoked_with_a_reason_unless_another_rests_on_it():
    def revoke(reason="引用条款有误", later=(), state=S.ISSUED):
        return revocation_refusal(K.INSPECTION_RECORD, state, reason=reason, later=later)

    assert revoke() is None
    assert revoke(reason=" ").field == "reason"
    assert revoke(later=[K.RECTIFICATION_ORDER]) is not None
    assert revoke(state=S.REVOKED) is not None


def test_a_paper_is_never_older_than_the_inspection():
    inspected = date(2026, 3, 9)

    assert date_refusal(date(2026, 3, 9), inspected_on=inspected) is None
    assert date_refusal(date(2026, 3, 8), inspected_on=inspected) is not None


def test_an_order_names_where_to_turn_to():
    words = remedy_words(
        K.RECTIFICATION_ORDER, reconsideration_organ="安阳市人民政府", court="文峰区人民法院"
    )

    assert "60日内向安阳市人民政府申请行政复议" in words
    assert "文峰区人民法院" in words
    assert remedy_words(K.INSPECTION_RECORD, reconsideration_organ="", court="") is None


def test_an_agency_without_remedies_issues_no_order():
    assert remedy_refusal(K.RECTIFICATION_ORDER, reconsideration_organ="", court="某法院")
    assert remedy_refusal(K.INSPECTION_RECORD, reconsideration_organ="", court="") is None


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
CONTENT = st.dictionaries(st.text(), PLAIN, max_size=5)


@given(CONTENT)
def test_a_content_read_back_has_the_same_digest(content):
    again = json.loads(canonical_json(content))

    assert again == content
    assert content_sha256(again) == content_sha256(content)


@given(CONTENT)
def test_the_order_of_fields_does_not_matter(content):
    turned = dict(reversed(content.items()))

    assert canonical_json(turned) == canonical_json(content)


@given(CONTENT, CONTENT)
def test_two_contents_share_bytes_only_when_they_are_the_same(one, other):
    # 1 and True are equal to Python but two things to a reader of the paper.
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)

    assert (canonical_json(one) == canonical_json(other)) is same


def test_the_digest_is_that_of_the_bytes():
    content = {"b": "安", "a": [1, None, True]}

    assert canonical_json(content) == '{"a":[1,null,true],"b":"安"}'.encode()
    assert content_sha256(content) == hashlib.sha256(canonical_json(content)).hexdigest()


@pytest.mark.parametrize("value", [1.5, date(2026, 3, 9), {1: "a"}, {"a"}, UUID(int=1)])
def test_what_cannot_be_made_again_is_not_frozen(value):
    with pytest.raises(TypeError):
        canonical_json({"field": value})
