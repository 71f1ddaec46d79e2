"""What this room brings into the application."""

import hashlib
import hmac

from flask import Flask

from webapp.accounts.events import MemberJoined
from webapp.documents import fonts
from webapp.enterprise.jobs import file_pdf
from webapp.enterprise.queries import file_parts as parts
from webapp.enterprise.service import code
from webapp.enterprise.service.file import JOB
from webapp.enterprise.service.file_parts import offer_part
from webapp.enterprise.service.people import link_account
from webapp.platform import bus, jobs
from webapp.platform.web.application import settings_of


def init_app(app: Flask) -> None:
    """Move in."""
    settings = settings_of(app)
    secret = settings.secret_key.encode()
    key = hmac.new(secret, b"enterprise code", hashlib.sha256).digest()
    code.configure(key, settings.public_url)
    fonts.prepare(settings.instance / "faces", settings.font_fangsong)
    bus.subscribe(MemberJoined, link_account)
    jobs.register(JOB, file_pdf)
    _offer_parts()


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
