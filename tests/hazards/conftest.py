"""Files of this room's tests go to a folder of their own."""

from pathlib import Path

import pytest

from webapp.platform import storage


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """An empty file store."""
    folder = tmp_path / "files"
    storage.configure(folder)
    return folder
