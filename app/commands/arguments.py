"""The command line: every command with its arguments."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from app import __version__
from app.commands import WITH_VALUE, usage, words
from app.commands.organizing import answer
from app.domain.accounts.wiki_profiles import DEFAULT_REDIRECT
from app.reports.participants_csv import CsvColumn

Parser = argparse.ArgumentParser

#: What may stand before or after the verb of a command that knows it.
_ANYWHERE = ("--yes", "--json", "--offline")
#: Commands whose next word is a command of its own.
_WITH_VERB = ("event",)


def hoisted(argv: Sequence[str]) -> list[str]:
    """Return the arguments with those that may stand anywhere behind the name of the command.

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
    main = Parser(prog="event-center", description=usage.PROGRAM, epilog=usage.EPILOG)
    main.add_argument("--version", action="version", version=f"Event Center Desktop {__version__}")
    _everywhere(main, default=None)
    commands = main.add_subparsers(dest="command", metavar="COMMAND")
    for name, help_text, fill in _COMMANDS:
        one = commands.add_parser(name, help=help_text, description=help_text)
        # What was given before the command must not be undone by its absence after it.
        _everywhere(one, default=argparse.SUPPRESS)
        fill(one)
    # Has a command line of its own; app/__main__.py hands it over before this parser sees it.
    commands.add_parser("practice-wiki", help=usage.PRACTICE_WIKI, add_help=False)
    return main


def _everywhere(one: Parser, default: str | None) -> None:
    one.add_argument("--data-dir", type=Path, metavar="DIR", default=default, help=usage.DATA_DIR)
    one.add_argument("--passphrase-file", type=Path, metavar="F", default=default, help=usage.PASSPHRASE_FILE)
    one.add_argument("--json", action="store_true", default=default or False, help=usage.JSON)


def _nothing(_: Parser) -> None:
    pass


def _sign_in(one: Parser) -> None:
    one.add_argument("wiki_url", metavar="WIKI_URL", help=usage.WIKI_URL)
    way = one.add_mutually_exclusive_group()
    way.add_argument("--owner-token-stdin", action="store_true", help=usage.OWNER_TOKEN)
    way.add_argument("--session", action="store_true", help=usage.SESSION)
    way.add_argument("--client-id", metavar="ID", help=usage.CLIENT_ID)
    one.add_argument("--oauth1", action="store_true", help=usage.OAUTH1)
    one.add_argument("--client-secret-stdin", action="store_true", help=usage.CLIENT_SECRET)
    one.add_argument("--redirect-uri", metavar="ADDRESS", default=DEFAULT_REDIRECT, help=usage.REDIRECT_URI)
    one.add_argument("--no-browser", action="store_true", help=usage.NO_BROWSER)


def _check_wiki(one: Parser) -> None:
    one.add_argument("wiki", metavar="WIKI", nargs="?", help=usage.WIKI_OR_ONLY)


def _sign_out(one: Parser) -> None:
    one.add_argument("wiki", metavar="WIKI", help=usage.WIKI)
    one.add_argument("--yes", action="store_true", help=usage.YES)


def _sync(one: Parser) -> None:
    one.add_argument("--event", action="append", default=[], metavar="ID", help=usage.SYNC_EVENT)


def _event(one: Parser) -> None:
    one.add_argument("event", metavar="EVENT", help=usage.EVENT)


def _participants(one: Parser) -> None:
    one.add_argument("event", metavar="EVENT", help=usage.PEOPLE_OR_REMOVE)
    one.add_argument("names", metavar="NAME", nargs="*", help=usage.PEOPLE_NAMES)
    _changing(one)
    one.add_argument("--search", default="", metavar="TEXT", help=usage.SEARCH)
    one.add_argument("--limit", type=_count, metavar="N", help=usage.LIMIT)


def _changing(one: Parser, *, asks: bool = True) -> None:
    one.add_argument("--offline", action="store_true", help=usage.WAIT)
    if asks:
        one.add_argument("--yes", action="store_true", help=usage.YES)
    else:
        one.set_defaults(yes=True)


def _changes(one: Parser) -> None:
    ways = ["show", "send", "retry", "discard", "sent", "decide"]
    one.add_argument("do", nargs="?", choices=ways, metavar="|".join(ways), help=usage.CHANGES_DO)
    one.add_argument("numbers", nargs="*", metavar="ID", help=usage.CHANGE_NUMBERS)
    side = one.add_mutually_exclusive_group()
    side.add_argument("--mine", dest="side", action="store_const", const="mine", help=usage.DECIDE_MINE)
    side.add_argument("--theirs", dest="side", action="store_const", const="theirs", help=usage.DECIDE_THEIRS)


def _event_acts(one: Parser) -> None:
    acts = one.add_subparsers(dest="do", metavar="DO", required=True, help=usage.EVENT_DO)
    for name, text in (
        ("close", usage.EVENT_CLOSE),
        ("reopen", usage.EVENT_REOPEN),
        ("delete", usage.EVENT_DELETE),
        ("create", usage.EVENT_CREATE),
        ("edit", usage.EVENT_EDIT),
    ):
        act = acts.add_parser(name, help=text, description=text)
        _everywhere(act, default=argparse.SUPPRESS)
        if name == "create":
            act.add_argument(
                "--from", dest="source", type=Path, required=True, metavar="F", help=usage.EVENT_FROM
            )
        else:
            _event(act)
        if name == "edit":
            act.add_argument(
                "--set", action="append", required=True, metavar="KEY=VALUE", help=usage.EVENT_SET
            )
        _changing(act, asks=name == "delete")


def _email(one: Parser) -> None:
    _event(one)
    one.add_argument("--subject", required=True, metavar="S", help=usage.EMAIL_SUBJECT)
    one.add_argument("--message-file", type=Path, required=True, metavar="F", help=usage.EMAIL_MESSAGE)
    whom = one.add_mutually_exclusive_group(required=True)
    whom.add_argument("--to", nargs="+", metavar="NAME", help=usage.EMAIL_TO)
    whom.add_argument("--filter", nargs="+", metavar="FILTER", help=usage.EMAIL_FILTER)
    one.add_argument("--cc-me", action="store_true", help=usage.EMAIL_COPY)
    _changing(one)


def _organizers(one: Parser) -> None:
    _event(one)
    one.add_argument("do", choices=["add", "remove"], metavar="add|remove", help=usage.EVENT_DO)
    one.add_argument("names", nargs="+", metavar="NAME", help=usage.ORGANIZER_NAMES)
    _changing(one)


def _contributions(one: Parser) -> None:
    _event(one)
    one.add_argument("do", choices=["add", "remove"], metavar="add|remove", help=usage.EVENT_DO)
    one.add_argument("edit", metavar="EDIT", help=usage.CONTRIBUTION)
    _changing(one)


def _register(one: Parser) -> None:
    _event(one)
    one.add_argument("--private", action="store_true", help=usage.REGISTER_PRIVATE)
    one.add_argument(
        "--answer",
        type=answer,
        action="append",
        default=[],
        metavar="NAME=N",
        help=usage.REGISTER_ANSWER,
    )
    _changing(one, asks=False)


def _unregister(one: Parser) -> None:
    _event(one)
    _changing(one)


def _export(one: Parser) -> None:
    _event(one)
    one.add_argument("--format", choices=["csv"], required=True, help=usage.FORMAT)
    one.add_argument("--output", type=Path, required=True, metavar="PATH", help=usage.OUTPUT)
    one.add_argument("--include-private", action="store_true", help=usage.INCLUDE_PRIVATE)
    columns = ",".join(CsvColumn)
    one.add_argument(
        "--columns", type=_columns, default=tuple(CsvColumn), help=usage.COLUMNS.format(columns=columns)
    )
    one.add_argument("--bom", action="store_true", help=usage.BOM)
    one.add_argument("--no-formula-guard", action="store_true", help=usage.NO_GUARD)
    one.add_argument("--provenance", action="store_true", help=usage.PROVENANCE)


def _tour(one: Parser) -> None:
    one.add_argument("folder", type=Path, metavar="FOLDER", help=usage.TOUR_FOLDER)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        raise argparse.ArgumentTypeError(words.no_count(text))
    return int(text)


def _columns(text: str) -> tuple[CsvColumn, ...]:
    columns = []
    for name in text.split(","):
        try:
            columns.append(CsvColumn(name.strip()))
        except ValueError as error:
            unknown = words.unknown_column(name.strip(), ", ".join(CsvColumn))
            raise argparse.ArgumentTypeError(unknown) from error
    return tuple(columns)


_COMMANDS: tuple[tuple[str, str, Callable[[Parser], None]], ...] = (
    ("window", usage.WINDOW, _nothing),
    ("sign-in", usage.SIGN_IN, _sign_in),
    ("sign-out", usage.SIGN_OUT, _sign_out),
    ("accounts", usage.ACCOUNTS, _nothing),
    ("check-wiki", usage.CHECK_WIKI, _check_wiki),
    ("sync", usage.SYNC, _sync),
    ("events", usage.EVENTS, _nothing),
    ("participants", usage.PARTICIPANTS, _participants),
    ("statistics", usage.STATISTICS, _event),
    ("export", usage.EXPORT, _export),
    ("changes", usage.CHANGES, _changes),
    ("event", usage.EVENT_COMMAND, _event_acts),
    ("email", usage.EMAIL, _email),
    ("organizers", usage.ORGANIZERS, _organizers),
    ("contributions", usage.CONTRIBUTIONS, _contributions),
    ("register", usage.REGISTER, _register),
    ("unregister", usage.UNREGISTER, _unregister),
    ("self-test", usage.SELF_TEST, _nothing),
    ("tour", usage.TOUR, _tour),
)
