"""A workspace on an encrypted mirror in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from tests.support.window_kit import open_workspace


@pytest.fixture
def workspace(qtbot: QtBot, tmp_path: Path) -> Iterator[Workspace]:
    assert qtbot
    with open_workspace(tmp_path / "data") as opened:
        yield opened
