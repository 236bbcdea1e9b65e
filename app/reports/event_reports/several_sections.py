"""The sections of a report about several events side by side."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from app.domain.people.participant import NO_RESPONSE
from app.domain.people.question import SHOWN_QUESTIONS
from app.domain.statistics.statistics import QuestionStatistics, Share
from app.domain.wording import people_texts
from app.i18n import _, ngettext
from app.reports.event_reports.choices import ReportChoices, ReportPart
from app.reports.event_reports.contents import (
    Align,
    Block,
    Cell,
    Column,
    Facts,
    Paragraph,
    Section,
    Table,
)
from app.reports.event_reports.event_figures import EventFigures
from app.reports.event_reports.event_sections import distribution, thresholds_note
from app.reports.event_reports.impact_sections import impact_of_several
from app.reports.event_reports.reported_event import ReportedEvent
from app.store.mirror import Reader
from app.store.people.overlap import read_overlap

#: With more events, who shares people with whom is no table that anybody reads.
_MOST_COMPARED = 12
#: A page is not wider.
_MOST_COLUMNS = 10


def sections_of_several(
    reader: Reader,
    subjects: Sequence[ReportedEvent],
    figures: Sequence[EventFigures],
    choices: ReportChoices,
) -> list[Section]:
    """Return the chosen sections about events in the order in which they began."""
    overlap = read_overlap(
        reader,
        [(one.event.key, one.event.wiki_key) for one in subjects],
        pairs=len(subjects) <= _MOST_COMPARED,
    )
    sections = []
    if ReportPart.FACTS in choices.parts:
        sections.append(_events(subjects, figures, overlap.returning))
    if ReportPart.PEOPLE in choices.parts:
        sections.append(_people(subjects, figures, overlap.people, sum(overlap.returning), choices))
        if overlap.shared:
            sections.append(_shared(subjects, overlap.shared))
    if ReportPart.DEMOGRAPHICS in choices.parts and (blocks := list(_side_by_side(subjects, figures))):
        sections.append(Section("demographics", _("Demographics"), [*blocks, Paragraph(thresholds_note())]))
    if ReportPart.IMPACT in choices.parts and (section := impact_of_several(reader, subjects)):
        sections.append(section)
    return sections


def _events(
    subjects: Sequence[ReportedEvent], figures: Sequence[EventFigures], returning: Sequence[int]
) -> Section:
    came = any(any(one.came) for one in figures)
    columns = [
        Column("number", _("No."), Align.END),
        Column("day", _("Day")),
        Column("event", _("Event")),
        Column("registered", _("Registered"), Align.END),
        Column("growth", _("Change"), Align.END),
        Column("returning", _("Came again"), Align.END),
    ]
    if came:
        columns += [
            Column("arrived", _("Arrived"), Align.END),
            Column("walk_ins", _("Walk-ins"), Align.END),
            Column("no_shows", _("No-shows"), Align.END),
        ]
    people = [one.statistics.people for one in figures]
    growth = [None, *(later - before for before, later in pairwise(people))]
    rows: list[tuple[Cell, ...]] = []
    for number, (subject, one) in enumerate(zip(subjects, figures, strict=True)):
        registration = subject.event.registration
        rows.append(
            (
                number + 1,
                registration.starts_at().date(),
                registration.name,
                people[number],
                growth[number],
                returning[number],
                *(one.came if came else ()),
            )
        )
    return Section(
        "events", _("The events"), [Table(_("Events in the order of their beginning"), columns, rows)]
    )


def _people(
    subjects: Sequence[ReportedEvent],
    figures: Sequence[EventFigures],
    people: int,
    again: int,
    choices: ReportChoices,
) -> Section:
    registrations = sum(one.statistics.people for one in figures)
    rows: list[tuple[str, str, Cell]] = [
        ("events", _("Events"), len(subjects)),
        ("registrations", _("Registrations"), registrations),
        ("people", _("People, each counted once"), people),
        ("again", _("Registrations of people who had registered before"), again),
    ]
    if choices.grant_id:
        rows.append(("grant_id", _("Grant ID"), choices.grant_id))
    return Section("people", _("People"), [Facts(rows)])


def _shared(subjects: Sequence[ReportedEvent], shared: dict[tuple[int, int], int]) -> Section:
    columns = [Column("event", _("Event")), *_event_columns(subjects)[1:]]
    rows = [
        (
            _("{number}: {event}").format(number=first + 1, event=subject.event.registration.name),
            *(shared.get((first, second)) for second in range(1, len(subjects))),
        )
        for first, subject in enumerate(subjects[:-1])
    ]
    return Section("shared", _("Who registered for both"), [Table(_("People of two events"), columns, rows)])


def _event_columns(subjects: Sequence[ReportedEvent]) -> list[Column]:
    """Return a column for each event, headed by its number: titles would not fit."""
    return [
        # Two wikis may have events of the same number.
        Column(f"event_{number}", str(number), Align.END)
        for number, _subject in enumerate(subjects, 1)
    ]


def _side_by_side(subjects: Sequence[ReportedEvent], figures: Sequence[EventFigures]) -> Iterator[Block]:
    found = [{one.question: one for one in of_event.questions} for of_event in figures]
    for question in sorted({number for one in found for number in one}):
        shown = {
            place: one[question]
            for place, one in enumerate(found)
            if question in one and one[question].shares is not None
        }
        left_out = len(subjects) - len(shown)
        if shown:
            yield distribution(total(question, list(shown.values())))
        columns = _event_columns(subjects)
        places = list(shown) if len(shown) > 1 else []
        for start in range(0, len(places), _MOST_COLUMNS):
            part = {place: shown[place] for place in places[start : start + _MOST_COLUMNS]}
            yield _table(question, part, columns)
        if left_out:
            yield Paragraph(
                ngettext(
                    "{question}: {count} event is not counted, because its answers are too few or not shown.",
                    "{question}: {count} events are not counted, because their answers are too few or not "
                    "shown.",
                    left_out,
                ).format(question=people_texts.question_label(question), count=left_out)
            )


def total(question: int, of_events: Sequence[QuestionStatistics]) -> QuestionStatistics:
    """Return the sums over events of what is told of each: they tell nothing that those do not."""
    known = SHOWN_QUESTIONS[question].options if question in SHOWN_QUESTIONS else ()
    options = {option: [0, 0] for option in known}
    people = 0
    for one in of_events:
        people += one.people
        for share in one.shares or ():
            bounds = options.setdefault(share.option, [0, 0])
            bounds[0] += share.least
            bounds[1] += share.most
    options[NO_RESPONSE] = options.pop(NO_RESPONSE, [0, 0])
    shares = tuple(Share(option, least, most, people) for option, (least, most) in options.items())
    return QuestionStatistics(question, people, shares)


def _table(question: int, shown: Mapping[int, QuestionStatistics], columns: Sequence[Column]) -> Block:
    """Return a table of the options, with a column for each event that is `shown`, by its place."""
    by_option: dict[str, dict[int, Share]] = {}
    for place, one in shown.items():
        for share in one.shares or ():
            by_option.setdefault(share.option, {})[place] = share
    rows = [
        (people_texts.option_label(question, option), *(shares.get(place) for place in shown))
        for option, shares in by_option.items()
    ]
    caption = _("{question}, by event").format(question=people_texts.question_label(question))
    return Table(caption, [Column("option", _("Answer")), *(columns[place] for place in shown)], rows)
