"""An event as a form's values, and what differs between the form and the event."""

from typing import Any

from wtforms import Field, SelectField, SelectMultipleField

from webapp.risks.forms.events import EventForm, blank_measures, text_of
from webapp.risks.queries.event_rows import AssessmentRow, EventDetail
from webapp.standards.risk_methods import RiskMethod, method

_COMPARED = (
    "point",
    "place",
    "activity",
    "step",
    "hazard_source",
    "description",
    "accident_types",
    "consequence",
    "control_level",
    "department_id",
    "owner_id",
    "remark",
)


def event_values(event: EventDetail, known: RiskMethod, *, blank: int) -> dict[str, Any]:
    """What the form shows first; factors of another method cannot be carried over."""
    row = event.row
    values: dict[str, Any] = {
        "version": row.version,
        "method": known.code,
        "point": row.point_name,
        "point_kind": event.point_kind,
        "place": event.place,
        "activity": row.activity,
        "step": row.step,
        "hazard_source": row.hazard_source,
        "description": row.description,
        "accident_types": list(row.accident_types),
        "consequence": event.consequence,
        "control_level": row.control_level.value,
        "department_id": text_of(event.department_id),
        "owner_id": text_of(event.owner_id),
        "remark": event.remark,
        "measures": [*_measures(event), *blank_measures(blank)],
        "declared": _declared(event),
    }
    return values | _factors(event.inherent, known) | _factors(event.residual, known)


def _measures(event: EventDetail) -> list[dict[str, Any]]:
    return [
        {
            "id": measure.id,
            "category": measure.category.value,
            "description": measure.description,
            "control_level": measure.control_level.value,
            "post_id": text_of(measure.post_id),
            "frequency": measure.frequency.value,
        }
        for measure in event.measures
    ]


def _factors(side: AssessmentRow | None, known: RiskMethod) -> dict[str, str]:
    if side is None or side.method != known.code:
        return {}
    return {f"{side.kind}_{code}": str(value) for code, value in side.factors.items()}


def _declared(event: EventDetail) -> list[str]:
    rule = event.residual.rule if event.residual else None
    return [rule.code] if rule else []


def differences(form: EventForm, latest: EventDetail) -> tuple[tuple[str, str, str], ...]:
    """For each field that differs: its name, what is saved now, what was typed."""
    known = method(form.code)
    saved = event_values(latest, known, blank=0)
    names = (*_COMPARED, *(name for name in saved if name.startswith(("inherent_", "residual_"))))
    found = [
        (str(form[name].label.text), _words(form[name], saved[name]), typed)
        for name in names
        if (typed := _words(form[name], form[name].data)) != _words(form[name], saved[name])
    ]
    mine = "\n".join(e.form.description.data or "" for e in form.measures).strip()
    theirs = "\n".join(measure.description for measure in latest.measures)
    if mine != theirs:
        found.append(("管控措施", theirs, mine))
    return tuple(found)


def _words(field: Field, value: Any) -> str:
    if isinstance(field, SelectMultipleField | SelectField):
        choices = field.choices if isinstance(field.choices, dict) else {}
        chosen = value if isinstance(value, list) else [value]
        return "、".join(choices[key] for key in choices if key and key in chosen)
    return str(value or "")
