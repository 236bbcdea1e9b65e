"""The dialogs for organizing: each says what it does, asks where it must, and loses no input."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain import times
from app.domain.changes.change import Change, ChangeState, Question
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import (
    CancelRegistration,
    ChangeOrganizers,
    CreateEvent,
    EditEvent,
    Operation,
    Register,
    SendEmail,
)
from app.domain.events.event import Organizer
from app.domain.events.event_fields import EventFields, EventPart
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.models.sync_control import SyncPhase
from app.models.workspace import Workspace
from app.store.changes import outbox
from app.store.people import own_registrations
from app.views.organizing.conflict_dialog import ConflictDialog
from app.views.organizing.email_dialog import EmailDialog
from app.views.organizing.event_dialog import EventDialog
from app.views.organizing.organizers_dialog import OrganizersDialog
from app.views.organizing.register_dialog import RegisterDialog
from app.views.organizing.remove_people_dialog import RemovePeopleDialog
from app.views.window.main_window import MainWindow
from tests.support.data.event_making import make_event
from tests.support.servers.practice_server import PracticeServer
from tests.support.window_kit import (
    ORGANIZER_RIGHTS,
    add_account,
    add_event,
    child,
    dialog_gone,
    disk_refusing,
    person,
    press,
    registration,
    seen,
    settled,
    shown_dialog,
    store_people,
)
from tests.views.widgets.test_controls import CONTROLS, Longer, cut_off, ours

Show = Callable[[], MainWindow]
LONG = 30_000
LEFT = Qt.MouseButton.LeftButton
ME = [Organizer(1, 3, "Amara", ("creator",)), Organizer(2, 4, "Ingrid", ("organizer",))]
#: Dao has no address, Bo's is unknown; Cem registered privately and has no address either.
PEOPLE = [
    person(1, "Åsa", can_email=True, private=False),
    person(2, "Bo", can_email=None, private=False),
    person(3, "Cem", can_email=False, private=True),
    person(4, "Dao", can_email=False, private=False),
]


@pytest.fixture
def meetup(workspace: Workspace) -> int:
    account = add_account(workspace, rights=ORGANIZER_RIGHTS)
    key = add_event(workspace, account, registration(1, "Meetup", chat_url="https://old"), organizers=ME)
    store_people(workspace, key, PEOPLE)
    workspace.reload()
    return key


@pytest.fixture
def window(qtbot: QtBot, show_window: Show, meetup: int) -> MainWindow:
    """Return a window on the event that sends nothing automatically."""
    shown = show_window()
    shown.sync._soon.setInterval(3_600_000)
    settled(qtbot, shown)
    assert shown.event_pane.event_key == meetup
    return shown


def opened(qtbot: QtBot, window: MainWindow, operation: str, kind: type[QDialog]) -> QWidget:
    child(window, QAction, operation).trigger()
    return shown_dialog(qtbot, window, kind)


def text_of(window: MainWindow, operation: str) -> str:
    return child(window, QAction, operation).text().replace("&", "")


def click(qtbot: QtBot, parent: QWidget, name: str) -> None:
    qtbot.mouseClick(child(parent, QPushButton, name), LEFT)


def send_to_everybody(qtbot: QtBot, dialog: QWidget) -> None:
    """Send an e-mail, and confirm that all participants are meant."""
    click(qtbot, dialog, "emailAccept")
    click(qtbot, shown_dialog(qtbot, dialog, QMessageBox), "askEverybodyAccept")


def banner(dialog: QWidget, name: str) -> str:
    label = child(dialog, QLabel, f"{name}Text")
    return seen(label.text()) if label.isVisible() else ""


def listed(view: QListWidget) -> list[str]:
    return [seen(view.item(row).text()) for row in range(view.count())]


def only(window: MainWindow) -> Operation:
    (made,) = window._workspace.changes
    return made.operation


def change(window: MainWindow, number: int) -> Change:
    (found,) = [one for one in window._workspace.changes if one.number == number]
    return found


def queue(qtbot: QtBot, window: MainWindow, operation: Operation) -> int:
    event = window.event_pane.event_key or 0
    with qtbot.waitSignal(window.outbox.queued) as queued:
        window.outbox.queue(window._workspace.accounts[0].key, event, operation)
    assert queued.args is not None
    return int(queued.args[0])


def go_offline(window: MainWindow) -> None:
    window.sync._retry_seconds = (3_600.0,)
    window.sync.network_lost()


# Organizers


def test_an_organizer_is_removed_and_one_is_added_by_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    go_offline(window)
    dialog = opened(qtbot, window, "organizers", OrganizersDialog)
    names = child(dialog, QListWidget, "organizersList")
    assert listed(names) == ["Amara (creator, you)", "Ingrid"]
    accept, field = child(dialog, QPushButton, "organizersAccept"), child(dialog, QLineEdit, "organizerName")
    assert not accept.isEnabled()
    qtbot.keyClicks(field, "pawel_nowak")
    press(qtbot, field, "Return")
    assert listed(names)[2] == "Pawel nowak (to be added)"
    assert field.text() == ""
    # Enter adds the name and does not save, so that the list can be checked first.
    settled(qtbot, window)
    assert dialog.isVisible()
    assert window._workspace.changes == []
    names.setFocus()
    names.setCurrentRow(1)
    press(qtbot, child(dialog, QPushButton, "organizerRemove"), "Space")
    assert listed(names) == ["Amara (creator, you)", "Pawel nowak (to be added)"]
    press(qtbot, accept, "Space")
    dialog_gone(qtbot, window, OrganizersDialog)
    assert only(window) == ChangeOrganizers(("Pawel nowak",), {4: "Ingrid"})


def test_a_removal_by_mistake_can_be_reverted(qtbot: QtBot, window: MainWindow) -> None:
    go_offline(window)
    dialog = opened(qtbot, window, "organizers", OrganizersDialog)
    names, field = child(dialog, QListWidget, "organizersList"), child(dialog, QLineEdit, "organizerName")
    names.setCurrentRow(1)
    click(qtbot, dialog, "organizerRemove")
    qtbot.keyClicks(field, "Ingrid")
    press(qtbot, field, "Return")
    assert listed(names) == ["Amara (creator, you)", "Ingrid"]
    assert not child(dialog, QPushButton, "organizersAccept").isEnabled()
    qtbot.keyClicks(field, "Ingrid")
    press(qtbot, field, "Return")
    assert banner(dialog, "organizersBanner") == "Ingrid is in the list already."
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, OrganizersDialog)
    assert window._workspace.changes == []


def test_removing_oneself_from_the_organizers_needs_confirmation(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "organizers", OrganizersDialog)
    child(dialog, QListWidget, "organizersList").setCurrentRow(0)
    click(qtbot, dialog, "organizerRemove")
    alone = child(dialog, QPushButton, "organizerRemove")
    assert not alone.isEnabled()
    assert alone.toolTip() == "An event needs at least one organizer."
    click(qtbot, dialog, "organizersAccept")
    press(qtbot, shown_dialog(qtbot, dialog, QMessageBox), "Return")
    qtbot.waitUntil(lambda: not dialog.findChildren(QMessageBox))
    assert dialog.isVisible()
    assert window._workspace.changes == []
    click(qtbot, dialog, "organizersAccept")
    shown_dialog(qtbot, dialog, QMessageBox)
    click(qtbot, dialog, "askLeaveAccept")
    dialog_gone(qtbot, window, OrganizersDialog)
    assert only(window) == ChangeOrganizers((), {3: "Amara"}, including_self=True)


def test_only_the_creator_can_remove_themselves(
    qtbot: QtBot, show_window: Show, workspace: Workspace
) -> None:
    account = add_account(workspace, rights=ORGANIZER_RIGHTS)
    organizers = [Organizer(1, 9, "Ingrid", ("creator",)), Organizer(2, 3, "Amara", ("organizer",))]
    add_event(workspace, account, registration(1), organizers=organizers)
    window = show_window()
    dialog = opened(qtbot, window, "organizers", OrganizersDialog)
    child(dialog, QListWidget, "organizersList").setCurrentRow(0)
    remove = child(dialog, QPushButton, "organizerRemove")
    assert (remove.isEnabled(), remove.toolTip()) == (
        False,
        "Only the creator can take themselves off the list.",
    )
    settled(qtbot, window)


def test_a_name_that_is_pending_has_no_remove_button(qtbot: QtBot, window: MainWindow) -> None:
    queue(qtbot, window, ChangeOrganizers(add=("Pawel",)))
    dialog = opened(qtbot, window, "organizers", OrganizersDialog)
    names = child(dialog, QListWidget, "organizersList")
    assert listed(names)[2].startswith("Pawel (")
    names.setCurrentRow(2)
    remove = child(dialog, QPushButton, "organizerRemove")
    if remove.isEnabled():
        qtbot.mouseClick(remove, LEFT)
        assert listed(names) == ["Amara (creator, you)", "Ingrid"]
    else:
        assert remove.toolTip()


def test_names_are_looked_up_on_the_wiki(
    qtbot: QtBot,
    workspace: Workspace,
    show_window: Show,
    start_practice_wiki: Callable[..., PracticeServer],
) -> None:
    from app.sync.fetching.pull import Pull

    wiki = start_practice_wiki()
    workspace.wikis().sign_in_with_token(workspace.wikis().find(wiki.base), wiki.token())
    workspace.reload()
    Pull(workspace.wikis(), workspace.accounts[0]).some([make_event(wiki)])
    workspace.reload()
    window = show_window()
    settled(qtbot, window)
    dialog = opened(qtbot, window, "organizers", OrganizersDialog)
    names, field = child(dialog, QListWidget, "organizersList"), child(dialog, QLineEdit, "organizerName")
    add = child(dialog, QPushButton, "organizerAdd")
    for typed, message in (
        ("Nobody of this name", "The wiki has no user called “Nobody of this name”. Check the spelling."),
        (
            wiki.name("plain_user"),
            f"{wiki.name('plain_user')} is not in the wiki’s group of event organizers.",
        ),
        (wiki.name(), f"{wiki.name()} is in the list already."),
    ):
        field.setText(typed)
        press(qtbot, field, "Return")
        qtbot.waitUntil(lambda message=message: banner(dialog, "organizersBanner") == message, timeout=LONG)
        assert field.text() == typed
        assert names.count() == 1
    other = wiki.name("co_organizer")
    field.setText(other)
    qtbot.mouseClick(add, LEFT)
    qtbot.waitUntil(lambda: names.count() == 2, timeout=LONG)
    assert banner(dialog, "organizersBanner") == ""
    wiki.fault("drop")
    field.setText("Unchecked")
    qtbot.mouseClick(add, LEFT)
    qtbot.waitUntil(lambda: names.count() == 3, timeout=LONG)
    assert "“Unchecked” was not checked" in banner(dialog, "organizersBanner")
    wiki.calm()
    names.setCurrentRow(2)
    click(qtbot, dialog, "organizerRemove")
    window.sync._soon.setInterval(20)
    click(qtbot, dialog, "organizersAccept")
    dialog_gone(qtbot, window, OrganizersDialog)
    qtbot.waitUntil(lambda: not window._workspace.projection.changes, timeout=LONG)
    qtbot.waitUntil(lambda: window.sync.state.phase is SyncPhase.IDLE, timeout=LONG)
    key = window.event_pane.event_key or 0
    assert [one.name for one in workspace.organizers(key)] == [wiki.name(), other]


# E-mails


def test_an_e_mail_needs_a_subject_and_a_message(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "emailPeople", EmailDialog)
    send = child(dialog, QPushButton, "emailAccept")
    subject, message = child(dialog, QLineEdit, "emailSubject"), child(dialog, QPlainTextEdit, "emailMessage")
    assert not send.isEnabled()
    assert send.toolTip() == "An e-mail needs a subject and a message."
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


# Registering oneself


def pick(dialog: QWidget, name: str, value: int) -> None:
    choice = child(dialog, QComboBox, f"answer-{name}")
    choice.setCurrentIndex(choice.findData(value))


def test_registering_with_answers(qtbot: QtBot, window: MainWindow) -> None:
    assert text_of(window, "registerMe") == "Register myself…"
    dialog = opened(qtbot, window, "registerMe", RegisterDialog)
    assert child(dialog, QRadioButton, "registerPublic").isChecked()
    words = child(dialog, QLineEdit, "words-affiliate")
    assert not words.isEnabled()
    press(qtbot, child(dialog, QRadioButton, "registerPrivate"), "Space")
    pick(dialog, "age", 3)
    pick(dialog, "affiliate", 1)
    assert words.isEnabled()
    qtbot.keyClicks(words, " Wikimedia Kenya ")
    press(qtbot, child(dialog, QPushButton, "registerAccept"), "Space")
    dialog_gone(qtbot, window, RegisterDialog)
    answers = {"age": OwnAnswer(3), "affiliate": OwnAnswer(1, "Wikimedia Kenya")}
    assert only(window) == Register(OwnRegistration(True, answers), None)
    assert text_of(window, "registerMe") == "Change my registration…"
    assert child(window, QAction, "cancelMe").isEnabled()


def test_tab_goes_through_the_questions_before_the_buttons(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "registerMe", RegisterDialog)
    child(dialog, QRadioButton, "registerPublic").setFocus()
    order = []
    for _ in range(6):
        focus = QApplication.focusWidget()
        order.append(focus.objectName())
        press(qtbot, focus, "Tab")
    questions = [f"answer-{name}" for name in ("gender", "age", "profession", "confidence", "affiliate")]
    assert order == ["registerPublic", *questions]


def test_a_pending_change_is_replaced_instead_of_adding_a_second(qtbot: QtBot, window: MainWindow) -> None:
    number = queue(qtbot, window, Register(OwnRegistration(False, {"age": OwnAnswer(3)})))
    dialog = opened(qtbot, window, "registerMe", RegisterDialog)
    assert child(dialog, QComboBox, "answer-age").currentData() == 3
    pick(dialog, "age", 0)
    click(qtbot, dialog, "registerAccept")
    dialog_gone(qtbot, window, RegisterDialog)
    assert (only(window), change(window, number).state) == (
        Register(OwnRegistration(False)),
        ChangeState.WAITING,
    )


def test_a_registration_on_the_wiki_is_changed_and_cancelled(
    qtbot: QtBot, window: MainWindow, meetup: int
) -> None:
    known = OwnRegistration(True, {"confidence": OwnAnswer(2)})
    window._workspace.mirror.writer.do(own_registrations.save_own, meetup, known)
    window.event_actions.refresh()
    dialog = opened(qtbot, window, "registerMe", RegisterDialog)
    assert child(dialog, QRadioButton, "registerPrivate").isChecked()
    press(qtbot, child(dialog, QPushButton, "registerAccept"), "Space")
    dialog_gone(qtbot, window, RegisterDialog)
    assert window._workspace.changes == []
    dialog = opened(qtbot, window, "registerMe", RegisterDialog)
    press(qtbot, child(dialog, QRadioButton, "registerPublic"), "Space")
    press(qtbot, child(dialog, QPushButton, "registerAccept"), "Space")
    dialog_gone(qtbot, window, RegisterDialog)
    public = OwnRegistration(False, known.answers)
    assert only(window) == Register(public, known)
    child(window, QAction, "cancelMe").trigger()
    box = shown_dialog(qtbot, window, QMessageBox)
    assert "Cancel your registration for “Meetup”?" in seen(box.text())
    press(qtbot, box, "Return")
    dialog_gone(qtbot, window, QMessageBox)
    assert len(window._workspace.changes) == 1
    child(window, QAction, "cancelMe").trigger()
    shown_dialog(qtbot, window, QMessageBox)
    click(qtbot, window, "askCancelMeAccept")
    qtbot.waitUntil(lambda: len(window._workspace.changes) == 2)
    assert window._workspace.changes[1].operation == CancelRegistration(public)
    assert "not registered" in child(window, QAction, "cancelMe").toolTip()


# What two people changed


TWO_PARTS = EditEvent(
    {
        EventPart.CHAT: PartEdit(("https://old",), ("https://mine",)),
        EventPart.STATUS: PartEdit(("open",), ("closed",)),
        EventPart.TOPICS: PartEdit(((),), (("women",),)),
    }
)
THEIRS = {"chat": ["https://theirs"], "status": ["delayed"], "topics": [[]]}


def in_conflict(qtbot: QtBot, window: MainWindow) -> tuple[int, QWidget]:
    """Make an edit that conflicts in two of its three parts; return it and its dialog."""
    number = queue(qtbot, window, TWO_PARTS)
    writer = window._workspace.mirror.writer
    writer.do_durably(outbox.begin_sending, number, times.now())
    writer.do_durably(outbox.ask, number, Question.CONFLICT, "Somebody else changed it.", {"theirs": THEIRS})
    window._workspace.reload_outbox()
    window.show_changes(number)
    click(qtbot, window, "changeDecide")
    return number, shown_dialog(qtbot, window, ConflictDialog)


def test_a_conflict_is_decided_part_by_part(qtbot: QtBot, window: MainWindow) -> None:
    number, dialog = in_conflict(qtbot, window)
    choices = dialog.findChildren(QRadioButton)
    assert {one.objectName() for one in choices} == {
        "theirs-chat",
        "mine-chat",
        "theirs-status",
        "mine-status",
    }
    assert child(dialog, QRadioButton, "mine-chat").accessibleName() == "chat link: https://mine"
    accept = child(dialog, QPushButton, "conflictAccept")
    assert not accept.isEnabled()
    press(qtbot, child(dialog, QRadioButton, "mine-chat"), "Space")
    assert not accept.isEnabled()
    press(qtbot, child(dialog, QRadioButton, "theirs-status"), "Space")
    press(qtbot, accept, "Space")
    dialog_gone(qtbot, window, ConflictDialog)
    decided = change(window, number)
    assert (decided.state, decided.question) == (ChangeState.WAITING, None)
    assert decided.operation == EditEvent(
        {
            EventPart.CHAT: PartEdit(("https://theirs",), ("https://mine",)),
            EventPart.TOPICS: PartEdit(((),), (("women",),)),
        }
    )


def test_keeping_only_their_values_discards_the_change(qtbot: QtBot, window: MainWindow) -> None:
    operation = EditEvent({EventPart.CHAT: TWO_PARTS.edit[EventPart.CHAT]})
    number, dialog = in_conflict(qtbot, window)
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, ConflictDialog)
    assert change(window, number).question is Question.CONFLICT
    window._workspace.mirror.writer.do_durably(outbox.replace_operation, number, operation)
    writer = window._workspace.mirror.writer
    writer.do_durably(outbox.begin_sending, number, times.now())
    writer.do_durably(
        outbox.ask, number, Question.CONFLICT, "Again.", {"theirs": {"chat": ["https://theirs"]}}
    )
    window._workspace.reload_outbox()
    window.event_actions.dialogs.resolve(change(window, number))
    dialog = shown_dialog(qtbot, window, ConflictDialog)
    press(qtbot, child(dialog, QRadioButton, "theirs-chat"), "Space")
    click(qtbot, dialog, "conflictAccept")
    qtbot.waitUntil(lambda: window._workspace.changes == [])
    dialog_gone(qtbot, window, ConflictDialog)


def test_a_decision_can_be_repeated_after_a_full_disk(qtbot: QtBot, window: MainWindow) -> None:
    _, dialog = in_conflict(qtbot, window)
    for name in ("mine-chat", "mine-status"):
        press(qtbot, child(dialog, QRadioButton, name), "Space")
    with disk_refusing(window._workspace):
        click(qtbot, dialog, "conflictAccept")
        qtbot.waitUntil(lambda: bool(banner(dialog, "conflictBanner")))
    assert child(dialog, QPushButton, "conflictAccept").isEnabled()


# Every dialog


NEW = EventFields("Event:Walk", "UTC", "20370305100000", "20370305180000", types=("meetup",), online=True)


def every_dialog(qtbot: QtBot, window: MainWindow) -> Iterator[QWidget]:
    """Yield each dialog for organizing after opening it."""
    table = window.event_pane.participants.table
    table.setFocus()
    press(qtbot, table, "Ctrl+A")
    for operation, kind in (
        ("newEvent", EventDialog),
        ("editEvent", EventDialog),
        ("organizers", OrganizersDialog),
        ("emailPeople", EmailDialog),
        ("removePeople", RemovePeopleDialog),
        ("registerMe", RegisterDialog),
    ):
        dialog = opened(qtbot, window, operation, kind)
        yield dialog
        press(qtbot, dialog, "Esc")
        dialog_gone(qtbot, window, kind)
    yield in_conflict(qtbot, window)[1]


def test_every_control_has_its_names(qtbot: QtBot, window: MainWindow) -> None:
    unnamed = []
    for dialog in every_dialog(qtbot, window):
        for kind in (*CONTROLS, QPlainTextEdit):
            for control in dialog.findChildren(kind):
                if not ours(control) or control.isHidden():
                    continue
                words = control.accessibleName() or getattr(control, "text", str)()
                standard = control.parentWidget().metaObject().className() == "QDialogButtonBox" and words
                if not words or not (control.objectName() or standard):
                    unnamed.append(f"{dialog.objectName()}: {control.objectName()!r} {words!r}")
    assert unnamed == []


def test_tab_leads_to_every_control(qtbot: QtBot, window: MainWindow) -> None:
    missed = []
    for dialog in every_dialog(qtbot, window):
        reached: list[QWidget | None] = []
        for _ in range(150):
            focus = QApplication.focusWidget()
            if len(reached) > 5 and focus is reached[0]:
                break
            reached.append(focus)
            press(qtbot, focus, "Tab")
        names = {one.objectName() for one in reached if one is not None}
        for kind in (*CONTROLS, QPlainTextEdit):
            for control in dialog.findChildren(kind):
                wanted = control.isVisible() and control.isEnabled() and ours(control)
                # Tab reaches one radio button of a group; the arrow keys reach the others.
                if wanted and control.objectName() and not isinstance(control, QRadioButton):
                    policy = control.focusPolicy() & Qt.FocusPolicy.TabFocus
                    if policy and control.objectName() not in names:
                        missed.append(f"{dialog.objectName()}: {control.objectName()}")
    assert missed == []


@pytest.mark.parametrize("language", ["english", "longer", "mirrored"])
def test_nothing_is_cut_off(qtbot: QtBot, window: MainWindow, qapp: QApplication, language: str) -> None:
    longer = Longer()
    try:
        if language == "longer":
            QCoreApplication.installTranslator(longer)
        if language == "mirrored":
            qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        found = []
        for dialog in every_dialog(qtbot, window):
            loops = iter(range(4))
            qtbot.waitUntil(lambda loops=loops: next(loops, None) is None)
            found += [f"{dialog.objectName()}: {text}" for text in cut_off(dialog)]
            if dialog.width() > 1000 or dialog.height() > 760:
                found.append(f"{dialog.objectName()} is {dialog.width()} × {dialog.height()}")
        assert found == []
    finally:
        QCoreApplication.removeTranslator(longer)
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def shown_as_rich_text(root: QWidget) -> list[str]:
    """Return texts that Qt would read as HTML, or that change the direction of the text after them."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        text = widget.text() if isinstance(widget, QLabel) else ""
        tip = widget.toolTip()
        plain = isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.PlainText
        if GuiQt.mightBeRichText(text) and not plain:
            found.append(f"{widget.objectName()}: {text}")
        if GuiQt.mightBeRichText(tip) and not tip.startswith("<qt>"):
            found.append(f"tip of {widget.objectName()}: {tip}")
        for shown in (text, widget.accessibleName(), widget.windowTitle()):
            if "\u202e" in shown:
                found.append(f"{widget.objectName()} turns the text: {shown}")
    return found


def test_names_from_a_wiki_are_never_rich_text(qtbot: QtBot, show_window: Show, workspace: Workspace) -> None:
    hostile = '<img src="http://127.0.0.1/x.png"> & \u202e<b>R&D</b>'
    account = add_account(workspace, rights=ORGANIZER_RIGHTS)
    event = registration(1, hostile, chat_url="https://old", types=(hostile,), address=hostile)
    organizers = [Organizer(1, 3, hostile, ("creator",)), Organizer(2, 4, None, ())]
    key = add_event(workspace, account, event, organizers=organizers)
    store_people(workspace, key, [person(n, hostile, can_email=False) for n in (1, 2)])
    workspace.reload()
    window = show_window()
    window.sync._soon.setInterval(3_600_000)
    settled(qtbot, window)
    found = [text for dialog in every_dialog(qtbot, window) for text in shown_as_rich_text(dialog)]
    queue(qtbot, window, CreateEvent(NEW, hostile))
    assert found + shown_as_rich_text(window) == []
