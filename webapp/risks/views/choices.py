"""The organisation as choices of a form."""

from uuid import UUID

from webapp.accounts.access import scope
from webapp.enterprise.queries.organisation import departments, posts
from webapp.enterprise.queries.people import staff

Choices = list[tuple[str, str]]


def department_choices(enterprise_id: UUID) -> Choices:
    """Departments by name, teams with the department above them."""
    rows = departments(scope(), enterprise_id)
    names = {row.id: row.name for row in rows}
    full = (
        (row.id, f"{names[row.parent_id]} / {row.name}" if row.parent_id in names else row.name)
        for row in rows
    )
    return sorted(((str(id_), words) for id_, words in full), key=lambda choice: choice[1])


def person_choices(enterprise_id: UUID) -> Choices:
    """People with their post."""
    return [
        (str(row.id), f"{row.name}（{row.post_name}）" if row.post_name else row.name)
        for row in staff(scope(), enterprise_id)
    ]


def post_choices(enterprise_id: UUID) -> Choices:
    """Posts with their department."""
    return [(str(row.id), row.full_name) for row in posts(scope(), enterprise_id)]
