"""The command that writes a report about one event, or about several side by side."""

import argparse
from pathlib import Path

from app.application import Application
from app.commands import documents
from app.commands.output import Output, print_error
from app.desk.walk_ins import walk_ins
from app.domain.events.event_checks import Problem, is_grant_id
from app.domain.faults import Fault, KnownFault
from app.domain.names import isolated
from app.domain.wording.figures import impact_texts
from app.domain.wording.organizing_texts import problem_sentence
from app.i18n import _, ngettext
from app.store.events.events import read_events


def add_report_arguments(one: argparse.ArgumentParser) -> None:
    """Add what can be chosen of a report."""
    from app.reports.event_reports.choices import ReportPart
    from app.reports.event_reports.formats.report_formats import REPORT_FORMATS

    one.add_argument("events", nargs="+", metavar="EVENT", help=_("an event, or several to put side by side"))
    one.add_argument("--format", choices=list(REPORT_FORMATS), required=True, help=_("the kind of file"))
    one.add_argument("--output", type=Path, required=True, metavar="PATH", help=_("the file to write"))
    one.add_argument(
        "--parts",
        type=_parts,
        metavar="PARTS",
        help=_("parts to write, with commas between: {parts}").format(parts=",".join(ReportPart)),
    )
    one.add_argument(
        "--include-private",
        action="store_true",
        help=_("also name people who registered privately, if people are named"),
    )
    one.add_argument("--grant-id", default="", metavar="ID", help=_("the grant that the report is for"))


def _parts(text: str) -> frozenset[str]:
    from app.reports.event_reports.choices import ReportPart

    try:
        return frozenset(ReportPart(part.strip()) for part in text.split(","))
    except ValueError as error:
        unknown = _("there is no such part; choose from {known}").format(known=", ".join(ReportPart))
        raise argparse.ArgumentTypeError(unknown) from error


def report(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Write a report."""
    from app.reports.event_reports.choices import USUAL_PARTS, ReportChoices, ReportPart
    from app.reports.event_reports.event_report import make_report
    from app.reports.event_reports.formats.report_formats import REPORT_FORMATS, write_report
    from app.reports.event_reports.impact_sections import public_impact
    from app.reports.event_reports.reported_event import reported_event

    chosen = REPORT_FORMATS[options.format]
    if options.include_private and chosen.is_public:
        raise KnownFault(
            Fault.USAGE,
            _(
                "A wiki page is read by everybody, so private people are not named in it. Nothing was "
                "written."
            ),
        )
    if options.grant_id and not is_grant_id(options.grant_id):
        raise KnownFault(Fault.USAGE, problem_sentence(Problem.GRANT_BAD))
    choices = ReportChoices(
        options.parts or USUAL_PARTS,
        include_private=options.include_private,
        grant_id=options.grant_id,
    )
    events = list({event.key: event for event in map(application.find_event, options.events)}.values())
    known = read_events(application.reader)
    subjects = [
        reported_event(application.reader, event, application.account_of(event), known, walk_ins)
        for event in events
    ]
    if options.parts and ReportPart.IMPACT in options.parts:
        for subject in subjects:
            if public_impact(application.reader, subject.event) is None:
                sentence = impact_texts.not_read_of(subject.event.event_id)
                print_error(f"{isolated(subject.event.registration.name)}: {sentence}")
    made = make_report(application.reader, subjects, choices)
    write_report(options.output, application.mirror, made, chosen)
    text = ngettext(
        "Report about {n} event written to {path}.", "Report about {n} events written to {path}.", len(events)
    )
    output.line(text.format(n=len(events), path=str(options.output)))
    if made.report.personal_data:
        output.line(made.report.personal_data)
    output.document(documents.report(events, options.format, options.output, made.report.personal_data))
    return 0
