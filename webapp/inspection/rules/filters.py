"""What of the inspections and papers is asked for; empty fields ask for everything."""

from dataclasses import dataclass
from enum import StrEnum

from webapp.inspection.rules.cases import CaseState
from webapp.inspection.rules.enforcement import DocumentKind, DocumentState


class Whose(StrEnum):
    """Whose inspections are asked for."""

    MINE = "mine"
    AGENCY = "agency"
    REGION = "region"

    @property
    def words(self) -> str:
        """The tab's name."""
        return _WHOSE_WORDS[self]


_WHOSE_WORDS = {Whose.MINE: "我承办的", Whose.AGENCY: "本机关", Whose.REGION: "辖区全部"}


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which inspections."""

    whose: Whose = Whose.AGENCY
    text: str = ""
    state: CaseState | None = None
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which papers."""

    text: str = ""
    kind: DocumentKind | None = None
    state: DocumentState | None = None
