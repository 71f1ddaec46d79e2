"""The papers that a four-colour map is printed on."""

from enum import StrEnum


class MapSize(StrEnum):
    """A sheet size; it lies or stands as the plan does."""

    A3 = "a3"
    A4 = "a4"

    @property
    def words(self) -> str:
        """A3 or A4."""
        return self.value.upper()
