"""Pasting the organisation from a spreadsheet: preview, then confirm."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.enterprise.forms.organisation import PasteForm
from webapp.enterprise.rules.paste_plan import Fate
from webapp.enterprise.service.pasting import paste_organisation, preview_paste, text_of_upload
from webapp.enterprise.views.blueprint import bp
from webapp.platform.clock import now

MOST_SHOWN = 200


@bp.get("/organisation/paste")
@allow("organisation.edit")
def organisation_paste() -> ResponseReturnValue:
    """Where the rows go."""
    return page("enterprise/organisation/paste.html", form=PasteForm())


@bp.post("/organisation/paste")
@allow("organisation.edit")
def organisation_paste_preview() -> ResponseReturnValue:
    """What was understood, row by row; nothing is saved."""
    form = PasteForm()
    if form.validate():
        with form.refusals():
            text = _text(form)
            return _preview(text)
    return page("enterprise/organisation/paste.html", form=form), 422


@bp.post("/organisation/paste/confirmation")
@allow("organisation.edit")
def organisation_paste_confirm() -> ResponseReturnValue:
    """Take the rows in."""
    form = PasteForm()
    if form.validate():
        with form.refusals():
            plan = paste_organisation(actor(), form.text.data or "", at=now())
            joined = plan.count(Fate.JOINS)
            words = (
                f"部门 {len(plan.new_places)} 个、岗位 {len(plan.new_posts)} 个、人员 {joined} 人"
            )
            flash(f"已导入：新增{words}。", "ok")
            return redirect(url_for("enterprise.organisation_show"), 303)
    return page("enterprise/organisation/paste.html", form=form), 422


def _text(form: PasteForm) -> str:
    upload = form.file.data
    if upload:
        return text_of_upload(upload.read(), upload.filename or "")
    return form.text.data or ""


def _preview(text: str) -> str:
    found = preview_paste(scope(), enterprise_in_view(), text)
    people = found.plan.people
    return page(
        "enterprise/organisation/preview.html",
        preview=found,
        shown=people[:MOST_SHOWN],
        hidden=len(people[MOST_SHOWN:]),
        text=text,
    )
