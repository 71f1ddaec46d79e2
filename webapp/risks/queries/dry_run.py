"""What an import would do, without keeping anything: for the command line."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.enterprise.models.profile import Enterprise
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import SYSTEM, Scope
from webapp.risks.queries.imports import remembered
from webapp.risks.queries.reading import opened, read_ledger
from webapp.risks.rules.import_ledger import contract
from webapp.standards import uscc


def enterprise_of(code: str) -> UUID:
    """The approved enterprise with this unified social credit code. Raises NotFound."""
    with reading(SYSTEM) as session:
        found = session.execute(
            select(Enterprise.id).where(
                Enterprise.uscc == uscc.normalise(code), Enterprise.state == "approved"
            )
        ).scalar_one_or_none()
    if found is None:
        raise NotFound(f"没有统一社会信用代码为 {code} 的入驻企业。")
    return found


def dry_run(scope: Scope, enterprise_id: UUID, data: bytes, filename: str) -> dict[str, Any]:
    """The contract's counts and findings. Raises Invalid for a file that cannot be read."""
    book = opened(data, filename)
    with reading(scope) as session:
        known = remembered(session, enterprise_id)
        return contract.dry_run(read_ledger(session, enterprise_id, book, known).found)
