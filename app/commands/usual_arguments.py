"""Arguments that several commands have."""

import argparse
from pathlib import Path

from app.i18n import _

Parser = argparse.ArgumentParser


def add_everywhere(one: Parser, default: str | None) -> None:
    """Add the options that every command has. `default`: what they are where they are not given."""
    one.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        default=default,
        help=_("folder of the data (default: the system's usual place)"),
    )
    one.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="F",
        default=default,
        help=_("file whose first line is the passphrase of the data (default: the computer's keyring)"),
    )
    one.add_argument(
        "--json", action="store_true", default=default or False, help=_("print one JSON document")
    )


def add_event(one: Parser) -> None:
    """Add the event."""
    one.add_argument(
        "event", metavar="EVENT", help=_("the event's number, or WIKI:NUMBER where several wikis are known")
    )


def add_changing(one: Parser, *, asks: bool = True) -> None:
    """Add the options of commands that change something on a wiki."""
    one.add_argument(
        "--offline",
        action="store_true",
        help=_("only keep it, to be sent with “changes send”, the next window or the next sync"),
    )
    if asks:
        one.add_argument("--yes", action="store_true", help=_("do not ask"))
    else:
        one.set_defaults(yes=True)


def count(text: str) -> int:
    """Return a whole number from 1 on. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        raise argparse.ArgumentTypeError(_("“{text}” is not a whole number from 1 on").format(text=text))
    return int(text)
