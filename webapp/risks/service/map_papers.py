"""Four-colour maps as papers."""

from datetime import date
from uuid import UUID

from webapp.enterprise.queries.profile import profile
from webapp.platform.tenancy import Scope
from webapp.risks.pdf.map import TITLE, MapPaper, map_pdf
from webapp.risks.queries.maps import map_detail, map_picture
from webapp.risks.rules.map_paper import MapSize


def printed_map(
    scope: Scope, enterprise_id: UUID, map_id: UUID, size: MapSize, *, printed_on: date
) -> tuple[str, bytes]:
    """Name and bytes of a map's paper, with the colours of this moment. Raises NotFound."""
    detail = map_detail(scope, enterprise_id, map_id)
    paper = MapPaper(
        enterprise=profile(scope, enterprise_id).name,
        detail=detail,
        picture=map_picture(scope, enterprise_id, map_id).data,
        printed_on=printed_on,
    )
    return f"{TITLE}-{detail.map.name}-{size.words}.pdf", map_pdf(paper, size)
