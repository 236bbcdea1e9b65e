"""The list of changes in the window, alone and on the practice wiki."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from app.domain.changes.change import ChangeState
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import DeleteRegistration, EditEvent, RemoveParticipants, SendEmail
from app.domain.desk.acts import Act, ActKind, PersonKey
from app.domain.events.event import Listing
from app.domain.events.event_fields import EventPart
from app.domain.events.permissions import Obstacle
from app.domain.people.chosen_people import ChosenPerson
from app.domain.wording import change_texts, organizing_texts
from app.domain.wording.local_data_texts import desk_lost
from app.models.events.events_model import EventRole
from app.models.sync_control import SyncPhase
from app.models.workspace import Workspace
from app.store.desk.acts import add_acts
from app.views.organizing.event_dialog import EventDialog
from app.views.window.main_window import MainWindow
from tests.support.data.event_making import event_of, join, make_event, new_title
from tests.support.organizing_window import (
    CLOSE,
    LEFT,
    ME,
    PEOPLE,
    action,
    change,
    problem,
    queue,
    set_state,
    status,
    tick,
)
from tests.support.outbox.stored_outbox import REFUSED
from tests.support.servers.practice_server import PracticeServer
from tests.support.window_kit import (
    LONG,
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


def buttons(window: MainWindow) -> dict[str, str]:
    card = window.changes.card.widget()
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
    window.changes.choose(number)
    card = window.changes.card.widget()
    listed = child(card, QListView, "changePeople").model()
    assert listed.index(60, 0).data() == names[60]
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
    tab = window.changes
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
    assert child(window, QLabel, "changeNote").text() == REFUSED.sentence
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
    assert window.changes.isVisible()
    assert change_texts.change_state(change(window, number)) in child(window, QLabel, "changeState").text()
    qtbot.mouseClick(child(window, QPushButton, "changeMarkSent"), LEFT)
    qtbot.waitUntil(lambda: change(window, number).state is ChangeState.DONE)
    assert window._workspace.emails_today(window._workspace.accounts[0].key) == 1


def test_changes_are_discarded_by_keyboard_and_long_ones_only_after_a_question(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    closing = queue(qtbot, window, meetup, CLOSE)
    email = queue(qtbot, window, meetup, SendEmail("Programme", "Dear all", PEOPLE))
    press(qtbot, window, "Ctrl+Shift+O")
    table = window.changes.table
    assert QApplication.focusWidget() is table
    window.changes.choose(closing)
    press(qtbot, table, "Del")
    qtbot.waitUntil(lambda: [one.number for one in window._workspace.changes] == [email])
    qtbot.waitUntil(lambda: window.changes.model.rowCount() == 1)
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
    assert problem(dialog, "chat-url") == REFUSED.sentence
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
    press(qtbot, window, "Ctrl+6")
    settled(qtbot, window)
    history = window.event_pane.history.model
    assert [history.row_of(number) for number in (first, second)] == [0, -1]
    window.event_list.choose(other)
    settled(qtbot, window)
    assert [history.row_of(number) for number in (first, second)] == [-1, 0]
    press(qtbot, window, "Ctrl+Shift+O")
    assert window.changes.model.rowCount() == 2
    press(qtbot, child(window, QCheckBox, "changesDone"), "Space")
    assert window.changes.model.rowCount() == 1


def test_removing_an_event_shows_what_would_be_lost(
    qtbot: QtBot, show_without_sending: Show, meetup: int
) -> None:
    window = show_without_sending()
    queue(qtbot, window, meetup, CLOSE)
    act = Act("1", PersonKey.of_user(3), "20261212", ActKind.CHECK_IN, 1, "A")
    window._workspace.mirror.writer.do_durably(add_acts, meetup, 0, [act])
    window.event_actions.remove_here(meetup)
    box = shown_dialog(qtbot, window, QMessageBox)
    assert "1 change to it not sent yet would be lost" in box.informativeText()
    assert desk_lost() in box.informativeText()
    press(qtbot, box, "Esc")
    dialog_gone(qtbot, window, QMessageBox)
    window.wikis._ask_sign_out(window._workspace.accounts[0])
    box = shown_dialog(qtbot, window, QMessageBox)
    assert "1 change not sent yet would be lost" in box.informativeText()
    assert desk_lost() in box.informativeText()
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
    qtbot.waitUntil(lambda: REFUSED.sentence in window.banner.text)
    index = window.event_list.model.index_of(meetup)
    assert index.data(EventRole.NOTES)[:2] == ["1 change to be decided by you", "1 change waiting"]
    set_state(window, good, ChangeState.DONE)
    settled(qtbot, window)
    assert REFUSED.sentence in window.banner.text


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
    dialog.page_text.template.setPlainText("About it")
    press(qtbot, child(dialog, QPushButton, "eventDialogAccept"), "Space")
    dialog_gone(qtbot, window, EventDialog)
    (made,) = window._workspace.changes
    window.event_list.choose(-made.number)
    settled(qtbot, window)
    assert child(window, QPushButton, "eventAction").text() == "Send now"
    qtbot.mouseClick(child(window, QPushButton, "eventAction"), LEFT)
    qtbot.waitUntil(lambda: (window.event_pane.event_key or 0) > 0, timeout=LONG)
    at_rest(qtbot, window)
    event = window._workspace.find_event(window.event_pane.event_key or 0)
    assert event is not None
    assert event.registration.page == title
    assert event_of(wiki, event.event_id)["event_page"] == title
    chosen = window.event_list.view.currentIndex()
    assert chosen.data(EventRole.KEY) == event.key
    assert event.listing is Listing.LISTED
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
    assert box.text() == organizing_texts.obstacle_sentence(Obstacle.NOT_REGISTERED)
    press(qtbot, box, "Return")
    dialog_gone(qtbot, window, QMessageBox)
    join(wiki, event.event_id, "organizer")  # in the browser, a minute ago
    action(window, "cancelMe").trigger()
    box = shown_dialog(qtbot, window, QMessageBox)
    assert "Cancel your registration" in seen(box.text())
    press(qtbot, box, "Escape")
    dialog_gone(qtbot, window, QMessageBox)
    at_rest(qtbot, window)
