"""Undo takes back what waits and keeps what was typed; redo queues it anew; what was sent is said to be."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.changes.change import Change, ChangeState
from app.domain.changes.operations import CancelRegistration, CreateEvent, Register, SendEmail
from app.domain.events.event_fields import CLOSED, OPEN, EventPart
from app.domain.people.own_registration import OwnRegistration
from app.domain.wording import change_texts
from app.models.workspace import Workspace
from app.views.organizing.email_dialog import EmailDialog
from app.views.organizing.event_dialog import EventDialog
from app.views.window.main_window import MainWindow
from tests.support.organizing_window import CLOSE, LEFT, NEW, PEOPLE, change, queue, set_state, status
from tests.support.window_kit import child, dialog_gone, press, settled, shown_dialog

MAIL = SendEmail("Programme", "Dear all,\n\nsee you there", PEOPLE)


def undo(qtbot: QtBot, window: MainWindow) -> Change:
    """Press the keys for Undo; return the change that was taken back."""
    with qtbot.waitSignal(window.outbox.undone) as undone:
        press(qtbot, window, "Ctrl+Z")
    assert undone.args is not None
    return undone.args[0]


def redo(qtbot: QtBot, window: MainWindow) -> Change:
    """Press the keys for Redo; return the change that is queued anew."""
    with qtbot.waitSignal(window.outbox.queued) as queued:
        press(qtbot, window, "Ctrl+Shift+Z")
    assert queued.args is not None
    return change(window, queued.args[0])


def test_an_undone_e_mail_opens_again_with_what_was_typed(
    qtbot: QtBot, window: MainWindow, linked_meetup: int
) -> None:
    queue(qtbot, window, linked_meetup, MAIL)
    undone = undo(qtbot, window)
    dialog = shown_dialog(qtbot, window, EmailDialog)
    assert child(dialog, QLineEdit, "emailSubject").text() == MAIL.subject
    message = child(dialog, QPlainTextEdit, "emailMessage")
    assert message.toPlainText() == MAIL.message
    assert change(window, undone.number).state is ChangeState.UNDONE
    assert window._workspace.projection.changes == ()
    message.setPlainText("Dear all, at six")
    qtbot.mouseClick(child(dialog, QPushButton, "emailAccept"), LEFT)
    dialog_gone(qtbot, window, EmailDialog)
    (queued,) = window._workspace.projection.changes
    assert isinstance(queued.operation, SendEmail)
    assert (queued.operation.message, queued.operation.people) == ("Dear all, at six", PEOPLE)
    assert len(window._workspace.changes) == 1


def test_an_undone_event_opens_again_and_its_draft_stays_when_the_form_is_closed(
    qtbot: QtBot, window: MainWindow
) -> None:
    queue(qtbot, window, 0, CreateEvent(NEW, "About it"))
    undone = undo(qtbot, window)
    dialog = shown_dialog(qtbot, window, EventDialog)
    assert dialog.form.fields().page == NEW.page
    assert dialog.page_text.text() == "About it"
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, EventDialog)
    assert window.event_list.model.index_of(-undone.number).isValid() is False
    again = redo(qtbot, window)
    assert again.operation == CreateEvent(NEW, "About it")
    settled(qtbot, window)
    assert window.event_list.model.index_of(-again.number).isValid()


def test_undo_and_redo_by_keyboard(qtbot: QtBot, window: MainWindow, linked_meetup: int) -> None:
    queue(qtbot, window, linked_meetup, CLOSE)
    assert status(window, linked_meetup) == CLOSED
    undo(qtbot, window)
    assert status(window, linked_meetup) == OPEN
    assert not child(window, QAction, "undoChange").isEnabled()
    assert "Close registration" in child(window, QAction, "redoChange").text()
    redo(qtbot, window)
    assert status(window, linked_meetup) == CLOSED
    assert not child(window, QAction, "redoChange").isEnabled()


def test_the_notice_offers_undo_and_then_redo(qtbot: QtBot, window: MainWindow, linked_meetup: int) -> None:
    queue(qtbot, window, linked_meetup, CLOSE)
    button = child(window, QPushButton, "windowBannerAction")
    with qtbot.waitSignal(window.outbox.undone):
        qtbot.mouseClick(button, LEFT)
    assert status(window, linked_meetup) == OPEN
    assert button.text() == "Redo"
    with qtbot.waitSignal(window.outbox.queued):
        qtbot.mouseClick(button, LEFT)
    assert status(window, linked_meetup) == CLOSED


def test_a_draft_is_redone_or_thrown_away_among_the_changes(
    qtbot: QtBot, window: MainWindow, linked_meetup: int
) -> None:
    queue(qtbot, window, linked_meetup, CLOSE)
    number = undo(qtbot, window).number
    window.show_changes(number)
    settled(qtbot, window)
    with qtbot.waitSignal(window.outbox.queued):
        qtbot.mouseClick(child(window, QPushButton, "changeRedo"), LEFT)
    number = undo(qtbot, window).number
    window.show_changes(number)
    settled(qtbot, window)
    qtbot.mouseClick(child(window, QPushButton, "changeDiscard"), LEFT)
    qtbot.waitUntil(lambda: window._workspace.changes == [])


@pytest.mark.parametrize("opposite", [True, False])
def test_what_is_on_the_wiki_is_said_to_be_and_the_opposite_is_offered(
    qtbot: QtBot, window: MainWindow, linked_meetup: int, opposite: bool
) -> None:
    number = queue(qtbot, window, linked_meetup, CLOSE if opposite else MAIL)
    set_state(window, number, ChangeState.DONE)
    press(qtbot, window, "Ctrl+Z")
    box = shown_dialog(qtbot, window, QMessageBox)
    assert change_texts.change_summary(change(window, number)) in box.text()
    if not opposite:
        assert box.informativeText() == change_texts.done_already()
        press(qtbot, box, "Return")
        assert window._workspace.projection.changes == ()
        return
    button = child(box, QPushButton, "undoDone0")
    assert button.text() == "Reopen registration"
    with qtbot.waitSignal(window.outbox.queued):
        qtbot.mouseClick(button, LEFT)
    (queued,) = window._workspace.projection.changes
    assert queued.operation.edited()[EventPart.STATUS].mine == (OPEN,)


def test_what_others_did_is_not_undone(qtbot: QtBot, window: MainWindow, linked_meetup: int) -> None:
    number = queue(qtbot, window, linked_meetup, CLOSE)
    set_state(window, number, ChangeState.DONE)
    # As after a restart: the change belongs to an earlier session.
    window.outbox._queued.clear()
    window.event_actions.refresh()
    assert not child(window, QAction, "undoChange").isEnabled()


def test_inverses_of_ones_own_registration() -> None:
    old, new = OwnRegistration(False), OwnRegistration(True)
    assert Register(new).inverse() == CancelRegistration(new)
    assert Register(new, old).inverse() == Register(old, new)
    assert CancelRegistration(old).inverse() == Register(old)
    assert CancelRegistration().inverse() is None


def test_what_was_undone_is_on_the_disk(
    qtbot: QtBot, window: MainWindow, linked_meetup: int, workspace: Workspace, show_window: Callable
) -> None:
    queue(qtbot, window, linked_meetup, CLOSE)
    undo(qtbot, window)
    window.close()
    again = show_window()
    again.sync._soon.setInterval(3_600_000)
    settled(qtbot, again)
    assert workspace.projection.changes == ()
    assert redo(qtbot, again).operation == CLOSE
