"""The score as a tree whose numbers lead to their records."""

from datetime import datetime
from uuid import UUID

from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.scoring.queries.costing import costing
from webapp.scoring.queries.facts import facts, stored
from webapp.scoring.rules.indicators import indicator_inputs
from webapp.scoring.rules.score import ScoreTree, score
from webapp.scoring.rules.veto import vetoes
from webapp.standards.five_have import five_have


def explained(scope: Scope, enterprise_id: UUID, at: datetime) -> ScoreTree:
    """The score at an instant, with the records that cost points. Raises NotFound."""
    standard = five_have()
    with reading(scope) as session:
        counts = facts(stored(session, [enterprise_id], at)[enterprise_id])
        hits = vetoes(counts.vetoes, standard)
        bare = score(standard, indicator_inputs(counts), at=at, vetoes=hits)
        losing = [i.code for i in bare.indicators if i.assessable and i.score < i.weight]
        records = costing(session, enterprise_id, losing, at)
    return score(standard, indicator_inputs(counts, records), at=at, vetoes=hits)
