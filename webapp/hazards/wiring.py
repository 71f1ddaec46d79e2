"""What this room brings into the application."""

from typing import Any

from flask import Flask

from webapp.accounts.rules.roles import Audience, Role
from webapp.accounts.service.landing import register_landing, register_search
from webapp.enterprise.events import OrganisationChanged
from webapp.enterprise.service.file_parts import offer_part
from webapp.hazards.jobs import (
    ORDER_EVERY_S,
    REMOVE_PHOTOS,
    generate,
    order_todays_tasks,
    remove_photos,
)
from webapp.hazards.queries.file_part import hazards_completeness, hazards_part
from webapp.hazards.queries.open_at_points import open_at_points
from webapp.hazards.queries.plan_list import unchecked_findings
from webapp.hazards.queries.repeats import repeated_at_events
from webapp.hazards.service.subscribers import measures_changed, organisation_changed
from webapp.hazards.service.tasks import GENERATE
from webapp.hazards.views import checks, hazards, photos, plans, reports, steps, today
from webapp.hazards.views.blueprint import bp
from webapp.platform import bus, jobs
from webapp.platform.clock import now
from webapp.risks.events import MeasuresChanged
from webapp.risks.service.logic_parts import offer_logic_part
from webapp.risks.service.open_hazards import offer_open_hazards
from webapp.risks.service.point_links import offer_point_link
from webapp.risks.service.repeats import offer_repeats
from webapp.ui.navigation import Audience as Menu
from webapp.ui.navigation import NavigationItem, offer

VIEWS = (checks, hazards, photos, plans, reports, steps, today)
_TODAY = ("hazards.today", "hazards.check_fill", "hazards.check_submit", "hazards.check_accepted")
_REPORT = ("hazards.report",)
_HAZARD = ("hazards.hazard_",)
_PLAN = ("hazards.plan_", "hazards.check_show")


def init_app(app: Flask) -> None:
    """Move in."""
    app.register_blueprint(bp)
    bus.subscribe(MeasuresChanged, measures_changed)
    bus.subscribe(OrganisationChanged, organisation_changed)
    jobs.register(GENERATE, generate)
    jobs.every(ORDER_EVERY_S, order_todays_tasks)
    jobs.register(REMOVE_PHOTOS, remove_photos)
    jobs.daily(REMOVE_PHOTOS)
    register_landing(Audience.ENTERPRISE, "hazards.home")
    for role in (Role.WORKER, Role.TEAM_LEADER):
        register_landing(role, "hazards.today")
    register_search(
        Audience.ENTERPRISE, "hazards.hazard_list", "搜隐患、编号、文书号", "hazards.see"
    )
    offer_part(
        "hazards",
        50,
        "隐患排查治理",
        lambda scope, enterprise_id: hazards_part(scope, enterprise_id, now()),
        completeness=lambda scope, enterprise_id: hazards_completeness(scope, enterprise_id, now()),
        endpoint="hazards.hazard_list",
    )
    offer_point_link(
        "今天的任务", "clipboard-list", "hazards.today", "tasks.own", not_for="plans.see"
    )
    offer_logic_part("plans", unchecked_findings)
    offer_open_hazards("hazards", open_at_points)
    offer_repeats("hazards", repeated_at_events)
    offer_point_link("排查计划", "clipboard-check", "hazards.plan_list", "plans.see")
    offer_point_link("隐患", "alert-triangle", "hazards.hazard_list", "hazards.see")
    _offer_menu(app)


def _offer_menu(app: Flask) -> None:
    for item in (*_desk(), *_phone()):
        offer(app, item)


def _desk() -> tuple[NavigationItem, ...]:
    def item(*words: Any, **more: Any) -> NavigationItem:
        label, icon, endpoint, permission, order = words
        return NavigationItem(label, icon, endpoint, permission, Menu.ENTERPRISE, order, **more)

    return (
        item("今天", "calendar-check", "hazards.home", "tasks.own", 10, on_phone=True,
             sections=(*_TODAY, *_REPORT)),
        item("排查", "clipboard-check", "hazards.plan_list", "plans.see", 30, sections=_PLAN),
        item("隐患", "alert-triangle", "hazards.hazard_list", "hazards.see", 40, on_phone=True,
             sections=_HAZARD),
    )  # fmt: skip


def _phone() -> tuple[NavigationItem, ...]:
    def item(*words: Any, **more: Any) -> NavigationItem:
        label, icon, endpoint, permission, order = words
        return NavigationItem(
            label, icon, endpoint, permission, Menu.WORKER_PHONE, order, on_phone=True, **more
        )

    return (
        item("任务", "clipboard-check", "hazards.today", "tasks.own", 10, sections=_TODAY),
        item("随手拍", "camera", "hazards.report", "hazards.report", 20, sections=_REPORT),
        item("隐患", "alert-square-rounded", "hazards.hazard_list", "hazards.see", 30,
             sections=(*_HAZARD, "hazards.check_show")),
    )  # fmt: skip
