"""What cannot be taken back says what it ends, and Enter in a field publishes nothing."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDateTimeEdit,
    QLineEdit,
    QListView,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from app.domain.changes.change import ChangeState
from app.domain.changes.operations import CreateEvent, RemoveParticipants
from app.domain.events.event_fields import OPEN, EventPart
from app.domain.events.page_text import default_template, is_unwritten
from app.models.workspace import Workspace
from app.views.look.colours import Accent, accent_colour
from app.views.organizing.email_dialog import EmailDialog
from app.views.organizing.event_dialog import EventDialog
from app.views.organizing.remove_people_dialog import RemovePeopleDialog
from app.views.window.main_window import MainWindow
from tests.support.organizing_dialogs import opened
from tests.support.organizing_window import CLOSE, LEFT, action, queue, set_state, tick
from tests.support.window_kit import (
    Show,
    child,
    dialog_gone,
    person,
    press,
    seen,
    settled,
    shown_dialog,
    store_people,
)


def is_red(button: QPushButton) -> bool:
    palette = button.palette()
    return palette.buttonText().color() == accent_colour(palette, Accent.ERROR)


@pytest.mark.parametrize("name", ["cancelMe", "deleteRegistration"])
def test_no_question_has_two_buttons_called_cancel(qtbot: QtBot, window: MainWindow, name: str) -> None:
    dialogs = window.event_actions.dialogs
    event = window._workspace.find_event(window.event_pane.event_key or 0)
    account = window._workspace.accounts[0]
    assert event is not None
    (dialogs.cancel_registration if name == "cancelMe" else dialogs.delete_registration)(account, event)
    box = shown_dialog(qtbot, window, QMessageBox)
    texts = [button.text().replace("&", "") for button in box.buttons()]
    assert sum(text.startswith("Cancel") for text in texts) <= 1
    assert "Cancel" not in texts
    accept = next(one for one in box.findChildren(QPushButton) if one.objectName().endswith("Accept"))
    assert is_red(accept)
    press(qtbot, box, "Esc")


def test_deleting_stands_apart_at_the_end_of_the_menu(window: MainWindow) -> None:
    actions = child(window, QMenu, "eventActsMenu").actions()
    assert actions[-1] is action(window, "deleteRegistration")
    assert actions[-2].isSeparator()


def test_after_closing_registration_it_can_be_reopened_at_once(
    qtbot: QtBot, window: MainWindow, linked_meetup: int
) -> None:
    set_state(window, queue(qtbot, window, linked_meetup, CLOSE), ChangeState.DONE)
    button = child(window, QPushButton, "windowBannerAction")
    assert button.text() == "Reopen registration"
    with qtbot.waitSignal(window.outbox.queued):
        qtbot.mouseClick(button, LEFT)
    (queued,) = window._workspace.projection.changes
    assert queued.operation.edited()[EventPart.STATUS].mine == (OPEN,)


def test_enter_in_a_field_goes_on_and_ctrl_enter_publishes(qtbot: QtBot, window: MainWindow) -> None:
    window.event_actions.new_event()
    dialog = shown_dialog(qtbot, window, EventDialog)
    title = child(dialog, QLineEdit, "eventTitleField")
    title.setFocus()
    qtbot.keyClicks(title, "Photo walk")
    press(qtbot, title, "Return")
    assert dialog.isVisible()
    assert not title.hasFocus()
    assert not dialog._tried
    start = child(dialog, QDateTimeEdit, "eventStart")
    start.setFocus()
    press(qtbot, start, "Enter")
    assert not dialog._tried
    dialog.form.online.setChecked(True)
    tick(qtbot, dialog, 1)
    dialog.page_text.template.setPlainText("Come!")
    title.setFocus()
    press(qtbot, title, "Ctrl+Return")
    dialog_gone(qtbot, window, EventDialog)
    (made,) = window._workspace.projection.changes
    assert isinstance(made.operation, CreateEvent)


def test_enter_sends_no_e_mail(qtbot: QtBot, window: MainWindow) -> None:
    window.event_pane.participants.table.selectRow(0)
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    subject, message = child(dialog, QLineEdit, "emailSubject"), child(dialog, QPlainTextEdit, "emailMessage")
    message.setPlainText("Dear all")
    subject.setFocus()
    qtbot.keyClicks(subject, "Programme")
    press(qtbot, subject, "Return")
    assert dialog.isVisible()
    assert window._workspace.projection.changes == ()
    assert message.hasFocus()
    press(qtbot, message, "Ctrl+Return")
    dialog_gone(qtbot, window, EmailDialog)
    assert len(window._workspace.projection.changes) == 1


@pytest.mark.parametrize("anyway", [True, False])
def test_a_page_with_nothing_under_its_headings_asks_first(
    qtbot: QtBot, window: MainWindow, anyway: bool
) -> None:
    window.event_actions.new_event()
    dialog = shown_dialog(qtbot, window, EventDialog)
    dialog.form.title.setText("Photo walk")
    dialog.form.online.setChecked(True)
    tick(qtbot, dialog, 1)
    qtbot.mouseClick(child(dialog, QPushButton, "eventDialogAccept"), LEFT)
    box = shown_dialog(qtbot, dialog, QMessageBox)
    qtbot.mouseClick(child(box, QPushButton, f"askUnwritten{int(anyway)}"), LEFT)
    if anyway:
        dialog_gone(qtbot, window, EventDialog)
        assert len(window._workspace.projection.changes) == 1
    else:
        qtbot.waitUntil(dialog.page_text.template.isVisible)
        assert window._workspace.projection.changes == ()


@pytest.mark.parametrize(
    ("text", "unwritten"),
    [
        (default_template(), True),
        ("Come!", False),
        ("== A ==\nSomething\n== B ==\n* …\n", True),
        ("== A ==\nSomething\n== B ==\nMore…\n", False),
        ("…", False),
        ("", False),
    ],
)
def test_unwritten_pages(text: str, unwritten: bool) -> None:
    assert is_unwritten(text) is unwritten


def test_removing_everybody_says_so_and_all_names_stay_readable(
    qtbot: QtBot, show_without_sending: Show, workspace: Workspace, meetup: int
) -> None:
    names = [f"Participant {number}" for number in range(1, 62)]
    store_people(workspace, meetup, [person(number, name) for number, name in enumerate(names, 1)])
    workspace.reload(meetup)
    window = show_without_sending()
    window.event_pane.participants.table.selectAll()
    child(window, QAction, "removePeople").trigger()
    dialog = shown_dialog(qtbot, window, RemovePeopleDialog)
    title = seen(dialog.findChild(QListView, "removePeopleNames").model().index(0, 0).data())
    assert title in names
    assert "everybody" in dialog.findChildren(type(dialog._banner._text), "removePeopleTitle")[0].text()
    accept = child(dialog, QPushButton, "removePeopleAccept")
    assert is_red(accept)
    qtbot.mouseClick(accept, LEFT)
    dialog_gone(qtbot, window, RemovePeopleDialog)
    (change,) = window._workspace.projection.changes
    assert isinstance(change.operation, RemoveParticipants)
    set_state(window, change.number, ChangeState.DONE)
    window.show_changes(change.number)
    settled(qtbot, window)
    model = child(window, QListView, "changePeople").model()
    assert sorted(seen(model.index(row, 0).data()) for row in range(model.rowCount())) == sorted(names)
    assert child(window, QPushButton, "changeCopyNames").isVisible()
    assert child(window, QPushButton, "changeExportNames").isVisible()
