"""The window, used by keyboard and mouse, on a mirror without a network."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from app.domain.events.event import Listing
from app.models.workspace import Workspace
from app.views.accounts.sign_in_dialog import SignInDialog
from app.views.events.add_event_dialog import AddEventDialog
from app.views.participants.export_dialog import ExportDialog
from app.views.window.main_window import MainWindow
from tests.support.table_columns import Column
from tests.support.window_kit import (
    Links,
    add_account,
    add_event,
    child,
    close_window,
    crowd,
    open_window,
    person,
    press,
    registration,
    seen,
    store_people,
    wiki_facts,
)

Show = Callable[[], MainWindow]


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


def settled(qtbot: QtBot, window: MainWindow) -> None:
    jobs = window._workspace.jobs
    qtbot.waitUntil(lambda: not jobs.running)
    loops = iter(range(3))
    model = window.event_pane.participants.model
    qtbot.waitUntil(lambda: next(loops, None) is None and not model.gathering)


def names_shown(window: MainWindow) -> list[str]:
    model = window.event_pane.participants.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def dialog(qtbot: QtBot, window: MainWindow, kind: type) -> object:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)))
    return next(one for one in window.findChildren(kind) if one.isVisible())


def gone(qtbot: QtBot, window: MainWindow, kind: type) -> None:
    """Wait until a dialog is deleted and the window has the focus again."""
    qtbot.waitUntil(lambda: not window.findChildren(kind))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_first_start_welcomes_and_leads_to_the_sign_in(qtbot: QtBot, show_window: Show) -> None:
    window = show_window()
    button = child(window, QPushButton, "welcomeButton")
    assert button.isVisible()
    assert QApplication.focusWidget() is button
    assert not window.sync_bar.isVisible()
    press(qtbot, button, "Return")
    asked = dialog(qtbot, window, SignInDialog)
    press(qtbot, asked, "Esc")
    gone(qtbot, window, SignInDialog)
    for keys in ("F5", "Shift+F5", "Ctrl+E", "Esc", "Ctrl+F", "Ctrl+2"):
        press(qtbot, window, keys)
    press(qtbot, window, "Ctrl+Shift+A")
    dialog(qtbot, window, SignInDialog)


def test_a_start_without_a_network_shows_everything(
    qtbot: QtBot, show_window: Show, events: list[int]
) -> None:
    window = show_window()
    settled(qtbot, window)
    assert window.event_pane.event_key == events[0]
    assert len(names_shown(window)) == 200
    assert "Not synced yet" in window.sync_bar.text
    window.event_list.choose(events[2])
    settled(qtbot, window)
    assert child(window, QLabel, "eventTitle").text() == "Long ago"
    assert child(window, QPushButton, "participantsEmptyButton").isVisible()


def test_search_by_keyboard(qtbot: QtBot, show_window: Show, events: list[int], links: Links) -> None:
    window = show_window()
    window.event_list.choose(events[1])
    settled(qtbot, window)
    press(qtbot, window, "Ctrl+1")
    press(qtbot, window, "Ctrl+F")
    search = window.event_pane.participants.search
    assert QApplication.focusWidget() is search
    assert window.event_pane.tabs.currentIndex() == 1
    qtbot.keyClicks(search, "asa")
    assert names_shown(window) == ["Åsa"]
    assert child(window, QLabel, "participantCount").text() == "1 of 3"
    press(qtbot, search, "Return")
    table = window.event_pane.participants.table
    assert QApplication.focusWidget() is table
    press(qtbot, table, "Return")
    assert links.opened == ["https://wiki.example.org/w/index.php?title=User:%C3%85sa"]
    press(qtbot, window, "Ctrl+F")
    press(qtbot, search, "Esc")
    assert search.text() == ""
    assert len(names_shown(window)) == 3
    press(qtbot, search, "Down")
    assert QApplication.focusWidget() is table
    assert child(window, QLabel, "personName").text() == "Åsa"


def test_filters_can_be_cleared(qtbot: QtBot, show_window: Show, events: list[int]) -> None:
    window = show_window()
    settled(qtbot, window)
    assert events
    private, email = child(window, QComboBox, "filterPrivate"), child(window, QComboBox, "filterEmail")
    private.setCurrentIndex(2)
    assert len(names_shown(window)) == 40
    email.setCurrentIndex(1)
    few = len(names_shown(window))
    assert 0 < few < 40
    qtbot.keyClicks(window.event_pane.participants.search, "zzzz")
    out = child(window, QPushButton, "participantsEmptyButton")
    assert out.isVisible()
    qtbot.mouseClick(out, Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    assert len(names_shown(window)) == 200
    assert private.currentIndex() == email.currentIndex() == 0


def test_another_event_begins_without_filters(qtbot: QtBot, show_window: Show, events: list[int]) -> None:
    window = show_window()
    settled(qtbot, window)
    qtbot.keyClicks(window.event_pane.participants.search, "person")
    child(window, QComboBox, "filterPrivate").setCurrentIndex(2)
    window.event_list.choose(events[1])
    settled(qtbot, window)
    assert window.event_pane.participants.search.text() == ""
    assert names_shown(window) == ["Amara", "Åsa", "Zoë"]
    assert child(window, QLabel, "personHint").isVisible()


def test_columns_are_chosen_and_remembered(qtbot: QtBot, workspace: Workspace, events: list[int]) -> None:
    window = open_window(qtbot, workspace)
    settled(qtbot, window)
    assert events
    button = child(window, QToolButton, "chooseColumns")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = child(window, QMenu, "columnMenu")
    assert [action.text() for action in menu.actions()] == [
        "Registered",
        "Listed as",
        "E-mail",
        "Confidence",
        "Affiliate",
    ]
    menu.actions()[1].trigger()
    menu.close()
    table = window.event_pane.participants.table
    assert table.isColumnHidden(Column.PRIVATE)
    table.setColumnWidth(Column.NAME, 333)
    table.sortByColumn(Column.REGISTERED, Qt.SortOrder.DescendingOrder)
    window.resize(790, 690)
    press(qtbot, window, "Ctrl+3")
    window.event_list.choose(events[1])
    # The event's pane shrinks as far as its font allows.
    window._splitter.setSizes([130, 656])
    settled(qtbot, window)
    sizes = window._splitter.sizes()
    close_window(window)
    again = open_window(qtbot, workspace)
    try:
        table = again.event_pane.participants.table
        assert table.isColumnHidden(Column.PRIVATE)
        assert table.columnWidth(Column.NAME) == 333
        assert table.horizontalHeader().sortIndicatorSection() == Column.REGISTERED
        assert again.event_pane.tabs.currentIndex() == 2
        assert again.event_pane.event_key == events[1]
        assert (again.width(), again.height()) == (790, 690)
        assert again._splitter.sizes() == sizes
    finally:
        close_window(again)


def test_invalid_settings_are_ignored(
    qtbot: QtBot, show_window: Show, workspace: Workspace, events: list[int]
) -> None:
    lines = ["[window]", "geometry=oops", "splitter=1", "tab=many", "event=-5", "[participants]", "header=x"]
    (workspace.mirror.folder / "window.ini").write_text("\n".join(lines))
    window = show_window()
    settled(qtbot, window)
    assert window.event_pane.event_key == events[0]


def test_rows_are_copied_as_shown(
    qtbot: QtBot, show_window: Show, workspace: Workspace, events: list[int]
) -> None:
    store_people(workspace, events[1], [person(1, "محمد"), person(2, "Åsa"), person(3, "<b>Zoë</b>")])
    workspace.reload(events[1])
    window = show_window()
    window.event_list.choose(events[1])
    settled(qtbot, window)
    table = window.event_pane.participants.table
    for column in (Column.REGISTERED, Column.CONFIDENCE, Column.AFFILIATE, Column.CAN_EMAIL):
        table.setColumnHidden(column, True)
    table.setFocus()
    press(qtbot, table, "Ctrl+A")
    press(qtbot, table, "Ctrl+C")
    assert QGuiApplication.clipboard().text().split("\n") == [
        "<b>Zoë</b>\tPublic",
        "Åsa\tPublic",
        "محمد\tPublic",
    ]
    table.customContextMenuRequested.emit(QPoint(20, 10))
    menu = child(window, QMenu, "rowMenu")
    texts = [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]
    assert texts == ["Open user page", "Copy", "E-mail participants…", "Remove participants…"]
    menu.close()


def test_tabs_by_keyboard_take_the_focus(qtbot: QtBot, show_window: Show, events: list[int]) -> None:
    window = show_window()
    settled(qtbot, window)
    assert events
    pane = window.event_pane
    for keys, tab in (
        ("Ctrl+1", pane.overview),
        ("Ctrl+3", pane.demographics),
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
    asked = dialog(qtbot, window, QMessageBox)
    press(qtbot, asked, "Return")
    gone(qtbot, window, QMessageBox)
    assert workspace.find_event(events[0])
    press(qtbot, view, "Del")
    asked = dialog(qtbot, window, QMessageBox)
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
    dialog(qtbot, window, QMessageBox)
    qtbot.mouseClick(child(window, QPushButton, "askSignOutAccept"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not workspace.accounts)
    assert child(window, QPushButton, "welcomeButton").isVisible()
    assert window.event_pane.event_key is None
    settled(qtbot, window)


def test_a_refresh_keeps_selection_and_scroll_position(
    qtbot: QtBot, show_window: Show, workspace: Workspace, events: list[int]
) -> None:
    window = show_window()
    settled(qtbot, window)
    table = window.event_pane.participants.table
    table.selectRow(150)
    table.scrollTo(table.model().index(150, 0))
    scrolled = table.verticalScrollBar().value()
    name = names_shown(window)[150]
    assert scrolled > 0
    store_people(workspace, events[0], [*crowd(200), person(900, "Zzz at the end")])
    workspace.reload(events[0])
    settled(qtbot, window)
    assert len(names_shown(window)) == 201
    assert [index.data() for index in table.selectionModel().selectedRows()] == [name]
    assert table.verticalScrollBar().value() == scrolled
    assert child(window, QLabel, "participantCount").text().startswith("201 ")
    # With this many changes the model is reset: the selection must survive.
    store_people(
        workspace, events[0], [one for one in crowd(600) if one.participant_id > 200 or one.name == name]
    )
    workspace.reload(events[0])
    settled(qtbot, window)
    assert [index.data() for index in table.selectionModel().selectedRows()] == [name]
    store_people(workspace, events[0], [one for one in crowd(600) if one.name != name])
    workspace.reload(events[0])
    settled(qtbot, window)
    assert name not in names_shown(window)
    assert (
        child(window, QLabel, "personName").text() != name if table.selectionModel().hasSelection() else True
    )


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
        opened = dialog(qtbot, window, kind)
        press(qtbot, opened, "Esc")
        gone(qtbot, window, kind)


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
    assert "Something went wrong" in window.banner.text
    press(qtbot, window, "Ctrl+1")
    about = child(window, QAction, "about")
    about.trigger()
    box = dialog(qtbot, window, QMessageBox)
    press(qtbot, box, "Esc")
    gone(qtbot, window, QMessageBox)


def test_demographics_show_charts_and_tables(qtbot: QtBot, show_window: Show, events: list[int]) -> None:
    window = show_window()
    press(qtbot, window, "Ctrl+3")
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
