"""The address on a point's card: its workers' tasks, its page, or the enterprise's public page."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import allow, visitor
from webapp.accounts.queries.sessions import Viewer as Visitor
from webapp.enterprise.queries.code import ScannedCode, scanned_code
from webapp.enterprise.rules.code import Audience, Viewer, audience, normalised_token
from webapp.platform.web.limits import PUBLIC, limiter
from webapp.risks.service.point_links import scanned_link
from webapp.risks.views.blueprint import bp


@bp.get("/e/<token>/p/<uuid:point_id>")
@limiter.limit(PUBLIC)
@allow("code.open")
def point_open(token: str, point_id: UUID) -> ResponseReturnValue:
    """Send staff to what they do at the point, officers to the point, all others to the code.

    The code's own page also says when a code was revoked or never issued: a card taken down leads
    nowhere else.
    """
    found, who = scanned_code(normalised_token(token)), visitor()
    inside = None if found is None or who is None else _inside(who, found, point_id)
    answer = redirect(inside or url_for("enterprise.code_open", token=token), 303)
    # The token stands in this address and must not travel on in a Referer.
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _inside(who: Visitor, found: ScannedCode, point_id: UUID) -> str | None:
    """Where this person is sent; None for whom the point's enterprise is not theirs to see."""
    whose = audience(
        Viewer(
            frozenset() if who.enterprise_id is None else frozenset({who.enterprise_id}),
            frozenset() if who.agency_id is None else frozenset({who.region}),
        ),
        found.state,
        enterprise_id=found.enterprise_id,
        enterprise_region=found.region_code,
    )
    if whose is Audience.PUBLIC or not who.may("risks.see"):
        return None
    link = scanned_link(who.may) if whose is Audience.STAFF else None
    if link is not None:
        return url_for(link.endpoint, point=point_id)
    enterprise_id = None if whose is Audience.STAFF else found.enterprise_id
    return url_for("risks.point_show", point_id=point_id, enterprise_id=enterprise_id)
