"""The commands that read what is on this computer: events, participants, statistics, and the export."""

import argparse
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from app.application import Application
from app.commands import documents, words
from app.commands.output import Output
from app.desk.walk_ins import walk_ins
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.names import isolated
from app.domain.people.people_columns import TABLE_COLUMNS, columns_of_use
from app.domain.statistics.release import MIN_ANSWERS
from app.domain.statistics.statistics import EventStatistics, QuestionStatistics
from app.domain.wikis.user_names import searched
from app.domain.wording import people_texts, sign_in_texts
from app.domain.wording.figures.statistics_texts import count_text, percent_text
from app.i18n import _, ngettext
from app.store.events import events as stored_events
from app.store.people import participants as stored_people
from app.store.people.attendance import has_attendance
from app.store.people.people_list import PeopleFilter, PeopleList, PeopleOrder
from app.store.people.releases import keep_releases


def events(application: Application, _options: argparse.Namespace, output: Output) -> int:
    """List the events in the order of their beginning."""
    now = datetime.now(UTC)
    wikis = application.labels()
    found = sorted(stored_events.read_events(application.reader), key=lambda e: e.registration.starts_at())
    prefix = len(wikis) > 1
    rows = []
    for event in found:
        registration = event.registration
        note = (
            {
                "listed": "",
                "added": _("added by hand"),
                "no-longer-listed": _("no longer listed"),
                "deleted": _("deleted"),
                "attended": _("you take part"),
                "to-be-made": _("not made yet"),
            }[event.listing]
            if documents.complete(event)
            else _("not whole yet")
        )
        rows.append(
            (
                f"{wikis[event.wiki_key]}:{event.event_id}" if prefix else str(event.event_id),
                isolated(registration.name),
                registration.starts_at().strftime("%Y-%m-%d %H:%M"),
                {"now": _("now"), "upcoming": _("upcoming"), "past": _("past")}[registration.phase(now)],
                registration.status,
                str(event.participants),
                note,
            )
        )
    if rows:
        output.table([_(heading) for heading in words.HEADINGS_EVENTS], rows)
    else:
        output.line(
            _("No events on this computer yet. “event-center sync” fetches them.")
            if wikis
            else sign_in_texts.no_account()
        )
    output.document([documents.event(event, wikis[event.wiki_key], now) for event in found])
    return 0


def participants(application: Application, options: argparse.Namespace, output: Output) -> int:
    """List the participants of an event in order of name."""
    event = application.find_event(options.event)
    people_list = PeopleList(application.reader, event.key, PeopleOrder.NAME, descending=False)
    names = application.account_of(event).wiki.names
    hits = people_list.all_hits(PeopleFilter(searched(options.search, names)))
    shown = hits[: options.limit]
    people = list(stored_people.people_of_ids(application.reader, event.key, shown))
    zone = event.registration.zone()

    def moment(at: int) -> str:
        return datetime.fromtimestamp(at, zone).strftime("%Y-%m-%d %H:%M")

    noted = has_attendance(application.reader, event.key)
    columns = [column for column in TABLE_COLUMNS if noted or not column.at_desk]
    rows = [[people_texts.cell_text(column, person, moment) for column in columns] for person in people]
    if rows:
        output.table([_(column.heading) for column in columns], rows)
    output.line(
        _("{shown} of {total} shown.").format(shown=len(people), total=len(hits))
        if len(people) < len(hits)
        else words.counted(len(hits))
    )
    _warn_incomplete(event, output)
    output.document(documents.participants(event, len(hits), people))
    return 0


def statistics(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Sum up the participants of events, under the thresholds."""
    events_chosen = [application.find_event(text) for text in options.events]
    found = []
    for number, event in enumerate(events_chosen):
        if number:
            output.line()
        found.append(_statistics_of(application, event, output))
    # One event is one document, as it always was.
    output.document(found[0] if len(found) == 1 else found)
    return 0


def import_statistics(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Take over an event's statistics from a saved page or a copied table."""
    from app.sync.imported_statistics import import_statistics as take_over
    from app.sync.imported_statistics import read_saved

    if len(options.events) != 3:
        raise KnownFault(Fault.USAGE, _("Say which event, and which file: statistics import EVENT FILE."))
    event = application.find_event(options.events[1])
    wiki = application.account_of(event).wiki.site_name
    found = take_over(application.mirror, event, wiki, read_saved(Path(options.events[2])))
    text = ngettext(
        "The answers to {n} question were taken over.",
        "The answers to {n} questions were taken over.",
        len(found.questions),
    )
    output.line(text.format(n=len(found.questions)))
    output.document({"event_id": event.event_id, "questions": [one.question for one in found.questions]})
    return 0


def _statistics_of(application: Application, event: Event, output: Output) -> dict[str, Any]:
    """Print the figures of an event; return them as a document."""
    from app.reports.event_reports.event_figures import read_figures

    figures = read_figures(application.reader, event)
    found, of_wiki, came = figures.statistics, figures.of_wiki, figures.came
    output.line(isolated(event.registration.name))
    split = _("{public} public, {private} private.").format(public=found.public, private=found.private)
    output.line(f"{words.counted(found.people)} {split}")
    _warn_incomplete(event, output)
    if any(came):
        output.line(
            _("{arrived} arrived, {walk_ins}, {no_shows}.").format(
                arrived=came.arrived,
                walk_ins=people_texts.walk_ins(came.walk_ins),
                no_shows=people_texts.no_shows(came.no_shows),
            )
        )
    if found.aggregated:
        output.line(
            ngettext(
                "The answers of {n} person were summed up and deleted by the wiki.",
                "The answers of {n} people were summed up and deleted by the wiki.",
                found.aggregated,
            ).format(n=found.aggregated)
        )
    if of_wiki and of_wiki.waits_for_agreement:
        output.line(
            _(
                "Gender, age and profession are left out: agree first on the wiki's own page "
                "(Special:EventDetails, statistics) to handle them with care."
            )
        )
    if found.people > found.aggregated and not figures.questions:
        output.line(_("The wiki shows this sign-in no answers of this event."))
    if not of_wiki:
        _remember(application, event, found, output)
    for question in figures.questions:
        output.line()
        _print_question(question, output)
    return documents.statistics(event, found, figures.questions, came, by_wiki=of_wiki is not None)


def _remember(application: Application, event: Event, found: EventStatistics, output: Output) -> None:
    """Keep what is told, so that later figures do not tell more."""
    try:
        application.mirror.writer.do_durably(keep_releases, event.key, found.releases)
    except KnownFault:
        output.line(
            _(
                "These figures could not be noted as told, because the data cannot be changed now. Do not "
                "pass them on: together with later ones, they could tell what single people answered."
            )
        )


def export(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Write an event's participants to a file."""
    from app.reports.participants.export_choices import SEPARATORS, ExportChoices
    from app.reports.participants.formats import PEOPLE_FORMATS

    event = application.find_event(options.event)
    choices = ExportChoices(
        columns=options.columns or columns_of_use(has_attendance(application.reader, event.key)),
        include_private=options.include_private,
        byte_order_mark=options.bom,
        guard=not options.no_formula_guard,
        provenance=options.provenance,
        separator=SEPARATORS[options.separator],
    )
    people = chain(
        stored_people.stream_people(application.reader, event.key, private=options.include_private),
        walk_ins(application.reader, event.key),
    )
    wiki = application.account_of(event).wiki.site_name
    count = PEOPLE_FORMATS[options.format].write(
        options.output, application.mirror, event, wiki, people, choices
    )
    output.line(
        ngettext("{n} participant written to {path}.", "{n} participants written to {path}.", count).format(
            n=count, path=str(options.output)
        )
    )
    if event.private_participants and not options.include_private:
        output.line(
            ngettext(
                "{n} private participant left out (--include-private writes them too).",
                "{n} private participants left out (--include-private writes them too).",
                event.private_participants,
            ).format(n=event.private_participants)
        )
    _warn_incomplete(event, output)
    output.document(documents.export(event, count, options.output))
    return 0


def _warn_incomplete(event: Event, output: Output) -> None:
    if not documents.complete(event):
        output.line(_("This event’s list is not whole yet; “event-center sync” fetches the rest."))


def _print_question(question: QuestionStatistics, output: Output) -> None:
    label = people_texts.question_label(question.question)
    if question.shares is None:
        output.line(
            _("{question}: fewer than {least} answers, so nothing is shown.").format(
                question=label, least=MIN_ANSWERS
            )
        )
        return
    rows = [
        (people_texts.option_label(question.question, share.option), count_text(share), percent_text(share))
        for share in question.shares
    ]
    output.table((label, "", ""), rows)
