"""The command that says what came of an event."""

import argparse
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from app.application import Application
from app.commands import documents
from app.commands.exit_codes import DONE, REFUSED
from app.commands.output import Output, print_error
from app.domain import times
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.impact.edits import ARTICLES, FILES
from app.domain.impact.figures import Impact, Period, read_until, span_of
from app.domain.names import isolated
from app.domain.wording.figures import impact_texts
from app.i18n import _, listed, ngettext
from app.store.impact.edits import read_reading, read_wikis
from app.store.impact.figures import read_impact


def add_impact_arguments(one: argparse.ArgumentParser) -> None:
    """Add the period, the wikis, and what is to be read and printed."""
    one.add_argument(
        "--from", dest="first", type=_day, metavar="DAY", help=_("from this day on, like 2026-09-19")
    )
    one.add_argument("--to", dest="last", type=_day, metavar="DAY", help=_("until this day"))
    one.add_argument(
        "--wiki",
        action="append",
        default=[],
        metavar="ID",
        help=_("only this wiki, like enwiki (may be repeated)"),
    )
    one.add_argument(
        "--refresh",
        action="store_true",
        help=_("first read what is new from the wikis; Ctrl-C stops, what was read stays"),
    )
    one.add_argument("--everything", action="store_true", help=_("also edits of other pages and discussions"))
    one.add_argument("--people", action="store_true", help=_("list the participants, without private ones"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("“{text}” is no day like 2026-09-19").format(text=text)) from error


def impact(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Say what came of an event. Private participants are in none of the figures."""
    event = application.find_event(options.event)
    span = span_of(event)
    zone = event.registration.zone()
    first = datetime.combine(options.first, time(), zone) if options.first else None
    last = datetime.combine(options.last + timedelta(days=1), time(), zone) if options.last else None
    period = Period(
        int(first.timestamp()) if first else span.begins, int(last.timestamp()) - 1 if last else span.ends
    )
    if period.first > period.last:
        raise KnownFault(Fault.USAGE, _("The period ends before it begins."))
    if span.begins > times.now():
        raise KnownFault(Fault.USAGE, impact_texts.not_begun())
    if options.refresh:
        _read(application, event, period)
    reading = read_reading(application.reader, event.key)
    if reading is None:
        raise KnownFault(Fault.USAGE, f"{impact_texts.not_read()} {_('Read it with --refresh.')}")
    known = read_wikis(application.reader, event.key)
    for wiki in options.wiki:
        if wiki not in known:
            text = _("{wiki} was not read for this event; these were: {wikis}.")
            raise KnownFault(Fault.USAGE, text.format(wiki=wiki, wikis=listed(known)))
    if period.first < min(reading.since, span.begins):
        raise KnownFault(Fault.USAGE, _("Edits of these days were not read yet. Read them with --refresh."))
    found = read_impact(
        application.reader,
        event.key,
        span,
        period,
        zone,
        () if options.everything else (ARTICLES, FILES),
        reading.read_at or 0,
        wikis=options.wiki,
    )
    _print(event, found, output, options.wiki or known)
    if options.people:
        _print_people(event, found, output)
    else:
        found = replace(found, persons=())
    if reading.read_at is None:
        output.line(_("The reading was stopped before its end; --refresh goes on."))
    elif period.last > times.now():
        until = datetime.fromtimestamp(reading.read_at, UTC).astimezone(zone)
        output.line(
            _("These days are not over: the figures are as of {moment}.").format(
                moment=f"{until:%Y-%m-%d %H:%M}"
            )
        )
    elif period.last > read_until(span, reading.read_at):
        output.line(_("The last of these days were not read."))
    for problem in reading.problems:
        print_error(problem)
    output.document(documents.impact(event, found, reading))
    # What was missing when it was read is said, but is no fault of this command.
    return REFUSED if reading.problems and options.refresh else DONE


def _read(application: Application, event: Event, period: Period) -> None:
    """Read what is new; private participants only if the user has agreed to each of them in the window."""
    from app.sync.edits import EditsPull, usual_since

    with closing(application.mirror.reader()) as reader:
        known = read_reading(reader, event.key)

    def progress(done: int, people: int, wiki: str) -> None:
        print_error(_("{wiki}: {done} of {people} participants").format(wiki=wiki, done=done, people=people))

    pull = EditsPull(application.wikis, application.account_of(event), event, progress)
    since = min(period.first, usual_since(event))
    pull.run(since, known.agreed if known else ())


def _print(event: Event, found: Impact, output: Output, wikis: Sequence[str]) -> None:
    zone = event.registration.zone()
    first, last = (
        f"{datetime.fromtimestamp(one, UTC).astimezone(zone):%Y-%m-%d %H:%M}"
        for one in (found.period.first, found.period.last)
    )
    output.line(isolated(event.registration.name))
    output.line(_("{first} to {last}").format(first=first, last=last))
    output.line(listed(wikis))
    people = ngettext(
        "{n} participant, private ones not counted",
        "{n} participants, private ones not counted",
        found.people,
    )
    output.line(people.format(n=found.people))
    output.table(
        ("", ""), [(label, str(count)) for _key, label, count in impact_texts.total_rows(found.totals)]
    )
    output.line()
    output.line(
        _("{new} have a new account, {edited} of them edited; {first} made their first edit.").format(
            new=found.newcomers, edited=found.newcomers_edited, first=found.first_edits
        )
    )
    output.table(
        (_("Edits before"), ""),
        [
            (_(label), str(people))
            for label, people in zip(impact_texts.EXPERIENCES, found.experience, strict=True)
        ],
    )
    output.table(
        (_("Edited again"), _("New"), _("All")),
        [
            (
                impact_texts.stayed_label(one),
                "–" if one.newcomers is None else str(one.newcomers),
                "–" if one.people is None else str(one.people),
            )
            for one in found.stayed
        ],
    )
    if found.pages:
        output.line()
        output.table(
            (_("Page"), _("Edits"), _("People"), _("Bytes")),
            [
                (isolated(one.title), str(one.edits), str(one.people), f"{one.size_diff:+}")
                for one in found.pages[:10]
            ],
        )


def _print_people(event: Event, found: Impact, output: Output) -> None:
    zone = event.registration.zone()

    def day(moment: int | None) -> str:
        return f"{datetime.fromtimestamp(moment, UTC).astimezone(zone):%Y-%m-%d}" if moment else ""

    output.line()
    output.table(
        (_("Name"), _("Account made"), _("Edits before"), _("Edits"), _("Pages"), _("Bytes"), _("Last edit")),
        [
            (
                isolated(one.name),
                day(one.registered_at),
                "" if one.edits_before is None else str(one.edits_before),
                str(one.edits),
                str(one.pages),
                f"{one.size_diff:+}",
                day(one.last_edit),
            )
            for one in found.persons
        ],
    )
