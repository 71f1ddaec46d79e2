"""Rows of a list that were ticked."""

from typing import Any
from uuid import UUID

from wtforms import SelectMultipleField
from wtforms.validators import InputRequired, Length

from webapp.risks.forms.filters import as_id

MOST_AT_ONCE = 500


class ChosenRows(SelectMultipleField):
    """The ticked rows of a page; ``nothing`` is said when none is."""

    def __init__(self, label: str, nothing: str, **options: Any) -> None:
        most = Length(max=MOST_AT_ONCE, message=f"一次最多确认 {MOST_AT_ONCE} 条。")
        super().__init__(
            label, [InputRequired(nothing), most], validate_choice=False, choices=[], **options
        )

    @property
    def ids(self) -> tuple[UUID, ...]:
        """What was ticked; what is no id counts as none."""
        found = (as_id(value) for value in self.data or [])
        return tuple(id_ for id_ in found if id_ is not None)
