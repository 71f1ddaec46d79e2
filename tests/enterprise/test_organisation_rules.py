from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.enterprise.rules.organisation import (
    Department,
    DepartmentKind,
    GapKind,
    Person,
    Post,
    PostKind,
    Signature,
    chain_of,
    closing_refusal,
    gaps,
    placement_refusal,
)

WORKSHOP = Department(UUID(int=1), "机加工车间", DepartmentKind.DEPARTMENT)
SHIFT = Department(UUID(int=2), "甲班", DepartmentKind.TEAM, WORKSHOP.id)
PLACES = (WORKSHOP, SHIFT)
PRINCIPAL = Post(UUID(int=11), "总经理", PostKind.PRINCIPAL)
OFFICER = Post(UUID(int=12), "专职安全员", PostKind.SAFETY_OFFICER)
HEAD = Post(UUID(int=13), "车间主任", PostKind.DEPARTMENT_HEAD, WORKSHOP.id)
LEADER = Post(UUID(int=14), "甲班班长", PostKind.TEAM_LEADER, SHIFT.id)
LATHE = Post(UUID(int=15), "车工", PostKind.WORKER, SHIFT.id)
POSTS = (PRINCIPAL, OFFICER, HEAD, LEADER, LATHE)
PEOPLE = tuple(
    Person(UUID(int=100 + n), name, post.id)
    for n, (name, post) in enumerate(zip("王李张赵钱", POSTS, strict=True))
)
SIGNED = tuple(Signature(person.id, person.post_id) for person in PEOPLE)


def kinds(departments=PLACES, posts=POSTS, people=PEOPLE, signatures=SIGNED):
    return [gap.kind for gap in gaps(departments, posts, people, signatures)]


def test_a_whole_chain_has_no_gap():
    assert kinds() == []


def test_an_empty_enterprise_lacks_its_two_first_posts():
    assert kinds((), (), (), ()) == [GapKind.NO_PRINCIPAL, GapKind.NO_SAFETY_OFFICER]


def without(posts, *gone):
    return tuple(post for post in posts if post not in gone)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"people": PEOPLE[:4]}, GapKind.POST_WITHOUT_HOLDER),
        ({"people": (*PEOPLE, Person(UUID(int=9), "孙"))}, GapKind.PERSON_WITHOUT_POST),
        ({"signatures": SIGNED[1:]}, GapKind.UNSIGNED),
    ],
)
def test_each_break_is_named(changed, kind):
    assert kinds(**changed) == [kind]


@pytest.mark.parametrize(
    ("post", "kind"),
    [
        (PRINCIPAL, GapKind.NO_PRINCIPAL),
        (OFFICER, GapKind.NO_SAFETY_OFFICER),
        (HEAD, GapKind.DEPARTMENT_WITHOUT_HEAD),
        (LEADER, GapKind.TEAM_WITHOUT_LEADER),
    ],
)
def test_a_missing_post_and_its_person_without_one_are_both_named(post, kind):
    assert kinds(posts=without(POSTS, post)) == [kind, GapKind.PERSON_WITHOUT_POST]


def test_a_team_whose_department_is_gone_is_named():
    assert GapKind.TEAM_WITHOUT_DEPARTMENT in kinds(departments=(SHIFT,))


def test_a_gap_reads_as_a_sentence():
    (gap,) = gaps(PLACES, POSTS, PEOPLE, SIGNED[:4])

    assert gap.words == "钱还没有签收“车工”责任清单。"
    assert gap.subject == PEOPLE[4].id


def test_a_signature_for_an_earlier_post_does_not_count():
    moved = (*PEOPLE[:4], Person(PEOPLE[4].id, "钱", LEADER.id))

    assert GapKind.UNSIGNED in kinds(people=moved)


def test_the_chain_goes_from_the_principal_to_the_post():
    assert chain_of(LATHE, PLACES, POSTS) == (PRINCIPAL, HEAD, LEADER, LATHE)
    assert chain_of(HEAD, PLACES, POSTS) == (PRINCIPAL, HEAD)
    assert chain_of(PRINCIPAL, PLACES, POSTS) == (PRINCIPAL,)
    assert chain_of(OFFICER, PLACES, POSTS) == (PRINCIPAL, OFFICER)


def place(number, kind, parent):
    return Department(UUID(int=number), f"部门{number}", kind, parent)


@pytest.mark.parametrize(
    ("department", "message"),
    [
        (place(1, DepartmentKind.DEPARTMENT, UUID(int=1)), "不能把部门放到它自己下面。"),
        (place(3, DepartmentKind.DEPARTMENT, UUID(int=9)), "上级部门不存在或已撤销。"),
        (place(3, DepartmentKind.TEAM, None), "班组要放在部门下面，请选择所属部门。"),
        (place(3, DepartmentKind.TEAM, SHIFT.id), "班组下面不能再设部门或班组。"),
    ],
)
def test_a_department_does_not_stand_where_it_breaks_the_tree(department, message):
    assert placement_refusal(department, PLACES).message == message


def test_a_department_is_not_moved_below_its_own_branch():
    branch = Department(UUID(int=3), "一工段", DepartmentKind.DEPARTMENT, WORKSHOP.id)
    moved = Department(WORKSHOP.id, "机加工车间", DepartmentKind.DEPARTMENT, branch.id)

    assert placement_refusal(moved, (WORKSHOP, branch)).message == "不能把部门放到它的下级里。"


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=30))
def test_moves_that_the_rule_allows_never_make_a_circle(moves):
    tree = {n: place(n, DepartmentKind.DEPARTMENT, None) for n in range(6)}
    for number, parent in moves:
        moved = place(number, DepartmentKind.DEPARTMENT, UUID(int=parent))
        if placement_refusal(moved, tree.values()) is None:
            tree[number] = moved
    for start in tree.values():
        node, steps = start, 0
        while node.parent_id:
            node, steps = tree[node.parent_id.int], steps + 1
            assert steps < 6


def test_a_department_with_teams_or_posts_stays():
    assert closing_refusal(WORKSHOP, PLACES, POSTS) is not None
    assert closing_refusal(SHIFT, PLACES, POSTS) is not None
    assert closing_refusal(SHIFT, PLACES, (PRINCIPAL,)) is None
