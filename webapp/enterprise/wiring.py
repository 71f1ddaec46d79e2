"""What this room brings into the application."""

import hashlib
import hmac

from flask import Flask

from webapp.accounts.events import MemberJoined, MemberLeft, MemberLinked
from webapp.accounts.rules.permissions import Permission
from webapp.accounts.rules.roles import Audience
from webapp.accounts.service.landing import (
    register_landing,
    register_lobby,
    register_public_link,
    register_search,
)
from webapp.documents import fonts
from webapp.enterprise.jobs import file_pdf
from webapp.enterprise.queries import file_parts as parts
from webapp.enterprise.service import code
from webapp.enterprise.service.file import JOB
from webapp.enterprise.service.file_parts import offer_part
from webapp.enterprise.service.people import link_account, relink_account, unlink_account
from webapp.enterprise.views import (
    code as code_views,
)
from webapp.enterprise.views import (
    code_sheet,
    enterprises,
    file,
    organisation,
    pasting,
    people,
    profile,
    registration,
    responsibilities,
    signing,
)
from webapp.enterprise.views.blueprint import bp
from webapp.platform import bus, jobs
from webapp.platform.web.application import settings_of
from webapp.ui import navigation

VIEWS = (
    code_sheet,
    code_views,
    enterprises,
    file,
    organisation,
    pasting,
    people,
    profile,
    registration,
    responsibilities,
    signing,
)


def init_app(app: Flask) -> None:
    """Move in."""
    settings = settings_of(app)
    secret = settings.secret_key.encode()
    key = hmac.new(secret, b"enterprise code", hashlib.sha256).digest()
    code.configure(key, settings.public_url)
    fonts.prepare(settings.instance / "faces", settings.font_fangsong)
    bus.subscribe(MemberJoined, link_account)
    bus.subscribe(MemberLinked, relink_account)
    bus.subscribe(MemberLeft, unlink_account)
    jobs.register(JOB, file_pdf)
    app.register_blueprint(bp)
    register_landing(Audience.AGENCY, "enterprise.list")
    register_lobby("enterprise.registration_own")
    register_search(
        Audience.AGENCY, "enterprise.list", "企业名称、信用代码、拼音", Permission.ENTERPRISES_SEE
    )
    register_public_link(10, "企业入驻", "enterprise.registration_apply")
    _offer_parts()
    _offer_menu(app)


def _offer_parts() -> None:
    offer_part(
        "profile",
        10,
        "基本信息",
        parts.profile_part,
        completeness=parts.profile_completeness,
        endpoint="enterprise.profile_show",
    )
    offer_part(
        "organisation",
        20,
        "组织机构和人员",
        parts.organisation_part,
        completeness=parts.organisation_completeness,
        endpoint="enterprise.organisation_show",
    )
    offer_part(
        "responsibilities",
        30,
        "安全生产责任清单",
        parts.responsibilities_part,
        completeness=parts.responsibilities_completeness,
        endpoint="enterprise.responsibilities_list",
    )


def _offer_menu(app: Flask) -> None:
    whose, see = navigation.Audience, Permission
    for item in (
        navigation.NavigationItem(
            "档案", "folder", "enterprise.file_show", see.FILE_SEE, whose.ENTERPRISE, 50,
            sections=("enterprise.file_", "enterprise.profile_", "enterprise.code_"),
        ),
        navigation.NavigationItem(
            "责任", "clipboard-check", "enterprise.responsibilities_list",
            see.RESPONSIBILITIES_SEE, whose.ENTERPRISE, 60,
            sections=("enterprise.responsibilities_",),
        ),
        navigation.NavigationItem(
            "组织", "sitemap", "enterprise.organisation_show", see.ORGANISATION_EDIT,
            whose.ENTERPRISE, 65,
            sections=(
                "enterprise.organisation_", "enterprise.department_", "enterprise.post_",
                "enterprise.people_", "enterprise.person_",
            ),
        ),
        navigation.NavigationItem(
            "责任", "clipboard-check", "enterprise.responsibilities_mine",
            see.RESPONSIBILITIES_SIGN, whose.WORKER_PHONE, 60,
        ),
        navigation.NavigationItem(
            "企业", "building", "enterprise.list", see.ENTERPRISES_SEE, whose.AGENCY, 30,
            sections=("enterprise.list", "enterprise.file_", "enterprise.profile_",
                      "enterprise.organisation_", "enterprise.people_",
                      "enterprise.responsibilities_"),
            on_phone=True,
        ),
        navigation.NavigationItem(
            "入驻", "building-community", "enterprise.registration_list",
            see.REGISTRATION_REVIEW, whose.AGENCY, 35, sections=("enterprise.registration_",),
        ),
        navigation.NavigationItem(
            "企业", "building", "enterprise.list", see.ENTERPRISES_SEE, whose.OFFICER_PHONE, 40,
            sections=("enterprise.list", "enterprise.file_"), on_phone=True,
        ),
    ):  # fmt: skip
        navigation.offer(app, item)
