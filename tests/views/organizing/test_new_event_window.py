"""Making a new event in the window."""

from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.changes.operations import CreateEvent
from app.models.events.events_model import EventRole
from app.models.workspace import Workspace
from app.views.organizing.event_dialog import EventDialog
from tests.support.organizing_window import LEFT, ME, NEW, action, change, problem, queue, text_of, tick
from tests.support.window_kit import (
    Show,
    add_event,
    child,
    dialog_gone,
    press,
    registration,
    seen,
    settled,
    shown_dialog,
)


def test_a_new_event_by_keyboard(qtbot: QtBot, show_without_sending: Show, meetup: int) -> None:
    window = show_without_sending()
    press(qtbot, window, "Ctrl+N")
    dialog = shown_dialog(qtbot, window, EventDialog)
    title = child(dialog, QLineEdit, "eventTitleField")
    press(qtbot, title, "Ctrl+Return")
    assert problem(dialog, "title") == "Give the event a title."
    assert problem(dialog, "types") == "Choose at least one type."
    assert problem(dialog, "participation")
    assert problem(dialog, "chat-url") == ""
    assert title.hasFocus()
    qtbot.keyClicks(title, "Photo walk")
    assert problem(dialog, "title") == ""
    tick(qtbot, dialog, 0)
    press(qtbot, child(dialog, QCheckBox, "eventOnline"), "Space")
    chat = child(dialog, QLineEdit, "eventChatLink")
    qtbot.keyClicks(chat, "chat")
    press(qtbot, chat, "Ctrl+Return")
    assert problem(dialog, "chat-url")
    assert chat.hasFocus()
    chat.clear()
    tabs = child(dialog, QTabWidget, "eventDialogTabs")
    template = child(dialog, QPlainTextEdit, "pageTemplate")
    preview = child(dialog, QPlainTextEdit, "pagePreview")
    assert preview.toPlainText().startswith("Photo walk takes place from")
    assert "[[User talk:Amara|Amara]]" in preview.toPlainText()
    template.setPlainText("")
    accept = child(dialog, QPushButton, "eventDialogAccept")
    press(qtbot, accept, "Space")
    assert tabs.currentIndex() == 1
    assert template.hasFocus()
    assert problem(dialog, "page-text") == "The event page needs some text."
    qtbot.keyClicks(template, "About $title")
    assert problem(dialog, "page-text") == ""
    assert preview.toPlainText() == "About Photo walk"
    press(qtbot, accept, "Space")
    dialog_gone(qtbot, window, EventDialog)
    (made,) = window._workspace.changes
    assert isinstance(made.operation, CreateEvent)
    assert (made.operation.fields.page, made.operation.page_text) == ("Event:Photo walk", "About Photo walk")
    index = window.event_list.model.index_of(-made.number)
    assert seen(index.data()) == "Photo walk"
    assert index.data(EventRole.NOTES)
    assert "will be sent in a few seconds" in window.banner.text
    assert window.event_pane.event_key == -made.number
    assert "waiting to be made" in child(window, QLabel, "eventBannerText").text()
    assert not child(window, QAction, "syncEvent").isEnabled()
    assert meetup


def test_a_time_zone_is_found_by_a_part_of_its_name(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    press(qtbot, window, "Ctrl+N")
    dialog = shown_dialog(qtbot, window, EventDialog)
    zone = child(dialog, QComboBox, "eventZone")
    line = zone.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "kampala")
    # The completer's popup has the keyboard focus.
    press(qtbot, zone.completer().popup(), "Tab")
    assert zone.currentText() == "Africa/Kampala"


def test_edits_are_not_discarded_without_a_question(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    press(qtbot, window, "Ctrl+N")
    dialog = shown_dialog(qtbot, window, EventDialog)
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, EventDialog)
    press(qtbot, window, "Ctrl+N")
    dialog = shown_dialog(qtbot, window, EventDialog)
    qtbot.keyClicks(child(dialog, QLineEdit, "eventTitleField"), "Photo walk")
    press(qtbot, dialog, "Esc")
    press(qtbot, shown_dialog(qtbot, dialog, QMessageBox), "Return")
    qtbot.waitUntil(lambda: not dialog.findChildren(QMessageBox))
    assert dialog.isVisible()
    press(qtbot, dialog, "Esc")
    shown_dialog(qtbot, dialog, QMessageBox)
    qtbot.mouseClick(child(dialog, QPushButton, "askThrowAwayAccept"), LEFT)
    dialog_gone(qtbot, window, EventDialog)
    assert window._workspace.changes == []
    assert meetup


def test_a_new_event_like_an_earlier_one(qtbot: QtBot, show_without_sending: Show, meetup: int) -> None:
    window = show_without_sending()
    action(window, "copyEvent").trigger()
    dialog = shown_dialog(qtbot, window, EventDialog)
    fields = dialog.form.fields()
    assert (fields.page, fields.online) == ("Event:Meetup", True)
    assert child(dialog, QLineEdit, "eventTitleField").selectedText() == "Meetup"
    assert "Give the new event a title of its own" in child(dialog, QLabel, "eventDialogBannerText").text()
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, EventDialog)
    assert meetup


def test_an_event_in_the_year_9999_is_edited_and_copied(
    qtbot: QtBot, show_without_sending: Show, workspace: Workspace, meetup: int
) -> None:
    last = registration(2, "The last", start="99991231100000", end="99991231235900")
    key = add_event(workspace, workspace.accounts[0].key, last, organizers=ME)
    window = show_without_sending()
    window.event_list.choose(key)
    settled(qtbot, window)
    for name in ("editEvent", "copyEvent"):
        action(window, name).trigger()
        dialog = shown_dialog(qtbot, window, EventDialog)
        assert dialog.form.fields().start == "99991231100000"
        press(qtbot, dialog, "Esc")
        dialog_gone(qtbot, window, EventDialog)
    assert meetup


def test_a_saved_template_is_used_for_the_next_event(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    press(qtbot, window, "Ctrl+N")
    dialog = shown_dialog(qtbot, window, EventDialog)
    child(dialog, QTabWidget, "eventDialogTabs").setCurrentIndex(1)
    child(dialog, QPlainTextEdit, "pageTemplate").setPlainText("Mine: $title")
    qtbot.mouseClick(child(dialog, QPushButton, "keepTemplate"), LEFT)
    assert child(dialog, QPushButton, "keepTemplate").text() == "Kept"
    settled(qtbot, window)
    press(qtbot, dialog, "Esc")
    qtbot.mouseClick(child(dialog, QPushButton, "askThrowAwayAccept"), LEFT)
    dialog_gone(qtbot, window, EventDialog)
    press(qtbot, window, "Ctrl+N")
    dialog = shown_dialog(qtbot, window, EventDialog)
    template = child(dialog, QPlainTextEdit, "pageTemplate")
    assert template.toPlainText() == "Mine: $title"
    child(dialog, QTabWidget, "eventDialogTabs").setCurrentIndex(1)
    qtbot.mouseClick(child(dialog, QPushButton, "standardTemplate"), LEFT)
    assert template.toPlainText().startswith("$title takes place")
    settled(qtbot, window)
    assert meetup


def test_a_pending_new_event_is_edited_or_discarded(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    number = queue(qtbot, window, 0, CreateEvent(replace(NEW), "costs $5"))
    window.event_list.choose(-number)
    settled(qtbot, window)
    press(qtbot, window, "F2")
    dialog = shown_dialog(qtbot, window, EventDialog)
    title = child(dialog, QLineEdit, "eventTitleField")
    assert title.text() == "Photo walk"
    title.setText("Photo run")
    press(qtbot, title, "Ctrl+Return")
    dialog_gone(qtbot, window, EventDialog)
    edited = change(window, number).operation
    assert isinstance(edited, CreateEvent)
    assert (edited.fields.page, edited.page_text) == ("Event:Photo run", "costs $5")
    assert child(window, QLabel, "eventTitle").text() == "Photo run"
    assert text_of(window, "deleteRegistration") == "Do not make it…"
    action(window, "deleteRegistration").trigger()
    press(qtbot, shown_dialog(qtbot, window, QMessageBox), "Return")
    dialog_gone(qtbot, window, QMessageBox)
    assert change(window, number)
    action(window, "deleteRegistration").trigger()
    shown_dialog(qtbot, window, QMessageBox)
    qtbot.mouseClick(child(window, QPushButton, "askDiscardNewAccept"), LEFT)
    qtbot.waitUntil(lambda: not window._workspace.changes)
    settled(qtbot, window)
    assert window.event_pane.event_key == meetup
