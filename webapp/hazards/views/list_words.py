"""What stands around a list: choices, tabs, the filters that are on."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import request, url_for

from webapp.hazards.forms.filters import chosen
from webapp.hazards.forms.hazards import LEVELS, SOURCES, STATES
from webapp.hazards.forms.plans import FREQUENCIES
from webapp.ui.paging import url_with

Named = Sequence[tuple[UUID, str]]

_DUE = {"overdue": "已逾期", "today": "今天到期"}
_MINE = {"assigned": "由我整改", "reported": "我上报的"}
_TABS = (
    ("未销号", {"state": "open"}),
    ("已逾期", {"due": "overdue"}),
    ("待验收", {"state": "rectified"}),
    ("待复查", {"state": "reinspection"}),
    ("由我整改", {"mine": "assigned", "state": "open"}),
    ("我上报的", {"mine": "reported"}),
)


def list_words(departments: Named, points: Named, enterprise_id: UUID | None) -> dict[str, Any]:
    """Choices, tabs and present filters of the hazards' list."""
    states = [("open", "未销号"), *STATES, ("reinspection", "待复查")]
    names = _by_key(departments)
    on = chosen(
        {
            "state": dict(states),
            "level": dict(LEVELS),
            "source": dict(SOURCES),
            "department": names,
            "due": _DUE,
            "mine": _MINE,
            "point": _by_key(points),
        }
    )
    address = url_for("hazards.hazard_list", enterprise_id=enterprise_id)
    return {
        "states": states,
        "levels": LEVELS,
        "sources": SOURCES,
        "departments": list(names.items()),
        "filters": _without(on),
        "clear_href": address,
        "kept_filters": _kept("due", "mine", "point"),
        "tab_items": _tabs(enterprise_id),
    }


def plan_words(departments: Named, points: Named, enterprise_id: UUID | None) -> dict[str, Any]:
    """Choices and present filters of the plans' list."""
    names = _by_key(departments)
    on = chosen(
        {
            "department": names,
            "frequency": dict(FREQUENCIES),
            "paused": {"1": "已停用"},
            "point": _by_key(points),
        }
    )
    return {
        "departments": list(names.items()),
        "frequencies": FREQUENCIES,
        "filters": _without(on),
        "clear_href": url_for("hazards.plan_list", enterprise_id=enterprise_id),
        "kept_filters": _kept("point"),
    }


def _by_key(named: Named) -> dict[str, str]:
    return {str(key): name for key, name in named}


def _kept(*names: str) -> dict[str, str]:
    return {name: request.args[name] for name in names if request.args.get(name)}


def _args() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if name != "page" and value}


def _without(on: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"label": label, "href": url_with(**{name: None}, page=None)} for name, label in on]


def _tabs(enterprise_id: UUID | None) -> list[dict[str, Any]]:
    """The usual views; what is one's own is no view for an officer."""
    args = _args()
    shown = [tab for tab in _TABS if enterprise_id is None or "mine" not in tab[1]]
    everything = url_for("hazards.hazard_list", enterprise_id=enterprise_id)
    items: list[dict[str, Any]] = [{"label": "全部", "href": everything, "current": not args}]
    items += [
        {
            "label": label,
            "href": f"{everything}?{urlencode(query)}",
            "current": args == query,
        }
        for label, query in shown
    ]
    return items
