"""Sends the outbox: the changes of one account, in order for each event, each of them once."""

import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from app.domain import times
from app.domain.accounts.account import Account
from app.domain.changes.change import UNANSWERED, Change, ChangeState
from app.domain.events.event_checks import refused_field
from app.domain.faults import OF_ONE_WIKI, REFUSALS, Fault, KnownFault
from app.domain.wording import wiki_fault_texts
from app.i18n import _
from app.store.changes import outbox
from app.store.events import events
from app.sync.sending.handlers import HANDLERS
from app.sync.sending.send_context import NeedsUser, NotReadBack, Save, SendContext, Sent
from app.sync.wikis import Wikis
from app.wiki.event_changes import EventChanges
from app.wiki.event_registration import is_deleted
from app.wiki.http.answers import NoAnswer

if TYPE_CHECKING:
    from app.store.database.writer import Connection

#: After a lost answer the request may still be in transit or in progress on the wiki: wait this many seconds
#: before reading the result.
SETTLE_SECONDS = 10.0
#: How often a change is tried in one run when its answer is lost.
_TRIES = 3


@dataclass(frozen=True)
class Pushed:
    """The result of a run. `stuck` counts the changes that need the user.

    `stale` holds the wiki's numbers of the events whose people must be fetched: the user created them,
    registered for them, or cancelled.
    """

    done: int
    stuck: int
    stale: tuple[int, ...] = ()


class Push:
    """One run over the outbox of an account. `on_progress` is called on this thread for each step."""

    def __init__(
        self,
        wikis: Wikis,
        account: Account,
        cancel: threading.Event | None = None,
        on_progress: Callable[[], None] = lambda: None,
    ) -> None:
        self._account = account
        self._mirror = wikis.mirror
        self._writer = wikis.mirror.writer
        self._wikis = wikis
        self._cancel = cancel or threading.Event()
        self._on_progress = on_progress
        self._done = self._stuck = 0
        self._stale: list[int] = []

    def everything(self) -> Pushed:
        """Send all pending changes but those that take minutes.

        Raises KnownFault for what concerns all of them: offline, sign-in ended, stopped.
        """
        return self._run(lambda change: not change.operation.takes_minutes)

    def what_takes_minutes(self) -> Pushed:
        """Send the rest; what is left when it is stopped waits. Raises KnownFault as `everything` does."""
        return self._run(lambda change: change.operation.takes_minutes)

    def one(self, number: int) -> Pushed:
        """Send one change, after the earlier ones of its event. Raises KnownFault."""
        changes = self._changes()
        key = next((change.event_key for change in changes if change.number == number), None)
        before = {
            one.number
            for one in changes
            if one.number == number
            or (one.event_key == key and one.number < number and not one.operation.takes_minutes)
        }
        return self._run(lambda change: change.number in before)

    def _run(self, wanted: Callable[[Change], bool]) -> Pushed:
        tried: set[int] = set()
        while change := self._next(wanted, tried):
            if self._cancel.is_set():
                raise KnownFault(Fault.CANCELLED, wiki_fault_texts.cancelled())
            tried.add(change.number)
            try:
                self._send(change)
            finally:
                self._on_progress()
        self._writer.do(outbox.forget_done, times.now() - outbox.DONE_RETENTION)
        return Pushed(self._done, self._stuck, tuple(self._stale))

    def _next(self, wanted: Callable[[Change], bool], tried: set[int]) -> Change | None:
        """Return the next change to send: one that is stuck or was tried in this run blocks its event."""
        blocked: set[int] = set()
        for change in self._changes():
            if change.account_key != self._account.key or not change.open:
                continue
            if change.stuck or change.number in tried:
                if change.operation.holds_back:
                    blocked.add(change.event_key)
            elif (change.event_key not in blocked or change.operation.takes_minutes) and wanted(change):
                return change
        return None

    def _send(self, change: Change) -> None:
        """Send a change; if its answer is lost, check the wiki and retry."""
        tried_at = change.tried_at if change.state is ChangeState.SENDING else None
        left = _TRIES
        while left:
            if tried_at is not None and change.operation.can_be_read_back:
                self._wait_until_settled(tried_at)
            started = self._writer.do_durably(outbox.begin_sending, change.number, times.now())
            if started is None:
                return
            present, again = started
            self._on_progress()
            context = self._context(present, again=again)
            try:
                sent = HANDLERS[type(present.operation)](context, present.operation)
            except NoAnswer as fault:
                tried_at = self._writer.do_durably(outbox.mark_unanswered, change.number, fault.sentence)
                self._on_progress()
                # One lost answer among many of a long change does not end it.
                left = _TRIES if context.moved else left - 1
                if not left and present.operation.takes_minutes:
                    # To send a part of it twice does no harm, so it can be discarded.
                    self._writer.do_durably(outbox.requeue, change.number, fault.sentence)
            except NeedsUser as fault:
                self._stuck += 1
                self._writer.do_durably(
                    outbox.ask, change.number, fault.question, fault.sentence, fault.progress
                )
                return
            except KnownFault as fault:
                self._handle_fault(context, fault)
                return
            else:
                self._finish(change.number, sent)
                if present.operation.changes_people:
                    self._stale.append(context.progress.get("event_id") or context.event_id)
                return

    def _wait_until_settled(self, tried_at: int) -> None:
        """Wait until a request sent at `tried_at` cannot be in progress any more. Raises KnownFault."""
        left = tried_at + SETTLE_SECONDS - times.now()
        # A clock that was set back must not delay a change for ever.
        if self._cancel.wait(min(max(left, 0.0), SETTLE_SECONDS)):
            raise KnownFault(Fault.CANCELLED, wiki_fault_texts.cancelled())

    def _finish(self, number: int, sent: Sent) -> None:
        def finish(connection: "Connection") -> None:
            sent.save(connection)
            outbox.finish(connection, number, times.now(), sent.note)

        self._writer.do_durably(finish)
        self._done += 1

    def _handle_fault(self, context: SendContext, fault: KnownFault) -> None:
        """Save what a fault means for the change; raise it again if it concerns all changes."""
        number = context.change.number
        confirmed = isinstance(fault, NotReadBack)
        # A later retry must still read the wiki's state first.
        progress = {**context.progress, UNANSWERED: True} if context.again else context.progress
        if confirmed and context.event is not None and is_deleted(fault):
            deleted = partial(
                events.mark_deleted, wiki_key=self._account.key, event_id=context.event.event_id
            )
            self._finish(number, Sent(deleted))
            return
        if fault.fault in REFUSALS:
            field = refused_field(fault.error_key, fault.parameters)
            name = field.value if field else None
            self._stuck += 1
            self._writer.do_durably(outbox.fail, number, fault, name, progress)
            if is_deleted(fault) and context.event is not None:
                self._writer.do(events.mark_deleted, self._account.key, context.event.event_id)
            return
        if confirmed:
            self._writer.do_durably(outbox.note_progress, number, context.progress, times.now())
        write = outbox.mark_unanswered if confirmed or context.again else outbox.requeue
        self._writer.do_durably(write, number, self._waiting_reason(fault))
        if fault.fault is not Fault.WIKI_BROKEN and not self._can_continue_after(fault, context):
            raise fault

    def _can_continue_after(self, fault: KnownFault, context: SendContext) -> bool:
        """Return whether other changes can be sent after a fault that does not concern this change alone.

        A fault of another wiki of the family stops only that wiki's events. An ended sign-in stops only what
        needs it, as long as another one is active.
        """
        here = self._account.wiki.base_url
        if context.reading.client.base_url != here:
            return fault.fault in (*OF_ONE_WIKI, Fault.WIKI_READ_ONLY)
        return fault.fault is Fault.SIGN_IN_ENDED and self._wikis.reaches(self._account, here)

    def _waiting_reason(self, fault: KnownFault) -> str | None:
        if fault.fault is Fault.CANCELLED:
            return None
        if fault.fault is Fault.OFFLINE:  # other network faults have a specific sentence
            return _(
                "{wiki} could not be reached. This waits here and is sent when the network is back."
            ).format(wiki=self._account.wiki.site_name)
        return fault.sentence

    def _context(self, change: Change, *, again: bool) -> SendContext:
        def save_progress(progress: Mapping[str, Any], save: Save) -> None:
            def write(connection: "Connection") -> None:
                save(connection)
                outbox.note_progress(connection, change.number, progress, times.now())

            self._writer.do_durably(write)
            self._on_progress()

        with closing(self._mirror.reader()) as reader:
            event = events.read_event(reader, change.event_key) if change.event_key > 0 else None
        # Only the wiki of the event's page accepts changes to it; cancelling works on any (CONTRACT §4.12).
        place = self._account.address_of(event.registration.page_wiki) if event else None
        if place and change.operation.works_on_any_wiki and not self._wikis.reaches(self._account, place):
            place = None
        reading = self._wikis.connection(self._account, self._cancel, place)
        return SendContext(
            account=self._account,
            reading=reading,
            changing=EventChanges(reading.client),
            change=change,
            event=event,
            again=again or UNANSWERED in change.progress,
            save_progress=save_progress,
            progress={name: value for name, value in change.progress.items() if name != UNANSWERED},
        )

    def _changes(self) -> list[Change]:
        with closing(self._mirror.reader()) as reader:
            return outbox.read_changes(reader)
