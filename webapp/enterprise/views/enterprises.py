"""The region's enterprises, for the agencies."""

from flask import request
from flask.typing import ResponseReturnValue

from webapp.accounts.access import allow, page, scope, viewer
from webapp.enterprise.forms.filters import enterprise_filter, page_request
from webapp.enterprise.queries.enterprises import count_applications, enterprises
from webapp.enterprise.views.blueprint import bp
from webapp.standards import industries, regions


@bp.get("/enterprises", endpoint="list")
@allow("enterprises.see")
def enterprise_list() -> ResponseReturnValue:
    """The enterprises of the region by name, code or pinyin, region and category."""
    wanted = enterprise_filter(request.args)
    return page(
        "enterprise/enterprises/list.html",
        rows=enterprises(scope(), wanted, page_request(request.args)),
        wanted=wanted,
        kept={name: request.args[name] for name in _KEPT if request.args.get(name)},
        waiting=count_applications(scope()),
        region_choices=_below(viewer().region),
        category_choices=[(c.code, c.name) for c in industries.supervision_categories()],
    )


_KEPT = ("q", "region", "category")


def _below(region: str) -> list[tuple[str, str]]:
    """The regions directly below the officer's own."""
    return [(each.code, each.name) for each in regions.children(region)]
