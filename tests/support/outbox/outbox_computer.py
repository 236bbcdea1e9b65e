"""A signed-in data folder with an outbox: queue, send and read changes."""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

from app.domain import times
from app.domain.changes.change import Change
from app.domain.changes.merge import edit_between
from app.domain.changes.operations import EditEvent, Operation
from app.domain.events.event_fields import EventFields, fields_of
from app.domain.people.chosen_people import ChosenPerson
from app.domain.people.own_registration import OwnRegistration
from app.store.changes import outbox
from app.store.events import events
from app.store.people import own_registrations
from app.sync.sending.push import Push, Pushed
from tests.support.outbox.sync_computer import Computer


class OutboxComputer(Computer):
    """A user's data folder with changes in its outbox."""

    def queue(self, operation: Operation, event_key: int = 0) -> int:
        """Queue a change as the program does; return its number."""
        return self.mirror.writer.do_durably(
            outbox.add_change, self.account.key, event_key, operation, times.now()
        )

    def edit(self, event_id: int, **changes: object) -> int:
        """Queue an edit of fields, based on the mirror."""
        event = self.events()[event_id]
        before = fields_of(event.registration)
        after: EventFields = replace(before, **changes)  # type: ignore[arg-type]
        return self.queue(EditEvent(edit_between(before, after)), event.key)

    def send(self) -> Pushed:
        return Push(self.wikis, self.account).everything()

    def send_what_takes_minutes(
        self, cancel: threading.Event | None = None, on_progress: Callable[[], None] = lambda: None
    ) -> Pushed:
        return Push(self.wikis, self.account, cancel, on_progress).what_takes_minutes()

    def change(self, number: int) -> Change:
        found = self.find(number)
        assert found is not None
        return found

    def find(self, number: int) -> Change | None:
        with closing(self.mirror.reader()) as reader:
            return outbox.read_change(reader, number)

    def changes(self) -> list[Change]:
        with closing(self.mirror.reader()) as reader:
            return outbox.read_changes(reader)

    def organizers(self, event_id: int) -> list[str | None]:
        key = self.events()[event_id].key
        with closing(self.mirror.reader()) as reader:
            return [one.name for one in events.read_organizers(reader, key)]

    def own(self, event_id: int) -> OwnRegistration | None:
        with closing(self.mirror.reader()) as reader:
            return own_registrations.read_own(reader, self.events()[event_id].key)

    def chosen(self, event_id: int, *user_ids: int) -> tuple[ChosenPerson, ...]:
        """Return people of an event as if chosen in the table."""
        return tuple(
            ChosenPerson(one.user_id, one.participant_id, one.registered_at, one.name, one.can_email)
            for one in self.people(event_id).values()
            if not user_ids or one.user_id in user_ids
        )
