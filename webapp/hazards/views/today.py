"""Today: the worker's walk and the safety officer's desk."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, phone_page, scope, viewer
from webapp.accounts.rules.roles import Audience, Role
from webapp.hazards.forms.filters import choice, page_request
from webapp.hazards.forms.photos import uuid_of
from webapp.hazards.queries.day import posts_in_reach, shifts_today
from webapp.hazards.queries.happenings import happenings
from webapp.hazards.queries.hazards import hazards, open_counts, pressing
from webapp.hazards.queries.today import day_counts
from webapp.hazards.queries.today import today as tasks_of_today
from webapp.hazards.queries.walk import TaskPart, walk_of
from webapp.hazards.rules.desk import first_thing
from webapp.hazards.rules.filters import HazardFilter
from webapp.hazards.service.home_parts import home_parts
from webapp.hazards.views.blueprint import bp
from webapp.hazards.views.home_words import focus_words, shift_words
from webapp.platform.clock import local_date, now
from webapp.platform.paging import PageRequest

_LONG, _SHORT = 50, 5
_ON_PHONE = frozenset({Role.WORKER, Role.TEAM_LEADER})


@bp.get("/today")
@allow("tasks.own")
def today() -> ResponseReturnValue:
    """The tasks of one's own post, or of all posts in reach, in the order one walks."""
    me, at, here = viewer(), now(), enterprise_in_view()
    own = frozenset({me.post_id} if me.post_id else ())
    reach = posts_in_reach(actor(), here)
    is_wide = request.args.get("whose") == "all" and reach != own
    posts = reach if is_wide else own
    part = choice(TaskPart, "part")
    point_id = uuid_of(request.args.get("point"))
    tasks = tasks_of_today(scope(), here, posts, at, page_request(_LONG), part, point_id)
    mine = HazardFilter(local_date(at), is_open=True, assigned_to=me.person_id)
    return phone_page(
        "hazards/today/today.html",
        now=at,
        today=local_date(at),
        tasks=tasks,
        walk=walk_of(tasks.rows, at),
        counts=day_counts(scope(), here, posts, at),
        desk_url="" if me.role in _ON_PHONE else url_for("hazards.home"),
        is_wide=is_wide,
        point_id=point_id,
        has_others=reach != own,
        mine=hazards(scope(), here, mine, PageRequest(size=_SHORT)) if me.person_id else None,
    )


@bp.get("/home")
@allow("home.see")
def home() -> ResponseReturnValue:
    """The desk of those who lead: one thing first, the day's progress, what presses."""
    me = viewer()
    if me.audience is not Audience.ENTERPRISE:
        return redirect(url_for("accounts.index"), 303)
    if me.role in _ON_PHONE:
        return redirect(url_for("hazards.today"), 303)
    at, here = now(), enterprise_in_view()
    day = local_date(at)
    late = tasks_of_today(scope(), here, None, at, PageRequest(size=_SHORT), TaskPart.LATE)
    urgent = pressing(scope(), here, day)
    counts = open_counts(scope(), here, day)
    first = first_thing(
        overdue=counts.overdue,
        missed=late.total,
        to_verify=counts.to_verify,
        due_today=counts.due_today,
    )
    return page(
        "hazards/home/home.html",
        now=at,
        today=day,
        focused=focus_words(first, urgent, late.rows, at),
        shifts=shift_words(shifts_today(scope(), here, at), at),
        tasks=day_counts(scope(), here, None, at),
        late=late,
        urgent=urgent,
        counts=counts,
        happenings=happenings(scope(), here),
        parts=home_parts(scope(), here),
    )
