"""What the tests of organizing in the window share: queueing changes, and looking at what is shown."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.domain import times
from app.domain.changes.change import Change, ChangeState, Question
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import EditEvent, Operation, SendEmail
from app.domain.events.event import Organizer
from app.domain.events.event_fields import EventFields, EventPart
from app.domain.people.chosen_people import ChosenPerson
from app.store.changes import outbox
from app.views.forms.problem_label import ProblemLabel
from app.views.organizing.event_dialog import EventDialog
from app.views.window.main_window import MainWindow
from tests.support.outbox.stored_outbox import REFUSED
from tests.support.window_kit import child, press

LEFT = Qt.MouseButton.LeftButton
CLOSE = EditEvent({EventPart.STATUS: PartEdit(("open",), ("closed",))})
ME = [Organizer(1, 3, "Amara", ("creator",)), Organizer(2, 4, "Ingrid", ("organizer",))]
NEW = EventFields(
    "Event:Photo walk", "UTC", "20370305100000", "20370305180000", types=("meetup",), online=True
)
PEOPLE = (ChosenPerson(1001, 1, 5, "Zoë"),)


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
        writer.do_durably(outbox.fail, number, REFUSED, "chat-url", {})
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
