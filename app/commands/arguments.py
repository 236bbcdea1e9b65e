"""The command line: every command with its arguments."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from app.commands import WITH_VALUE
from app.commands.desk.arguments import add_desk_arguments
from app.commands.files.calendar import add_calendar_arguments
from app.commands.files.certificates import add_certificate_arguments
from app.commands.files.export_arguments import add_export_arguments
from app.commands.files.report import add_report_arguments
from app.commands.impact import add_impact_arguments
from app.commands.organizing.arguments import (
    add_changes,
    add_contributions,
    add_email,
    add_event_actions,
    add_organizers,
    add_participants,
    add_register,
    add_unregister,
    add_worklist,
)
from app.commands.privacy import add_erase_arguments, add_privacy_arguments
from app.commands.usual_arguments import add_event, add_everywhere
from app.domain.accounts.wiki_profiles import DEFAULT_REDIRECT
from app.i18n import N_, _

Parser = argparse.ArgumentParser

#: Options that are accepted both before and after the verb of a command that has them.
_ANYWHERE = ("--yes", "--json", "--offline")
#: Commands whose next word is a command of its own.
_WITH_VERB = ("event",)


def hoisted(argv: Sequence[str]) -> list[str]:
    """Return the arguments with the options that may stand anywhere behind the command's name.

    argparse would take an option between two names for the end of the names. What follows `--` are names.
    """
    end = argv.index("--") if "--" in argv else len(argv)
    moved = [argument for argument in argv[:end] if argument in _ANYWHERE]
    kept = [argument for argument in argv[:end] if argument not in _ANYWHERE]
    # The options before the command have values.
    place = 0
    while place < len(kept) and kept[place].startswith("-"):
        place += 1 if "=" in kept[place] or kept[place] not in WITH_VALUE else 2
    place = min(place + 1, len(kept))
    if kept[:place] and kept[place - 1] in _WITH_VERB:
        place = min(place + 1, len(kept))
    return [*kept[:place], *moved, *kept[place:], *argv[end:]]


def parser() -> Parser:
    """Return the parser of the whole command line."""
    main = Parser(
        prog="event-center",
        description=_(
            "Desktop companion for Wikimedia’s Event Registration. Without a command it opens the window."
        ),
        epilog=_(
            "Exit codes: 0 done, 2 wrong usage, 3 refused or sign-in ended, 4 offline, 5 data or disk fault, "
            "130 cancelled."
        ),
    )
    main.add_argument("--version", action="store_true", help=_("print the version"))
    main.add_argument(
        "--verbose", action="store_true", help=_("with --version: what a report about a problem needs")
    )
    add_everywhere(main, default=None)
    commands = main.add_subparsers(dest="command", metavar="COMMAND")
    for name, help_text, fill in _COMMANDS:
        one = commands.add_parser(name, help=_(help_text), description=_(help_text))
        # What was given before the command must not be undone by its absence after it.
        add_everywhere(one, default=argparse.SUPPRESS)
        fill(one)
    # Has a command line of its own; app/__main__.py hands it over before this parser sees it.
    commands.add_parser(
        "practice-wiki",
        help=_("start the practice wiki and serve until stopped (--help tells more)"),
        add_help=False,
    )
    return main


def _nothing(_: Parser) -> None:
    pass


def _sign_in(one: Parser) -> None:
    one.add_argument(
        "wiki_url", metavar="WIKI_URL", help=_("the wiki's address, like https://meta.wikimedia.org")
    )
    way = one.add_mutually_exclusive_group()
    way.add_argument(
        "--owner-token-stdin",
        action="store_true",
        help=_("read an owner-only access token from standard input"),
    )
    way.add_argument(
        "--session",
        action="store_true",
        help=_(
            "sign in with a session: the user name, the password and whatever else the wiki asks for are "
            "read from standard input, a line each"
        ),
    )
    way.add_argument(
        "--client-id",
        metavar="ID",
        help=_("the OAuth 2 client's id (default: the one that the program has for the wiki)"),
    )
    one.add_argument(
        "--oauth1",
        action="store_true",
        help=_("the client is registered for OAuth 1.0a; its secret is needed then"),
    )
    one.add_argument(
        "--client-secret-stdin", action="store_true", help=_("read the client's secret from standard input")
    )
    one.add_argument(
        "--redirect-uri",
        metavar="ADDRESS",
        default=DEFAULT_REDIRECT,
        help=_("the client's redirect address on this computer"),
    )
    one.add_argument("--no-browser", action="store_true", help=_("only print the address to open"))


def _check_wiki(one: Parser) -> None:
    one.add_argument(
        "wiki",
        metavar="WIKI",
        nargs="?",
        help=_("the wiki's id, name or address; may be left out where there is one alone"),
    )


def _sign_out(one: Parser) -> None:
    one.add_argument("wiki", metavar="WIKI", help=_("the wiki, as “accounts” shows it"))
    one.add_argument("--yes", action="store_true", help=_("do not ask"))


def _sync(one: Parser) -> None:
    one.add_argument(
        "--event",
        action="append",
        default=[],
        metavar="ID",
        help=_("fetch only this event (may be repeated); a number, or the link of its page"),
    )


def _statistics(one: Parser) -> None:
    one.add_argument(
        "events",
        nargs="+",
        metavar="EVENT",
        help=_("the events; or “import”, an event, and a saved page or copied table of its statistics"),
    )


def _desk(one: Parser) -> None:
    add_event(one)
    add_desk_arguments(one)


def _impact(one: Parser) -> None:
    add_event(one)
    add_impact_arguments(one)


def _certificates(one: Parser) -> None:
    add_event(one)
    add_certificate_arguments(one)


def _export(one: Parser) -> None:
    add_event(one)
    add_export_arguments(one)


def _tour(one: Parser) -> None:
    one.add_argument("folder", type=Path, metavar="FOLDER", help=_("the folder for the tour's files"))


_COMMANDS: tuple[tuple[str, str, Callable[[Parser], None]], ...] = (
    ("window", N_("open the window"), _nothing),
    (
        "sign-in",
        N_("sign in on a wiki, through the browser, with an owner-only access token or with a session"),
        _sign_in,
    ),
    ("sign-out", N_("sign out of a wiki and remove what was fetched from it"), _sign_out),
    ("accounts", N_("list the wikis you are signed in on, and what each sign-in may do"), _nothing),
    (
        "check-wiki",
        N_("check how a wiki and the sign-ins on it stand; the result holds no secret"),
        _check_wiki,
    ),
    ("sync", N_("fetch your events and their participants"), _sync),
    ("events", N_("list the events on this computer"), _nothing),
    ("participants", N_("list an event's participants"), add_participants),
    ("statistics", N_("sum up the participants of events"), _statistics),
    ("dashboard", N_("read what the Programs & Events Dashboard counts for an event's course"), add_event),
    ("impact", N_("say what the participants of an event edited, and who of them stayed"), _impact),
    ("calendar", N_("write events to a calendar file"), add_calendar_arguments),
    ("certificates", N_("write certificates of attendance"), _certificates),
    ("export", N_("write an event's participants to a file"), _export),
    ("report", N_("write a report about an event, or about several side by side"), add_report_arguments),
    (
        "changes",
        N_("list what is to be changed on the wikis; show, send, retry, discard or decide it"),
        add_changes,
    ),
    ("event", N_("close, reopen, delete, create or edit an event"), add_event_actions),
    ("email", N_("write to participants of an event"), add_email),
    ("organizers", N_("add or remove organizers of an event"), add_organizers),
    (
        "contributions",
        N_("list and count edits for an event, or take one out"),
        add_contributions,
    ),
    ("worklist", N_("show an event's article list, add articles or take some out"), add_worklist),
    ("register", N_("register for an event yourself, or change how you are registered"), add_register),
    ("unregister", N_("cancel your own registration"), add_unregister),
    ("desk", N_("note who came to an event and who went; no wiki gets it"), _desk),
    ("privacy", N_("say what personal data is here and how long it is kept"), add_privacy_arguments),
    ("erase", N_("erase the personal data of an event, of one person, or everything"), add_erase_arguments),
    ("self-test", N_("check that this installation works"), _nothing),
    ("tour", N_("sync, list, sum up, export and picture the panes, without a window"), _tour),
)
