"""Asking before something that cannot be taken back."""

import argparse
import sys

from app.commands import words
from app.commands.output import tell
from app.domain import wording
from app.domain.faults import Fault, KnownFault


def confirm(options: argparse.Namespace, question: str) -> None:
    """Ask before something that cannot be taken back. Raises KnownFault where she does not want it."""
    if options.yes:
        return
    if not sys.stdin.isatty():
        raise KnownFault(Fault.USAGE, words.say_yes(question))
    tell(question)
    if input(words.yes_or_no()).strip().lower() not in ("y", "yes", wording.yes()):
        raise KnownFault(Fault.CANCELLED, words.left_undone())
