"""The roles a membership can carry, and how far each reaches."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from webapp.standards import regions


class Audience(StrEnum):
    """On whose side a role stands."""

    ENTERPRISE = "enterprise"
    AGENCY = "agency"
    EXPERT = "expert"
    PLATFORM = "platform"
    PUBLIC = "public"


class Role(StrEnum):
    """What a person is within one organisation; a membership may carry several."""

    PRINCIPAL = "principal"
    SAFETY_OFFICER = "safety_officer"
    DEPARTMENT_HEAD = "department_head"
    TEAM_LEADER = "team_leader"
    WORKER = "worker"
    AGENCY_LEADER = "agency_leader"
    REGULATOR = "regulator"
    INSPECTOR = "inspector"
    LEGAL_REVIEWER = "legal_reviewer"
    EXPERT = "expert"
    OPERATOR = "operator"
    PUBLIC = "public"

    @property
    def words(self) -> str:
        """The role as users read it."""
        return _ROLE_WORDS[self]

    @property
    def audience(self) -> Audience:
        """The side this role stands on."""
        return _AUDIENCE.get(self, Audience.ENTERPRISE)


_ROLE_WORDS = {
    Role.PRINCIPAL: "主要负责人",
    Role.SAFETY_OFFICER: "安全管理人员",
    Role.DEPARTMENT_HEAD: "部门负责人",
    Role.TEAM_LEADER: "班组长",
    Role.WORKER: "岗位员工",
    Role.AGENCY_LEADER: "分管领导",
    Role.REGULATOR: "监管科室",
    Role.INSPECTOR: "执法人员",
    Role.LEGAL_REVIEWER: "法制审核",
    Role.EXPERT: "第三方专家",
    Role.OPERATOR: "平台运维",
    Role.PUBLIC: "公众",
}

_AUDIENCE = {
    Role.AGENCY_LEADER: Audience.AGENCY,
    Role.REGULATOR: Audience.AGENCY,
    Role.INSPECTOR: Audience.AGENCY,
    Role.LEGAL_REVIEWER: Audience.AGENCY,
    Role.EXPERT: Audience.EXPERT,
    Role.OPERATOR: Audience.PLATFORM,
    Role.PUBLIC: Audience.PUBLIC,
}

ENTERPRISE_ROLES = tuple(role for role in Role if role.audience is Audience.ENTERPRISE)
AGENCY_ROLES = tuple(role for role in Role if role.audience is Audience.AGENCY)


class Reach(StrEnum):
    """How far a permission carries; the widest of a person's roles counts."""

    OWN = "own"
    TEAM = "team"
    DEPARTMENT = "department"
    ORGANISATION = "organisation"
    NAMED = "named"
    REGION = "region"
    PLATFORM = "platform"
    ANYONE = "anyone"

    @property
    def words(self) -> str:
        """The reach as users read it."""
        return _REACH_WORDS[self]


_REACH_WORDS = {
    Reach.OWN: "本人",
    Reach.TEAM: "本班组",
    Reach.DEPARTMENT: "本部门",
    Reach.ORGANISATION: "本单位",
    Reach.NAMED: "受邀企业",
    Reach.REGION: "辖区",
    Reach.PLATFORM: "平台",
    Reach.ANYONE: "公开",
}

_WIDTH = {reach: width for width, reach in enumerate(Reach)}


def widest(reaches: frozenset[Reach]) -> Reach | None:
    """The reach that counts when several roles grant the same permission."""
    return max(reaches, key=_WIDTH.__getitem__, default=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands in the organisation."""

    person_id: UUID
    department_ids: frozenset[UUID] = field(default_factory=frozenset)
    team_ids: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Belonging:
    """To whom, to which team and department a record belongs."""

    person_ids: frozenset[UUID] = field(default_factory=frozenset)
    department_id: UUID | None = None
    team_id: UUID | None = None


def is_within_reach(reach: Reach, standing: Standing, belonging: Belonging) -> bool:
    """Whether a record lies within reach of a person inside the same organisation.

    Region, invitation and platform are decided by the scope of the session before a record
    is seen at all, so they never narrow here.
    """
    is_own = standing.person_id in belonging.person_ids
    is_team = belonging.team_id is not None and belonging.team_id in standing.team_ids
    match reach:
        case Reach.OWN:
            return is_own
        case Reach.TEAM:
            return is_own or is_team
        case Reach.DEPARTMENT:
            is_department = belonging.department_id in standing.department_ids
            return is_own or is_team or is_department
        case _:
            return True


def covers(prefix: str, region: str) -> bool:
    """Whether an officer's region prefix covers a region (GB/T 2260 without trailing zeros).

    An empty prefix covers nothing: no scope is no right.
    """
    return bool(prefix.strip()) and regions.is_within(region, prefix)
