"""Records of the enterprise as choices of a form."""

from collections.abc import Iterable, Sequence

from webapp.enterprise.queries.organisation import DepartmentRow, PostRow
from webapp.enterprise.queries.people import PersonRow

Choices = list[tuple[str, str]]


def department_choices(rows: Sequence[DepartmentRow]) -> Choices:
    """Departments by name, each followed by its teams."""
    names = {row.id: row.name for row in rows}
    full = {
        row.id: f"{names[row.parent_id]} / {row.name}" if row.parent_id in names else row.name
        for row in rows
    }
    return sorted(((str(id_), words) for id_, words in full.items()), key=lambda c: c[1])


def post_choices(rows: Iterable[PostRow]) -> Choices:
    """Posts with their department."""
    return [(str(row.id), row.full_name) for row in rows]


def person_choices(rows: Iterable[PersonRow]) -> Choices:
    """People with their post."""
    return [
        (str(row.id), f"{row.name}（{row.post_name}）" if row.post_name else row.name)
        for row in rows
    ]
