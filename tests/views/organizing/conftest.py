"""An event to organize, and the window with sending switched off."""

import pytest
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.window.main_window import MainWindow
from tests.support.organizing_dialogs import PEOPLE
from tests.support.organizing_window import ME
from tests.support.window_kit import (
    ORGANIZER_RIGHTS,
    Show,
    add_account,
    add_event,
    person,
    registration,
    settled,
    store_people,
)


@pytest.fixture
def meetup(workspace: Workspace) -> int:
    """Return an event of Amara's with five people."""
    account = add_account(workspace, rights=ORGANIZER_RIGHTS)
    key = add_event(workspace, account, registration(1, "Meetup"), organizers=ME)
    store_people(
        workspace, key, [person(n, name) for n, name in enumerate(("Zoë", "Åsa", "Bo", "Cem", "Dao"), 1)]
    )
    workspace.reload()
    return key


@pytest.fixture
def show_without_sending(qtbot: QtBot, show_window: Show) -> Show:
    """Return a function that opens a window that sends nothing automatically."""

    def show() -> MainWindow:
        window = show_window()
        window.sync._soon.setInterval(3_600_000)
        settled(qtbot, window)
        return window

    return show


@pytest.fixture
def linked_meetup(workspace: Workspace) -> int:
    """Return an event with a chat link, and people who can be reached by e-mail or not."""
    account = add_account(workspace, rights=ORGANIZER_RIGHTS)
    key = add_event(workspace, account, registration(1, "Meetup", chat_url="https://old"), organizers=ME)
    store_people(workspace, key, PEOPLE)
    workspace.reload()
    return key


@pytest.fixture
def window(show_without_sending: Show, linked_meetup: int) -> MainWindow:
    """Return a window on the event that sends nothing automatically."""
    shown = show_without_sending()
    assert shown.event_pane.event_key == linked_meetup
    return shown
