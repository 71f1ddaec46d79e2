"""What this room brings into the application."""

from flask import Flask

from webapp.accounts.access import scope, visitor
from webapp.accounts.rules import roles
from webapp.accounts.rules.permissions import Permission
from webapp.accounts.rules.roles import Role
from webapp.accounts.service.landing import (
    register_landing,
    register_public_link,
    register_search,
)
from webapp.enterprise.rules.code import Audience
from webapp.enterprise.service.code import register_audience
from webapp.enterprise.service.file_parts import offer_part
from webapp.inspection import cli
from webapp.inspection.queries.case_list import running_count
from webapp.inspection.queries.offered import file_part
from webapp.inspection.views import cases, documents, findings, overview, papers, scan, verify
from webapp.inspection.views.blueprint import bp
from webapp.ui import navigation

VIEWS = (cases, documents, findings, overview, papers, scan, verify)
_CASES = ("inspection.case_", "inspection.finding_", "inspection.paper_", "inspection.reinspection")


def init_app(app: Flask) -> None:
    """Move in."""
    app.register_blueprint(bp)
    cli.init_app(app)
    register_audience(Audience.OFFICER, "inspection.scan_start")
    register_landing(Role.INSPECTOR, "inspection.case_list")
    for role in (Role.REGULATOR, Role.AGENCY_LEADER):
        register_landing(role, "inspection.overview_show")
    register_landing(Role.LEGAL_REVIEWER, "inspection.case_list")
    register_search(
        roles.Audience.AGENCY,
        "inspection.case_list",
        "企业名称、信用代码、拼音",
        Permission.CASES_SEE,
    )
    register_public_link(20, "核验文书", "inspection.verify_lookup")
    offer_part("inspection", 70, "执法检查和文书", file_part, endpoint="inspection.document_list")
    _offer_menu(app)


def _offer_menu(app: Flask) -> None:
    whose, see = navigation.Audience, Permission
    for item in (
        navigation.NavigationItem(
            "总览", "layout-dashboard", "inspection.overview_show", see.OVERVIEW_SEE,
            whose.AGENCY, 10, sections=("inspection.overview_",), on_phone=True,
        ),
        navigation.NavigationItem(
            "执法", "gavel", "inspection.case_list", see.CASES_SEE, whose.AGENCY, 20,
            count=_running, sections=_CASES, on_phone=True,
        ),
        navigation.NavigationItem(
            "文书", "file-text", "inspection.document_list", see.DOCUMENTS_SEE, whose.AGENCY, 25,
            sections=("inspection.document_",), on_phone=True,
        ),
        navigation.NavigationItem(
            "执法文书", "file-text", "inspection.document_list", see.DOCUMENTS_SEE,
            whose.ENTERPRISE, 70, sections=("inspection.document_",),
        ),
        navigation.NavigationItem(
            "扫码", "scan", "inspection.scan", see.CASES_SEE, whose.OFFICER_PHONE, 10,
            sections=("inspection.scan",), on_phone=True,
        ),
        navigation.NavigationItem(
            "检查", "clipboard-list", "inspection.case_list", see.CASES_SEE, whose.OFFICER_PHONE,
            20, count=_running, sections=_CASES, on_phone=True,
        ),
        navigation.NavigationItem(
            "文书", "file-text", "inspection.document_list", see.DOCUMENTS_SEE,
            whose.OFFICER_PHONE, 30, sections=("inspection.document_",), on_phone=True,
        ),
    ):  # fmt: skip
        navigation.offer(app, item)


def _running() -> int | None:
    """How many of one's own inspections want something done."""
    found = visitor()
    if found is None or found.role is not Role.INSPECTOR:
        return None
    return running_count(scope(), found.user_id)
