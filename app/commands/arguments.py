"""The command line: every command with its arguments."""

import argparse
from collections.abc import Callable
from pathlib import Path

from app import __version__
from app.commands import words
from app.commands.organizing import answer
from app.domain.wiki_profiles import DEFAULT_REDIRECT
from app.reports.participants_csv import CsvColumn

Parser = argparse.ArgumentParser


def parser() -> Parser:
    """Return the parser of the whole command line."""
    main = Parser(prog="event-center", description=words.PROGRAM, epilog=words.EPILOG)
    main.add_argument("--version", action="version", version=f"Event Center Desktop {__version__}")
    _everywhere(main, default=None)
    commands = main.add_subparsers(dest="command", metavar="COMMAND")
    for name, help_text, fill in _COMMANDS:
        one = commands.add_parser(name, help=help_text, description=help_text)
        # What was given before the command must not be undone by its absence after it.
        _everywhere(one, default=argparse.SUPPRESS)
        fill(one)
    # Has a command line of its own; app/__main__.py hands it over before this parser sees it.
    commands.add_parser("practice-wiki", help=words.PRACTICE_WIKI, add_help=False)
    return main


def _everywhere(one: Parser, default: str | None) -> None:
    one.add_argument("--data-dir", type=Path, metavar="DIR", default=default, help=words.DATA_DIR)
    one.add_argument("--passphrase-file", type=Path, metavar="F", default=default, help=words.PASSPHRASE_FILE)
    one.add_argument("--json", action="store_true", default=default or False, help=words.JSON)


def _nothing(_: Parser) -> None:
    pass


def _sign_in(one: Parser) -> None:
    one.add_argument("wiki_url", metavar="WIKI_URL", help=words.WIKI_URL)
    way = one.add_mutually_exclusive_group()
    way.add_argument("--owner-token-stdin", action="store_true", help=words.OWNER_TOKEN)
    way.add_argument("--session", action="store_true", help=words.SESSION)
    way.add_argument("--client-id", metavar="ID", help=words.CLIENT_ID)
    one.add_argument("--oauth1", action="store_true", help=words.OAUTH1)
    one.add_argument("--client-secret-stdin", action="store_true", help=words.CLIENT_SECRET)
    one.add_argument("--redirect-uri", metavar="ADDRESS", default=DEFAULT_REDIRECT, help=words.REDIRECT_URI)
    one.add_argument("--no-browser", action="store_true", help=words.NO_BROWSER)


def _check_wiki(one: Parser) -> None:
    one.add_argument("wiki", metavar="WIKI", nargs="?", help=words.WIKI_OR_ONLY)


def _sign_out(one: Parser) -> None:
    one.add_argument("wiki", metavar="WIKI", help=words.WIKI)
    one.add_argument("--yes", action="store_true", help=words.YES)


def _sync(one: Parser) -> None:
    one.add_argument("--event", action="append", default=[], metavar="ID", help=words.SYNC_EVENT)


def _event(one: Parser) -> None:
    one.add_argument("event", metavar="EVENT", help=words.EVENT)


def _participants(one: Parser) -> None:
    one.add_argument("event", metavar="EVENT", help=words.PEOPLE_OR_REMOVE)
    one.add_argument("names", metavar="NAME", nargs="*", help=words.PEOPLE_NAMES)
    _changing(one)
    one.add_argument("--search", default="", metavar="TEXT", help=words.SEARCH)
    one.add_argument("--limit", type=_count, metavar="N", help=words.LIMIT)


def _changing(one: Parser, *, asks: bool = True) -> None:
    one.add_argument("--offline", action="store_true", help=words.WAIT)
    if asks:
        one.add_argument("--yes", action="store_true", help=words.YES)
    else:
        one.set_defaults(yes=True)


def _changes(one: Parser) -> None:
    ways = ["send", "retry", "discard", "sent"]
    one.add_argument("do", nargs="?", choices=ways, metavar="|".join(ways), help=words.CHANGES_DO)
    one.add_argument("numbers", nargs="*", metavar="ID", help=words.CHANGE_NUMBERS)


def _event_acts(one: Parser) -> None:
    acts = one.add_subparsers(dest="do", metavar="DO", required=True, help=words.EVENT_DO)
    for name, text in (
        ("close", words.EVENT_CLOSE),
        ("reopen", words.EVENT_REOPEN),
        ("delete", words.EVENT_DELETE),
        ("create", words.EVENT_CREATE),
        ("edit", words.EVENT_EDIT),
    ):
        act = acts.add_parser(name, help=text, description=text)
        _everywhere(act, default=argparse.SUPPRESS)
        if name == "create":
            act.add_argument(
                "--from", dest="source", type=Path, required=True, metavar="F", help=words.EVENT_FROM
            )
        else:
            _event(act)
        if name == "edit":
            act.add_argument(
                "--set", action="append", required=True, metavar="KEY=VALUE", help=words.EVENT_SET
            )
        _changing(act, asks=name == "delete")


def _email(one: Parser) -> None:
    _event(one)
    one.add_argument("--subject", required=True, metavar="S", help=words.EMAIL_SUBJECT)
    one.add_argument("--message-file", type=Path, required=True, metavar="F", help=words.EMAIL_MESSAGE)
    whom = one.add_mutually_exclusive_group(required=True)
    whom.add_argument("--to", nargs="+", metavar="NAME", help=words.EMAIL_TO)
    whom.add_argument("--filter", nargs="+", metavar="FILTER", help=words.EMAIL_FILTER)
    one.add_argument("--cc-me", action="store_true", help=words.EMAIL_COPY)
    _changing(one)


def _organizers(one: Parser) -> None:
    _event(one)
    one.add_argument("do", choices=["add", "remove"], help=words.EVENT_DO)
    one.add_argument("names", nargs="+", metavar="NAME", help=words.ORGANIZER_NAMES)
    _changing(one)


def _contributions(one: Parser) -> None:
    _event(one)
    one.add_argument("do", choices=["add", "remove"], help=words.EVENT_DO)
    one.add_argument("edit", metavar="EDIT", help=words.CONTRIBUTION)
    _changing(one)


def _register(one: Parser) -> None:
    _event(one)
    one.add_argument("--private", action="store_true", help=words.REGISTER_PRIVATE)
    one.add_argument(
        "--answer", type=answer, action="append", default=[], metavar="NAME=N", help=words.REGISTER_ANSWER
    )
    _changing(one, asks=False)


def _unregister(one: Parser) -> None:
    _event(one)
    _changing(one)


def _export(one: Parser) -> None:
    _event(one)
    one.add_argument("--format", choices=["csv"], required=True, help=words.FORMAT)
    one.add_argument("--output", type=Path, required=True, metavar="PATH", help=words.OUTPUT)
    one.add_argument("--include-private", action="store_true", help=words.INCLUDE_PRIVATE)
    columns = ",".join(CsvColumn)
    one.add_argument(
        "--columns", type=_columns, default=tuple(CsvColumn), help=words.COLUMNS.format(columns=columns)
    )
    one.add_argument("--bom", action="store_true", help=words.BOM)
    one.add_argument("--no-formula-guard", action="store_true", help=words.NO_GUARD)
    one.add_argument("--provenance", action="store_true", help=words.PROVENANCE)


def _tour(one: Parser) -> None:
    one.add_argument("folder", type=Path, metavar="FOLDER", help=words.TOUR_FOLDER)


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
    ("window", words.WINDOW, _nothing),
    ("sign-in", words.SIGN_IN, _sign_in),
    ("sign-out", words.SIGN_OUT, _sign_out),
    ("accounts", words.ACCOUNTS, _nothing),
    ("check-wiki", words.CHECK_WIKI, _check_wiki),
    ("sync", words.SYNC, _sync),
    ("events", words.EVENTS, _nothing),
    ("participants", words.PARTICIPANTS, _participants),
    ("statistics", words.STATISTICS, _event),
    ("export", words.EXPORT, _export),
    ("changes", words.CHANGES, _changes),
    ("event", words.EVENT_COMMAND, _event_acts),
    ("email", words.EMAIL, _email),
    ("organizers", words.ORGANIZERS, _organizers),
    ("contributions", words.CONTRIBUTIONS, _contributions),
    ("register", words.REGISTER, _register),
    ("unregister", words.UNREGISTER, _unregister),
    ("self-test", words.SELF_TEST, _nothing),
    ("tour", words.TOUR, _tour),
)
