"""The card beside the table shows who is chosen, and nobody is acted on who was not clicked or marked."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.window.main_window import MainWindow
from tests.support.window_kit import Show, child, names_shown, person, seen, settled, store_people

LEFT = Qt.MouseButton.LeftButton


def shown_on_card(window: MainWindow) -> dict[str, str]:
    """Return the texts of the card by the names of their labels."""
    labels = window.event_pane.participants.card.widget().findChildren(QLabel)
    return {one.objectName(): seen(one.text()) for one in labels if one.objectName()}


def click(qtbot: QtBot, window: MainWindow, row: int, held: Qt.KeyboardModifier | None = None) -> None:
    table = window.event_pane.participants.table
    place = table.visualRect(table.model().index(row, 0)).center()
    qtbot.mouseClick(table.viewport(), LEFT, held or Qt.KeyboardModifier.NoModifier, place)


def search(qtbot: QtBot, window: MainWindow, text: str) -> None:
    field = child(window, QLineEdit, "participantSearch")
    field.clear()
    qtbot.keyClicks(field, text)
    settled(qtbot, window)


def may_remove(window: MainWindow) -> bool:
    return child(window, QAction, "removePeople").isEnabled()


def test_the_card_shows_totals_until_somebody_is_chosen(
    qtbot: QtBot, show_window: Show, events: list[int]
) -> None:
    window = show_window()
    settled(qtbot, window)
    assert events
    assert shown_on_card(window)["peopleTotal"] == "200 participants"
    click(qtbot, window, 2)
    assert shown_on_card(window)["personName"] == names_shown(window)[2]
    window.event_pane.participants.table.clearSelection()
    assert shown_on_card(window)["peopleTotal"] == "200 participants"


def test_a_selection_shows_its_number_and_what_can_be_done(
    qtbot: QtBot, show_window: Show, events: list[int]
) -> None:
    window = show_window()
    settled(qtbot, window)
    assert events
    click(qtbot, window, 1)
    click(qtbot, window, 3, Qt.KeyboardModifier.ShiftModifier)
    assert shown_on_card(window) == {"chosenCount": "3 participants chosen"}
    copy = child(window, QToolButton, "card-copyNames")
    qtbot.mouseClick(copy, LEFT)
    assert QGuiApplication.clipboard().text().split("\n") == [seen(name) for name in names_shown(window)[1:4]]
    assert child(window, QToolButton, "card-emailPeople").text() == "E-mail participants"
    assert child(window, QToolButton, "card-removePeople")


def test_a_filter_that_hides_the_chosen_person_empties_the_card(
    qtbot: QtBot, show_window: Show, events: list[int]
) -> None:
    window = show_window()
    window.event_list.choose(events[1])
    settled(qtbot, window)
    click(qtbot, window, names_shown(window).index("Zoë"))
    search(qtbot, window, "å")
    assert "Zoë" not in shown_on_card(window).values()
    assert window.event_pane.participants.table.chosen_ids() == []
    assert not may_remove(window)


def test_a_single_hit_fills_the_card_and_is_not_chosen(
    qtbot: QtBot, show_window: Show, events: list[int]
) -> None:
    window = show_window()
    window.event_list.choose(events[1])
    settled(qtbot, window)
    search(qtbot, window, "zo")
    assert shown_on_card(window)["personName"] == "Zoë"
    assert child(window, QLabel, "onlyHit").isVisible()
    assert window.event_pane.participants.table.chosen_ids() == []
    assert not may_remove(window)
    click(qtbot, window, 0)
    assert "onlyHit" not in shown_on_card(window)


def test_after_a_removal_the_card_shows_no_neighbour(
    qtbot: QtBot, show_window: Show, events: list[int], workspace: Workspace
) -> None:
    window = show_window()
    window.event_list.choose(events[1])
    settled(qtbot, window)
    click(qtbot, window, names_shown(window).index("Amara"))
    store_people(workspace, events[1], [person(1, "Zoë"), person(2, "Åsa")])
    workspace.reload(events[1])
    settled(qtbot, window)
    assert sorted(names_shown(window)) == ["Zoë", "Åsa"]
    assert shown_on_card(window)["peopleTotal"] == "2 participants"
    assert window.event_pane.participants.table.chosen_ids() == []


def test_a_name_is_copied_bare_from_the_menu_and_the_card(
    qtbot: QtBot, show_window: Show, events: list[int], workspace: Workspace
) -> None:
    store_people(workspace, events[1], [person(1, "محمد (علي)")])
    workspace.reload(events[1])
    window = show_window()
    window.event_list.choose(events[1])
    settled(qtbot, window)
    click(qtbot, window, 0)
    table = window.event_pane.participants.table
    table.customContextMenuRequested.emit(table.visualRect(table.model().index(0, 0)).center())
    menu = child(window, QMenu, "rowMenu")
    next(one for one in menu.actions() if one.objectName() == "copyNames").trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == "محمد (علي)"
    QGuiApplication.clipboard().clear()
    qtbot.mouseClick(child(window, QToolButton, "card-copyNames"), LEFT)
    assert QGuiApplication.clipboard().text() == "محمد (علي)"
