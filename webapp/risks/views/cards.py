"""Notice cards: what they can be printed for, one at a time, and all of a filter as an archive."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope, viewer
from webapp.platform import jobs
from webapp.platform.clock import local_date, now
from webapp.platform.errors import NotFound
from webapp.platform.identifiers import new_id
from webapp.platform.jobs import JobRow
from webapp.platform.outbox import JobState
from webapp.platform.storage import file_content
from webapp.risks.forms.cards import BundleForm, card_size
from webapp.risks.forms.filters import ledger_filter, page_request
from webapp.risks.queries.card_choices import points_with_cards, posts_with_cards
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.rules.notice_card import CardSize
from webapp.risks.service.card_bundles import ARCHIVE, JOB, MOST_CARDS, order_bundle
from webapp.risks.service.cards import point_card_pdf, post_card_pdf
from webapp.risks.views.blueprint import bp, download, shown
from webapp.risks.views.choices import department_choices
from webapp.standards.risk_methods import RiskLevel


@bp.get("/risks/cards")
@allow("cards.print")
def card_list() -> ResponseReturnValue:
    """The points and the posts that have a card."""
    return _list(BundleForm(formdata=None))


@bp.get("/risks/points/<uuid:point_id>/card.pdf")
@allow("cards.print")
def point_card(point_id: UUID) -> ResponseReturnValue:
    """The card of a point."""
    size, day = card_size(request.args), local_date(now())
    name, data = point_card_pdf(scope(), enterprise_in_view(), point_id, size, printed_on=day)
    return shown(data, name)


@bp.get("/risks/posts/<uuid:post_id>/card.pdf")
@allow("cards.print")
def post_card(post_id: UUID) -> ResponseReturnValue:
    """The card of a post."""
    size, day = card_size(request.args), local_date(now())
    name, data = post_card_pdf(scope(), enterprise_in_view(), post_id, size, printed_on=day)
    return shown(data, name)


@bp.post("/risks/cards/bundles")
@allow("cards.print")
def card_bundle() -> ResponseReturnValue:
    """Order the cards of all points that the filter in the address means."""
    form = BundleForm()
    if form.validate():
        with form.refusals():
            key, size = UUID(str(form.key.data)), CardSize(form.size.data)
            job_id = order_bundle(actor(), key, _wanted(), size, at=now())
            jobs.wake()
            return redirect(url_for("risks.card_bundle_show", job_id=job_id), 303)
    return _list(form), 422


@bp.get("/risks/cards/bundles/<uuid:job_id>")
@allow("cards.print")
def card_bundle_show(job_id: UUID) -> ResponseReturnValue:
    """How far the printing is; htmx asks for the inner part alone."""
    found = _job(job_id)
    name = "_progress.html" if request.headers.get("HX-Request") else "progress.html"
    return page(f"risks/cards/{name}", job=found, is_done=found.state is JobState.DONE)


@bp.post("/risks/cards/bundles/<uuid:job_id>/retry")
@allow("cards.print")
def card_bundle_retry(job_id: UUID) -> ResponseReturnValue:
    """Go on after a failure; the cards that are made stay."""
    jobs.retry(scope(), _job(job_id).id)
    return redirect(url_for("risks.card_bundle_show", job_id=job_id), 303)


@bp.get("/risks/cards/bundles/<uuid:job_id>/archive.zip")
@allow("cards.print")
def card_bundle_archive(job_id: UUID) -> ResponseReturnValue:
    """The archive of a bundle that is done."""
    result = _job(job_id).result
    if result is None:
        raise NotFound("告知卡还在生成，请稍候。")
    kept = file_content(scope(), enterprise_in_view(), UUID(result["file_id"]))
    return download(kept.data, kept.name, ARCHIVE)


def _wanted() -> LedgerFilter:
    return ledger_filter(request.args, viewer().person_id)


def _job(job_id: UUID) -> JobRow:
    found = jobs.job(scope(), job_id)
    if found.kind != JOB:
        raise NotFound
    return found


def _list(form: BundleForm) -> str:
    own, wanted = enterprise_in_view(), _wanted()
    if form.key.data is None:
        form.key.data = str(new_id())
    is_posts = request.args.get("kind") == "post"
    return page(
        "risks/cards/list.html",
        form=form,
        wanted=wanted,
        is_posts=is_posts,
        posts=posts_with_cards(scope(), own) if is_posts else (),
        rows=points_with_cards(scope(), own, wanted, page_request(request.args, 50)),
        most=MOST_CARDS,
        department_choices=department_choices(own),
        level_choices=[(c.value, c.full_words) for c in RiskLevel],
        kept={name: request.args[name] for name in _KEPT if request.args.get(name)},
    )


_KEPT = ("q", "department", "level")
