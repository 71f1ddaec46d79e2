"""Where a level of the enterprise has nobody for a risk: seen level by level, and given."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.enterprise.queries.organisation import posts
from webapp.platform.clock import now
from webapp.platform.paging import PageRequest
from webapp.risks.forms.duties import DutyForm, level_of
from webapp.risks.queries.duties import missing_counts, missing_duties
from webapp.risks.rules.assignment import level_of_post
from webapp.risks.service.duties import charge_post
from webapp.risks.views.blueprint import bp
from webapp.standards.risk_methods import ControlLevel


@bp.get("/risks/duties")
@allow("risks.import")
def duty_list() -> ResponseReturnValue:
    """The risks that miss somebody on the level that the address names, else on the highest."""
    return _list(DutyForm(formdata=None), level_of(request.args.get("level")))


@bp.post("/risks/duties")
@allow("risks.import")
def duty_give() -> ResponseReturnValue:
    """Charge one post with all ticked risks."""
    form = DutyForm()
    level = level_of(form.level.data) or ControlLevel.POST
    form.offer(_choices(level))
    if form.validate():
        with form.refusals():
            done = charge_post(
                actor(),
                form.event_ids,
                level=level,
                post_id=form.chosen_post,
                words=form.words.data or "",
                at=now(),
            )
            flash(f"{done} 条风险的{level.words}责任岗位已指定。", "ok")
            return redirect(url_for("risks.duty_list", level=level.value), 303)
    return _list(form, level), 422


def _list(form: DutyForm, wanted: ControlLevel | None) -> str:
    own = enterprise_in_view()
    counts = missing_counts(scope(), own)
    level = wanted or next(iter(counts), ControlLevel.COMPANY)
    form.level.data = level.value
    form.offer(_choices(level))
    return page(
        "risks/duties/list.html",
        form=form,
        level=level,
        counts=counts,
        levels=tuple(ControlLevel),
        duties=missing_duties(scope(), own, level, PageRequest(request.args.get("page", 1, int))),
    )


def _choices(level: ControlLevel) -> list[tuple[str, str]]:
    """The posts that people hold, those that stand on the level first."""
    held = [row for row in posts(scope(), enterprise_in_view()) if row.holders]
    ordered = sorted(held, key=lambda row: level_of_post(row.kind) is not level)
    return [(str(row.id), f"{row.full_name}（{'、'.join(row.holders)}）") for row in ordered]
