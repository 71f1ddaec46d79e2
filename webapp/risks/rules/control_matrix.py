"""Who answers for a risk on each level of the enterprise.

What an upper level controls, each lower level controls too: from the level that answers for a
risk down to the post there must be somebody, and where there is nobody the matrix says so.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from webapp.enterprise.rules.organisation import PostKind
from webapp.standards.risk_methods import ControlLevel, RiskLevel

_LEADS = {
    ControlLevel.COMPANY: (PostKind.PRINCIPAL,),
    ControlLevel.DEPARTMENT: (PostKind.DEPARTMENT_HEAD,),
    ControlLevel.TEAM: (PostKind.TEAM_LEADER,),
    ControlLevel.POST: (PostKind.WORKER, PostKind.SPECIAL_OPERATOR),
}
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class MatrixPost:
    """A post with who holds it."""

    id: UUID
    name: str
    kind: PostKind
    department_id: UUID | None
    holders: tuple[str, ...]

    @property
    def words(self) -> str:
        """The post and its holders: 车间主任 马国强."""
        return f"{self.name} {'、'.join(self.holders)}".strip()


@dataclass(frozen=True, slots=True)
class Posts:
    """The open posts, and for each team the department above it."""

    posts: Mapping[UUID, MatrixPost]
    above: Mapping[UUID, UUID]

    def leading(self, level: ControlLevel, department_id: UUID | None) -> list[MatrixPost]:
        """The posts that lead a level where the risk lies; those of the company lead everywhere."""
        places = self._places(level, department_id)
        return [
            post
            for post in self.posts.values()
            if post.kind in _LEADS[level]
            and (level is ControlLevel.COMPANY or post.department_id in places)
        ]

    def _places(self, level: ControlLevel, department_id: UUID | None) -> Collection[UUID]:
        if department_id is None:
            return ()
        if level is ControlLevel.DEPARTMENT:
            return (department_id, self.above.get(department_id, department_id))
        teams = (team for team, upper in self.above.items() if upper == department_id)
        return (department_id, *teams)


@dataclass(frozen=True, slots=True)
class MatrixRisk:
    """A risk with who is charged: its owner, and the posts of its measures by their level."""

    id: UUID
    number_words: str
    point: str
    source: str
    level: RiskLevel
    control_level: ControlLevel
    department_id: UUID | None
    department: str
    owner: str
    charged: tuple[tuple[ControlLevel, UUID], ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One level of one risk: whether it must control it, and who does."""

    level: ControlLevel
    is_required: bool
    is_leading: bool
    names: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        """Whether the level must control the risk and nobody is charged."""
        return self.is_required and not self.names

    @property
    def words(self) -> str:
        """What the matrix shows: names, 待指定, or a dash where the level need not control."""
        if not self.is_required:
            return "—"
        return "；".join(self.names) or "待指定"


def matrix_row(risk: MatrixRisk, posts: Posts) -> tuple[MatrixCell, ...]:
    """The cells of a risk, the company first."""
    required = risk.control_level.with_lower
    return tuple(
        MatrixCell(
            level,
            level in required,
            level is risk.control_level,
            _named(risk, level, posts) if level in required else (),
        )
        for level in ControlLevel
    )


def count_missing(rows: Iterable[tuple[MatrixCell, ...]]) -> int:
    """How many risks have a level where nobody is charged."""
    return sum(any(cell.is_missing for cell in row) for row in rows)


def _named(risk: MatrixRisk, level: ControlLevel, posts: Posts) -> tuple[str, ...]:
    """The owner on the level that answers, then the posts of its measures, else who leads it."""
    owner = [risk.owner] if level is risk.control_level and risk.owner else []
    charged = [posts.posts[id_] for at, id_ in risk.charged if at is level and id_ in posts.posts]
    if not owner and not charged:
        charged = posts.leading(level, risk.department_id)
    held = (post.words for post in charged if not set(owner) & set(post.holders))
    named = tuple(dict.fromkeys((*owner, *held)))
    if len(named) <= MOST_NAMED:
        return named
    return (*named[:MOST_NAMED], f"等 {len(named)} 人（岗）")
