"""A workspace on an encrypted mirror, the window on it, and links that are recorded instead of opened."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.window.main_window import MainWindow
from tests.support.window_kit import Links, close_window, open_window, open_workspace

#: A warning that the offscreen platform prints for every window.
_NO_SCREEN = "This plugin does not support "


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore(_NO_SCREEN, extend=True))


@pytest.fixture
def workspace(qtbot: QtBot, tmp_path: Path) -> Iterator[Workspace]:
    assert qtbot
    with open_workspace(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def show_window(qtbot: QtBot, workspace: Workspace) -> Iterator[Callable[[], MainWindow]]:
    """Return a function that opens the window on the current workspace."""
    opened: list[MainWindow] = []

    def show() -> MainWindow:
        opened.append(open_window(qtbot, workspace))
        return opened[-1]

    yield show
    for window in opened:
        close_window(window)


@pytest.fixture
def links(qtbot: QtBot) -> Iterator[Links]:
    assert qtbot
    taken = Links()
    for scheme in ("http", "https"):
        QDesktopServices.setUrlHandler(scheme, taken, "open")
    yield taken
    for scheme in ("http", "https"):
        QDesktopServices.unsetUrlHandler(scheme)
