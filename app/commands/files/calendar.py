"""The command that writes events to a calendar file."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from app.application import Application
from app.commands.output import Output
from app.domain.events.calendar import upcoming
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.i18n import _, ngettext
from app.reports.calendar_file import entry_of, write_calendar
from app.store.events.events import read_events


def add_calendar_arguments(one: argparse.ArgumentParser) -> None:
    """Add which events, and where to."""
    events = _("the events; without any, all upcoming ones")
    one.add_argument("events", nargs="*", metavar="EVENT", help=events)
    one.add_argument("--output", type=Path, required=True, metavar="PATH", help=_("the file to write"))


def calendar(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Write events to a calendar file."""
    events: list[Event] = [application.find_event(text) for text in options.events]
    if not options.events:
        events = upcoming(read_events(application.reader), datetime.now(UTC))
    if not events:
        raise KnownFault(Fault.USAGE, _("There are no upcoming events on this computer."))
    once = {event.key: event for event in events}.values()
    entries = [entry_of(event, application.account_of(event)) for event in once]
    write_calendar(options.output, application.mirror, entries)
    text = ngettext("{n} event written to {path}.", "{n} events written to {path}.", len(entries))
    output.line(text.format(n=len(entries), path=str(options.output)))
    output.document({"events": [entry.event.event_id for entry in entries], "path": str(options.output)})
    return 0
