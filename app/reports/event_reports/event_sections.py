"""The sections of a report about one event."""

from collections.abc import Callable

from app.domain.events.vocabulary import event_type, topic
from app.domain.people.participant import NOT_REGISTERED, Participant
from app.domain.statistics.statistics import EventStatistics, QuestionStatistics
from app.domain.wording import people_texts
from app.domain.wording.figures import course_texts
from app.i18n import _, listed
from app.reports.event_reports.choices import ReportChoices, ReportPart
from app.reports.event_reports.contents import (
    Align,
    Block,
    Cell,
    Column,
    Days,
    Distribution,
    Facts,
    Link,
    Paragraph,
    Section,
    Table,
    UserName,
)
from app.reports.event_reports.event_figures import EventFigures
from app.reports.event_reports.impact_sections import impact_section
from app.reports.event_reports.local_times import in_zone, period
from app.reports.event_reports.reported_event import ReportedEvent
from app.store.mirror import Reader


def sections_of(
    reader: Reader, subject: ReportedEvent, figures: EventFigures, choices: ReportChoices
) -> list[Section]:
    """Return the chosen sections, without those of which nothing is known."""
    made: dict[ReportPart, Callable[[], Section | None]] = {
        ReportPart.FACTS: lambda: facts_section(subject, choices),
        ReportPart.PEOPLE: lambda: _people(figures),
        ReportPart.REGISTRATIONS: lambda: _registrations(figures.statistics),
        ReportPart.DEMOGRAPHICS: lambda: _demographics(figures),
        ReportPart.IMPACT: lambda: impact_section(reader, subject),
        ReportPart.DASHBOARD: lambda: _dashboard(subject, figures),
        ReportPart.PARTICIPANTS: lambda: _participants(subject, choices),
    }
    sections = [make() for part, make in made.items() if part in choices.parts]
    return [section for section in sections if section is not None]


def facts_section(subject: ReportedEvent, choices: ReportChoices) -> Section:
    """Return when, where and what an event is."""
    registration = subject.event.registration
    place = [registration.address or "", registration.country or ""] if registration.in_person else []
    if registration.online:
        place.append(_("Online"))
    rows: list[tuple[str, str, Cell]] = [
        ("when", _("When"), period(registration)),
        ("where", _("Where"), listed(" ".join(part.split()) for part in place if part)),
        ("types", _("Type"), listed(map(event_type, registration.types))),
        ("topics", _("Topics"), listed(map(topic, registration.topics))),
        ("page", _("Event page"), Link(registration.page, subject.page_address)),
        ("grant_id", _("Grant ID"), choices.grant_id or registration.grant_id or ""),
        ("event_id", _("Event number"), str(registration.event_id)),
    ]
    return Section("facts", _("The event"), [Facts([row for row in rows if row[2]])])


def _people(figures: EventFigures) -> Section:
    found, came = figures.statistics, figures.came
    rows: list[tuple[str, str, int]] = [
        ("registered", _("Registered"), found.people),
        ("public", _("of them publicly"), found.public),
        ("private", _("of them privately"), found.private),
    ]
    if any(came):
        rows += [
            ("arrived", _("Arrived"), came.arrived),
            ("walk_ins", _("Walk-ins"), came.walk_ins),
            ("no_shows", _("No-shows"), came.no_shows),
        ]
    if figures.returning is not None:
        rows += [
            ("returning", _("Registered for an earlier event of yours"), figures.returning),
            ("first_time", _("For the first time"), max(0, found.people - figures.returning)),
        ]
    blocks: list[Block] = [Facts(rows)]
    if len(figures.days_attended) > 1:
        columns = [
            Column("day", _("Day")),
            Column("registered", _("Registered people who came"), Align.END),
            Column("walk_ins", _("Walk-ins"), Align.END),
        ]
        blocks.append(Table(_("Attendance by day"), columns, figures.days_attended))
    return Section("people", _("People"), blocks)


def _registrations(found: EventStatistics) -> Section | None:
    if not found.days:
        return None
    return Section(
        "registrations",
        _("Registrations over time"),
        [Days(_("Registrations by day"), "registrations", _("Registrations"), found.days)],
    )


def _demographics(figures: EventFigures) -> Section | None:
    blocks: list[Block] = []
    if figures.of_wiki:
        blocks.append(Paragraph(_("The answers as the wiki summed them up when the event was over.")))
    blocks += [distribution(question) for question in figures.questions]
    if not figures.questions:
        return None
    blocks.append(Paragraph(thresholds_note()))
    return Section("demographics", _("Demographics"), blocks)


def _dashboard(subject: ReportedEvent, figures: EventFigures) -> Section | None:
    if subject.event.registration.course is None:
        return None
    title = course_texts.NAME
    if figures.course is None:
        text = _("The figures of the event’s course were not read yet.")
        return Section("dashboard", title, [Paragraph(text)])
    course, read_at = figures.course
    zone = subject.event.registration.zone()
    rows: list[tuple[str, str, Cell]] = [
        ("course", _("Course"), Link(course.title, course.address)),
        *((key, label, count.value) for key, label, count in course_texts.course_rows(course)),
        ("read_at", _("Read from the Dashboard"), in_zone(read_at, zone)),
    ]
    blocks: list[Block] = [Facts(rows)]
    if course.is_rounded:
        blocks.append(Paragraph(course_texts.rounded_note()))
    return Section("dashboard", title, blocks)


def thresholds_note() -> str:
    """Return why some numbers are ranges."""
    return _(
        "To protect the people who answered, options that few chose are not counted exactly, and some "
        "numbers are ranges so that nobody’s answer can be worked out."
    )


def distribution(question: QuestionStatistics) -> Distribution:
    """Return the chart and table of a question."""
    number = question.question
    shares = None
    if question.shares is not None:
        shares = [(people_texts.option_label(number, share.option), share) for share in question.shares]
    return Distribution(str(number), people_texts.question_label(number), shares)


def _participants(subject: ReportedEvent, choices: ReportChoices) -> Section:
    zone = subject.event.registration.zone()
    # A walk-in has agreed to nothing, and may be somebody who registered privately.
    people = [
        one
        for one in subject.people()
        if choices.include_private or not (one.private or one.participant_id == NOT_REGISTERED)
    ]
    columns: list[tuple[Column, Callable[[Participant], Cell]]] = [
        (Column("name", _("Name")), _name),
        (
            Column("registered_at", _("Registered at")),
            lambda one: in_zone(one.registered_at, zone) if one.registered_at else None,
        ),
    ]
    if any(one.attended for one in people):
        columns.append((Column("attendance", _("Attendance")), _attendance))
    if choices.include_private:
        columns.append((Column("private", _("Private")), lambda one: _("yes") if one.private else _("no")))
    rows = [tuple(value(one) for _column, value in columns) for one in people]
    blocks: list[Block] = [Table(_("Participants"), [column for column, _value in columns], rows)]
    if not choices.include_private:
        blocks.append(Paragraph(_("People who registered privately and walk-ins are not named.")))
    return Section("participants", _("Participants"), blocks)


def _name(person: Participant) -> Cell:
    """Return a participant's name; that of a walk-in is no user's, or not known to be."""
    if person.name and person.participant_id != NOT_REGISTERED:
        return UserName(person.name)
    return people_texts.person_name(person)


def _attendance(person: Participant) -> Cell:
    return people_texts.attendance_text(person.attended, walk_in=person.participant_id == NOT_REGISTERED)
