"""Editing and closing an event, removing people, and why an action is not offered."""

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QMessageBox, QPushButton, QTabWidget
from pytestqt.qtbot import QtBot

from app.domain import times
from app.domain.changes.operations import DeleteRegistration, EditEvent, RemoveParticipants
from app.domain.events.event import Listing
from app.domain.events.event_fields import EventPart
from app.domain.wording import change_texts
from app.models.workspace import Workspace
from app.store.changes import outbox
from app.views.organizing.event_dialog import EventDialog
from app.views.organizing.remove_people_dialog import RemovePeopleDialog
from app.views.window.main_window import MainWindow
from tests.support.organizing_window import LEFT, ME, action, status, text_of, tick
from tests.support.table_columns import Column
from tests.support.window_kit import (
    ORGANIZER_RIGHTS,
    RIGHTS,
    Show,
    add_account,
    add_event,
    child,
    dialog_gone,
    disk_refusing,
    press,
    registration,
    seen,
    settled,
    shown_dialog,
)

# Editing, closing and undoing


def test_an_edit_by_keyboard_is_marked_until_the_wiki_has_it(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    press(qtbot, window, "Ctrl+1")
    press(qtbot, window, "F2")
    dialog = shown_dialog(qtbot, window, EventDialog)
    assert seen(dialog.windowTitle()) == "Edit “Meetup”"
    assert not dialog.findChildren(QTabWidget)
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
    assert "https://chat.example.org – not on the wiki yet" in texts
    assert "1 change waiting" in child(window, QLabel, "eventDates").text()
    assert child(window, QLabel, "changesBadge").text() == "1"
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
    assert child(dialog, QLabel, "eventDialogBannerText").text() == change_texts.nothing_to_change()
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
    qtbot.waitUntil(lambda: button.text() == "Redo")
    assert not action(window, "undoChange").isEnabled()
    assert window._workspace.projection.changes == ()


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
    assert sum(mark not in ("Public", "Private") for mark in marks) == 3
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
    assert not child(window, QPushButton, "eventAction").isEnabled()
    assert child(window, QPushButton, "eventAction").toolTip() == found["emailPeople"]
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
    assert offered == {
        *ACTIONS,
        "syncEvent",
        "copyEvent",
        "cancelMe",
        "associateEdit",
        "countEdits",
        "articleList",
    }
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
