"""The commands that check an event before it begins: the venue's address, and what is missing here."""

import argparse
from datetime import UTC, datetime

from app.application import Application
from app.commands import words
from app.commands.desk import documents
from app.commands.exit_codes import DONE, REFUSED
from app.commands.output import Output
from app.desk.event_readiness import check_readiness
from app.domain import times
from app.domain.accounts.wiki_check import Outcome
from app.domain.desk.readiness import ReadinessState
from app.domain.wording import check_texts
from app.domain.wording.desk import readiness_texts, venue_texts
from app.domain.wording.refusal_texts import wiki_said
from app.i18n import _


def venue(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Check what the event's wikis make of this computer's address; fail where something is in the way."""
    from app.sync.venue_check import check_venue

    event = application.find_event(options.event)
    check = check_venue(application.wikis, application.account_of(event), event)
    found = venue_texts.findings(check, _moment)
    output.table(
        [_(heading) for heading in words.HEADINGS_VENUE],
        [
            (
                check_texts.outcome(one.outcome),
                one.wiki or _("all"),
                f"{one.sentence} {wiki_said(one.wiki_said)}" if one.wiki_said else one.sentence,
            )
            for one in found
        ],
    )
    output.line("\n" + check.request)
    output.document(documents.venue(event, check, found))
    return REFUSED if any(one.outcome is Outcome.BAD for one in found) else DONE


def readiness(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Check whether an event can begin; fail where something is missing."""
    event = application.find_event(options.event)
    found = check_readiness(application.mirror, application.account_of(event), event)
    messages = [readiness_texts.sentence(line, _moment) for line in found.lines]
    output.table(
        [_(heading) for heading in words.HEADINGS_READINESS],
        [
            (readiness_texts.state(line), readiness_texts.item(line), message, readiness_texts.action(line))
            for line, message in zip(found.lines, messages, strict=True)
        ],
    )
    missing = sum(line.state is ReadinessState.MISSING for line in found.lines)
    output.line(readiness_texts.summary(missing))
    output.document(documents.readiness(event, found, messages))
    return DONE if found.ready else REFUSED


def _moment(at: int) -> str:
    return times.here(datetime.fromtimestamp(at, UTC)).strftime("%Y-%m-%d %H:%M")
