"""The list of hazards and the page of one."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope, viewer
from webapp.hazards.forms.filters import Viewing, hazard_filter, page_request
from webapp.hazards.queries.hazard_detail import HazardDetail, hazard_detail
from webapp.hazards.queries.hazards import hazards, open_counts
from webapp.hazards.queries.offers import Offer, offers
from webapp.hazards.queries.people import departments, has_account
from webapp.hazards.queries.points import point_named
from webapp.hazards.rules.lifecycle import HazardState
from webapp.hazards.rules.waiting import waiting_words
from webapp.hazards.views import stepping
from webapp.hazards.views.blueprint import bp
from webapp.hazards.views.detail_words import STEP_WORDS, detail_words, draft_key, step_words
from webapp.hazards.views.list_words import list_words
from webapp.platform.clock import local_date, now
from webapp.platform.web.forms import Form


@bp.get("/hazards", defaults={"enterprise_id": None})
@bp.get("/enterprises/<uuid:enterprise_id>/hazards")
@allow("hazards.see")
def hazard_list(enterprise_id: UUID | None) -> ResponseReturnValue:
    """The hazards of an enterprise; the address holds the filter."""
    me, here, day = viewer(), enterprise_in_view(enterprise_id), local_date(now())
    wanted = hazard_filter(Viewing(me.user_id, me.person_id), day)
    return page(
        "hazards/hazards/list.html",
        hazards=hazards(scope(), here, wanted, page_request()),
        counts=open_counts(scope(), here, day),
        today=day,
        args=request.args,
        enterprise_id=enterprise_id,
        **list_words(
            departments(scope(), here), point_named(scope(), here, wanted.point_id), enterprise_id
        ),
    )


@bp.get("/hazards/<uuid:hazard_id>", defaults={"enterprise_id": None})
@bp.get("/enterprises/<uuid:enterprise_id>/hazards/<uuid:hazard_id>")
@allow("hazards.see")
def hazard_show(hazard_id: UUID, enterprise_id: UUID | None) -> ResponseReturnValue:
    """One hazard with the step that this person may take; ``step`` asks for another one."""
    found = hazard_detail(scope(), enterprise_in_view(enterprise_id), hazard_id)
    offered = offers(actor(), found)
    asked = next((each for each in offered if each == request.args.get("step")), None)
    step = asked or stepping.put_forward(offered, found)
    form = stepping.fresh_form(step, found) if step else None
    return detail_page(found, offered, step, form, enterprise_id)


def detail_page(
    found: HazardDetail,
    offered: tuple[Offer, ...],
    step: Offer | None,
    form: Form | None,
    enterprise_id: UUID | None,
    **more: Any,
) -> str:
    """The page of a hazard around the form of a step."""
    return page(
        "hazards/hazards/detail.html",
        hazard=found,
        offered=offered,
        step=step,
        form=form,
        enterprise_id=enterprise_id,
        aside=_aside(offered, step, found, enterprise_id),
        waiting=waiting_words(
            found.state,
            level=found.level,
            source=found.source,
            assignee=found.assignee,
            has_consent=found.has_consent,
        ),
        today=local_date(now()),
        without_account=found.state is HazardState.ASSIGNED
        and found.assigned_to is not None
        and not has_account(scope(), found.enterprise_id, found.assigned_to),
        done_drafts=[
            draft_key(each, found, viewer().user_id) for each in Offer if each not in offered
        ],
        **detail_words(found, enterprise_id, now(), is_mine=step is not None),
        **step_words(found, step, enterprise_id, viewer().user_id),
        **{"kept": (), **stepping.around(found, form), **more},
    )


def _aside(
    offered: tuple[Offer, ...], step: Offer | None, found: HazardDetail, enterprise_id: UUID | None
) -> list[dict[str, str]]:
    """The other steps on offer, as links to this page with their form."""
    return [
        {
            "label": STEP_WORDS[other][0],
            "href": url_for(
                "hazards.hazard_show",
                hazard_id=found.id,
                enterprise_id=enterprise_id,
                step=other.value,
                _anchor="step",
            ),
        }
        for other in offered
        if other is not step
    ]
