"""An event with people in many scripts, and its desk."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.domain.desk.open_desk import OpenDesk
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.views.desk.check_in.desk_window import DeskWindow
from tests.support.desk_kit import PEOPLE
from tests.support.window_kit import add_account, add_event, registration, store_people


@pytest.fixture
def event_key(workspace: Workspace) -> int:
    key = add_event(workspace, add_account(workspace), registration(1, "Heritage weekend", days=0.01))
    store_people(workspace, key, PEOPLE)
    workspace.reload()
    return key


@pytest.fixture
def open_desk(qtbot: QtBot, workspace: Workspace, event_key: int) -> Iterator[Callable[..., DeskWindow]]:
    """Return a function that opens the desk of the event, and of others."""
    opened: list[DeskWindow] = []
    sync = SyncControl(workspace)

    def open_it(*others: int, **settings: object) -> DeskWindow:
        window = DeskWindow(workspace, sync, OpenDesk((event_key, *others), **settings))
        opened.append(window)
        window.control.remember(window.control.desk)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.control.ready)
        return window

    yield open_it
    for window in opened:
        window._leaving = True
        window.close()
