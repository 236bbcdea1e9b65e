"""Sending the outbox: the changes of one account, in order for each event, none of them twice."""

import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from app.domain import times, wording
from app.domain.accounts.account import Account
from app.domain.changes.change import (
    UNANSWERED,
    AssociateEdit,
    CancelRegistration,
    Change,
    ChangeOrganizers,
    ChangeState,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Register,
    RemoveContribution,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.event_checks import refused_field
from app.domain.faults import OF_ONE_WIKI, REFUSALS, Fault, KnownFault
from app.store.changes import outbox
from app.store.events import events
from app.sync.sending.contribution_handlers import send_association, send_contribution_removal
from app.sync.sending.event_handlers import send_creation, send_deletion, send_edit
from app.sync.sending.people_handlers import (
    send_email,
    send_organizers,
    send_own_registration,
    send_removal,
)
from app.sync.sending.send_context import NeedsUser, NotReadBack, Save, SendContext, Sent
from app.sync.wikis import Wikis
from app.wiki.event_changes import EventChanges
from app.wiki.event_registration import is_deleted
from app.wiki.http.answers import NoAnswer

if TYPE_CHECKING:
    from app.store.database.writer import Connection

#: A request whose answer was lost may still be on its way to the wiki, or at work there: for so many seconds
#: nobody looks what came of it.
SETTLE_SECONDS = 10.0
#: How often a change is looked at and sent again at once when its answer was lost.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of the changes that were sent. `stuck` are those that wait for her.

    `stale` holds the wiki's numbers of the events whose people must be fetched: she made them, or is now, or
    is no longer, among them.
    """

    done: int
    stuck: int
    stale: tuple[int, ...] = ()


class Push:
    """One run over the outbox of an account. `moved` is told, on this thread, whenever a change has moved."""

    def __init__(
        self,
        wikis: Wikis,
        account: Account,
        cancel: threading.Event | None = None,
        moved: Callable[[], None] = lambda: None,
    ) -> None:
        self._account = account
        self._mirror = wikis.mirror
        self._writer = wikis.mirror.writer
        self._wikis = wikis
        self._cancel = cancel or threading.Event()
        self._moved = moved
        self._done = self._stuck = 0
        self._stale: list[int] = []

    def everything(self) -> Pushed:
        """Send all that waits.

        Raises KnownFault for what concerns it all: offline, sign-in ended, stopped.
        """
        return self._run(lambda _: True)

    def one(self, number: int) -> Pushed:
        """Send one change, and before it those of its event that were made earlier. Raises KnownFault."""
        changes = self._changes()
        key = next((change.event_key for change in changes if change.number == number), None)
        before = {one.number for one in changes if one.event_key == key and one.number <= number}
        return self._run(lambda change: change.number in before)

    def _run(self, wanted: Callable[[Change], bool]) -> Pushed:
        tried: set[int] = set()
        while change := self._next(wanted, tried):
            if self._cancel.is_set():
                raise KnownFault(Fault.CANCELLED, wording.cancelled())
            tried.add(change.number)
            try:
                self._send(change)
            finally:
                self._moved()
        self._writer.do(outbox.forget_done, times.now() - outbox.DONE_RETENTION)
        return Pushed(self._done, self._stuck, tuple(self._stale))

    def _next(self, wanted: Callable[[Change], bool], tried: set[int]) -> Change | None:
        """Return the next change to send: what is stuck, or was tried in vain, holds back its event."""
        held: set[int] = set()
        for change in self._changes():
            if change.account_key != self._account.key or not change.open:
                continue
            if change.stuck or change.number in tried:
                if not isinstance(change.act, SendEmail):
                    held.add(change.event_key)
            elif change.event_key not in held and wanted(change):
                return change
        return None

    def _send(self, change: Change) -> None:
        """Send a change, and look and send again where its answer was lost."""
        tried_at = change.tried_at if change.state is ChangeState.SENDING else None
        for left in reversed(range(_TRIES)):
            if tried_at is not None and not isinstance(change.act, SendEmail):
                self._let_settle(tried_at)
            begun = times.now()
            taken = self._writer.keep(outbox.begin_sending, change.number, begun)
            if taken is None:
                return
            present, again = taken
            self._moved()
            context = self._context(present, again=again)
            try:
                sent = _sent(context)
            except NoAnswer as fault:
                self._writer.keep(outbox.mark_unanswered, change.number, fault.sentence)
                self._moved()
                tried_at = begun
                if not left:
                    return
            except NeedsUser as fault:
                self._stuck += 1
                self._writer.keep(outbox.ask, change.number, fault.question, fault.sentence, fault.progress)
                return
            except KnownFault as fault:
                self._refused(context, fault)
                return
            else:
                self._finish(change.number, sent)
                if isinstance(change.act, CreateEvent):
                    self._stale.append(context.progress["event_id"])
                elif isinstance(change.act, Register | CancelRegistration):
                    self._stale.append(context.event_id)
                return

    def _let_settle(self, tried_at: int) -> None:
        """Wait until what was sent then has surely been done, or never will be. Raises KnownFault."""
        left = tried_at + SETTLE_SECONDS - times.now()
        # A clock that was put back must not keep a change for ever.
        if self._cancel.wait(min(max(left, 0.0), SETTLE_SECONDS)):
            raise KnownFault(Fault.CANCELLED, wording.cancelled())

    def _finish(self, number: int, sent: Sent) -> None:
        def finish(connection: "Connection") -> None:
            sent.save(connection)
            outbox.finish(connection, number, times.now(), sent.note)

        self._writer.keep(finish)
        self._done += 1

    def _refused(self, context: SendContext, fault: KnownFault) -> None:
        """Keep what a fault means for the change; raise it again where it concerns all others too."""
        number = context.change.number
        made = isinstance(fault, NotReadBack)
        # Whoever lets it be sent again later must still look first.
        progress = {**context.progress, UNANSWERED: True} if context.again else context.progress
        if made and context.event is not None and is_deleted(fault):
            deleted = partial(
                events.mark_deleted, wiki_key=self._account.key, event_id=context.event.event_id
            )
            self._finish(number, Sent(deleted))
            return
        if fault.fault in REFUSALS:
            field = refused_field(fault.error_key, fault.parameters)
            name = field.value if field else None
            self._stuck += 1
            self._writer.keep(outbox.fail, number, fault.sentence, fault.error_key, name, progress)
            if is_deleted(fault) and context.event is not None:
                self._writer.do(events.mark_deleted, self._account.key, context.event.event_id)
            return
        if made:
            self._writer.keep(outbox.note_progress, number, context.progress, times.now())
        keep = outbox.mark_unanswered if made or context.again else outbox.requeue
        self._writer.keep(keep, number, self._why_it_waits(fault))
        if fault.fault is not Fault.WIKI_BROKEN and not self._goes_on_after(fault, context):
            raise fault

    def _goes_on_after(self, fault: KnownFault, context: SendContext) -> bool:
        """Return whether other changes may go where one met a fault that is not its own.

        Another wiki of the family keeps only its own events back, and a sign-in that has ended only what
        needs it, while another lives.
        """
        here = self._account.wiki.base_url
        if context.reading.client.base_url != here:
            return fault.fault in (*OF_ONE_WIKI, Fault.WIKI_READ_ONLY)
        return fault.fault is Fault.SIGN_IN_ENDED and self._wikis.reaches(self._account, here)

    def _why_it_waits(self, fault: KnownFault) -> str | None:
        if fault.fault is Fault.CANCELLED:
            return None
        if fault.fault is Fault.OFFLINE:  # what else is in the way says so itself
            return wording.waits_for_network(self._account.wiki.site_name)
        return fault.sentence

    def _context(self, change: Change, *, again: bool) -> SendContext:
        def keep(progress: Mapping[str, Any], save: Save) -> None:
            def kept(connection: "Connection") -> None:
                save(connection)
                outbox.note_progress(connection, change.number, progress, times.now())

            self._writer.keep(kept)

        with closing(self._mirror.reader()) as reader:
            event = events.read_event(reader, change.event_key) if change.event_key > 0 else None
        # Only the wiki that holds an event's page takes changes to it; any lets her cancel (CONTRACT §4.12).
        place = self._account.address_of(event.registration.page_wiki) if event else None
        cancels = isinstance(change.act, CancelRegistration)
        if place and cancels and not self._wikis.reaches(self._account, place):
            place = None
        reading = self._wikis.connection(self._account, self._cancel, place)
        return SendContext(
            account=self._account,
            reading=reading,
            changing=EventChanges(reading.client),
            change=change,
            event=event,
            again=again or UNANSWERED in change.progress,
            keep=keep,
            progress={name: value for name, value in change.progress.items() if name != UNANSWERED},
        )

    def _changes(self) -> list[Change]:
        with closing(self._mirror.reader()) as reader:
            return outbox.read_changes(reader)


def _sent(context: SendContext) -> Sent:
    act = context.change.act
    if isinstance(act, CreateEvent):
        return send_creation(context, act)
    if isinstance(act, EditEvent):
        return send_edit(context, act)
    if isinstance(act, DeleteRegistration):
        return send_deletion(context)
    if isinstance(act, ChangeOrganizers):
        return send_organizers(context, act)
    if isinstance(act, RemoveParticipants):
        return send_removal(context, act)
    if isinstance(act, SendEmail):
        return send_email(context, act)
    if isinstance(act, AssociateEdit):
        return send_association(context, act)
    if isinstance(act, RemoveContribution):
        return send_contribution_removal(context, act)
    assert isinstance(act, Register | CancelRegistration)  # noqa: S101 - the last kinds there are
    return send_own_registration(context, act)
