"""A workspace on an encrypted mirror, the window on it, and links that are recorded instead of opened."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.window.main_window import MainWindow
from tests.support.window_kit import (
    Links,
    add_account,
    add_event,
    close_window,
    crowd,
    open_window,
    open_workspace,
    person,
    registration,
    store_people,
)

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


@pytest.fixture
def events(workspace: Workspace) -> list[int]:
    """Return three events: tomorrow with 200 people, later with three, and one of long ago with nobody."""
    account = add_account(workspace)
    tomorrow = add_event(workspace, account, registration(1, "Tomorrow", days=1))
    later = add_event(workspace, account, registration(2, "Later", days=9))
    past = add_event(workspace, account, registration(3, "Long ago", days=-90))
    store_people(workspace, tomorrow, crowd(200))
    store_people(workspace, later, [person(1, "Zoë"), person(2, "Åsa"), person(5, "Amara")])
    workspace.reload()
    return [tomorrow, later, past]
