"""Registering oneself, settling conflicts, and what holds for every dialog."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain import times
from app.domain.changes.change import ChangeState, Question
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import CancelRegistration, CreateEvent, EditEvent, Register
from app.domain.events.event import Organizer
from app.domain.events.event_fields import EventFields, EventPart
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
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
from tests.support.organizing_dialogs import banner, click, only, opened, queue_here
from tests.support.organizing_window import change, text_of
from tests.support.window_kit import (
    ORGANIZER_RIGHTS,
    Show,
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
    number = queue_here(qtbot, window, Register(OwnRegistration(False, {"age": OwnAnswer(3)})))
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
    qtbot: QtBot, window: MainWindow, linked_meetup: int
) -> None:
    known = OwnRegistration(True, {"confidence": OwnAnswer(2)})
    window._workspace.mirror.writer.do(own_registrations.save_own, linked_meetup, known)
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
    number = queue_here(qtbot, window, TWO_PARTS)
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
    queue_here(qtbot, window, CreateEvent(NEW, hostile))
    assert found + shown_as_rich_text(window) == []
