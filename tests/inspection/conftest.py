from pathlib import Path

import pytest
from flask import Flask

from tests.fixtures.actors import World, make_world
from webapp.documents import fonts
from webapp.platform.schema import load_models


@pytest.fixture(scope="session", autouse=True)
def _faces(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Unpack the faces where the workers of one run share them."""
    shared: Path = tmp_path_factory.getbasetemp().parent / "faces"
    fonts.prepare(shared)


@pytest.fixture
def world(app: Flask, db: str) -> World:
    """A world of this test's own, in the whole product: every room listens to its events."""
    load_models()
    return make_world()
