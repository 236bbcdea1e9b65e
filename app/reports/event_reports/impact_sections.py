"""What came of events, in reports: without private participants, whose part could be told from two sums."""

from collections.abc import Callable, Sequence
from datetime import datetime, time

from app.domain.events.event import Event
from app.domain.impact.edits import ARTICLES, FILES
from app.domain.impact.figures import Impact, Period, WorkedOn, span_of
from app.domain.wikis.page_addresses import page_address
from app.domain.wording.figures import impact_texts
from app.i18n import _
from app.reports.event_reports.contents import (
    Align,
    Block,
    Cell,
    Column,
    Days,
    Facts,
    PageTitle,
    Paragraph,
    Section,
    Table,
)
from app.reports.event_reports.local_times import in_zone
from app.reports.event_reports.reported_event import ReportedEvent
from app.store.impact.edits import EditsReading, read_reading
from app.store.impact.figures import read_impact
from app.store.mirror import Reader

_MOST_PAGES = 20


def public_impact(reader: Reader, event: Event) -> tuple[Impact, EditsReading] | None:
    """Return what came of an event in its own time, None if that was never read to the end."""
    reading = read_reading(reader, event.key)
    if reading is None or reading.read_at is None:
        return None
    span = span_of(event)
    found = read_impact(
        reader,
        event.key,
        span,
        Period(span.begins, span.ends),
        event.registration.zone(),
        (ARTICLES, FILES),
        reading.read_at,
    )
    return found, reading


def impact_section(reader: Reader, subject: ReportedEvent) -> Section | None:
    """Return what came of one event."""
    found = public_impact(reader, subject.event)
    if found is None:
        return None
    impact, reading = found
    zone = subject.event.registration.zone()
    rows: list[tuple[str, str, Cell]] = [
        ("participants", _("Public participants"), impact.people),
        *impact_texts.total_rows(impact.totals),
        ("newcomers", _("New accounts"), impact.newcomers),
        ("newcomers_edited", _("New accounts that edited"), impact.newcomers_edited),
        ("first_edits", _("First edit ever at the event"), impact.first_edits),
        ("read_at", _("Read from the wikis"), in_zone(reading.read_at or 0, zone)),
    ]
    blocks: list[Block] = [Facts(rows)]
    if impact.hours:
        blocks.append(Days(_("Edits by hour"), "edits", _("Edits"), _by_hour(subject.event, impact)))
    elif impact.days:
        blocks.append(Days(_("Edits by day"), "edits", _("Edits"), impact.days))
    blocks.append(_experience(impact))
    blocks.append(_stayed(impact))
    if impact.pages:
        blocks.append(_pages(impact, subject.wiki_address))
    blocks += map(Paragraph, (*reading.problems, _note()))
    return Section("impact", _("What came of it"), blocks)


def impact_of_several(reader: Reader, subjects: Sequence[ReportedEvent]) -> Section | None:
    """Return what came of several events, side by side."""
    found = [public_impact(reader, one.event) for one in subjects]
    if not any(found):
        return None
    columns = [
        Column("number", _("No."), Align.END),
        Column("event", _("Event")),
        Column("editors", _("Edited"), Align.END),
        Column("edits", _("Edits"), Align.END),
        Column("pages_made", _("Pages made"), Align.END),
        Column("pages_edited", _("Pages edited"), Align.END),
        Column("bytes_added", _("Bytes added"), Align.END),
        Column("uploads", _("Files"), Align.END),
        Column("newcomers", _("New accounts"), Align.END),
    ]
    rows: list[tuple[Cell, ...]] = []
    for number, (subject, one) in enumerate(zip(subjects, found, strict=True), 1):
        totals = one[0].totals if one else None
        counts: tuple[Cell, ...] = (None,) * 7
        if one and totals:
            counts = (
                totals.editors,
                totals.edits,
                totals.pages_made,
                totals.pages_edited,
                totals.bytes_added,
                totals.uploads,
                one[0].newcomers,
            )
        rows.append((number, subject.event.registration.name, *counts))
    problems = [
        _("{event}: {sentence}").format(event=subject.event.registration.name, sentence=problem)
        for subject, one in zip(subjects, found, strict=True)
        if one
        for problem in one[1].problems
    ]
    notes = map(Paragraph, (*dict.fromkeys(problems), _note()))
    return Section("impact", _("What came of it"), [Table(_("Edits by event"), columns, rows), *notes])


def _by_hour(event: Event, impact: Impact) -> list[tuple[datetime, int]]:
    """Return the edits of each hour of a one-day event."""
    begin, end = event.registration.starts_at(), event.registration.ends_at()
    return [
        (datetime.combine(begin.date(), time(hour), begin.tzinfo), impact.hours[hour])
        for hour in range(begin.hour, end.hour + 1)
    ]


def _experience(impact: Impact) -> Table:
    columns = [Column("edits_before", _("Edits before")), Column("people", _("Participants"), Align.END)]
    rows = [
        (_(label), people) for label, people in zip(impact_texts.EXPERIENCES, impact.experience, strict=True)
    ]
    return Table(_("Experience before the event"), columns, rows)


def _stayed(impact: Impact) -> Table:
    columns = [
        Column("days", _("Edited again")),
        Column("newcomers", _("New accounts"), Align.END),
        Column("people", _("All participants"), Align.END),
    ]
    not_yet = _("not yet")
    rows = [
        (
            impact_texts.stayed_label(one),
            not_yet if one.newcomers is None else one.newcomers,
            not_yet if one.people is None else one.people,
        )
        for one in impact.stayed
    ]
    return Table(_("Who stayed"), columns, rows)


def _pages(impact: Impact, wiki_address: Callable[[str], str | None]) -> Table:
    def page(one: WorkedOn) -> PageTitle:
        address = wiki_address(one.wiki)
        return PageTitle(one.title, page_address(address, one.title) if address else "")

    columns = [
        Column("page", _("Page")),
        Column("edits", _("Edits"), Align.END),
        Column("people", _("People"), Align.END),
        Column("size_diff", _("Bytes"), Align.END),
    ]
    rows = [(page(one), one.edits, one.people, one.size_diff) for one in impact.pages[:_MOST_PAGES]]
    return Table(_("Pages most worked on"), columns, rows)


def _note() -> str:
    return _(
        "These are all edits that participants made to articles and files while the event went on, as the "
        "wikis list them. Those who registered privately are not counted."
    )
