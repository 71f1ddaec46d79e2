"""This room's tests have a plant whose people can sign in, and a folder for files."""

from pathlib import Path

import pytest

from tests.factories.hazards import Plant, plant_of
from tests.fixtures.actors import World
from webapp.platform import storage


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """An empty file store."""
    folder = tmp_path / "files"
    storage.configure(folder)
    return folder


@pytest.fixture
def plant(world: World) -> Plant:
    """The enterprise of the signed-in people."""
    return plant_of(world)
