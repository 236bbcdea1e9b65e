"""Organizing in the window: creating, editing, closing, undoing, and why an action is disabled."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from app.domain import times
from app.domain.changes.change import Change, ChangeState, Question
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import (
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Operation,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.event import Listing, Organizer
from app.domain.events.event_fields import EventFields, EventPart
from app.domain.people.chosen_people import ChosenPerson
from app.models.events.events_model import EventRole
from app.models.sync_control import SyncPhase
from app.models.workspace import Workspace
from app.store.changes import outbox
from app.views.organizing.event_dialog import EventDialog
from app.views.organizing.remove_people_dialog import RemovePeopleDialog
from app.views.widgets.problem_label import ProblemLabel
from app.views.window.main_window import MainWindow
from tests.support.data.event_making import event_of, join, make_event, new_title
from tests.support.servers.practice_server import PracticeServer
from tests.support.table_columns import Column
from tests.support.window_kit import (
    ORGANIZER_RIGHTS,
    RIGHTS,
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

Show = Callable[[], MainWindow]
LONG = 30_000
LEFT = Qt.MouseButton.LeftButton
CLOSE = EditEvent({EventPart.STATUS: PartEdit(("open",), ("closed",))})
ME = [Organizer(1, 3, "Amara", ("creator",)), Organizer(2, 4, "Ingrid", ("organizer",))]
NEW = EventFields(
    "Event:Photo walk", "UTC", "20370305100000", "20370305180000", types=("meetup",), online=True
)
PEOPLE = (ChosenPerson(1001, 1, 5, "Zoë"),)


@pytest.fixture
def meetup(workspace: Workspace) -> int:
    """Return an event of Amara's with five people."""
    account = add_account(workspace, rights=ORGANIZER_RIGHTS)
    key = add_event(workspace, account, registration(1, "Meetup"), organizers=ME)
    store_people(
        workspace, key, [person(n, name) for n, name in enumerate(("Zoë", "Åsa", "Bo", "Cem", "Dao"), 1)]
    )
    workspace.reload()
    return key


@pytest.fixture
def show_without_sending(qtbot: QtBot, show_window: Show) -> Show:
    """Return a function that opens a window that sends nothing automatically."""

    def show() -> MainWindow:
        window = show_window()
        window.sync._soon.setInterval(3_600_000)
        settled(qtbot, window)
        return window

    return show


def queue(qtbot: QtBot, window: MainWindow, event_key: int, action: Operation) -> int:
    with qtbot.waitSignal(window.outbox.queued) as queued:
        window.outbox.queue(window._workspace.accounts[0].key, event_key, action)
    assert queued.args is not None
    return int(queued.args[0])


def change(window: MainWindow, number: int) -> Change:
    (found,) = [one for one in window._workspace.changes if one.number == number]
    return found


def set_state(window: MainWindow, number: int, state: ChangeState) -> None:
    """Set the state of a change, as sending does."""
    writer = window._workspace.mirror.writer
    writer.do_durably(outbox.begin_sending, number, times.now())
    if state is ChangeState.FAILED:
        writer.do_durably(outbox.fail, number, "The wiki says no.", "key", "chat-url", {})
    elif state is ChangeState.ASKS:
        email = isinstance(change(window, number).operation, SendEmail)
        question = Question.MAYBE_SENT if email else Question.CONFLICT
        writer.do_durably(outbox.ask, number, question, "Only you can say.", {"theirs": {"status": ["x"]}})
    elif state is ChangeState.DONE:
        writer.do_durably(outbox.finish, number, times.now(), None)
    window._workspace.reload_outbox()


def status(window: MainWindow, key: int) -> str:
    event = window._workspace.find_event(key)
    assert event is not None
    return event.registration.status


def action(window: MainWindow, name: str) -> QAction:
    return child(window, QAction, name)


def text_of(window: MainWindow, name: str) -> str:
    return action(window, name).text().replace("&", "")


def problem(dialog: EventDialog, field: str) -> str:
    label = child(dialog, ProblemLabel, f"problem-{field}")
    return "" if label.isHidden() else label.text


def tick(qtbot: QtBot, dialog: EventDialog, row: int) -> None:
    types = dialog.form.types
    types.setFocus()
    types.setCurrentRow(row)
    press(qtbot, types, "Space")


# A new event


def test_a_new_event_by_keyboard(qtbot: QtBot, show_without_sending: Show, meetup: int) -> None:
    window = show_without_sending()
    press(qtbot, window, "Ctrl+N")
    dialog = shown_dialog(qtbot, window, EventDialog)
    title = child(dialog, QLineEdit, "eventTitleField")
    press(qtbot, title, "Return")
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
    press(qtbot, chat, "Return")
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
    assert "Not on the wiki yet" in index.data(EventRole.NOTES)
    assert "will be sent in a few seconds" in window.banner.text
    assert window.event_pane.event_key == -made.number
    assert "waiting to be made" in child(window, QLabel, "eventBannerText").text()
    assert not child(window, QPushButton, "syncEvent").isEnabled()
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
    press(qtbot, title, "Return")
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


# Editing, closing and undoing


def test_an_edit_by_keyboard_is_marked_until_the_wiki_has_it(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    press(qtbot, window, "Ctrl+1")
    press(qtbot, window, "F2")
    dialog = shown_dialog(qtbot, window, EventDialog)
    assert seen(dialog.windowTitle()) == "Edit “Meetup”"
    assert not dialog.findChildren(QTabWidget)[0].tabBar().isVisible()
    accept = child(dialog, QPushButton, "eventDialogAccept")
    tick(qtbot, dialog, 0)
    chat = child(dialog, QLineEdit, "eventChatLink")
    chat.setFocus()
    qtbot.keyClicks(chat, "https://chat.example.org")
    press(qtbot, accept, "Space")
    dialog_gone(qtbot, window, EventDialog)
    settled(qtbot, window)
    (made,) = window._workspace.changes
    assert isinstance(made.operation, EditEvent)
    assert set(made.operation.edit) == {EventPart.TYPES, EventPart.CHAT}
    texts = [label.text() for label in window.event_pane.overview.findChildren(QLabel)]
    assert "https://chat.example.org – waiting to be saved" in texts
    assert "1 change waiting" in child(window, QLabel, "eventDates").text()
    assert window.event_pane.tabs.tabText(3) == "Changes (1)"
    assert meetup


def test_saving_without_changes_shows_a_message(
    qtbot: QtBot, show_without_sending: Show, workspace: Workspace
) -> None:
    account = add_account(workspace, rights=ORGANIZER_RIGHTS)
    add_event(workspace, account, registration(1, types=("meetup",)), organizers=ME)
    window = show_without_sending()
    press(qtbot, window, "F2")
    dialog = shown_dialog(qtbot, window, EventDialog)
    press(qtbot, child(dialog, QPushButton, "eventDialogAccept"), "Space")
    assert "Nothing would change" in child(dialog, QLabel, "eventDialogBannerText").text()
    assert workspace.changes == []


@pytest.mark.parametrize("how", ["button", "Ctrl+Z"])
def test_closing_registration_can_be_undone(
    qtbot: QtBot, show_without_sending: Show, meetup: int, how: str
) -> None:
    window = show_without_sending()
    assert not action(window, "undoChange").isEnabled()
    action(window, "closeEvent").trigger()
    qtbot.waitUntil(lambda: status(window, meetup) == "closed")
    assert text_of(window, "closeEvent") == "Reopen registration"
    assert text_of(window, "undoChange") == "Undo: Close registration"
    assert "Registration closed" in child(window, QLabel, "eventDates").text()
    button = child(window, QPushButton, "windowBannerAction")
    assert (button.isVisible(), button.text()) == (True, "Undo")
    if how == "button":
        qtbot.mouseClick(button, LEFT)
    else:
        press(qtbot, window, how)
    qtbot.waitUntil(lambda: status(window, meetup) == "open")
    qtbot.waitUntil(lambda: not window.banner.isVisible())
    assert not action(window, "undoChange").isEnabled()
    assert window._workspace.changes == []


def test_a_full_disk_leaves_the_form_open(qtbot: QtBot, show_without_sending: Show, meetup: int) -> None:
    window = show_without_sending()
    press(qtbot, window, "F2")
    dialog = shown_dialog(qtbot, window, EventDialog)
    tick(qtbot, dialog, 0)
    accept = child(dialog, QPushButton, "eventDialogAccept")
    message = child(dialog, QLabel, "eventDialogBannerText")
    with disk_refusing(window._workspace):
        press(qtbot, accept, "Space")
        qtbot.waitUntil(message.isVisible)
    assert str(window._workspace.mirror.folder) in message.text()
    assert window._workspace.changes == []
    assert accept.isEnabled()
    press(qtbot, accept, "Space")
    dialog_gone(qtbot, window, EventDialog)
    assert len(window._workspace.changes) == 1
    with disk_refusing(window._workspace):
        action(window, "closeEvent").trigger()
        qtbot.waitUntil(lambda: str(window._workspace.mirror.folder) in window.banner.text)
    assert status(window, meetup) == "open"


def test_deleting_a_registration_asks_and_enter_cancels(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    action(window, "deleteRegistration").trigger()
    box = shown_dialog(qtbot, window, QMessageBox)
    assert seen(box.text()) == "Delete the registration of “Meetup” for ever?"
    assert "5 participant" in box.informativeText()
    press(qtbot, box, "Return")
    dialog_gone(qtbot, window, QMessageBox)
    assert window._workspace.changes == []
    action(window, "deleteRegistration").trigger()
    shown_dialog(qtbot, window, QMessageBox)
    qtbot.mouseClick(child(window, QPushButton, "askDeleteAccept"), LEFT)
    qtbot.waitUntil(lambda: len(window._workspace.changes) == 1)
    assert isinstance(window._workspace.changes[0].operation, DeleteRegistration)
    assert "waiting to be deleted" in child(window, QLabel, "eventBannerText").text()
    assert meetup


# Removing participants


def test_a_selection_is_removed_after_its_number_and_names_were_read(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    table = window.event_pane.participants.table
    table.setFocus()
    press(qtbot, table, "Home")
    press(qtbot, table, "Shift+Down")
    press(qtbot, table, "Shift+Down")
    qtbot.mouseClick(child(window, QPushButton, "removeButton"), LEFT)
    dialog = shown_dialog(qtbot, window, RemovePeopleDialog)
    assert seen(child(dialog, QLabel, "removePeopleTitle").text()).startswith("Remove 3 participant")
    assert "“Meetup”" in seen(child(dialog, QLabel, "removePeopleTitle").text())
    listed = dialog.findChildren(QLabel)[0].window().findChild(type(table).__mro__[2], "removePeopleNames")
    names = [seen(str(listed.model().index(row, 0).data())) for row in range(listed.model().rowCount())]
    assert names == ["Åsa", "Bo", "Cem"]
    press(qtbot, dialog, "Return")
    dialog_gone(qtbot, window, RemovePeopleDialog)
    assert window._workspace.changes == []
    table.setFocus()
    action(window, "removePeople").trigger()
    dialog = shown_dialog(qtbot, window, RemovePeopleDialog)
    qtbot.mouseClick(child(dialog, QPushButton, "removePeopleAccept"), LEFT)
    dialog_gone(qtbot, window, RemovePeopleDialog)
    (made,) = window._workspace.changes
    assert isinstance(made.operation, RemoveParticipants)
    assert [one.name for one in made.operation.people] == ["Åsa", "Bo", "Cem"]
    model = window.event_pane.participants.model
    marks = [model.index(row, Column.PRIVATE).data() for row in range(model.rowCount())]
    assert marks.count("To be removed") == 3
    # A person whose removal is pending is not offered again.
    action(window, "removePeople").trigger()
    settled(qtbot, window)
    assert not window.findChildren(RemovePeopleDialog)
    assert meetup


# Why something is not offered


def reasons(window: MainWindow, names: Sequence[str]) -> dict[str, str]:
    """Return the tool tip of each disabled action, empty for enabled ones."""
    found = [action(window, name) for name in names]
    return {one.objectName(): "" if one.isEnabled() else one.toolTip() for one in found}


def reason_before_refresh(window: MainWindow, name: str) -> str:
    """Return why an action may be impossible; the wiki is asked when it is triggered."""
    found = action(window, name)
    assert found.isEnabled()
    sentence, _, rest = found.toolTip().rpartition(" The wiki is asked")
    assert rest
    return sentence


ACTIONS = (
    "editEvent",
    "closeEvent",
    "organizers",
    "emailPeople",
    "removePeople",
    "deleteRegistration",
    "registerMe",
)


@pytest.mark.parametrize(
    ("rights", "event", "place", "message"),
    [
        (RIGHTS - RIGHTS, {}, Listing.LISTED, "does not carry the organizer rights"),
        (ORGANIZER_RIGHTS, {}, Listing.DELETED, "was deleted"),
        (ORGANIZER_RIGHTS, {"page_wiki": "otherwiki"}, Listing.LISTED, "on another wiki"),
    ],
)
def test_disabled_actions_say_why(
    qtbot: QtBot,
    show_without_sending: Show,
    workspace: Workspace,
    rights: frozenset[str],
    event: dict[str, object],
    place: Listing,
    message: str,
) -> None:
    account = add_account(workspace, rights=rights)
    add_event(workspace, account, registration(1, **event), place, ME)
    window = show_without_sending()
    found = reasons(window, ACTIONS)
    mine = found.pop("registerMe")
    assert all(message in reason for reason in found.values()), found
    assert (message in mine) == (place is Listing.DELETED or "page_wiki" in event)
    for name, button in (("emailButton", "emailPeople"), ("removeButton", "removePeople")):
        assert not child(window, QPushButton, name).isEnabled()
        assert child(window, QPushButton, name).toolTip() == found[button]
    assert child(window, QToolButton, "editEventButton").toolTip() == found["editEvent"]
    press(qtbot, window, "F2")
    settled(qtbot, window)
    assert not window.findChildren(EventDialog)


def test_enabled_actions_show_their_shortcuts(qtbot: QtBot, show_without_sending: Show, meetup: int) -> None:
    window = show_without_sending()
    if not window.event_pane.participants.table.chosen_ids():
        assert reasons(window, ("removePeople",))["removePeople"] == "Choose participants in the table first."
        window.event_pane.participants.table.selectRow(0)
    assert set(reasons(window, (*ACTIONS, "newEvent", "copyEvent")).values()) == {""}
    assert action(window, "editEvent").toolTip() == "Edit event (F2)"
    assert reason_before_refresh(window, "cancelMe") == "You are not registered for this event."
    menu = child(window, QMenu, "eventActsMenu")
    offered = {one.objectName() for one in menu.actions() if not one.isSeparator()}
    assert offered == {*ACTIONS, "copyEvent", "cancelMe", "associateEdit"}
    assert menu.toolTipsVisible()
    assert meetup


def test_the_daily_e_mail_limit_and_a_past_event(
    qtbot: QtBot, show_without_sending: Show, workspace: Workspace
) -> None:
    account = add_account(workspace, rights=ORGANIZER_RIGHTS)
    over = add_event(workspace, account, registration(1, days=-9), organizers=ME)
    closed = add_event(workspace, account, registration(2, status="closed"), organizers=ME)
    window = show_without_sending()
    window.event_list.choose(over)
    assert reasons(window, ("emailPeople",)) == {"emailPeople": ""}
    assert reason_before_refresh(window, "registerMe") == "The event is over."
    window.event_list.choose(closed)
    assert reason_before_refresh(window, "registerMe") == "Registration for this event is closed."
    # Without a network the wiki cannot be asked.
    window.sync.network_lost()
    assert reasons(window, ("registerMe",)) == {"registerMe": "Registration for this event is closed."}
    for _ in range(5):
        workspace.mirror.writer.do_durably(outbox.note_email, account, times.now())
    window.event_actions.refresh()
    assert "today’s are used up" in reasons(window, ("emailPeople",))["emailPeople"]
    settled(qtbot, window)


def test_without_an_account_or_an_event_no_action_is_enabled(
    qtbot: QtBot, show_window: Show, workspace: Workspace
) -> None:
    window = show_window()
    assert all(reasons(window, (*ACTIONS, "newEvent")).values())
    add_account(workspace, rights=RIGHTS)
    assert reasons(window, ("editEvent",)) == {"editEvent": "Choose an event first."}
    assert reasons(window, ("newEvent",)) == {"newEvent": "Your account lacks the wiki’s right for this."}
    settled(qtbot, window)


# The list of changes


def buttons(window: MainWindow) -> dict[str, str]:
    card = window.event_pane.changes.card.widget()
    return {one.objectName(): one.text() for one in card.findChildren(QPushButton) if one.isVisibleTo(card)}


def test_the_people_of_a_removal_can_be_copied_and_exported(
    qtbot: QtBot, show_without_sending: Show, meetup: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pending removal may be the only list of these people."""
    window = show_without_sending()
    names = [f"Person {number}" for number in range(61)]
    people = tuple(ChosenPerson(2000 + n, n + 1, 1_780_000_000, name) for n, name in enumerate(names))
    number = queue(qtbot, window, meetup, RemoveParticipants(people))
    press(qtbot, window, "Ctrl+Shift+O")
    window.event_pane.changes.choose(number)
    card = window.event_pane.changes.card.widget()
    assert any(names[60] in label.text() for label in card.findChildren(QLabel))
    qtbot.mouseClick(child(card, QPushButton, "changeCopyNames"), LEFT)
    assert QGuiApplication.clipboard().text().splitlines() == names
    target = tmp_path / "names.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(child(card, QPushButton, "changeExportNames"), LEFT)
    qtbot.waitUntil(target.exists)
    assert target.read_text("utf-8").splitlines() == names
    settled(qtbot, window)


def test_the_list_of_changes_offers_what_fits_each_state(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    press(qtbot, window, "Ctrl+Shift+O")
    tab = window.event_pane.changes
    assert "No changes" in [label.text() for label in tab.findChildren(QLabel)]
    email = SendEmail("Programme", "Dear all", PEOPLE)
    waiting, sending, failed, conflict, maybe, done, plain = (
        queue(qtbot, window, meetup, one)
        for one in (CLOSE, CLOSE, CLOSE, CLOSE, email, CLOSE, DeleteRegistration())
    )
    for number, state in (
        (sending, ChangeState.SENDING),
        (failed, ChangeState.FAILED),
        (conflict, ChangeState.ASKS),
        (maybe, ChangeState.ASKS),
        (done, ChangeState.DONE),
    ):
        set_state(window, number, state)
    settled(qtbot, window)
    shown = {}
    for number in (waiting, sending, failed, conflict, maybe, done, plain):
        tab.choose(number)
        shown[number] = buttons(window)
    assert shown == {
        waiting: {"changeSend": "Send now", "changeEdit": "Edit…", "changeDiscard": "Take back"},
        sending: {},
        failed: {"changeRetry": "Retry", "changeEdit": "Edit…", "changeDiscard": "Discard"},
        conflict: {"changeDecide": "Decide…", "changeEdit": "Edit…", "changeDiscard": "Discard"},
        maybe: {
            "changeMarkSent": "It was sent",
            "changeRetry": "Send again",
            "changeEdit": "Edit…",
            "changeDiscard": "Discard",
            "changeCopyNames": "Copy the names",
            "changeExportNames": "Export the names…",
        },
        done: {},
        plain: {"changeSend": "Send now", "changeDiscard": "Take back"},
    }
    assert "Held back" in child(window, QLabel, "changeNote").text() or change(window, plain)
    tab.choose(plain)
    assert child(window, QLabel, "changeNote").text().startswith("Held back")
    tab.choose(failed)
    assert child(window, QLabel, "changeNote").text() == "The wiki says no."
    assert "5 changes" in window.sync_bar.text or "waiting" in window.sync_bar.text.lower()
    clear = child(window, QPushButton, "changesClear")
    assert clear.isEnabled()
    qtbot.mouseClick(clear, LEFT)
    qtbot.waitUntil(lambda: done not in [one.number for one in window._workspace.changes])
    assert not clear.isEnabled()


def test_an_unconfirmed_e_mail_is_marked_as_sent(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    number = queue(qtbot, window, meetup, SendEmail("Programme", "Dear all", PEOPLE))
    set_state(window, number, ChangeState.ASKS)
    assert "Only you can say." in window.banner.text
    qtbot.mouseClick(child(window, QPushButton, "windowBannerAction"), LEFT)
    assert window.event_pane.tabs.currentIndex() == 3
    assert "May have been sent" in child(window, QLabel, "changeState").text()
    qtbot.mouseClick(child(window, QPushButton, "changeMarkSent"), LEFT)
    qtbot.waitUntil(lambda: change(window, number).state is ChangeState.DONE)
    assert window._workspace.emails_today(window._workspace.accounts[0].key) == 1


def test_changes_are_discarded_by_keyboard_and_long_ones_only_after_a_question(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    closing = queue(qtbot, window, meetup, CLOSE)
    email = queue(qtbot, window, meetup, SendEmail("Programme", "Dear all", PEOPLE))
    press(qtbot, window, "Ctrl+4")
    table = window.event_pane.changes.table
    assert QApplication.focusWidget() is table
    window.event_pane.changes.choose(closing)
    press(qtbot, table, "Del")
    qtbot.waitUntil(lambda: [one.number for one in window._workspace.changes] == [email])
    qtbot.waitUntil(lambda: window.event_pane.changes.model.rowCount() == 1)
    press(qtbot, table, "Del")
    box = shown_dialog(qtbot, window, QMessageBox)
    assert "Nothing of it has been sent" in box.informativeText()
    press(qtbot, box, "Return")
    dialog_gone(qtbot, window, QMessageBox)
    assert [one.number for one in window._workspace.changes] == [email]
    table.setFocus()
    press(qtbot, table, "Del")
    shown_dialog(qtbot, window, QMessageBox)
    qtbot.mouseClick(child(window, QPushButton, "askDiscardAccept"), LEFT)
    qtbot.waitUntil(lambda: window._workspace.changes == [])


def test_a_refused_edit_shows_the_reason_beside_its_field(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    edit = EditEvent(
        {EventPart.CHAT: PartEdit((None,), ("https://x",)), EventPart.TYPES: PartEdit(((),), (("meetup",),))}
    )
    number = queue(qtbot, window, meetup, edit)
    set_state(window, number, ChangeState.FAILED)
    window.show_changes(number)
    qtbot.mouseClick(child(window, QPushButton, "changeEdit"), LEFT)
    dialog = shown_dialog(qtbot, window, EventDialog)
    assert problem(dialog, "chat-url") == "The wiki says no."
    chat = child(dialog, QLineEdit, "eventChatLink")
    assert chat.text() == "https://x"
    chat.setText("https://chat.example.org")
    press(qtbot, child(dialog, QPushButton, "eventDialogAccept"), "Space")
    dialog_gone(qtbot, window, EventDialog)
    edited = change(window, number)
    assert (edited.state, edited.sentence) == (ChangeState.WAITING, None)
    assert isinstance(edited.operation, EditEvent)
    assert edited.operation.edit[EventPart.CHAT] == PartEdit((None,), ("https://chat.example.org",))
    assert edited.operation.edit[EventPart.TYPES] == PartEdit(((),), (("meetup",),))


def test_only_the_changes_of_this_event_and_those_still_open(
    qtbot: QtBot, show_without_sending: Show, workspace: Workspace, meetup: int
) -> None:
    other = add_event(workspace, workspace.accounts[0].key, registration(2, "Other", days=9), organizers=ME)
    window = show_without_sending()
    first, second = queue(qtbot, window, meetup, CLOSE), queue(qtbot, window, other, CLOSE)
    set_state(window, first, ChangeState.DONE)
    window.event_list.choose(meetup)
    press(qtbot, window, "Ctrl+4")
    settled(qtbot, window)
    model = window.event_pane.changes.model
    scope, done = child(window, QComboBox, "changesScope"), child(window, QCheckBox, "changesDone")
    assert model.rowCount() == 2
    scope.setCurrentIndex(1)
    assert [model.row_of(number) for number in (first, second)] == [0, -1]
    window.event_list.choose(other)
    settled(qtbot, window)
    assert [model.row_of(number) for number in (first, second)] == [-1, 0]
    scope.setCurrentIndex(0)
    press(qtbot, done, "Space")
    assert model.rowCount() == 1


def test_removing_an_event_shows_what_would_be_lost(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    queue(qtbot, window, meetup, CLOSE)
    window._ask_remove(meetup)
    box = shown_dialog(qtbot, window, QMessageBox)
    assert "1 change to it not sent yet would be lost" in box.informativeText()
    press(qtbot, box, "Esc")
    dialog_gone(qtbot, window, QMessageBox)
    window.wikis._ask_sign_out(window._workspace.accounts[0])
    box = shown_dialog(qtbot, window, QMessageBox)
    assert "1 change not sent yet would be lost" in box.informativeText()
    press(qtbot, box, "Esc")
    dialog_gone(qtbot, window, QMessageBox)


def test_a_success_does_not_hide_what_needs_the_user(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    bad = queue(
        qtbot, window, meetup, EditEvent({EventPart.CHAT: PartEdit((None,), ("https://chat.example",))})
    )
    good = queue(qtbot, window, meetup, EditEvent({EventPart.STATUS: PartEdit(("open",), ("closed",))}))
    set_state(window, bad, ChangeState.FAILED)
    qtbot.waitUntil(lambda: "The wiki says no." in window.banner.text)
    index = window.event_list.model.index_of(meetup)
    assert index.data(EventRole.NOTES)[:2] == ["1 change to be decided by you", "1 change waiting"]
    set_state(window, good, ChangeState.DONE)
    settled(qtbot, window)
    assert "The wiki says no." in window.banner.text


# On the practice wiki


@pytest.fixture
def signed_in(
    qtbot: QtBot,
    workspace: Workspace,
    show_window: Show,
    start_practice_wiki: Callable[..., PracticeServer],
) -> tuple[MainWindow, PracticeServer]:
    """Return a window on an event of the practice wiki."""
    from app.sync.fetching.pull import Pull

    wiki = start_practice_wiki()
    workspace.wikis().sign_in_with_token(workspace.wikis().find(wiki.base), wiki.token())
    workspace.reload()
    Pull(workspace.wikis(), workspace.accounts[0]).some([make_event(wiki)])
    workspace.reload()
    window = show_window()
    window.sync._soon.setInterval(50)
    settled(qtbot, window)
    return window, wiki


def at_rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.sync.state.phase is SyncPhase.IDLE, timeout=LONG)
    qtbot.waitUntil(lambda: not window._workspace.jobs.running, timeout=LONG)


def test_a_new_event_stays_selected_when_it_is_created(
    qtbot: QtBot, signed_in: tuple[MainWindow, PracticeServer]
) -> None:
    window, wiki = signed_in
    window.sync._soon.setInterval(3_600_000)
    title = new_title()
    press(qtbot, window, "Ctrl+N")
    dialog = shown_dialog(qtbot, window, EventDialog)
    qtbot.keyClicks(child(dialog, QLineEdit, "eventTitleField"), title)
    tick(qtbot, dialog, 0)
    press(qtbot, child(dialog, QCheckBox, "eventOnline"), "Space")
    press(qtbot, child(dialog, QPushButton, "eventDialogAccept"), "Space")
    dialog_gone(qtbot, window, EventDialog)
    (made,) = window._workspace.changes
    window.event_list.choose(-made.number)
    window.show_changes(made.number)
    settled(qtbot, window)
    qtbot.mouseClick(child(window, QPushButton, "changeSend"), LEFT)
    qtbot.waitUntil(lambda: (window.event_pane.event_key or 0) > 0, timeout=LONG)
    at_rest(qtbot, window)
    event = window._workspace.find_event(window.event_pane.event_key or 0)
    assert event is not None
    assert event.registration.page == title
    assert event_of(wiki, event.event_id)["event_page"] == title
    chosen = window.event_list.view.currentIndex()
    assert chosen.data(EventRole.KEY) == event.key
    assert "Not on the wiki yet" not in chosen.data(EventRole.NOTES)
    assert window.banner.text.startswith("Done: Make the event")
    assert not child(window, QLabel, "eventBannerText").isVisible()


def test_a_change_made_offline_is_sent_when_the_network_is_back(
    qtbot: QtBot, signed_in: tuple[MainWindow, PracticeServer]
) -> None:
    window, wiki = signed_in
    window.sync._retry_seconds = (0.1,)
    key = window.event_pane.event_key or 0
    event = window._workspace.find_event(key)
    assert event is not None
    wiki.fault("drop")
    press(qtbot, window, "F5")
    qtbot.waitUntil(lambda: window.sync.state.offline_since is not None, timeout=LONG)
    at_rest(qtbot, window)
    action(window, "closeEvent").trigger()
    qtbot.waitUntil(lambda: "sent when the network is back" in window.banner.text)
    assert status(window, key) == "closed"
    press(qtbot, window, "F2")
    dialog = shown_dialog(qtbot, window, EventDialog)
    assert any("Offline" in label.text() for label in dialog.findChildren(QLabel))
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, EventDialog)
    wiki.calm()
    qtbot.waitUntil(lambda: not window._workspace.projection.changes, timeout=LONG)
    at_rest(qtbot, window)
    assert event_of(wiki, event.event_id)["status"] == "closed"
    name = event.registration.name
    assert window.banner.text == f"Done: Close registration ({name})."


def test_discarding_a_refused_change_sends_the_blocked_ones(
    qtbot: QtBot, signed_in: tuple[MainWindow, PracticeServer]
) -> None:
    window, wiki = signed_in
    key = window.event_pane.event_key or 0
    event = window._workspace.find_event(key)
    assert event is not None
    wiki.fault("drop")
    topics = EditEvent({EventPart.TOPICS: PartEdit((event.registration.topics,), (("no-topic",),))})
    refused = queue(qtbot, window, key, topics)
    held = queue(qtbot, window, key, EditEvent({EventPart.STATUS: PartEdit(("open",), ("closed",))}))
    at_rest(qtbot, window)
    wiki.calm()
    window.sync.send_now()
    qtbot.waitUntil(lambda: change(window, refused).state is ChangeState.FAILED, timeout=LONG)
    at_rest(qtbot, window)
    assert change(window, held).state is ChangeState.WAITING
    window.outbox.discard(refused)
    qtbot.waitUntil(lambda: change(window, held).state is ChangeState.DONE, timeout=LONG)
    at_rest(qtbot, window)
    assert event_of(wiki, event.event_id)["status"] == "closed"


def test_an_event_is_refreshed_before_outdated_data_refuses_an_action(
    qtbot: QtBot, signed_in: tuple[MainWindow, PracticeServer]
) -> None:
    window, wiki = signed_in
    event = window._workspace.find_event(window.event_pane.event_key or 0)
    assert event is not None
    action(window, "cancelMe").trigger()
    box = shown_dialog(qtbot, window, QMessageBox)
    assert box.text() == "You are not registered for this event."
    press(qtbot, box, "Return")
    dialog_gone(qtbot, window, QMessageBox)
    join(wiki, event.event_id, "organizer")  # in the browser, a minute ago
    action(window, "cancelMe").trigger()
    box = shown_dialog(qtbot, window, QMessageBox)
    assert "Cancel your registration" in seen(box.text())
    press(qtbot, box, "Escape")
    dialog_gone(qtbot, window, QMessageBox)
    at_rest(qtbot, window)
