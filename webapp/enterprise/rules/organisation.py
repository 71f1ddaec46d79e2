"""Departments, teams and posts form a tree, and the chain of control has no gap."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from webapp.standards.refusal import Refusal


class DepartmentKind(StrEnum):
    """A department or workshop, or a team below one."""

    DEPARTMENT = "department"
    TEAM = "team"

    @property
    def words(self) -> str:
        """The kind as users read it."""
        return "部门" if self is DepartmentKind.DEPARTMENT else "班组"


class PostKind(StrEnum):
    """Kinds of posts, from the first responsible person down."""

    PRINCIPAL = "principal"
    DEPUTY = "deputy"
    SAFETY_DIRECTOR = "safety_director"
    SAFETY_OFFICER = "safety_officer"
    DEPARTMENT_HEAD = "department_head"
    TEAM_LEADER = "team_leader"
    WORKER = "worker"
    SPECIAL_OPERATOR = "special_operator"
    CONTRACTOR_MANAGER = "contractor_manager"

    @property
    def words(self) -> str:
        """The kind as users read it."""
        return _POST_WORDS[self]

    @property
    def is_management(self) -> bool:
        """Whether the post leads; hazards reported by all others come from the front line."""
        return self not in _FRONTLINE


_POST_WORDS = {
    PostKind.PRINCIPAL: "主要负责人",
    PostKind.DEPUTY: "分管负责人",
    PostKind.SAFETY_DIRECTOR: "安全总监",
    PostKind.SAFETY_OFFICER: "安全管理人员",
    PostKind.DEPARTMENT_HEAD: "部门负责人",
    PostKind.TEAM_LEADER: "班组长",
    PostKind.WORKER: "岗位员工",
    PostKind.SPECIAL_OPERATOR: "特种作业人员",
    PostKind.CONTRACTOR_MANAGER: "相关方管理人员",
}
_FRONTLINE = frozenset({PostKind.WORKER, PostKind.SPECIAL_OPERATOR, PostKind.TEAM_LEADER})


@dataclass(frozen=True, slots=True)
class Department:
    """A node of the tree."""

    id: UUID
    name: str
    kind: DepartmentKind
    parent_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post; without a department it belongs to the whole enterprise."""

    id: UUID
    name: str
    kind: PostKind
    department_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works here, and the post held."""

    id: UUID
    name: str
    post_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A person has signed the published list of a post."""

    person_id: UUID
    post_id: UUID


class GapKind(StrEnum):
    """What can be missing in the chain from the principal to the post."""

    NO_PRINCIPAL = "no_principal"
    NO_SAFETY_OFFICER = "no_safety_officer"
    DEPARTMENT_WITHOUT_HEAD = "department_without_head"
    TEAM_WITHOUT_DEPARTMENT = "team_without_department"
    TEAM_WITHOUT_LEADER = "team_without_leader"
    POST_WITHOUT_HOLDER = "post_without_holder"
    PERSON_WITHOUT_POST = "person_without_post"
    NO_LIST = "no_list"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Gap:
    """A break in the chain: what is missing, at whom or what, in the user's words."""

    kind: GapKind
    subject: UUID | None
    words: str


def gaps(
    departments: Collection[Department],
    posts: Collection[Post],
    people: Collection[Person],
    signatures: Collection[Signature],
    *,
    published: Collection[UUID] | None = None,
) -> tuple[Gap, ...]:
    """Every break in the chain principal → department → team → post, the gravest first.

    The posts named are those of the all-staff responsibility system (Work Safety Law 2021,
    Art. 22). Closed departments and posts and people who left are not handed in. `published`
    are the posts whose list is published: of the others the list is missing, not a signature.
    """
    listed = [post for post in posts if published is None or post.id in published]
    listed_ids = {post.id for post in listed}
    return (
        *_top_gaps(posts),
        *_department_gaps(departments, posts),
        *_holder_gaps(posts, people),
        *(
            Gap(GapKind.NO_LIST, post.id, f"岗位“{post.name}”还没有公示责任清单。")
            for post in posts
            if post.id not in listed_ids
        ),
        *_signature_gaps(listed, people, signatures),
    )


def placement_refusal(
    department: Department, departments: Collection[Department]
) -> Refusal | None:
    """Why a department or team may not stand where it wants to, or None."""
    known = {each.id: each for each in departments if each.id != department.id}
    parent = known.get(department.parent_id) if department.parent_id else None
    if department.parent_id == department.id:
        return Refusal("不能把部门放到它自己下面。", "parent_id")
    if department.parent_id and parent is None:
        return Refusal("上级部门不存在或已撤销。", "parent_id")
    if department.kind is DepartmentKind.TEAM and parent is None:
        return Refusal("班组要放在部门下面，请选择所属部门。", "parent_id")
    if parent and parent.kind is DepartmentKind.TEAM:
        return Refusal("班组下面不能再设部门或班组。", "parent_id")
    if department.id in _ancestors(parent, known):
        return Refusal("不能把部门放到它的下级里。", "parent_id")
    return None


def closing_refusal(
    department: Department,
    departments: Collection[Department],
    posts: Collection[Post],
) -> Refusal | None:
    """Why a department cannot be closed, or None: what it holds must move first."""
    if any(each.parent_id == department.id for each in departments):
        return Refusal(f"“{department.name}”下还有部门或班组，请先调整或撤销。")
    if any(post.department_id == department.id for post in posts):
        return Refusal(f"“{department.name}”还有岗位，请先调整或撤销。")
    return None


def chain_of(
    post: Post, departments: Collection[Department], posts: Collection[Post]
) -> tuple[Post, ...]:
    """The posts that control a post, from the principal down to itself.

    Of each department and team on the way up, its head or leader; gaps are left out.
    """
    known = {department.id: department for department in departments}
    own = known.get(post.department_id) if post.department_id else None
    nearest_first = [own.id, *_ancestors(own, known)] if own else []
    leaders = [_leader(place, known[place].kind, posts) for place in reversed(nearest_first)]
    principal = next((each for each in posts if each.kind is PostKind.PRINCIPAL), None)
    links = dict.fromkeys(each for each in (principal, *leaders) if each and each != post)
    return (*links, post)


def _leader(place: UUID, kind: DepartmentKind, posts: Iterable[Post]) -> Post | None:
    wanted = _LEADER_OF[kind]
    return next((p for p in posts if p.department_id == place and p.kind is wanted), None)


_LEADER_OF = {
    DepartmentKind.DEPARTMENT: PostKind.DEPARTMENT_HEAD,
    DepartmentKind.TEAM: PostKind.TEAM_LEADER,
}


def _ancestors(start: Department | None, known: Mapping[UUID, Department]) -> tuple[UUID, ...]:
    above: list[UUID] = []
    node = start
    while node and node.parent_id and node.parent_id not in above:
        above.append(node.parent_id)
        node = known.get(node.parent_id)
    return tuple(above)


def _top_gaps(posts: Collection[Post]) -> Iterator[Gap]:
    kinds = {post.kind for post in posts}
    if PostKind.PRINCIPAL not in kinds:
        yield Gap(GapKind.NO_PRINCIPAL, None, "还没有设主要负责人岗位。")
    if not kinds & {PostKind.SAFETY_OFFICER, PostKind.SAFETY_DIRECTOR}:
        yield Gap(GapKind.NO_SAFETY_OFFICER, None, "还没有设安全管理人员岗位。")


def _department_gaps(departments: Collection[Department], posts: Collection[Post]) -> Iterator[Gap]:
    known = {department.id for department in departments}
    for each in departments:
        is_team = each.kind is DepartmentKind.TEAM
        if is_team and each.parent_id not in known:
            words = f"班组“{each.name}”没有所属部门。"
            yield Gap(GapKind.TEAM_WITHOUT_DEPARTMENT, each.id, words)
        if _leader(each.id, each.kind, posts) is None:
            kind = GapKind.TEAM_WITHOUT_LEADER if is_team else GapKind.DEPARTMENT_WITHOUT_HEAD
            missing = _LEADER_OF[each.kind].words
            yield Gap(kind, each.id, f"{each.kind.words}“{each.name}”没有设{missing}岗位。")


def _holder_gaps(posts: Collection[Post], people: Collection[Person]) -> Iterator[Gap]:
    held = {person.post_id for person in people}
    known = {post.id for post in posts}
    for post in posts:
        if post.id not in held:
            yield Gap(GapKind.POST_WITHOUT_HOLDER, post.id, f"岗位“{post.name}”没有人任职。")
    for person in people:
        if person.post_id not in known:
            yield Gap(GapKind.PERSON_WITHOUT_POST, person.id, f"{person.name}还没有岗位。")


def _signature_gaps(
    posts: Collection[Post], people: Collection[Person], signatures: Collection[Signature]
) -> Iterator[Gap]:
    names = {post.id: post.name for post in posts}
    signed = {(signature.person_id, signature.post_id) for signature in signatures}
    for person in people:
        post_id = person.post_id
        if post_id in names and (person.id, post_id) not in signed:
            words = f"{person.name}还没有签收“{names[post_id]}”责任清单。"
            yield Gap(GapKind.UNSIGNED, person.id, words)
