"""Ctrl+K finds any event, person or action as one types."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QToolButton
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.window.finder_dialog import FinderDialog
from app.views.window.main_window import MainWindow
from app.views.window.preferences_dialog import PreferencesDialog
from tests.support.window_kit import (
    Show,
    add_account,
    add_event,
    child,
    dialog_gone,
    person,
    press,
    registration,
    seen,
    settled,
    shown_dialog,
    store_people,
)


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, show_window: Show) -> MainWindow:
    account = add_account(workspace)
    for number, name, people in ((1, "Ink & quill", ["Åsa", "Zoë <b>"]), (2, "Night walk", ["Bo Inkster"])):
        key = add_event(workspace, account, registration(number, name, days=number))
        store_people(
            workspace,
            key,
            [person(10 * number + place, who, private=False) for place, who in enumerate(people)],
        )
    workspace.reload()
    window = show_window()
    settled(qtbot, window)
    return window


@pytest.fixture
def finder(qtbot: QtBot, window: MainWindow) -> FinderDialog:
    press(qtbot, window, "Ctrl+K")
    shown = shown_dialog(qtbot, window, FinderDialog)
    settled(qtbot, window)
    return shown


def hits(finder: FinderDialog) -> list[str]:
    found = child(finder, QListWidget, "finderHits")
    return [seen(found.item(row).text()) for row in range(found.count())]


def type_into(qtbot: QtBot, finder: FinderDialog, typed: str) -> QLineEdit:
    line = child(finder, QLineEdit, "finderLine")
    line.clear()
    qtbot.keyClicks(line, typed)
    return line


def test_events_people_and_actions_are_found(qtbot: QtBot, finder: FinderDialog) -> None:
    type_into(qtbot, finder, "ink")
    assert hits(finder) == ["Ink & quill", "Bo Inkster"]
    type_into(qtbot, finder, "asa")
    assert hits(finder) == ["Åsa"]
    type_into(qtbot, finder, "prefer")
    assert hits(finder) == ["Preferences"]
    type_into(qtbot, finder, "nothing of this")
    assert hits(finder) == ["Nothing found"]


def test_enter_opens_the_person_on_their_event(
    qtbot: QtBot, window: MainWindow, finder: FinderDialog
) -> None:
    press(qtbot, type_into(qtbot, finder, "zoe"), "Return")
    settled(qtbot, window)
    assert child(window, QLabel, "eventTitle").text() == "Ink & quill"
    assert seen(child(window, QLabel, "personName").text()) == "Zoë <b>"
    assert not window.event_pane.participants.table.chosen_ids()


def test_arrows_choose_and_a_click_opens(qtbot: QtBot, window: MainWindow, finder: FinderDialog) -> None:
    line = type_into(qtbot, finder, "ink")
    press(qtbot, line, "Down")
    found = child(finder, QListWidget, "finderHits")
    assert found.currentRow() == 1
    press(qtbot, line, "Up")
    place = found.visualItemRect(found.item(0)).center()
    qtbot.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert seen(child(window, QLabel, "eventTitle").text()) == "Ink & quill"


def test_an_action_is_done(qtbot: QtBot, window: MainWindow, finder: FinderDialog) -> None:
    press(qtbot, type_into(qtbot, finder, "preferences"), "Return")
    assert shown_dialog(qtbot, window, PreferencesDialog)


def test_the_field_in_the_sidebar_opens_it_and_esc_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(child(window, QToolButton, "findAnything"), Qt.MouseButton.LeftButton)
    finder = shown_dialog(qtbot, window, FinderDialog)
    assert hits(finder)[:2] == ["Ink & quill", "Night walk"]
    press(qtbot, finder, "Esc")
    assert not finder.isVisible()


def test_people_who_came_with_a_sync_are_found_next_time(
    qtbot: QtBot, window: MainWindow, finder: FinderDialog
) -> None:
    press(qtbot, finder, "Esc")
    dialog_gone(qtbot, window, FinderDialog)
    key = window._workspace.events[0].key
    store_people(window._workspace, key, [person(30, "Yusuf", private=False)])
    window._workspace.reload(key)
    press(qtbot, window, "Ctrl+K")
    again = shown_dialog(qtbot, window, FinderDialog)
    settled(qtbot, window)
    type_into(qtbot, again, "yusuf")
    assert hits(again) == ["Yusuf"]
