"""Asking before something that cannot be undone."""

import argparse
import sys

from app.commands.output import print_error
from app.domain.faults import Fault, KnownFault
from app.i18n import _


def confirm(options: argparse.Namespace, question: str) -> None:
    """Ask before something that cannot be undone. Raises KnownFault where the answer is not yes."""
    if options.yes:
        return
    if not sys.stdin.isatty():
        raise KnownFault(
            Fault.USAGE,
            _("{question} Nothing was done; say --yes to do it without being asked.").format(
                question=question
            ),
        )
    print_error(question)
    if input(_("[y/N] ")).strip().lower() not in ("y", "yes", _("yes")):
        raise KnownFault(Fault.CANCELLED, _("Nothing was done."))
