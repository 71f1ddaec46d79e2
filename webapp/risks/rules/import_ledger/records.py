"""What reading a ledger yields: its rows as values, and what was found wrong with them."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from webapp.risks.rules.control_levels import Frequency
from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.import_ledger.measures import Measure
from webapp.standards.risk_methods import ControlLevel, MethodCode, RiskLevel


class FindingCode(StrEnum):
    """What can be wrong with a row; the codes are part of the command line's contract."""

    NOT_IN_TABLE = "not_in_table"
    VALUE_MISMATCH = "value_mismatch"
    LEVEL_MISMATCH = "level_mismatch"
    MISSING_MEASURE = "missing_measure"
    MISSING_FIELD = "missing_field"
    DUPLICATE = "duplicate"


# A ledger is usable without these; the enterprise can add them afterwards. A missing value or level
# is in the way only where no factors give it.
_MAY_BE_MISSING = {Field.ACCIDENT_TYPES, Field.DEPARTMENT, Field.PERSON}


def is_blocking(code: FindingCode, field: Field | None = None) -> bool:
    """Whether a finding keeps its row from being imported; only some missing fields do not.

    A wrong value or level blocks too: which of the two is the true one, only its author knows.
    """
    return not (code is FindingCode.MISSING_FIELD and field in _MAY_BE_MISSING)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: the ledger row's index from 0, and where it stands in the file."""

    index: int
    sheet: str
    row: int
    field: Field
    code: FindingCode
    message: str
    is_advice: bool = False
    """Whether the row is complete without what is missing."""

    @property
    def is_blocking(self) -> bool:
        """Whether the row is handed back."""
        return not self.is_advice and is_blocking(self.code, self.field)


@dataclass(frozen=True, slots=True)
class Grade:
    """An assessment as the ledger states it and as its factors give it.

    ``value`` and ``level`` are what to import; the stated ones are what the file says.
    """

    method: MethodCode | None
    factors: Dictionary[str, Decimal]
    value: Decimal | None
    level: RiskLevel | None
    stated_value: Decimal | None
    stated_level: RiskLevel | None
    is_direct: bool = False


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row of a ledger; empty text and None where the file says nothing.

    ``accident_types`` are codes of GB 6441, ``accident_words`` the cell as written;
    ``residual`` is the second assessment, where the ledger has one.
    """

    index: int
    sheet: str
    row: int
    unit: str
    point: str
    point_kind: str | None
    place: str
    activity: str
    step: str
    hazard_source: str
    event: str
    accident_types: tuple[str, ...]
    accident_words: str
    outcome: str
    grade: Grade
    residual: Grade | None
    measures: tuple[Measure, ...]
    improvement: str
    control_level: ControlLevel | None
    department: str
    person: str
    phone: str
    post: str
    frequency: Frequency | None
    remark: str

    @property
    def method(self) -> MethodCode | None:
        """The method of the row's assessment."""
        return self.grade.method

    @property
    def level(self) -> RiskLevel | None:
        """The level to import."""
        return self.grade.level

    @property
    def value(self) -> Decimal | None:
        """The value to import."""
        return self.grade.value
