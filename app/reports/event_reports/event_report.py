"""Making a report about one event, or about several side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.statistics.release import Release
from app.i18n import _, language, ngettext
from app.reports.event_reports.choices import ReportChoices, ReportPart
from app.reports.event_reports.contents import Report
from app.reports.event_reports.event_figures import EventFigures, read_figures
from app.reports.event_reports.event_sections import sections_of
from app.reports.event_reports.local_times import day_text, period
from app.reports.event_reports.reported_event import ReportedEvent
from app.reports.event_reports.several_sections import sections_of_several
from app.reports.participants.people_cells import provenance
from app.store.mirror import Reader


@dataclass(frozen=True)
class MadeReport:
    """A report, and what it tells of answers, by event: to be kept before anybody gets it."""

    report: Report
    releases: Mapping[int, Mapping[int, Release]]


def make_report(reader: Reader, subjects: Sequence[ReportedEvent], choices: ReportChoices) -> MadeReport:
    """Return the report about at least one event."""
    ordered = sorted(subjects, key=lambda one: one.event.registration.starts_at())
    if len(ordered) == 1:
        figures = [read_figures(reader, ordered[0].event, ordered[0].earlier)]
        report = _of_one(reader, ordered[0], figures[0], choices)
    else:
        figures = [read_figures(reader, one.event) for one in ordered]
        report = _of_several(reader, ordered, figures, choices)
    releases = {}
    if ReportPart.DEMOGRAPHICS in choices.parts:
        releases = {
            subject.event.key: one.statistics.releases
            for subject, one in zip(ordered, figures, strict=True)
            if not one.of_wiki
        }
    return MadeReport(report, releases)


def _of_one(reader: Reader, subject: ReportedEvent, figures: EventFigures, choices: ReportChoices) -> Report:
    registration = subject.event.registration
    return Report(
        title=registration.name,
        subtitle=period(registration),
        language=language().replace("_", "-"),
        zone=registration.timezone,
        sections=sections_of(reader, subject, figures, choices),
        provenance=provenance(subject.event, subject.wiki),
        personal_data=_personal_data(choices),
        made_at=datetime.now(UTC),
    )


def _of_several(
    reader: Reader,
    subjects: Sequence[ReportedEvent],
    figures: Sequence[EventFigures],
    choices: ReportChoices,
) -> Report:
    first = subjects[0].event.registration.starts_at().date()
    last = max(one.event.registration.ends_at().date() for one in subjects)
    return Report(
        title=ngettext("{count} event", "{count} events", len(subjects)).format(count=len(subjects)),
        subtitle=_("{begin} – {end}").format(begin=day_text(first), end=day_text(last)),
        language=language().replace("_", "-"),
        zone="UTC",
        sections=sections_of_several(reader, subjects, figures, choices),
        provenance=" ".join(provenance(one.event, one.wiki) for one in subjects),
        personal_data="",
        made_at=datetime.now(UTC),
    )


def _personal_data(choices: ReportChoices) -> str:
    if ReportPart.PARTICIPANTS not in choices.parts:
        return ""
    if choices.include_private:
        return _(
            "This file names people, also walk-ins and those who registered privately. Give it only "
            "to those who need it, and delete it when it is no longer needed."
        )
    return _(
        "This file names people who registered publicly. Give it only to those who need it, and delete it "
        "when it is no longer needed."
    )
