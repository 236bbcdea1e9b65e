"""The list of events keeps its choice, and the keyboard passes over its headings."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.models.events.events_model import EventRole
from app.models.workspace import Workspace
from tests.support.window_kit import Show, add_account, add_event, child, press, registration, settled


@pytest.fixture
def many(workspace: Workspace) -> list[int]:
    """Return events that are over, running and to come, so that there are three headings."""
    account = add_account(workspace)
    days = (-90, -60, -0.01, 3, 9)
    keys = [
        add_event(workspace, account, registration(n, f"Event {n}", days=day))
        for n, day in enumerate(days, 1)
    ]
    workspace.reload()
    return keys


def test_arrows_home_and_end_pass_over_headings(qtbot: QtBot, show_window: Show, many: list[int]) -> None:
    window = show_window()
    view = window.event_list.view
    window.event_list.focus_list()
    press(qtbot, view, "Home")
    first = view.currentIndex().data(EventRole.KEY)
    passed = [first]
    for _ in range(len(many) + 2):
        press(qtbot, view, "Down")
        passed.append(view.currentIndex().data(EventRole.KEY))
    assert None not in passed
    assert list(dict.fromkeys(passed)) == passed[: len(many)]
    assert set(passed) == set(many)
    back = []
    for _ in range(len(many) + 1):
        press(qtbot, view, "Up")
        back.append(view.currentIndex().data(EventRole.KEY))
    assert None not in back
    assert back[-1] == first
    press(qtbot, view, "End")
    assert view.currentIndex().data(EventRole.KEY) == passed[-1]
    for key in ("PgUp", "PgDown", "PgUp", "Home"):
        press(qtbot, view, key)
        assert view.currentIndex().data(EventRole.KEY) is not None
    assert view.currentIndex().data(EventRole.KEY) == first


def test_esc_in_the_search_brings_the_highlight_back(
    qtbot: QtBot, show_window: Show, many: list[int]
) -> None:
    window = show_window()
    window.event_list.choose(many[3])
    search, view = child(window, QLineEdit, "eventFilter"), window.event_list.view
    search.setFocus()
    qtbot.keyClicks(search, "Event 1")
    settled(qtbot, window)
    assert window.event_pane.event_key == many[3]
    press(qtbot, search, "Esc")
    assert search.text() == ""
    assert [index.data(EventRole.KEY) for index in view.selectedIndexes()] == [many[3]]
    assert view.currentIndex().data(EventRole.KEY) == many[3]
    assert window.event_pane.event_key == many[3]
