"""The window, used by keyboard and mouse, on a mirror without a network."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.domain.events.event import Listing
from app.domain.wording import local_data_texts
from app.models.workspace import Workspace
from app.views.accounts.sign_in_dialog import SignInDialog
from app.views.events.add_event_dialog import AddEventDialog
from app.views.participants.export_dialog import ExportDialog
from tests.support.window_kit import (
    Show,
    add_account,
    add_event,
    child,
    crowd,
    dialog_gone,
    names_shown,
    press,
    registration,
    seen,
    settled,
    shown_dialog,
    store_people,
    wiki_facts,
)


def test_first_start_welcomes_and_leads_to_the_sign_in(qtbot: QtBot, show_window: Show) -> None:
    window = show_window()
    button = child(window, QPushButton, "welcomeButton")
    assert button.isVisible()
    assert QApplication.focusWidget() is button
    assert not window.sync_bar.isVisible()
    press(qtbot, button, "Return")
    asked = shown_dialog(qtbot, window, SignInDialog)
    press(qtbot, asked, "Esc")
    dialog_gone(qtbot, window, SignInDialog)
    for keys in ("F5", "Shift+F5", "Ctrl+E", "Esc", "Ctrl+F", "Ctrl+2"):
        press(qtbot, window, keys)
    press(qtbot, window, "Ctrl+Shift+A")
    shown_dialog(qtbot, window, SignInDialog)


def test_a_start_without_a_network_shows_everything(
    qtbot: QtBot, show_window: Show, events: list[int]
) -> None:
    window = show_window()
    settled(qtbot, window)
    assert window.event_pane.event_key == events[0]
    assert len(names_shown(window)) == 200
    window.event_list.choose(events[2])
    settled(qtbot, window)
    assert child(window, QLabel, "eventTitle").text() == "Long ago"
    assert child(window, QPushButton, "participantsEmptyButton").isVisible()


def test_invalid_settings_are_ignored(
    qtbot: QtBot, show_window: Show, workspace: Workspace, events: list[int]
) -> None:
    lines = ["[window]", "geometry=oops", "splitter=1", "tab=many", "event=-5", "[participants]", "header=x"]
    (workspace.mirror.folder / "window.ini").write_text("\n".join(lines))
    window = show_window()
    settled(qtbot, window)
    assert window.event_pane.event_key == events[0]


def test_tabs_by_keyboard_take_the_focus(qtbot: QtBot, show_window: Show, events: list[int]) -> None:
    window = show_window()
    settled(qtbot, window)
    assert events
    pane = window.event_pane
    for keys, tab in (
        ("Ctrl+1", pane.overview),
        ("Ctrl+4", pane.demographics),
        ("Ctrl+2", pane.participants.table),
    ):
        press(qtbot, window, keys)
        assert QApplication.focusWidget() is tab
    settled(qtbot, window)


def test_the_filter_of_events(qtbot: QtBot, show_window: Show, events: list[int]) -> None:
    window = show_window()
    settled(qtbot, window)
    press(qtbot, window, "Ctrl+Shift+F")
    search = child(window, QLineEdit, "eventFilter")
    assert QApplication.focusWidget() is search
    qtbot.keyClicks(search, "nothing")
    assert child(window, QPushButton, "eventsEmptyButton").text() == "Show all events"
    assert window.event_pane.event_key == events[0]
    press(qtbot, search, "Esc")
    qtbot.keyClicks(search, "ago")
    press(qtbot, search, "Return")
    assert window.event_pane.event_key == events[2]
    assert QApplication.focusWidget() is window.event_list.view
    window.event_list.choose(events[1])
    assert search.text() == ""
    assert window.event_pane.event_key == events[1]


def test_removing_an_event_asks_and_selects_its_neighbour(
    qtbot: QtBot, show_window: Show, workspace: Workspace, events: list[int]
) -> None:
    window = show_window()
    settled(qtbot, window)
    view = window.event_list.view
    view.setFocus()
    press(qtbot, view, "Del")
    asked = shown_dialog(qtbot, window, QMessageBox)
    press(qtbot, asked, "Return")
    dialog_gone(qtbot, window, QMessageBox)
    assert workspace.find_event(events[0])
    press(qtbot, view, "Del")
    asked = shown_dialog(qtbot, window, QMessageBox)
    qtbot.mouseClick(child(window, QPushButton, "askRemoveAccept"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace.find_event(events[0]) is None)
    assert window.event_pane.event_key == events[1]
    settled(qtbot, window)
    again = add_event(workspace, workspace.accounts[0].key, registration(1, "Tomorrow", days=1))
    window.event_list.choose(again)
    assert window.event_pane.event_key == again
    settled(qtbot, window)


def test_signing_out_asks_and_shows_the_welcome_page(
    qtbot: QtBot, show_window: Show, workspace: Workspace, events: list[int]
) -> None:
    window = show_window()
    settled(qtbot, window)
    assert events
    out = child(window, QAction, f"signOut{workspace.accounts[0].key}")
    out.trigger()
    shown_dialog(qtbot, window, QMessageBox)
    qtbot.mouseClick(child(window, QPushButton, "askSignOutAccept"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not workspace.accounts)
    assert child(window, QPushButton, "welcomeButton").isVisible()
    assert window.event_pane.event_key is None
    settled(qtbot, window)


def test_the_list_of_events_keeps_its_scroll_position(
    qtbot: QtBot, show_window: Show, workspace: Workspace
) -> None:
    account = add_account(workspace)
    keys = [add_event(workspace, account, registration(n, f"Event {n}", days=n)) for n in range(1, 41)]
    window = show_window()
    settled(qtbot, window)
    view = window.event_list.view
    window.event_list.choose(keys[30])
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    assert place > 0
    add_event(workspace, account, registration(99, "Much later", days=300))
    assert bar.value() == place
    assert window.event_pane.event_key == keys[30]
    assert view.currentIndex().data() == "Event 31"
    settled(qtbot, window)


def test_a_tab_is_filled_once_for_each_reload(
    qtbot: QtBot, show_window: Show, workspace: Workspace, events: list[int]
) -> None:
    window = show_window()
    settled(qtbot, window)
    filled: list[object] = []
    window.event_pane.participants.model.found_changed.connect(lambda: filled.append(1))
    store_people(workspace, events[0], crowd(210))
    workspace.reload(events[0])
    settled(qtbot, window)
    assert len(filled) == 1


def test_export_and_add_by_keyboard(qtbot: QtBot, show_window: Show, events: list[int]) -> None:
    window = show_window()
    settled(qtbot, window)
    assert events
    for keys, kind in (
        ("Ctrl+E", ExportDialog),
        ("Ctrl+Shift+A", AddEventDialog),
        ("Ctrl+Shift+N", SignInDialog),
    ):
        press(qtbot, window, keys)
        opened = shown_dialog(qtbot, window, kind)
        press(qtbot, opened, "Esc")
        dialog_gone(qtbot, window, kind)


def test_missing_rights_of_the_account_are_shown(
    qtbot: QtBot, show_window: Show, workspace: Workspace
) -> None:
    add_account(workspace, wiki_facts(name="Small & <b>Wiki</b>"), rights=frozenset())
    window = show_window()
    assert "organizer rights" in window.account_banner.text
    assert window.account_banner.isVisible()
    submenu = child(window, QMenu, f"account{workspace.accounts[0].key}")
    assert seen(submenu.title()) == "Amara – Small && <b>Wiki</b>"
    qtbot.mouseClick(child(window, QToolButton, "accountBannerClose"), Qt.MouseButton.LeftButton)
    assert not window.account_banner.isVisible()


def test_an_event_that_was_deleted_or_unlisted_says_so(
    qtbot: QtBot, show_window: Show, workspace: Workspace
) -> None:
    account = add_account(workspace)
    gone = add_event(workspace, account, registration(1), Listing.DELETED)
    unlisted = add_event(workspace, account, registration(2), Listing.NO_LONGER_LISTED)
    window = show_window()
    for key, words in ((gone, "deleted on the wiki"), (unlisted, "no longer lists")):
        window.event_list.choose(key)
        assert words in child(window, QLabel, "eventBannerText").text()
    settled(qtbot, window)


def test_data_that_cannot_be_read_is_reported(
    qtbot: QtBot, show_window: Show, workspace: Workspace, events: list[int]
) -> None:
    window = show_window()
    settled(qtbot, window)
    assert events
    workspace.reading_failed.emit("The data is damaged.")
    assert window.banner.text == "The data is damaged."
    workspace.jobs.bug_found.emit()
    assert window.banner.text == local_data_texts.bug()
    press(qtbot, window, "Ctrl+1")
    about = child(window, QAction, "about")
    about.trigger()
    box = shown_dialog(qtbot, window, QMessageBox)
    press(qtbot, box, "Esc")
    dialog_gone(qtbot, window, QMessageBox)


def test_demographics_show_charts_and_tables(qtbot: QtBot, show_window: Show, events: list[int]) -> None:
    window = show_window()
    press(qtbot, window, "Ctrl+4")
    tab = window.event_pane.demographics
    qtbot.waitUntil(lambda: bool(tab.findChildren(QLabel)) or bool(tab.widget()))
    settled(qtbot, window)
    assert [
        view.objectName() for view in tab.findChildren(type(window.event_pane.participants.table).__mro__[1])
    ] == [
        "questionTable4",
        "questionTable5",
    ]
    window.event_list.choose(events[2])
    settled(qtbot, window)
    assert tab.widget().objectName() == "demographicsEmpty"
    window.event_list.choose(events[1])
    settled(qtbot, window)
    assert any("Fewer than 10" in label.text() for label in tab.findChildren(QLabel))
