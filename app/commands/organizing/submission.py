"""From a command to a change: may the account do it, storing it, and sending it unless it is to wait."""

import argparse
import threading
from datetime import UTC, datetime

from app.application import Application
from app.commands import documents, words
from app.commands.exit_codes import CANCELLED, DONE, OFFLINE, REFUSED
from app.commands.interrupts import stopped_by_signals
from app.commands.organizing.outbox import event_of, outcome_line
from app.commands.output import Output, print_error
from app.domain import times
from app.domain.accounts.account import Account
from app.domain.changes.change import Change, ChangeState
from app.domain.changes.operations import Operation
from app.domain.changes.projection import Projection
from app.domain.events.event import Event
from app.domain.events.permissions import (
    DAY_SECONDS,
    MAY_HAVE_CHANGED,
    Action,
    Circumstances,
    Obstacle,
    obstacle,
)
from app.domain.faults import AWAY, Fault, KnownFault
from app.domain.people.own_registration import OwnRegistration
from app.domain.wording import organizing_texts
from app.domain.wording.change_texts import counting_stopped
from app.store.changes import outbox
from app.store.events import events
from app.store.people import own_registrations


def event_as_changed(application: Application, text: str) -> Event:
    """Return an event as it will be with the pending changes. Raises KnownFault where there is none."""
    known = application.find_event(text)
    return Projection(outbox.read_changes(application.reader)).event(known)


def own_registration(application: Application, known: Event) -> OwnRegistration | None:
    """Return the user's own registration for an event, with the pending changes."""
    projection = Projection(outbox.read_changes(application.reader))
    return projection.own_registration(known.key, own_registrations.read_own(application.reader, known.key))


def permit(application: Application, options: argparse.Namespace, action: Action, known: Event) -> Account:
    """Return the account of an event. Raises KnownFault where it may not do this.

    A permission that may have changed on the wiki is fetched first, unless the command is to stay offline.
    """
    account = application.account_of(known)
    found = _current_obstacle(application, account, action, known)
    if (
        found in MAY_HAVE_CHANGED
        and known.event_id
        and not options.offline
        and _refetched(application, known)
    ):
        account = application.account_of(known)
        found = _current_obstacle(application, account, action, application.find_event(str(known.event_id)))
    if found:
        sentence = organizing_texts.obstacle_sentence(found)
        if found in (Obstacle.GRANT, Obstacle.NO_SESSION_THERE):
            place = account.address_or_own(known.registration.page_wiki)
            sentence = f"{sentence} {words.sign_in_so(place)}"
        raise KnownFault(Fault.NOT_ALLOWED, sentence)
    return account


def _current_obstacle(
    application: Application, account: Account, action: Action, known: Event
) -> Obstacle | None:
    circumstances = Circumstances(
        datetime.now(UTC),
        {person.user_id for person in events.read_organizers(application.reader, known.key)},
        outbox.read_emails_since(application.reader, account.key, times.now() - DAY_SECONDS),
        own_registration(application, known) is not None,
    )
    return obstacle(action, account, known, circumstances)


def _refetched(application: Application, known: Event) -> bool:
    """Fetch an event anew, without its people; return whether the wiki could be asked."""
    from app.sync.fetching.pull import Pull

    try:
        Pull(application.wikis, application.account_of(known)).settings(known.event_id)
    except KnownFault as fault:
        if fault.fault in (Fault.DISK, Fault.DATA_DAMAGED, Fault.CANCELLED):
            raise
        return False
    return True


def submit_for(
    application: Application, options: argparse.Namespace, output: Output, known: Event, operation: Operation
) -> int:
    """Submit a change of an event that is in the mirror."""
    account = application.account_of(known)
    return submit(application, options, output, account, known.key, operation)


def submit(
    application: Application,
    options: argparse.Namespace,
    output: Output,
    account: Account,
    event_key: int,
    operation: Operation,
) -> int:
    """Store a change, send it unless it is to wait, and print what became of it. Return the exit code."""
    number = application.mirror.writer.do_durably(
        outbox.add_change, account.key, event_key, operation, times.now()
    )
    fault = None if options.offline else _send(application, account, number)
    change = outbox.read_change(application.reader, number)
    assert change is not None  # noqa: S101 - stored above, and never removed before it is shown
    output.line(outcome_line(application, change))
    if fault and fault.fault is Fault.CANCELLED and operation.takes_minutes:
        print_error(counting_stopped())
    elif fault and not change.sentence:
        print_error(fault.sentence)
    wiki = application.labels()[account.key]
    output.document({"change": documents.change(change, wiki, event_of(application, change))})
    return _code(change, fault, wait=options.offline)


def _send(application: Application, account: Account, number: int) -> KnownFault | None:
    from app.sync.fetching.pull import Pull
    from app.sync.sending.push import Push

    cancel = threading.Event()
    try:
        with stopped_by_signals(cancel):
            pushed = Push(application.wikis, account, cancel).one(number)
        if pushed.stale:
            Pull(application.wikis, account).some(pushed.stale, everybody=False)
    except KnownFault as fault:
        if fault.fault in (Fault.DISK, Fault.DATA_DAMAGED):
            raise
        return fault
    return None


def _code(change: Change, fault: KnownFault | None, *, wait: bool) -> int:
    if change.state is ChangeState.DONE or (wait and change.state is ChangeState.WAITING):
        return DONE
    if fault and fault.fault is Fault.CANCELLED:
        return CANCELLED
    return OFFLINE if fault and fault.fault in AWAY else REFUSED
