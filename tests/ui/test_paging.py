import pytest
from flask import Flask

from webapp.platform.paging import Page, PageRequest
from webapp.ui.paging import page_links, page_url, page_window, url_with


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (3, 50, [1, 2, 3, 4, None, 50]),
        (25, 50, [1, None, 24, 25, 26, None, 50]),
        (50, 50, [1, None, 49, 50]),
        (4, 50, [1, 2, 3, 4, 5, None, 50]),
    ],
)
def test_a_gap_never_stands_for_one_page(number, pages, shown):
    assert page_window(number, pages) == shown


def test_turning_a_page_keeps_every_filter(look: Flask):
    with look.test_request_context("/risks?level=major&level=low&page=2"):
        assert page_url(3) == "/risks?level=major&level=low&page=3"
        assert url_with(level=None, page=None) == "/risks"


def test_the_first_page_has_no_way_back():
    links = page_links(Page([1], total=41, request=PageRequest(1)), lambda page: f"?page={page}")

    assert (links.previous, links.next) == ("", "?page=2")
    assert [link.href for link in links.pages] == ["?page=1", "?page=2", "?page=3"]
