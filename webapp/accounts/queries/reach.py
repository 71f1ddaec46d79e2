"""How far a scope reaches."""

from uuid import UUID

from sqlalchemy import text

from webapp.platform.database import reading
from webapp.platform.tenancy import Scope

# The table lies on the floor above and is read by its name, as in a sign-in.
_ENTERPRISE = text("select exists (select 1 from enterprise where id = :id)")


def reaches(scope: Scope, enterprise_id: UUID) -> bool:
    """Whether the database shows this scope the enterprise."""
    with reading(scope) as session:
        return bool(session.execute(_ENTERPRISE, {"id": enterprise_id}).scalar_one())
