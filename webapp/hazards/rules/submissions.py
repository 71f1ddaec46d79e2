"""What comes in with a filled check or a report, and what is given back for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from webapp.hazards.rules.checks import Answer, AnswerResult


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What was said about a question; ``kept`` are pictures of an earlier try."""

    question: UUID
    result: AnswerResult
    words: str = ""
    uploads: tuple[Upload, ...] = ()
    kept: tuple[UUID, ...] = ()

    @property
    def as_rule(self) -> Answer:
        """The answer as the judging rules know it; here only the number of pictures counts."""
        marks = (*(upload.name for upload in self.uploads), *(str(each) for each in self.kept))
        return Answer(self.question, self.result, self.words, marks)


@dataclass(frozen=True, slots=True)
class Submission:
    """A filled check as it arrives; ``key`` was made before the first try and names the check."""

    key: UUID
    task_id: UUID
    checklist_id: UUID
    answers: tuple[GivenAnswer, ...]
    is_mobile: bool = False
    started_at: datetime | None = None
    device_at: datetime | None = None
    signature: str = ""
    """A drawn signature as a data address, where one was drawn."""


@dataclass(frozen=True, slots=True)
class OpenedHazard:
    """A hazard that the check opened."""

    id: UUID
    number: str
    title: str

    def as_json(self) -> dict[str, str]:
        """The hazard as a receipt keeps it."""
        return {"id": str(self.id), "number": self.number, "title": self.title}


def opened_of(kept: Mapping[str, str]) -> OpenedHazard:
    """The hazard that a receipt kept."""
    return OpenedHazard(UUID(kept["id"]), kept["number"], kept["title"])


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was accepted: the same answer however often the same key comes.

    ``photos`` are the digests of the pictures as the phone sent them.
    """

    check_id: UUID
    submitted_at: datetime
    normal: int
    abnormal: int
    unchecked: int
    hazards: tuple[OpenedHazard, ...]
    photos: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The receipt as it is kept."""
        return {
            "check_id": str(self.check_id),
            "submitted_at": self.submitted_at.isoformat(),
            "normal": self.normal,
            "abnormal": self.abnormal,
            "unchecked": self.unchecked,
            "hazards": [each.as_json() for each in self.hazards],
            "photos": list(self.photos),
        }


def receipt_of(kept: Mapping[str, Any]) -> Receipt:
    """The receipt that was kept."""
    return Receipt(
        UUID(kept["check_id"]),
        datetime.fromisoformat(kept["submitted_at"]),
        kept["normal"],
        kept["abnormal"],
        kept["unchecked"],
        tuple(opened_of(each) for each in kept["hazards"]),
        tuple(kept["photos"]),
    )


@dataclass(frozen=True, slots=True)
class Report:
    """A hazard someone came across; ``key`` was made before the first try."""

    key: UUID
    words: str
    point_id: UUID | None = None
    place: str = ""
    uploads: tuple[Upload, ...] = ()
    kept: tuple[UUID, ...] = ()
