"""The form for an e-mail to participants."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from app.domain.changes.operations import SendEmail
from app.domain.wording import organizing_texts
from app.views.organizing.email_dialog import EmailDialog
from app.views.window.main_window import MainWindow
from tests.support.organizing_dialogs import (
    PEOPLE,
    banner,
    click,
    go_offline,
    listed,
    only,
    opened,
    send_to_everybody,
)
from tests.support.organizing_window import LEFT
from tests.support.window_kit import (
    child,
    dialog_gone,
    disk_refusing,
    press,
    settled,
    shown_dialog,
    store_people,
)


def test_an_e_mail_needs_a_subject_and_a_message(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    send = child(dialog, QPushButton, "emailAccept")
    subject, message = child(dialog, QLineEdit, "emailSubject"), child(dialog, QPlainTextEdit, "emailMessage")
    assert not send.isEnabled()
    assert send.toolTip() == organizing_texts.incomplete_email()
    qtbot.keyClicks(subject, "Programme")
    assert not send.isEnabled()
    message.setPlainText("  \n")
    assert not send.isEnabled()
    qtbot.keyClicks(message, "Dear all")
    assert send.isEnabled()
    subject.setText("  ")
    assert not send.isEnabled()
    subject.setText("Programme")
    press(qtbot, child(dialog, QCheckBox, "emailCopy"), "Space")
    press(qtbot, send, "Space")
    click(qtbot, shown_dialog(qtbot, dialog, QMessageBox), "askEverybodyAccept")
    dialog_gone(qtbot, window, EmailDialog)
    sent = only(window)
    assert isinstance(sent, SendEmail)
    assert (sent.subject, sent.message.strip(), sent.copy_to_me) == ("Programme", "Dear all", True)
    assert sorted(one.name or "" for one in sent.people) == ["Bo", "Cem", "Dao", "Åsa"]


def test_people_without_e_mail_are_shown_and_can_be_copied(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    assert not child(dialog, QRadioButton, "emailToSelected").isVisible()
    assert child(dialog, QRadioButton, "emailToFound").text().startswith("All 4 participants")
    reach = child(dialog, QLabel, "emailReach").text()
    assert reach.startswith("2 of them will get it. Of 1 the wiki does not tell")
    assert reach.endswith("2 will not, for lack of a valid address – these:")
    assert child(dialog, QLineEdit, "emailSubject").hasFocus()
    assert child(dialog, QPushButton, "emailAccept").text() == "Send to 2 participants"
    assert listed(child(dialog, QListWidget, "emailUnreached")) == ["Cem", "Dao"]
    click(qtbot, dialog, "emailCopyList")
    assert QGuiApplication.clipboard().text() == "Cem\nDao"
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, EmailDialog)


def test_recipients_are_the_chosen_or_all_found(qtbot: QtBot, window: MainWindow) -> None:
    table = window.event_pane.participants.table
    table.setFocus()
    press(qtbot, table, "Home")
    press(qtbot, table, "Shift+Down")
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    chosen = child(dialog, QRadioButton, "emailToSelected")
    assert (chosen.isChecked(), chosen.text()) == (True, "The 2 chosen")
    assert child(dialog, QLabel, "emailReach").text().startswith("2 of them will get it.")
    assert not child(dialog, QListWidget, "emailUnreached").isVisible()
    press(qtbot, child(dialog, QRadioButton, "emailToFound"), "Space")
    assert listed(child(dialog, QListWidget, "emailUnreached")) == ["Cem", "Dao"]
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, EmailDialog)
    window.event_pane.participants.search.setText("d")
    settled(qtbot, window)
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    text = child(dialog, QRadioButton, "emailToFound").text()
    assert text == "All 1 found by the search and the filters"
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, EmailDialog)


def test_one_chosen_row_is_the_recipient(qtbot: QtBot, window: MainWindow) -> None:
    table = window.event_pane.participants.table
    first = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=first)
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    chosen = child(dialog, QRadioButton, "emailToSelected")
    assert (chosen.isChecked(), chosen.text()) == (True, "The 1 chosen")
    child(dialog, QLineEdit, "emailSubject").setText("Programme")
    child(dialog, QPlainTextEdit, "emailMessage").setPlainText("Dear you")
    click(qtbot, dialog, "emailAccept")
    dialog_gone(qtbot, window, EmailDialog)
    sent = only(window)
    assert isinstance(sent, SendEmail)
    assert len(sent.people) == 1


@pytest.mark.parametrize("typed", ["", "_"])
def test_writing_to_everybody_needs_confirmation_with_the_number(
    qtbot: QtBot, window: MainWindow, typed: str
) -> None:
    # A text of marks alone finds everybody, as without a search.
    window.event_pane.participants.search.setText(typed)
    settled(qtbot, window)
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    child(dialog, QLineEdit, "emailSubject").setText("Programme")
    child(dialog, QPlainTextEdit, "emailMessage").setPlainText("Dear all")
    click(qtbot, dialog, "emailAccept")
    box = shown_dialog(qtbot, dialog, QMessageBox)
    assert box.text() == "Write to all 4 participants of this event?"
    press(qtbot, box, "Esc")
    dialog_gone(qtbot, dialog, QMessageBox)
    assert window._workspace.changes == []
    assert child(dialog, QPushButton, "emailAccept").isEnabled()
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, EmailDialog)


def test_a_draft_is_saved_on_closing_and_restored(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    assert banner(dialog, "emailBanner") == ""
    qtbot.keyClicks(child(dialog, QLineEdit, "emailSubject"), "Programme")
    qtbot.keyClicks(child(dialog, QPlainTextEdit, "emailMessage"), "Dear all")
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, EmailDialog)
    settled(qtbot, window)
    assert window._workspace.changes == []
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    assert banner(dialog, "emailBanner") == "This is the draft you left."
    assert child(dialog, QLineEdit, "emailSubject").text() == "Programme"
    assert child(dialog, QPlainTextEdit, "emailMessage").toPlainText() == "Dear all"
    send_to_everybody(qtbot, dialog)
    dialog_gone(qtbot, window, EmailDialog)
    settled(qtbot, window)
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    assert child(dialog, QLineEdit, "emailSubject").text() == ""
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, EmailDialog)
    settled(qtbot, window)


def test_a_pending_e_mail_can_be_edited_and_is_no_draft(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    child(dialog, QLineEdit, "emailSubject").setText("Programme")
    child(dialog, QPlainTextEdit, "emailMessage").setPlainText("Dear all")
    send_to_everybody(qtbot, dialog)
    dialog_gone(qtbot, window, EmailDialog)
    (made,) = window._workspace.changes
    window.show_changes(made.number)
    click(qtbot, window, "changeEdit")
    dialog = shown_dialog(qtbot, window, EmailDialog)
    assert child(dialog, QPushButton, "emailAccept").text() == "Save"
    assert not child(dialog, QRadioButton, "emailToFound").isVisible()
    child(dialog, QLineEdit, "emailSubject").setText("Programme, changed")
    click(qtbot, dialog, "emailAccept")
    dialog_gone(qtbot, window, EmailDialog)
    settled(qtbot, window)
    edited = only(window)
    assert isinstance(edited, SendEmail)
    assert (edited.subject, edited.message) == ("Programme, changed", "Dear all")
    assert edited.people == made.operation.people  # type: ignore[union-attr]


def test_offline_there_is_no_refresh_of_addresses(qtbot: QtBot, window: MainWindow) -> None:
    go_offline(window)
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    assert not child(dialog, QPushButton, "emailCheckAgain").isEnabled()
    notes = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "sent when the network is back" in notes
    assert "5 left today" in notes
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, EmailDialog)


def test_a_sync_updates_the_addresses_in_the_form(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    child(dialog, QLineEdit, "emailSubject").setText("Programme")
    key = window.event_pane.event_key or 0
    fresh = [PEOPLE[0], PEOPLE[1], PEOPLE[3]._replace(can_email=True)]
    store_people(window._workspace, key, fresh)
    window._workspace.reload(key)
    qtbot.waitUntil(lambda: child(dialog, QPushButton, "emailAccept").text() == "Send to 3 participants")
    assert child(dialog, QLineEdit, "emailSubject").text() == "Programme"
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, EmailDialog)
    settled(qtbot, window)


@pytest.mark.parametrize(("answer", "names"), [(0, "Dao\n"), (1, "Cem\nDao\n"), (None, None)])
def test_private_people_are_left_out_of_the_list_unless_the_user_confirms(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: int | None,
    names: str | None,
) -> None:
    path = tmp_path / "names.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    click(qtbot, dialog, "emailExportList")
    box = shown_dialog(qtbot, window, QMessageBox)
    assert "1 of these people registered privately" in box.text()
    if answer is None:
        press(qtbot, box, "Esc")
    elif answer == 0:
        press(qtbot, box, "Return")
    else:
        click(qtbot, box, "askPrivateNames1")
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    settled(qtbot, window)
    assert (path.read_text("utf-8") if path.exists() else None) == names


def test_a_full_disk_keeps_the_e_mail_in_its_form(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    child(dialog, QLineEdit, "emailSubject").setText("Programme")
    child(dialog, QPlainTextEdit, "emailMessage").setPlainText("Dear all")
    with disk_refusing(window._workspace):
        send_to_everybody(qtbot, dialog)
        qtbot.waitUntil(lambda: str(window._workspace.mirror.folder) in banner(dialog, "emailBanner"))
    assert child(dialog, QPushButton, "emailAccept").isEnabled()
    send_to_everybody(qtbot, dialog)
    dialog_gone(qtbot, window, EmailDialog)
    settled(qtbot, window)
