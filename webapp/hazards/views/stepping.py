"""The form of each step, filled with what is known, and what its page needs around it."""

from typing import Any

from webapp.accounts.access import scope
from webapp.enterprise.queries.profile import profile
from webapp.hazards.forms import hazards as forms
from webapp.hazards.forms.filters import text as typed_text
from webapp.hazards.forms.versions import VersionForm
from webapp.hazards.queries.hazard_detail import HazardDetail
from webapp.hazards.queries.offers import Offer
from webapp.hazards.queries.people import PersonRow, staff
from webapp.hazards.rules.duplicates import likeness
from webapp.hazards.rules.lifecycle import HazardState
from webapp.platform.web.forms import Form
from webapp.standards.hazard_criteria import Criterion, all_criteria, criteria, search

_SHOWN, _FEW, _NEAR = 8, 3, 0.12
_FORMS: dict[Offer, type[VersionForm]] = {
    Offer.GRADE: forms.GradeForm,
    Offer.ASSIGN: forms.AssignForm,
    Offer.TRANSFER: forms.AssignForm,
    Offer.RECTIFY: forms.RectifyForm,
    Offer.VERIFY: forms.VerifyForm,
    Offer.CLOSE: forms.CloseForm,
    Offer.CONSENT: forms.ConsentForm,
    Offer.EXTEND: forms.ExtendForm,
    Offer.PLAN: forms.PlanForm,
}
# What is asked for only when someone asks for it.
_ASIDE = frozenset({Offer.EXTEND, Offer.TRANSFER, Offer.PLAN})


def put_forward(offered: tuple[Offer, ...], hazard: HazardDetail) -> Offer | None:
    """The step that the page shows unasked: the plan of a major hazard while it is incomplete."""
    wants_plan = not all(words.strip() for words in hazard.implementations.values())
    if Offer.PLAN in offered and wants_plan and hazard.state is HazardState.ASSIGNED:
        return Offer.PLAN
    return next((offer for offer in offered if offer not in _ASIDE), None)


def fresh_form(step: Offer, hazard: HazardDetail) -> VersionForm:
    """An empty form of the step that knows which state it was opened on."""
    form = _FORMS[step](formdata=None)
    form.renew(hazard.version)
    if isinstance(form, forms.PlanForm):
        for implementation, words in hazard.implementations.items():
            form[implementation.value].data = words
    if isinstance(form, forms.AssignForm):
        with_staff(form, hazard)
        form.person_id.data = str(hazard.assigned_to or "")
    return form


def with_staff(form: forms.AssignForm, hazard: HazardDetail) -> forms.AssignForm:
    """The form with everyone who can be charged."""
    people = staff(scope(), hazard.enterprise_id)
    form.person_id.choices = {"": "请选择"} | {str(each.id): _who(each) for each in people}
    return form


def _who(row: PersonRow) -> str:
    account = "" if row.has_account else "没有账号"
    place = " · ".join(part for part in (row.department, row.post, account) if part)
    return f"{row.name}（{place}）" if place else row.name


def around(hazard: HazardDetail, form: Form | None) -> dict[str, Any]:
    """What the page of a step shows besides its form."""
    if not isinstance(form, forms.GradeForm):
        return {}
    text = typed_text("criterion", 40)
    chosen = form.criterion_code.data or ""
    picks = [_pick(each) for each in _criteria(hazard, text, chosen)]
    return {"criteria": picks, "criterion_words": text}


def _pick(found: Criterion) -> dict[str, str]:
    return {"value": found.id, "label": found.text, "detail": found.citation}


def _criteria(hazard: HazardDetail, text: str, chosen: str) -> tuple[Criterion, ...]:
    """The criteria of the enterprise's trades that hold the words, or that read like the hazard."""
    categories = profile(scope(), hazard.enterprise_id).supervision_categories
    known = search(text, categories)[:_SHOWN] if text else _like(hazard, criteria(categories))
    kept = tuple(each for each in all_criteria() if each.id == chosen)
    return (*kept, *(each for each in known if each.id != chosen))


def _like(hazard: HazardDetail, known: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """The few criteria whose words come nearest to what was seen; far ones are no help."""
    seen = f"{hazard.description}{hazard.origin.event}{hazard.origin.measure}"
    rated = [(likeness(seen, each.text), number, each) for number, each in enumerate(known)]
    near = sorted((row for row in rated if row[0] >= _NEAR), key=lambda row: (-row[0], row[1]))
    return tuple(each for _, _, each in near[:_FEW])
