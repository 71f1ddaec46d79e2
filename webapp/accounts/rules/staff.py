"""A person on the staff as an invitation sees them."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class InviteeRow:
    """A person on the staff who has no account here yet."""

    person_id: UUID
    name: str
    phone: str
    post: str

    @property
    def words(self) -> str:
        """Name, post and the end of the number: enough to tell two of one name apart."""
        number = f"尾号 {self.phone[-4:]}" if self.phone else ""
        return " · ".join(part for part in (self.name, self.post or "暂无岗位", number) if part)
