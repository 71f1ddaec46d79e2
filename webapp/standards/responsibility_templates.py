"""Starter responsibility lists by kind of post, for an enterprise to adapt and sign.

The all-staff responsibility system names for each post the person, the scope and the standard of
assessment (Work Safety Law 2021, Art. 22).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from webapp.standards.loader import table


class PostKind(StrEnum):
    """Kinds of posts that every list starts from."""

    PRINCIPAL = "principal"
    DEPUTY = "deputy"
    SAFETY_DIRECTOR = "safety_director"
    SAFETY_OFFICER = "safety_officer"
    DEPARTMENT_HEAD = "department_head"
    TEAM_LEADER = "team_leader"
    WORKER = "worker"
    SPECIAL_OPERATOR = "special_operator"
    ELECTRICIAN = "electrician"
    CONTRACTOR_MANAGER = "contractor_manager"

    @property
    def words(self) -> str:
        """The post's Chinese name."""
        return responsibility_template(self).name


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: what, how often, to what standard, how it is assessed, and on which clause."""

    text: str
    frequency: str
    work_standard: str
    assessment: str
    source: str


@dataclass(frozen=True, slots=True)
class ResponsibilityTemplate:
    """A starter list for a kind of post."""

    kind: PostKind
    version: str
    name: str
    scope: str
    duties: tuple[Duty, ...]


@cache
def responsibility_templates(version: str | None = None) -> tuple[ResponsibilityTemplate, ...]:
    """All starter lists, from the principal down."""
    source = table("responsibility_templates", version)
    return tuple(_template(row, source.version) for row in source.content["post"])


def responsibility_template(kind: PostKind, version: str | None = None) -> ResponsibilityTemplate:
    """The starter list of a kind of post."""
    return next(t for t in responsibility_templates(version) if t.kind is kind)


def _template(row: Mapping[str, Any], version: str) -> ResponsibilityTemplate:
    duties = tuple(
        Duty(d["text"], d["frequency"], d["standard"], d["assessment"], d["source"])
        for d in row["duty"]
    )
    return ResponsibilityTemplate(PostKind(row["kind"]), version, row["name"], row["scope"], duties)
