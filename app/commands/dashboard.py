"""The command that reads what the Programs & Events Dashboard counts for an event."""

import argparse
from datetime import datetime

from app.application import Application
from app.commands import documents
from app.commands.exit_codes import DONE, exit_code
from app.commands.output import Output, print_error
from app.domain.faults import KnownFault
from app.domain.names import isolated
from app.domain.wording.figures import course_texts
from app.i18n import _
from app.reports.event_reports.event_figures import read_event_course


def dashboard(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Read the figures of an event's course; if that fails, say so and show those read before."""
    from app.sync.dashboard import refresh_course

    event = application.find_event(options.event)
    failed = None
    try:
        refresh_course(application.wikis, application.account_of(event), event)
    except KnownFault as fault:
        failed = fault
    known = read_event_course(application.reader, event)
    if known is None:
        if failed:
            raise failed
        return DONE
    if failed:
        print_error(failed.sentence)
    course, read_at = known
    output.line(isolated(course.title))
    output.line(course.address)
    output.table(
        ("", ""),
        [(label, course_texts.count_text(count)) for _key, label, count in course_texts.course_rows(course)],
    )
    moment = datetime.fromtimestamp(read_at, event.registration.zone())
    output.line(_("Read from the Dashboard on {moment}.").format(moment=f"{moment:%Y-%m-%d %H:%M}"))
    if course.is_rounded:
        output.line(course_texts.rounded_note())
    output.document(documents.dashboard(event, course, read_at, failed))
    return exit_code(failed) if failed else DONE
