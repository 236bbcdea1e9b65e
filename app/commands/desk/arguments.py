"""The arguments of the command for the desk."""

import argparse
from datetime import date
from pathlib import Path

from app.i18n import _

Parser = argparse.ArgumentParser
_PRINTED, _PAPERS = ("sheet", "checklist", "badges"), ("a4", "letter")


def add_desk_arguments(one: Parser) -> None:
    """Add the verbs of the desk with their arguments."""
    one.add_argument("--day", type=_day, metavar="DAY", help=_("another day of the event than today"))
    one.add_argument("--yes", action="store_true", help=_("do not ask"))
    verbs = one.add_subparsers(dest="do", metavar="VERB", required=True)
    for name, help_text in (
        ("check-in", _("note that participants came")),
        ("check-out", _("note that participants left")),
        ("no-show", _("note that participants did not come")),
    ):
        verbs.add_parser(name, help=help_text).add_argument(
            "names", nargs="+", metavar="NAME", help=_("user names of participants, or names of walk-ins")
        )
    walk_in = verbs.add_parser("walk-in", help=_("check in somebody who is not registered"))
    walk_in.add_argument("name", metavar="NAME", help=_("their name"))
    walk_in.add_argument("--user-name", action="store_true", help=_("the name is that of an account"))
    walk_in.add_argument("--note", default="", metavar="TEXT", help=_("a note, which no wiki gets"))
    verbs.add_parser("undo", help=_("take back the latest of these that stands"))
    verbs.add_parser("redo", help=_("note again what was taken back last"))
    note = verbs.add_parser("note", help=_("keep a note about somebody, which no wiki gets"))
    note.add_argument("name", metavar="NAME", help=_("the user name, or the name of a walk-in"))
    note.add_argument("text", metavar="TEXT", help=_("the note; an empty one removes it"))
    erase = verbs.add_parser("erase", help=_("erase all that is noted about somebody, for good"))
    erase.add_argument("name", metavar="NAME", help=_("the user name, or the name of a walk-in"))
    clock = verbs.add_parser("clock", help=_("say that a desk’s clock is wrong; times shown are put right"))
    clock.add_argument(
        "minutes", type=float, metavar="MINUTES", help=_("how late it is, or how early if negative")
    )
    clock.add_argument("--desk", default="", metavar="NAME", help=_("another desk than this one"))
    verbs.add_parser("status", help=_("print the figures of today"))
    verbs.add_parser("unlock", help=_("let the desk be left without its passphrase"))
    _add_files(verbs)
    _add_shared(verbs)
    verbs.add_parser("readiness", help=_("check what is missing before the event begins"))
    verbs.add_parser("venue", help=_("check, at the venue, whether wikis block its address"))


def _add_files(verbs: "argparse._SubParsersAction[Parser]") -> None:
    reconcile = verbs.add_parser("reconcile", help=_("pair a list of those who came with the registrations"))
    reconcile.add_argument("file", type=Path, metavar="FILE", help=_("the list: text or a spreadsheet’s CSV"))
    reconcile.add_argument("--column", type=int, metavar="N", help=_("the column with the names, from 1 on"))
    reconcile.add_argument(
        "--apply", action="store_true", help=_("check in those who are surely on the list; ask before")
    )
    reconcile.add_argument(
        "--walk-ins", action="store_true", help=_("with --apply: keep the unmatched as walk-ins too")
    )
    hand_over = verbs.add_parser("hand-over", help=_("export the desk for another computer, or import it"))
    hand_over.add_argument("way", choices=("export", "import"), help=_("write a file, or merge files"))
    hand_over.add_argument("files", type=Path, nargs="+", metavar="FILE", help=_("the encrypted file"))
    hand_over.add_argument(
        "--file-passphrase",
        type=Path,
        metavar="F",
        help=_("file whose first line is the passphrase of the hand-over file (default: ask)"),
    )
    printed = verbs.add_parser("print", help=_("write a sign-in sheet, a checklist or name badges as PDF"))
    printed.add_argument("what", choices=_PRINTED, help=_("what to print"))
    printed.add_argument("--output", type=Path, required=True, metavar="PATH", help=_("the file to write"))
    printed.add_argument(
        "--include-private", action="store_true", help=_("also print people who registered privately")
    )
    printed.add_argument("--paper", choices=_PAPERS, help=_("the paper, where the labels do not decide it"))
    printed.add_argument("--labels", metavar="FORMAT", help=_("the labels for badges, like l7160 or 5395"))


def _add_shared(verbs: "argparse._SubParsersAction[Parser]") -> None:
    shared = verbs.add_parser("shared", help=_("share the desk with other computers through a server"))
    ways = shared.add_subparsers(dest="way", metavar="DO", required=True)
    setting = ways.add_parser("set", help=_("say which server, and how to sign in there"))
    setting.add_argument(
        "address", metavar="ADDRESS", help=_("like postgresql+psycopg://desk@db.example.org:5432/events")
    )
    setting.add_argument(
        "--password-file", type=Path, metavar="F", help=_("file whose first line is the password")
    )
    setting.add_argument(
        "--certificate",
        type=Path,
        metavar="F",
        help=_("the certificate of the authority that signed the server’s, PEM (default: the system’s)"),
    )
    ways.add_parser("accept", help=_("accept that names of participants go to that server"))
    ways.add_parser("status", help=_("say what has to be exchanged"))
    ways.add_parser("sync", help=_("fetch what other desks noted, and send what this one did"))
    ways.add_parser("remove", help=_("share the desk no longer; what is on the server stays there"))


def _day(text: str) -> str:
    """Return a day like 2026-12-05 as yyyymmdd."""
    try:
        return date.fromisoformat(text).strftime("%Y%m%d")
    except ValueError:
        sentence = _("“{text}” is not a day like 2026-12-05").format(text=text)
        raise argparse.ArgumentTypeError(sentence) from None
