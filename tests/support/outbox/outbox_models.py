"""What the tests of the outbox's models share."""

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from app.domain.accounts.account import RIGHT_EMAIL, RIGHT_ENABLE
from app.domain.changes.change import Change
from app.domain.changes.merge import PartEdit, edit_between
from app.domain.changes.operations import EditEvent, Operation
from app.domain.events.event import Event
from app.domain.events.event_fields import EventFields, EventPart, fields_of
from app.domain.people.chosen_people import ChosenPerson
from app.models.changes.outbox_control import OutboxControl
from app.models.sync_control import SyncControl, SyncPhase
from app.models.workspace import Workspace
from app.store.changes import outbox
from tests.support.outbox.stored_outbox import REFUSED
from tests.support.window_kit import RIGHTS, person

LONG = 30_000
CLOSE = EditEvent({EventPart.STATUS: PartEdit(("open",), ("closed",))})
ALL_RIGHTS = RIGHTS | {RIGHT_ENABLE, RIGHT_EMAIL}
NEW = EventFields(
    page="Event:Photo walk",
    timezone="UTC",
    start="20370305100000",
    end="20370305180000",
    types=("meetup",),
    online=True,
    tracks_contributions=False,
)


class Computer:
    """A workspace with the controls of a window."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, *, undo_seconds: float = 600.0) -> None:
        self.qtbot = qtbot
        self.workspace = workspace
        self.sync = SyncControl(workspace, workspace, retry_seconds=(0.1,), undo_seconds=undo_seconds)
        self.control = OutboxControl(workspace, self.sync, workspace)
        self.failures: list[str] = []
        self.control.failed.connect(self.failures.append)

    def at_rest(self) -> None:
        jobs = self.workspace.jobs
        self.qtbot.waitUntil(lambda: not jobs.running, timeout=LONG)
        loops = iter(range(3))
        self.qtbot.waitUntil(lambda: next(loops, None) is None)

    def undo(self) -> None:
        """Take back the newest change that can be, as the keys for it do."""
        if change := self.control.undoable():
            self.control.undo(change)

    def queue(self, event_key: int, operation: Operation) -> int:
        """Queue a change as a dialog does; return its number."""
        account = self.workspace.accounts[0].key
        with self.qtbot.waitSignal(self.control.queued, timeout=LONG) as queued:
            self.control.queue(account, event_key, operation)
        assert queued.args is not None
        return int(queued.args[0])

    def change(self, number: int) -> Change:
        (found,) = [change for change in self.workspace.changes if change.number == number]
        return found

    def event(self, key: int) -> Event:
        found = self.workspace.find_event(key)
        assert found is not None
        return found

    def done(self, number: int) -> None:
        self.qtbot.waitUntil(lambda: not self.change(number).open, timeout=LONG)
        self.idle()

    def idle(self) -> None:
        self.qtbot.waitUntil(lambda: self.sync.state.phase is SyncPhase.IDLE, timeout=LONG)
        self.at_rest()

    def update(self, query: Callable[..., object], *values: object) -> None:
        """Update the outbox as sending does."""
        self.workspace.mirror.writer.do_durably(query, *values)
        self.workspace.reload_outbox()

    def refuse(self, number: int) -> None:
        self.update(outbox.begin_sending, number, 5)
        self.update(outbox.fail, number, REFUSED, "title", {})


def edit(event: Event, **changes: object) -> EditEvent:
    before = fields_of(event.registration)
    return EditEvent(edit_between(before, replace(before, **changes)))  # type: ignore[arg-type]


def chosen(*numbers: int) -> tuple[ChosenPerson, ...]:
    people = (person(number) for number in numbers)
    return tuple(ChosenPerson(one.user_id, one.participant_id, one.registered_at, one.name) for one in people)
