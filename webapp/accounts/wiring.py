"""What this room brings into the application."""

from flask import Flask

from webapp.accounts import access, cli
from webapp.accounts.rules.permissions import Permission
from webapp.accounts.rules.roles import Audience
from webapp.accounts.rules.sign_ins import KEPT
from webapp.accounts.service.landing import register_landing
from webapp.accounts.views import agencies, invitations, login, me, members
from webapp.accounts.views.blueprint import bp
from webapp.ui import navigation

VIEWS = (agencies, invitations, login, me, members)
_MEMBERS = ("accounts.member", "accounts.invitation", "accounts.role")
_ME = ("accounts.me", "accounts.login_organisation")


def init_app(app: Flask) -> None:
    """Move in."""
    app.config.update(
        PERMANENT_SESSION_LIFETIME=KEPT,
        # The time counts from signing in, not from the last page.
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    access.init_app(app)
    app.register_blueprint(bp)
    app.cli.add_command(cli.users_group)
    register_landing(Audience.PLATFORM, "accounts.agency_list")
    _offer_menu(app)


def _offer_menu(app: Flask) -> None:
    whose = navigation.Audience
    for audience in (whose.ENTERPRISE, whose.AGENCY, whose.OPERATOR):
        item = navigation.NavigationItem(
            "成员", "users", "accounts.member_list", Permission.MEMBERS_SEE, audience, 90,
            sections=_MEMBERS, on_phone=audience is whose.OPERATOR,
        )  # fmt: skip
        navigation.offer(app, item)
    for audience in (whose.WORKER_PHONE, whose.OFFICER_PHONE):
        item = navigation.NavigationItem(
            "我的", "user", "accounts.me", Permission.ACCOUNT_OWN, audience, 95,
            sections=_ME, on_phone=True,
        )  # fmt: skip
        navigation.offer(app, item)
    navigation.offer(
        app,
        navigation.NavigationItem(
            "机关", "building-bank", "accounts.agency_list", Permission.AGENCIES_EDIT,
            whose.OPERATOR, 10, sections=("accounts.agency",), on_phone=True,
        ),
    )  # fmt: skip
