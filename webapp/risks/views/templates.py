"""A first ledger from the industry's template, and its rows confirmed one after the other."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.enterprise.queries.profile import profile
from webapp.platform.clock import now
from webapp.risks.forms.templates import AdoptionForm, ConfirmationForm
from webapp.risks.rules.filters import View
from webapp.risks.rules.template_rows import levels_of
from webapp.risks.service.templates import adopt_template, confirm_events
from webapp.risks.views.blueprint import bp
from webapp.standards import industries
from webapp.standards.ledger_templates import LedgerTemplate, ledger_template, ledger_templates
from webapp.standards.loader import UnknownCode


@bp.get("/risks/templates")
@allow("risks.import")
def template_list() -> ResponseReturnValue:
    """The industries, those that suit the enterprise first."""
    own = profile(scope(), enterprise_in_view())
    found = sorted(ledger_templates(), key=lambda each: not each.suits(own.industry_code))
    return page(
        "risks/templates/list.html",
        templates=found,
        industry=industries.industry(own.industry_code).name,
        suited=[each.code for each in found if each.suits(own.industry_code)],
    )


@bp.get("/risks/templates/<code>")
@allow("risks.import")
def template_show(code: str) -> ResponseReturnValue:
    """The processes of an industry, to choose those that the enterprise has."""
    return _show(_template(code), AdoptionForm(formdata=None))


@bp.post("/risks/templates/<code>")
@allow("risks.import")
def template_adopt(code: str) -> ResponseReturnValue:
    """Enter the risks of the chosen processes as proposals."""
    template, form = _template(code), AdoptionForm()
    form.offer(template)
    if form.validate():
        with form.refusals():
            done = adopt_template(actor(), code, form.processes.data or [], at=now())
            present = f"，{done.present} 条清单里已有" if done.present else ""
            flash(f"已加入 {done.added} 条风险{present}。请对照现场逐条确认。", "ok")
            return redirect(url_for("risks.ledger", view=View.PROPOSED), 303)
    return _show(template, form), 422


@bp.post("/risks/confirmations")
@allow("risks.edit")
def event_confirm() -> ResponseReturnValue:
    """Confirm the ticked proposals; those that cannot be are named."""
    form = ConfirmationForm()
    if form.validate():
        done = confirm_events(actor(), form.events.ids, at=now())
        flash(f"已确认 {done.confirmed} 条风险。", "ok")
        for reason in done.refused:
            flash(f"未确认 {reason}", "warn")
    else:
        flash(form.events.errors[0], "warn")
    return redirect(url_for("risks.ledger", view=View.PROPOSED), 303)


def _template(code: str) -> LedgerTemplate:
    try:
        return ledger_template(code)
    except UnknownCode:
        abort(404)


def _show(template: LedgerTemplate, form: AdoptionForm) -> str:
    form.offer(template)
    return page(
        "risks/templates/show.html",
        starter=template,
        form=form,
        levels={process.code: levels_of(process) for process in template.processes},
    )
