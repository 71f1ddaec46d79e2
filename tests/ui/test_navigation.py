import pytest
from flask import Flask

from webapp.ui.navigation import Audience, NavigationItem, menu, offer


@pytest.fixture
def house() -> Flask:
    app = Flask("house")
    for endpoint in ("today", "hazards", "hazards_overdue", "score"):
        app.add_url_rule(f"/{endpoint}", endpoint, lambda: "")
    return app


def item(label: str, endpoint: str, order: int, **more) -> NavigationItem:
    values = {"permission": None, "audience": Audience.ENTERPRISE} | more
    return NavigationItem(label, "gauge", endpoint, order=order, **values)


def entries(
    app: Flask,
    *,
    endpoint: str | None = None,
    may=lambda permission: True,
    audience=Audience.ENTERPRISE,
):
    with app.test_request_context():
        return menu(app, audience, may, endpoint)


def test_entries_stand_in_their_order_whoever_offered_them_first(house):
    offer(house, item("得分", "score", 30))
    offer(house, item("今天", "today", 10))

    assert [entry.label for entry in entries(house)] == ["今天", "得分"]
    assert entries(house)[0].url == "/today"


def test_nobody_sees_an_entry_that_the_permissions_refuse(house):
    offer(house, item("今天", "today", 10))
    offer(house, item("得分", "score", 30, permission="score.see"))

    assert [entry.label for entry in entries(house, may=lambda permission: False)] == ["今天"]


def test_an_audience_has_a_menu_of_its_own(house):
    offer(house, item("今天", "today", 10))

    assert entries(house, audience=Audience.AGENCY) == []


def test_the_nearest_entry_is_lit_also_on_pages_below_it(house):
    offer(house, item("隐患", "hazards", 10))
    offer(house, item("逾期", "hazards_overdue", 20, sections=("late_",)))

    def lit(endpoint: str) -> list[str]:
        return [entry.label for entry in entries(house, endpoint=endpoint) if entry.current]

    assert lit("hazards_detail") == ["隐患"]
    assert lit("hazards_overdue") == ["逾期"]
    assert lit("late_letter") == ["逾期"]
    assert lit("elsewhere") == []


def test_a_count_is_asked_for_each_time(house):
    numbers = iter((9, 8))
    offer(house, item("今天", "today", 10, count=lambda: next(numbers)))

    assert [entries(house)[0].count, entries(house)[0].count] == [9, 8]
