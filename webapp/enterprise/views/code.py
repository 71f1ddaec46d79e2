"""The one address of the enterprise code, and its own people's page with the signs."""

from typing import Any
from uuid import UUID

import structlog
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope, visitor
from webapp.accounts.rules.roles import Role
from webapp.accounts.service.landing import OWN_ACCOUNT, landing_of
from webapp.documents.qr import qr_svg
from webapp.enterprise.forms.code import RevocationForm
from webapp.enterprise.queries.code import (
    ScannedCode,
    former_codes,
    issue_of,
    printed_code,
    scanned_code,
)
from webapp.enterprise.queries.profile import profile
from webapp.enterprise.queries.publication import count_published, published_posts
from webapp.enterprise.rules.code import (
    STRANGER,
    Audience,
    CodeState,
    Viewer,
    audience,
    normalised_token,
)
from webapp.enterprise.service.code import address_of, endpoint_of, is_signed, revoke_code
from webapp.enterprise.service.papers import sign_pdf
from webapp.enterprise.service.public_parts import public_page
from webapp.enterprise.views.answers import pdf_answer
from webapp.enterprise.views.blueprint import bp
from webapp.platform.clock import local_date, now
from webapp.platform.tenancy import public_scope
from webapp.platform.web.limits import PUBLIC, limiter

log = structlog.get_logger()


@bp.get("/e/<token>")
@limiter.limit(PUBLIC)
@allow("code.open")
def code_open(token: str) -> ResponseReturnValue:
    """What is printed in the code: the public page, the visit for officers, the file for staff.

    Staff who do not read the file are led to their own work.
    """
    found = scanned_code(normalised_token(token))
    if found is None or found.state is not CodeState.ACTIVE:
        return _not_open(found, token)
    return _sent_on(found) or _public(
        "enterprise/code/public.html",
        token,
        found,
        part=public_page(public_scope(found.enterprise_id), found.enterprise_id),
        issue=issue_of(public_scope(found.enterprise_id), found.enterprise_id, found.region_code),
        published=count_published(public_scope(found.enterprise_id), found.enterprise_id),
    )


@bp.get("/e/<token>/responsibilities")
@limiter.limit(PUBLIC)
@allow("code.open")
def code_responsibilities(token: str) -> ResponseReturnValue:
    """The published duties of every post, for anyone who has the code."""
    found = scanned_code(normalised_token(token))
    if found is None or found.state is not CodeState.ACTIVE:
        return _not_open(found, token)
    return _public(
        "enterprise/code/responsibilities.html",
        token,
        found,
        posts=published_posts(public_scope(found.enterprise_id), found.enterprise_id),
    )


@bp.get("/code")
@allow("code.print")
def code_show() -> ResponseReturnValue:
    """The code with its signs, and the codes that were taken back."""
    return _code_page(RevocationForm())


@bp.get("/code/sign-<size>.pdf")
@allow("code.print")
def code_sign(size: str) -> ResponseReturnValue:
    """The sign to print."""
    name, data = sign_pdf(scope(), enterprise_in_view(), size, printed_on=local_date(now()))
    return pdf_answer(data, name)


@bp.post("/code/revocation")
@allow("code.revoke")
def code_revoke() -> ResponseReturnValue:
    """Take the code back and issue another."""
    form = RevocationForm()
    if form.validate():
        with form.refusals():
            revoke_code(actor(), enterprise_in_view(), reason=form.reason.data or "", at=now())
            flash("旧码已吊销，扫旧标牌会提示已吊销。请打印新标牌并更换。", "ok")
            return redirect(url_for("enterprise.code_show"), 303)
    return _code_page(form), 422


def _not_open(found: ScannedCode | None, token: str) -> ResponseReturnValue:
    if found is None:
        # A signed one without a record would mean that we have lost it.
        log.info("code_unknown", signed=is_signed(token))
        return _unreferred(render_template("enterprise/code/unknown.html"), 404)
    return _unreferred(render_template("enterprise/code/revoked.html", code=found), 410)


def _sent_on(found: ScannedCode) -> ResponseReturnValue | None:
    """Where staff and officers are sent; None for everybody else."""
    who = visitor()
    whose = audience(
        STRANGER if who is None else _standing(who.enterprise_id, who.agency_id, who.region),
        found.state,
        enterprise_id=found.enterprise_id,
        enterprise_region=found.region_code,
    )
    if whose is Audience.PUBLIC or who is None:
        return None
    endpoint = endpoint_of(whose)
    if endpoint is not None:
        return redirect(url_for(endpoint, enterprise_id=found.enterprise_id), 303)
    own = whose is Audience.STAFF
    if not who.may("file.see"):
        return _to_work(who.role) if own else None
    enterprise_id = None if own else found.enterprise_id
    return redirect(url_for("enterprise.file_show", enterprise_id=enterprise_id), 303)


def _to_work(role: Role) -> ResponseReturnValue | None:
    """Who scans the sign of their own gate without a right to the file: where their day begins."""
    endpoint = landing_of(role)
    return None if endpoint == OWN_ACCOUNT else redirect(url_for(endpoint), 303)


def _standing(enterprise_id: UUID | None, agency_id: UUID | None, region: str) -> Viewer:
    return Viewer(
        frozenset() if enterprise_id is None else frozenset({enterprise_id}),
        frozenset() if agency_id is None else frozenset({region}),
    )


def _public(template: str, token: str, found: ScannedCode, **values: Any) -> ResponseReturnValue:
    enterprise = profile(public_scope(found.enterprise_id), found.enterprise_id)
    html = render_template(template, enterprise=enterprise, token=token, now=now(), **values)
    return _unreferred(html, 200)


def _unreferred(html: str, status: int) -> ResponseReturnValue:
    # The token stands in this page's address and must not travel on in a Referer.
    return html, status, {"Referrer-Policy": "no-referrer"}


def _code_page(form: RevocationForm) -> str:
    found = profile(scope(), enterprise_in_view())
    code = printed_code(scope(), found.id)
    address = address_of(code.token)
    return page(
        "enterprise/code/show.html",
        enterprise=found,
        code=code,
        address=address,
        svg=qr_svg(address, label=f"{found.name}的企业码"),
        level=public_page(scope(), found.id).level,
        former=former_codes(scope(), found.id),
        form=form,
    )
