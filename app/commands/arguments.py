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
from app.commands.organizing.registration import answer
from app.commands.privacy import add_erase_arguments, add_privacy_arguments
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
    _everywhere(main, default=None)
    commands = main.add_subparsers(dest="command", metavar="COMMAND")
    for name, help_text, fill in _COMMANDS:
        one = commands.add_parser(name, help=_(help_text), description=_(help_text))
        # What was given before the command must not be undone by its absence after it.
        _everywhere(one, default=argparse.SUPPRESS)
        fill(one)
    # Has a command line of its own; app/__main__.py hands it over before this parser sees it.
    commands.add_parser(
        "practice-wiki",
        help=_("start the practice wiki and serve until stopped (--help tells more)"),
        add_help=False,
    )
    return main


def _everywhere(one: Parser, default: str | None) -> None:
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


def _event(one: Parser) -> None:
    one.add_argument(
        "event", metavar="EVENT", help=_("the event's number, or WIKI:NUMBER where several wikis are known")
    )


def _statistics(one: Parser) -> None:
    one.add_argument(
        "events",
        nargs="+",
        metavar="EVENT",
        help=_("the events; or “import”, an event, and a saved page or copied table of its statistics"),
    )


def _participants(one: Parser) -> None:
    one.add_argument(
        "event",
        metavar="EVENT",
        help=_("the event; or “remove”, followed by the event and the names to remove"),
    )
    one.add_argument("names", metavar="NAME", nargs="*", help=_("after “remove”: the event, then user names"))
    _changing(one)
    one.add_argument(
        "--search",
        default="",
        metavar="TEXT",
        help=_("words to find in names; accents, case and order do not matter"),
    )
    one.add_argument("--limit", type=_count, metavar="N", help=_("at most so many people"))


def _changing(one: Parser, *, asks: bool = True) -> None:
    one.add_argument(
        "--offline",
        action="store_true",
        help=_("only keep it, to be sent with “changes send”, the next window or the next sync"),
    )
    if asks:
        one.add_argument("--yes", action="store_true", help=_("do not ask"))
    else:
        one.set_defaults(yes=True)


def _changes(one: Parser) -> None:
    ways = ["show", "send", "retry", "discard", "sent", "decide"]
    one.add_argument(
        "do",
        nargs="?",
        choices=ways,
        metavar="|".join(ways),
        help=_(
            "show: all of a change; send: send what waits; retry: let refused ones be sent again; discard: "
            "take back; sent: an e-mail that may have been sent was; decide: say what holds where somebody "
            "else changed the same"
        ),
    )
    one.add_argument(
        "numbers",
        nargs="*",
        metavar="ID",
        help=_(
            "numbers of changes, as “changes” shows them (send, retry: all where none is given); decide: one "
            "number, then PART=mine, PART=theirs or KEY=VALUE for each part"
        ),
    )
    side = one.add_mutually_exclusive_group()
    side.add_argument(
        "--mine", dest="side", action="store_const", const="mine", help=_("decide: your change holds")
    )
    side.add_argument(
        "--theirs",
        dest="side",
        action="store_const",
        const="theirs",
        help=_("decide: what is on the wiki now holds"),
    )


def _event_actions(one: Parser) -> None:
    verbs = one.add_subparsers(dest="do", metavar="DO", required=True, help=_("what to do"))
    for name, text in (
        ("close", _("close registration")),
        ("reopen", _("reopen registration")),
        ("delete", _("delete the registration for ever")),
        ("create", _("make an event page with a registration")),
        ("edit", _("change an event")),
    ):
        verb = verbs.add_parser(name, help=text, description=text)
        _everywhere(verb, default=argparse.SUPPRESS)
        if name == "create":
            verb.add_argument(
                "--from",
                dest="source",
                type=Path,
                required=True,
                metavar="F",
                help=_("TOML file: title, timezone, start, end, types, … (the guide lists them)"),
            )
        else:
            _event(verb)
        if name == "edit":
            verb.add_argument(
                "--set",
                action="append",
                required=True,
                metavar="KEY=VALUE",
                help=_("a setting, like end=2027-03-05 18:00 or topics=women,africa (may be repeated)"),
            )
        _changing(verb, asks=name == "delete")


def _email(one: Parser) -> None:
    _event(one)
    one.add_argument("--subject", required=True, metavar="S", help=_("the subject"))
    one.add_argument("--message-file", type=Path, required=True, metavar="F", help=_("file with the message"))
    whom = one.add_mutually_exclusive_group(required=True)
    whom.add_argument("--to", nargs="+", metavar="NAME", help=_("user names of participants"))
    whom.add_argument(
        "--filter",
        nargs="+",
        metavar="FILTER",
        help=_("all; or, each once: name=TEXT private=yes|no e-mail=yes|no answered=yes|no"),
    )
    one.add_argument("--cc-me", action="store_true", help=_("send a copy to me"))
    _changing(one)


def _organizers(one: Parser) -> None:
    _event(one)
    one.add_argument("do", choices=["add", "remove"], metavar="add|remove", help=_("what to do"))
    one.add_argument("names", nargs="+", metavar="NAME", help=_("user names"))
    _changing(one)


def _contributions(one: Parser) -> None:
    _event(one)
    ways = ["add", "remove", "uncounted", "count"]
    one.add_argument(
        "do",
        choices=ways,
        metavar="|".join(ways),
        help=_(
            "uncounted: list the edits that public participants made during the event and the wiki does not "
            "count yet, as “impact --refresh” has read them; count: count them, without reverted ones"
        ),
    )
    one.add_argument(
        "edit",
        nargs="?",
        metavar="EDIT",
        help=_("add: the link or number of one of your edits; remove: the number of the contribution"),
    )
    _changing(one)


def _worklist(one: Parser) -> None:
    _event(one)
    one.add_argument("do", nargs="?", choices=["add", "remove"], metavar="add|remove", help=_("what to do"))
    one.add_argument("titles", nargs="*", metavar="TITLE", help=_("the articles"))
    wiki = _("the wiki of the articles, like enwiki (default: that of the event)")
    one.add_argument("--wiki", metavar="ID", help=wiki)
    source = _("a file with a title per line, or a table with a column of titles")
    one.add_argument("--from", dest="source", type=Path, metavar="F", help=source)
    one.add_argument("--category", metavar="NAME", help=_("the articles in a category of the wiki"))
    _changing(one, asks=False)


def _register(one: Parser) -> None:
    _event(one)
    one.add_argument("--private", action="store_true", help=_("so that only organizers see it"))
    one.add_argument(
        "--answer",
        type=answer,
        action="append",
        default=[],
        metavar="NAME=N",
        help=_("an answer by its number, like confidence=2 or affiliate=1:NAME; 0 takes it back"),
    )
    _changing(one, asks=False)


def _unregister(one: Parser) -> None:
    _event(one)
    _changing(one)


def _desk(one: Parser) -> None:
    _event(one)
    add_desk_arguments(one)


def _impact(one: Parser) -> None:
    _event(one)
    add_impact_arguments(one)


def _certificates(one: Parser) -> None:
    _event(one)
    add_certificate_arguments(one)


def _export(one: Parser) -> None:
    _event(one)
    add_export_arguments(one)


def _tour(one: Parser) -> None:
    one.add_argument("folder", type=Path, metavar="FOLDER", help=_("the folder for the tour's files"))


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        raise argparse.ArgumentTypeError(_("“{text}” is not a whole number from 1 on").format(text=text))
    return int(text)


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
    ("participants", N_("list an event's participants"), _participants),
    ("statistics", N_("sum up the participants of events"), _statistics),
    ("dashboard", N_("read what the Programs & Events Dashboard counts for an event's course"), _event),
    ("impact", N_("say what the participants of an event edited, and who of them stayed"), _impact),
    ("calendar", N_("write events to a calendar file"), add_calendar_arguments),
    ("certificates", N_("write certificates of attendance"), _certificates),
    ("export", N_("write an event's participants to a file"), _export),
    ("report", N_("write a report about an event, or about several side by side"), add_report_arguments),
    (
        "changes",
        N_("list what is to be changed on the wikis; show, send, retry, discard or decide it"),
        _changes,
    ),
    ("event", N_("close, reopen, delete, create or edit an event"), _event_actions),
    ("email", N_("write to participants of an event"), _email),
    ("organizers", N_("add or remove organizers of an event"), _organizers),
    (
        "contributions",
        N_("list and count edits for an event, or take one out"),
        _contributions,
    ),
    ("worklist", N_("show an event's article list, add articles or take some out"), _worklist),
    ("register", N_("register for an event yourself, or change how you are registered"), _register),
    ("unregister", N_("cancel your own registration"), _unregister),
    ("desk", N_("note who came to an event and who went; no wiki gets it"), _desk),
    ("privacy", N_("say what personal data is here and how long it is kept"), add_privacy_arguments),
    ("erase", N_("erase the personal data of an event, of one person, or everything"), add_erase_arguments),
    ("self-test", N_("check that this installation works"), _nothing),
    ("tour", N_("sync, list, sum up, export and picture the panes, without a window"), _tour),
)
