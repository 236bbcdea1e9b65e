"""An organizer's tasks one after the other, in one window, on a practice wiki: nothing is set up behind it.

Also mirrored and dark here, and on small screens by tests/views/test_windows_fit.py.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QToolButton,
)

from app.views.look.appearance import Scheme
from app.views.organizing.email_dialog import EmailDialog
from app.views.organizing.event_dialog import EventDialog
from app.views.organizing.organizers_dialog import OrganizersDialog
from app.views.organizing.register_dialog import RegisterDialog
from app.views.organizing.remove_people_dialog import RemovePeopleDialog
from app.views.participants.export_dialog import ExportDialog
from app.views.window.finder_dialog import FinderDialog
from tests.support.data.event_making import event_of, names_present, organizers_of
from tests.support.organizers_walk import Walk
from tests.support.organizing_window import problem, tick
from tests.support.servers.practice_server import PracticeServer
from tests.support.window_kit import (
    LONG,
    child,
    dialog_gone,
    press,
    seen,
    settled,
    shown_dialog,
)

LEFT = Qt.MouseButton.LeftButton


def start_for_the_first_time(walk: Walk) -> None:
    button = child(walk.window, QPushButton, "welcomeButton")
    press(walk.qtbot, button, "Return")
    walk.sign_in(walk.wiki)
    assert walk.window.today.isVisible()
    assert child(walk.window, QLabel, "practicePill").isVisible()


def go_to_the_event(walk: Walk) -> None:
    press(walk.qtbot, walk.window, "Ctrl+K")
    finder = shown_dialog(walk.qtbot, walk.window, FinderDialog)
    title = event_of(walk.wiki, walk.event)["event_page"].removeprefix("Event:")
    walk.qtbot.keyClicks(child(finder, QLineEdit, "finderLine"), title)
    press(walk.qtbot, child(finder, QLineEdit, "finderLine"), "Return")
    dialog_gone(walk.qtbot, walk.window, FinderDialog)
    walk.rest()
    assert seen(child(walk.window, QLabel, "eventTitle").text()) == title


def find_and_copy_a_person(walk: Walk) -> None:
    somebody = sorted(names_present(walk.wiki, str(walk.event)))[3]
    press(walk.qtbot, walk.window, "Ctrl+F")
    search = walk.window.event_pane.participants.search
    search.setText(somebody)  # as pasted: the keys of all scripts cannot be pressed
    settled(walk.qtbot, walk.window)
    press(walk.qtbot, search, "Down")
    walk.qtbot.mouseClick(child(walk.window, QToolButton, "card-copyNames"), LEFT)
    assert QApplication.clipboard().text() == somebody
    search.setFocus()
    press(walk.qtbot, search, "Esc")


def filter_and_export(walk: Walk, folder: Path) -> None:
    chip = child(walk.window, QToolButton, "chip-with-email")
    walk.qtbot.waitUntil(chip.isVisible)
    walk.qtbot.mouseClick(chip, LEFT)
    settled(walk.qtbot, walk.window)
    shown = walk.window.event_pane.participants.model.found
    walk.click(walk.window, "exportButton")
    dialog = shown_dialog(walk.qtbot, walk.window, ExportDialog)
    walk.qtbot.mouseClick(child(dialog, QRadioButton, "scope-shown"), LEFT)
    path = folder / "people.csv"
    child(dialog, QLineEdit, "exportPath").setText(str(path))
    assert str(shown) in child(dialog, QPushButton, "exportAccept").text()
    walk.click(dialog, "exportAccept")
    dialog_gone(walk.qtbot, walk.window, ExportDialog)
    assert len(path.read_text("utf-8-sig").splitlines()) == shown + 1
    walk.qtbot.mouseClick(child(walk.window, QToolButton, "chip-all"), LEFT)
    settled(walk.qtbot, walk.window)


def edit_offline_undo_and_redo(walk: Walk) -> None:
    walk.wiki.control("fault", kind="drop")
    press(walk.qtbot, walk.window, "F5")
    walk.qtbot.waitUntil(lambda: bool(walk.window.sync.state.offline_since), timeout=LONG)
    dialog = walk.open_menu("editEvent", EventDialog)
    chat = child(dialog, QLineEdit, "eventChatLink")
    chat.setText("https://chat.example.org/room")
    walk.click(dialog, "eventDialogAccept")
    dialog_gone(walk.qtbot, walk.window, EventDialog)
    settled(walk.qtbot, walk.window)
    assert child(walk.window, QLabel, "changesBadge").text() == "1"
    press(walk.qtbot, walk.window, "Ctrl+Z")
    settled(walk.qtbot, walk.window)
    assert not child(walk.window, QLabel, "changesBadge").isVisible()
    press(walk.qtbot, walk.window, "Ctrl+Shift+Z")
    settled(walk.qtbot, walk.window)
    walk.wiki.calm()
    press(walk.qtbot, walk.window, "F5")
    walk.all_sent()
    assert event_of(walk.wiki, walk.event)["chat_url"] == "https://chat.example.org/room"


def add_a_co_organizer(walk: Walk) -> None:
    name = walk.wiki.name("co_organizer")
    dialog = walk.open_menu("organizers", OrganizersDialog)
    child(dialog, QLineEdit, "organizerName").setText(name)
    walk.click(dialog, "organizerAdd")
    walk.qtbot.waitUntil(lambda: child(dialog, QListWidget, "organizersList").count() == 2)
    walk.click(dialog, "organizersAccept")
    dialog_gone(walk.qtbot, walk.window, OrganizersDialog)
    walk.all_sent()
    assert name in organizers_of(walk.wiki, walk.event)


def remove_somebody(walk: Walk) -> None:
    table = walk.window.event_pane.participants.table
    press(walk.qtbot, walk.window, "Ctrl+2")
    settled(walk.qtbot, walk.window)
    model = walk.window.event_pane.participants.model
    place = table.visualRect(model.index(0, 0)).center()
    walk.qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    (number,) = table.chosen_ids()
    chosen = model.person(model.row_of(number))
    assert chosen is not None
    press(walk.qtbot, table, "Del")
    dialog = shown_dialog(walk.qtbot, walk.window, RemovePeopleDialog)
    walk.click(dialog, "removePeopleAccept")
    dialog_gone(walk.qtbot, walk.window, RemovePeopleDialog)
    walk.all_sent()
    assert chosen.name not in names_present(walk.wiki, str(walk.event))


def write_to_everybody(walk: Walk) -> None:
    walk.window.event_pane.participants.table.clear_choice()
    walk.click(walk.window, "eventAction")
    dialog = shown_dialog(walk.qtbot, walk.window, EmailDialog)
    dialog.subject.setText("Programme")
    dialog.message.setPlainText("Dear all, the programme is online.")
    walk.click(dialog, "emailAccept")
    walk.click(shown_dialog(walk.qtbot, walk.window, QMessageBox), "askEverybodyAccept")
    dialog_gone(walk.qtbot, walk.window, EmailDialog)
    walk.all_sent()
    assert [mail["subject"] for mail in walk.wiki.mails()] == ["Programme"]


def register_oneself(walk: Walk) -> None:
    dialog = walk.open_menu("registerMe", RegisterDialog)
    walk.click(dialog, "registerAccept")
    dialog_gone(walk.qtbot, walk.window, RegisterDialog)
    walk.all_sent()
    assert walk.wiki.name() in names_present(walk.wiki, str(walk.event))


def look_at_the_statistics(walk: Walk) -> None:
    press(walk.qtbot, walk.window, "Ctrl+4")
    settled(walk.qtbot, walk.window)
    texts = [label.text() for label in walk.window.event_pane.demographics.findChildren(QLabel)]
    # Twelve people have not answered: nobody's answer may be told from so few.
    assert "Fewer than 10 people have answered, so nothing is shown." in texts


def make_an_event_with_mistakes(walk: Walk) -> None:
    press(walk.qtbot, walk.window, "Ctrl+N")
    dialog = shown_dialog(walk.qtbot, walk.window, EventDialog)
    press(walk.qtbot, dialog, "Ctrl+Return")
    assert problem(dialog, "title")
    assert problem(dialog, "types")
    assert problem(dialog, "participation")
    child(dialog, QLineEdit, "eventTitleField").setText("Night of the walk")
    tick(walk.qtbot, dialog, 0)
    child(dialog, QCheckBox, "eventOnline").setChecked(True)
    dialog.page_text.template.setPlainText("About it")
    assert not problem(dialog, "title")
    press(walk.qtbot, dialog, "Ctrl+Return")
    dialog_gone(walk.qtbot, walk.window, EventDialog)
    walk.all_sent()
    assert seen(child(walk.window, QLabel, "eventTitle").text()) == "Night of the walk"
    assert (walk.window.event_pane.event_key or 0) > 0


def add_a_second_wiki(walk: Walk, other: PracticeServer) -> None:
    press(walk.qtbot, walk.window, "Ctrl+Shift+N")
    walk.sign_in(other)
    assert len(walk.window._workspace.accounts) == 2
    press(walk.qtbot, walk.window, "Ctrl+0")
    assert walk.window.today.isVisible()


def walk_through(walk: Walk, folder: Path, other: PracticeServer) -> None:
    """Do everything, as an organizer does it in a week."""
    start_for_the_first_time(walk)
    go_to_the_event(walk)
    find_and_copy_a_person(walk)
    filter_and_export(walk, folder)
    edit_offline_undo_and_redo(walk)
    add_a_co_organizer(walk)
    remove_somebody(walk)
    write_to_everybody(walk)
    register_oneself(walk)
    look_at_the_statistics(walk)
    make_an_event_with_mistakes(walk)
    add_a_second_wiki(walk, other)


def test_an_organizers_week(
    walk: Walk, tmp_path: Path, start_practice_wiki: Callable[..., PracticeServer]
) -> None:
    walk_through(walk, tmp_path, start_practice_wiki())


def test_the_same_mirrored_and_dark(
    walk: Walk, tmp_path: Path, start_practice_wiki: Callable[..., PracticeServer], qapp: QApplication
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    walk.window.appearance.choose_scheme(Scheme.DARK)
    walk.window.resize(1000, 600)
    try:
        walk_through(walk, tmp_path, start_practice_wiki())
    finally:
        walk.window.appearance.choose_scheme(Scheme.LIGHT)
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
