"""The arguments of the commands that organizers change something with."""

import argparse
from pathlib import Path

from app.commands.organizing.registration import answer
from app.commands.usual_arguments import add_changing, add_event, add_everywhere, count
from app.i18n import _

Parser = argparse.ArgumentParser


def add_participants(one: Parser) -> None:
    """Add what lists participants, or removes them."""
    one.add_argument(
        "event",
        metavar="EVENT",
        help=_("the event; or “remove”, followed by the event and the names to remove"),
    )
    one.add_argument("names", metavar="NAME", nargs="*", help=_("after “remove”: the event, then user names"))
    add_changing(one)
    one.add_argument(
        "--search",
        default="",
        metavar="TEXT",
        help=_("words to find in names; accents, case and order do not matter"),
    )
    one.add_argument("--limit", type=count, metavar="N", help=_("at most so many people"))


def add_changes(one: Parser) -> None:
    """Add what is done with pending changes."""
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


def add_event_actions(one: Parser) -> None:
    """Add what is done with a whole event."""
    verbs = one.add_subparsers(dest="do", metavar="DO", required=True, help=_("what to do"))
    for name, text in (
        ("close", _("close registration")),
        ("reopen", _("reopen registration")),
        ("delete", _("delete the registration for ever")),
        ("create", _("make an event page with a registration")),
        ("edit", _("change an event")),
    ):
        verb = verbs.add_parser(name, help=text, description=text)
        add_everywhere(verb, default=argparse.SUPPRESS)
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
            add_event(verb)
        if name == "edit":
            verb.add_argument(
                "--set",
                action="append",
                required=True,
                metavar="KEY=VALUE",
                help=_("a setting, like end=2027-03-05 18:00 or topics=women,africa (may be repeated)"),
            )
        add_changing(verb, asks=name == "delete")


def add_email(one: Parser) -> None:
    """Add the e-mail and to whom it goes."""
    add_event(one)
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
    add_changing(one)


def add_organizers(one: Parser) -> None:
    """Add the organizers."""
    add_event(one)
    one.add_argument("do", choices=["add", "remove"], metavar="add|remove", help=_("what to do"))
    one.add_argument("names", nargs="+", metavar="NAME", help=_("user names"))
    add_changing(one)


def add_contributions(one: Parser) -> None:
    """Add the edits of an event."""
    add_event(one)
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
    add_changing(one)


def add_worklist(one: Parser) -> None:
    """Add the articles of a list."""
    add_event(one)
    one.add_argument("do", nargs="?", choices=["add", "remove"], metavar="add|remove", help=_("what to do"))
    one.add_argument("titles", nargs="*", metavar="TITLE", help=_("the articles"))
    wiki = _("the wiki of the articles, like enwiki (default: that of the event)")
    one.add_argument("--wiki", metavar="ID", help=wiki)
    source = _("a file with a title per line, or a table with a column of titles")
    one.add_argument("--from", dest="source", type=Path, metavar="F", help=source)
    one.add_argument("--category", metavar="NAME", help=_("the articles in a category of the wiki"))
    add_changing(one, asks=False)


def add_register(one: Parser) -> None:
    """Add how the user registers."""
    add_event(one)
    one.add_argument("--private", action="store_true", help=_("so that only organizers see it"))
    one.add_argument(
        "--answer",
        type=answer,
        action="append",
        default=[],
        metavar="NAME=N",
        help=_("an answer by its number, like confidence=2 or affiliate=1:NAME; 0 takes it back"),
    )
    add_changing(one, asks=False)


def add_unregister(one: Parser) -> None:
    """Add what it takes to cancel."""
    add_event(one)
    add_changing(one)
