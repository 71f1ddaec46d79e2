"""Query strings as filters; what makes no sense counts as nothing."""

from werkzeug.datastructures import MultiDict

from webapp.enterprise.forms.organisation import as_id
from webapp.enterprise.rules.filters import EnterpriseFilter, PeopleFilter
from webapp.enterprise.rules.registration import RegistrationState
from webapp.platform.paging import PageRequest
from webapp.standards import industries, regions

LONGEST = 60


def page_request(args: MultiDict[str, str], size: int = 20) -> PageRequest:
    """Which page of a list."""
    return PageRequest(args.get("page", 1, int), size)


def people_filter(args: MultiDict[str, str]) -> PeopleFilter:
    """Whom of the staff."""
    return PeopleFilter(
        text=_text(args),
        department_id=as_id(args.get("department")),
        has_left=args.get("state") == "left",
        without_post=args.get("state") == "without_post",
    )


def enterprise_filter(
    args: MultiDict[str, str], state: RegistrationState = RegistrationState.APPROVED
) -> EnterpriseFilter:
    """Which enterprises of the region."""
    region, category = args.get("region", ""), args.get("category", "")
    known = {each.code for each in industries.supervision_categories()}
    return EnterpriseFilter(
        text=_text(args),
        region=region if regions.exists(region) else "",
        category=category if category in known else "",
        state=state,
    )


def _text(args: MultiDict[str, str]) -> str:
    return args.get("q", "").replace("\0", "").strip()[:LONGEST]
