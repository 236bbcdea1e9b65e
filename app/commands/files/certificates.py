"""The command that writes certificates of attendance."""

import argparse
from dataclasses import replace
from pathlib import Path

from app.application import Application
from app.commands.output import Output
from app.desk.walk_ins import walk_ins
from app.domain.faults import Fault, KnownFault
from app.i18n import _, listed, ngettext
from app.reports.certificates import (
    PLACES,
    TEXT,
    TITLE,
    CertificateChoices,
    receivers,
    unknown_places,
    write_certificates,
)
from app.store.people.participants import stream_people


def add_certificate_arguments(one: argparse.ArgumentParser) -> None:
    """Add whom they are for, and what they say."""
    one.add_argument("--output", type=Path, required=True, metavar="PATH", help=_("the PDF to write"))
    one.add_argument("--everybody", action="store_true", help=_("not only for those who were checked in"))
    one.add_argument(
        "--person",
        action="append",
        default=[],
        metavar="NAME",
        help=_("only for this person (may be repeated)"),
    )
    private = _("also for people who registered privately, and for walk-ins")
    one.add_argument("--include-private", action="store_true", help=private)
    one.add_argument("--title", default="", metavar="TEXT", help=_("another title"))
    text = _("the text below the name, with $name, $event, $date and $place")
    one.add_argument("--text", default="", metavar="TEXT", help=text)
    one.add_argument("--signature", default="", metavar="TEXT", help=_("who signs, below a line"))


def certificates(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Write certificates."""
    event = application.find_event(options.event)
    choices = CertificateChoices(
        title=options.title or _(TITLE),
        text=options.text or _(TEXT),
        signature=options.signature,
        everybody=options.everybody,
        include_private=options.include_private,
        names=options.person,
    )
    if unknown := unknown_places(choices.text):
        raise KnownFault(
            Fault.USAGE,
            _("{name} stands for nothing; there are {places}. Nothing was written.").format(
                name=unknown[0], places=listed(PLACES)
            ),
        )
    people = [
        *stream_people(application.reader, event.key, private=True),
        *walk_ins(application.reader, event.key),
    ]
    names = receivers(people, choices)
    if missing := set(options.person) - set(names):
        raise KnownFault(
            Fault.USAGE,
            _("{name} is not among those who can get one. Nothing was written.").format(name=min(missing)),
        )
    if not names:
        raise KnownFault(
            Fault.USAGE,
            _(
                "Nobody would get a certificate: nobody who registered publicly was checked in. --everybody "
                "and --include-private widen the choice. Nothing was written."
            ),
        )
    write_certificates(options.output, application.mirror, event, names, choices)
    text = ngettext("{n} certificate written to {path}.", "{n} certificates written to {path}.", len(names))
    output.line(text.format(n=len(names), path=str(options.output)))
    if left_out := len(receivers(people, replace(choices, include_private=True))) - len(names):
        text = ngettext(
            "{n} private participant or walk-in was left out (--include-private).",
            "{n} private participants and walk-ins were left out (--include-private).",
            left_out,
        )
        output.line(text.format(n=left_out))
    output.document({"event_id": event.event_id, "certificates": len(names), "path": str(options.output)})
    return 0
