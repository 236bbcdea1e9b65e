"""The commands for the outbox: what waits, sending it, and deciding what is stuck."""

import argparse
import threading
from collections.abc import Sequence
from datetime import datetime

from app.application import Application
from app.commands import documents, words
from app.commands.counting import send_what_takes_minutes
from app.commands.exit_codes import DONE, REFUSED, exit_code
from app.commands.interrupts import stopped_by_signals
from app.commands.organizing.deciding import decide
from app.commands.output import Output, print_error
from app.domain import times
from app.domain.changes.change import Change, ChangeState, Question
from app.domain.changes.edit_count import EditCount
from app.domain.changes.operations import ChangeArticleList
from app.domain.changes.projection import Projection
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.names import isolated
from app.domain.wording import change_texts
from app.domain.wording.refusal_texts import wiki_said
from app.i18n import _, ngettext
from app.store.changes import outbox
from app.store.events import events


def changes(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Send, retry, discard, decide or settle changes."""
    if options.do == "decide":
        if not options.numbers:
            raise KnownFault(Fault.USAGE, words.which_change())
        options.choices = options.numbers[1:]
        return decide(application, options, output, _find(application, options.numbers[0]))
    run = _send if options.do == "send" else _settle
    return run(application, options, output)


def outcome_line(application: Application, change: Change) -> str:
    """Return what became of a change, in a line."""
    note = _note(change, Projection(outbox.read_changes(application.reader)))
    if change.wiki_said:
        note = f"{note} {wiki_said(change.wiki_said)}"
    line = f"{change.number}: {change_texts.change_summary(change)} – {change_texts.change_state(change)}"
    return f"{line}. {note}" if note else f"{line}."


def _note(change: Change, projection: Projection) -> str:
    sentence = change_texts.change_note(change, blocked=projection.waits_for_earlier(change))
    # Several sentences, a line each, are set apart in a line of their own.
    return sentence.replace("\n", " · ")


def event_of(application: Application, change: Change) -> Event | None:
    """Return the event of a change, None for a new event or one that was removed from this computer."""
    return events.read_event(application.reader, change.event_key) if change.event_key > 0 else None


def _document(application: Application, changes: Sequence[Change]) -> list[dict[str, object]]:
    labels = application.labels()
    return [documents.change(one, labels[one.account_key], event_of(application, one)) for one in changes]


def shown(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Show changes whole, with everybody whom they concern."""
    if not options.numbers:
        raise KnownFault(Fault.USAGE, words.which_change())
    known = [_find(application, text) for text in options.numbers]
    for change in known:
        output.line(outcome_line(application, change))
        for person in change.operation.concerned():
            output.line(isolated(person.name) if person.name else change_texts.people_listed([person]))
        if isinstance(change.operation, ChangeArticleList):
            for sign, articles in (("+", change.operation.add), ("\u2212", change.operation.remove)):
                for one in articles:
                    output.line(f"{sign} {isolated(one.title)} ({one.wiki})")
    output.document(_document(application, known))
    return DONE


def listed(application: Application, _options: argparse.Namespace, output: Output) -> int:
    """List the changes, the oldest first."""
    known = outbox.read_changes(application.reader)
    projection = Projection(known)
    rows = [
        (
            str(change.number),
            change_texts.change_state(change),
            datetime.fromtimestamp(change.made_at).astimezone().strftime("%Y-%m-%d %H:%M"),
            _target(application, change),
            change_texts.change_summary(change),
            _note(change, projection),
        )
        for change in known
    ]
    if rows:
        output.table([_(heading) for heading in words.HEADINGS_CHANGES], rows)
    else:
        output.line(_("No changes."))
    output.document(_document(application, known))
    return DONE


def _target(application: Application, change: Change) -> str:
    event = event_of(application, change)
    if event:
        return isolated(event.registration.name)
    created = change.operation.new_event()
    return isolated(created.page) if created else ""


def _send(application: Application, options: argparse.Namespace, output: Output) -> int:
    from app.sync.sending.push import Push

    wanted = [_find(application, text) for text in options.numbers]
    faults: list[KnownFault] = []
    before = {change.number for change in outbox.read_changes(application.reader) if change.open}
    for account in application.accounts():
        try:
            push = Push(application.wikis, account)
            if not wanted:
                push.everything()
            for change in wanted:
                if change.account_key == account.key:
                    push.one(change.number)
        except KnownFault as fault:
            if fault.fault in (Fault.DISK, Fault.DATA_DAMAGED, Fault.CANCELLED):
                raise
            faults.append(fault)
    code = DONE
    if not wanted:
        cancel = threading.Event()
        with stopped_by_signals(cancel):
            code = send_what_takes_minutes(application, cancel)
    moved = [change for change in outbox.read_changes(application.reader) if change.number in before]
    for change in moved:
        output.line(outcome_line(application, change))
    if not moved:
        output.line(_("Nothing is waiting to be sent."))
    for met in faults:
        print_error(met.sentence)
    output.document(_document(application, moved))
    if faults or code != DONE:
        return exit_code(faults[0]) if faults else code
    numbers = {change.number for change in wanted}
    left = any(change.stuck or (change.open and change.number in numbers) for change in moved)
    return REFUSED if left or (not wanted and any(change.open for change in moved)) else DONE


def _settle(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Let stuck changes be sent again, take changes back, or note that an e-mail went out."""
    if not options.numbers and options.do != "retry":
        raise KnownFault(Fault.USAGE, words.which_change())
    known = [_find(application, text) for text in options.numbers]
    if not options.numbers:
        known = [one for one in outbox.read_changes(application.reader) if one.state is ChangeState.FAILED]
    for change in known:
        _settle_one(application, options.do, change)
        output.line(
            {
                "retry": _("{number}: will be sent again, by “changes send” or with the next sync."),
                "discard": _("{number}: discarded."),
                "sent": _("{number}: marked as sent."),
            }[options.do].format(number=change.number)
        )
        if options.do == "discard" and (counted := EditCount.of(change.progress).counted):
            text = ngettext(
                "{n} edit was counted already and stays so.",
                "{n} edits were counted already and stay so.",
                counted,
            )
            output.line(text.format(n=counted))
    output.document([change.number for change in known])
    return DONE


def _settle_one(application: Application, do: str, change: Change) -> None:
    update = application.mirror.writer.do_durably
    if do == "discard":
        # One that waited for another may have gone with it.
        gone = outbox.read_change(application.reader, change.number) is None
        done = gone or update(outbox.discard, change.number)
    elif do == "sent":
        if change.question is not Question.MAYBE_SENT:
            raise KnownFault(
                Fault.USAGE,
                _("Change {number} is no e-mail that may have been sent.").format(number=change.number),
            )
        done = update(outbox.mark_sent, change.number, change.account_key, change.tried_at or times.now())
    else:
        if change.question is Question.CONFLICT:
            raise KnownFault(
                Fault.USAGE,
                _(
                    "Change {number} met somebody else’s change of the same. Say what holds, with “changes "
                    "decide {number} --mine”, “--theirs” or KEY=VALUE, or discard it."
                ).format(number=change.number),
            )
        done = update(outbox.retry, change.number, change.progress_on_retry)
    if not done:
        raise KnownFault(Fault.REFUSED, change_texts.being_sent())


def _find(application: Application, text: str) -> Change:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    change = outbox.read_change(application.reader, number)
    if change is None:
        raise KnownFault(
            Fault.NOT_FOUND,
            _("There is no change {number}. “event-center changes” lists them.").format(number=text),
        )
    return change
