"""The participants of an event in the window: search, filters, columns, copying."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.domain import times
from app.domain.changes.operations import CreateEvent
from app.models.workspace import Workspace
from app.views.events.figure_card import FigureCard
from app.views.window.event_pane import EventTab
from tests.support.organizing_window import NEW, queue
from tests.support.table_columns import Column
from tests.support.window_kit import (
    Links,
    Show,
    child,
    close_window,
    crowd,
    names_shown,
    open_window,
    person,
    press,
    settled,
    store_people,
)


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
    everybody, private = child(window, QToolButton, "chip-all"), child(window, QToolButton, "chip-private")
    assert private.text() == "Private 40"
    qtbot.mouseClick(private, Qt.MouseButton.LeftButton)
    assert len(names_shown(window)) == 40
    assert not everybody.isChecked()
    qtbot.mouseClick(child(window, QToolButton, "chip-with-email"), Qt.MouseButton.LeftButton)
    few = len(names_shown(window))
    assert 0 < few < 40
    qtbot.keyClicks(window.event_pane.participants.search, "zzzz")
    out = child(window, QPushButton, "participantsEmptyButton")
    assert out.isVisible()
    qtbot.mouseClick(out, Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    assert len(names_shown(window)) == 200
    assert everybody.isChecked()
    assert not private.isChecked()


def test_another_event_begins_without_filters(qtbot: QtBot, show_window: Show, events: list[int]) -> None:
    window = show_window()
    settled(qtbot, window)
    qtbot.keyClicks(window.event_pane.participants.search, "person")
    qtbot.mouseClick(child(window, QToolButton, "chip-private"), Qt.MouseButton.LeftButton)
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
    press(qtbot, window, "Ctrl+4")
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
        assert again.event_pane.tabs.currentIndex() == 3
        assert again.event_pane.event_key == events[1]
        assert (again.width(), again.height()) == (790, 690)
        assert again._splitter.sizes() == sizes
    finally:
        close_window(again)


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
    assert texts == ["Open user page", "Copy", "Copy name", "E-mail participants…", "Remove participants…"]
    menu.close()


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


def test_new_people_are_shown_by_their_chip(
    qtbot: QtBot, workspace: Workspace, show_window: Show, events: list[int]
) -> None:
    newest = person(501, "Newest", registered_at=times.now() - 60, private=False)
    store_people(workspace, events[0], [*crowd(30), newest])
    workspace.reload()
    window = show_window()
    settled(qtbot, window)
    chip = child(window, QToolButton, "chip-new")
    assert chip.text() == "New 1"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    assert names_shown(window) == ["Newest"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    assert len(names_shown(window)) == 31


def test_opposite_chips_exclude_each_other(qtbot: QtBot, show_window: Show, events: list[int]) -> None:
    window = show_window()
    settled(qtbot, window)
    assert events
    public, private = child(window, QToolButton, "chip-public"), child(window, QToolButton, "chip-private")
    qtbot.mouseClick(private, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(public, Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    assert (public.isChecked(), private.isChecked()) == (True, False)
    assert len(names_shown(window)) == 160


def test_a_figure_of_the_overview_shows_its_people(
    qtbot: QtBot, show_window: Show, events: list[int]
) -> None:
    window = show_window()
    window.event_pane.go_to(0)
    settled(qtbot, window)
    assert events
    figure = child(window, FigureCard, "figure-private")
    assert (figure.number, figure.note) == ("40", "20 %")
    figure.setFocus()
    press(qtbot, figure, "Space")
    settled(qtbot, window)
    assert window.event_pane.tabs.currentIndex() == 1
    assert len(names_shown(window)) == 40


def test_an_event_without_people_shows_no_figure_of_another(
    qtbot: QtBot, show_window: Show, events: list[int]
) -> None:
    window = show_window()
    window.event_pane.go_to(EventTab.OVERVIEW)
    settled(qtbot, window)
    assert events
    assert child(window, FigureCard, "figure-all").isVisible()
    change = queue(qtbot, window, 0, CreateEvent(NEW, "Text"))
    window.event_list.choose_new(change)
    settled(qtbot, window)
    assert (window.event_pane.event_key or 0) < 0
    assert not [card for card in window.findChildren(FigureCard) if card.isVisible()]
