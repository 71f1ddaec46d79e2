from pathlib import Path

import pytest

from webapp.documents import fonts


@pytest.fixture(scope="session", autouse=True)
def _faces(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Unpack the faces where the workers of one run share them."""
    shared: Path = tmp_path_factory.getbasetemp().parent / "faces"
    fonts.prepare(shared)
