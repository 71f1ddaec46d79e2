"""A city of the journey's own, served as operators serve it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.fixtures.books import assert_the_books_hold
from tests.fixtures.server import served
from tests.journeys.cast import City, found_agencies


@pytest.fixture
def city(own_database: str, tmp_path: Path, chromium: Browser) -> Iterator[City]:
    """Two agencies with their officers and nothing else, before a running server.

    When a story is told, its chains and its counters must hold.
    """
    found_agencies()
    with served(own_database, tmp_path) as server:
        city = City(server, chromium)
        yield city
        city.close()
    if not city.is_filled_by_hand:
        assert_the_books_hold()
