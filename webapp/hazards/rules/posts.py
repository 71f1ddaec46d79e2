"""Who checks a measure that names no post."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from webapp.standards.responsibility_templates import PostKind
from webapp.standards.risk_methods import ControlLevel


@dataclass(frozen=True, slots=True)
class PostPlace:
    """A post as far as giving it work needs to know it."""

    post_id: UUID
    name: str
    kind: PostKind
    department_id: UUID | None


_KINDS = {
    ControlLevel.COMPANY: (PostKind.SAFETY_DIRECTOR, PostKind.SAFETY_OFFICER),
    ControlLevel.DEPARTMENT: (PostKind.DEPARTMENT_HEAD,),
    ControlLevel.TEAM: (PostKind.TEAM_LEADER,),
    ControlLevel.POST: (PostKind.WORKER, PostKind.SPECIAL_OPERATOR),
}


def suitable_post(
    level: ControlLevel, areas: Sequence[Collection[UUID]], posts: Iterable[PostPlace]
) -> UUID | None:
    """The post that a control level falls to around a department, or None when there is none.

    ``areas`` are departments to look in, one area after the other: the measure's own, those below
    it, each above it. Where an area has several posts of a kind the choice would be a guess, so
    it is left to people; of the whole enterprise's safety people it is the first by name.
    """
    fitting = [post for post in posts if post.kind in _KINDS[level]]
    if level is ControlLevel.COMPANY:
        order = _KINDS[level]
        first = min(fitting, key=lambda p: (order.index(p.kind), p.name, p.post_id), default=None)
        return first.post_id if first else None
    for area in areas:
        here = [post.post_id for post in fitting if post.department_id in area]
        if here:
            return here[0] if len(here) == 1 else None
    return None
