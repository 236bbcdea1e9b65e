"""The words of the commands, ready for translation."""

from gettext import gettext as _
from gettext import ngettext

PROGRAM = _("Desktop companion for Wikimedia’s Event Registration. Without a command it opens the window.")
EPILOG = _(
    "Exit codes: 0 done, 2 wrong usage, 3 refused or sign-in ended, 4 offline, 5 data or disk fault, 130 "
    "cancelled."
)
DATA_DIR = _("folder of the data (default: the system's usual place)")
PASSPHRASE_FILE = _("file whose first line is the passphrase of the data (default: the computer's keyring)")
JSON = _("print one JSON document")
EVENT = _("the event's number, or WIKI:NUMBER where several wikis are known")

WINDOW = _("open the window")
SIGN_IN = _("sign in on a wiki, through the browser or with an owner-only access token")
WIKI_URL = _("the wiki's address, like https://meta.wikimedia.org")
OWNER_TOKEN = _("read an owner-only access token from standard input")
CLIENT_ID = _("the OAuth 2 client's id (default: the one in resources/wikis.toml)")
CLIENT_SECRET = _("read the client's secret from standard input")
REDIRECT_URI = _("the client's redirect address on this computer")
NO_BROWSER = _("only print the address to open")
SIGN_OUT = _("sign out of a wiki and remove what was fetched from it")
WIKI = _("the wiki, as “accounts” shows it")
ACCOUNTS = _("list the wikis you are signed in on, and what each sign-in may do")
SYNC = _("fetch your events and their participants")
SYNC_EVENT = _("fetch only this event (may be repeated); a number, or the link of its page")
EVENTS = _("list the events on this computer")
PARTICIPANTS = _("list an event's participants")
SEARCH = _("words to find in names; accents, case and order do not matter")
LIMIT = _("at most so many people")
STATISTICS = _("sum up an event's participants")
EXPORT = _("write an event's participants to a file")
FORMAT = _("the kind of file")
OUTPUT = _("the file to write")
INCLUDE_PRIVATE = _("also write people who registered privately")
COLUMNS = _("columns to write, with commas between: {columns}")
BOM = _("begin with a byte order mark, which some spreadsheets need")
NO_GUARD = _("do not put an apostrophe before cells that a spreadsheet would run as a formula")
PROVENANCE = _("end with a line that tells where the rows come from")
PRACTICE_WIKI = _("start the practice wiki and serve until stopped (--help tells more)")
SELF_TEST = _("check that this installation works")
TOUR = _("sync, list, sum up, export and picture the panes, without a window")
PICTURES = _("picture the panes")
TOUR_FOLDER = _("the folder for the tour's files")


def tour_step(what: str) -> str:
    """Return the line that begins a step of the tour."""
    return f"\n== {what[:1].upper()}{what[1:]}"


def signed_in(name: str, wiki: str) -> str:
    """Return the line after a sign-in."""
    return _("Signed in on {wiki} as {name}.").format(wiki=wiki, name=name)


def signed_out(wiki: str) -> str:
    """Return the line after a sign-out."""
    return _("Signed out of {wiki}; its data was removed from this computer.").format(wiki=wiki)


def open_this(address: str) -> str:
    """Return the line that asks to open an address."""
    return _("Open this address in a browser and approve the sign-in:\n{address}").format(address=address)


def synced(events: int, people: int) -> str:
    """Return the line after a sync."""
    return _("{events}, {people}.").format(
        events=ngettext("{n} event", "{n} events", events).format(n=events),
        people=ngettext("{n} participant fetched", "{n} participants fetched", people).format(n=people),
    )


def progress(people: int, expected: int | None, rate: float, left: float | None) -> str:
    """Return how far a sync has come."""
    of_all = _(" of about {n}").format(n=expected) if expected else ""
    time_left = _(", {n:.0f} s left").format(n=left) if left is not None else ""
    return _("{n}{of_all} people, {rate:.0f} a second{left}").format(
        n=people, of_all=of_all, rate=rate, left=time_left
    )


def counted(shown: int, total: int) -> str:
    """Return the line under a list of people."""
    if shown < total:
        return _("{shown} of {total} shown.").format(shown=shown, total=total)
    return ngettext("{n} participant.", "{n} participants.", total).format(n=total)


def written(people: int, path: str) -> str:
    """Return the line after an export."""
    return ngettext(
        "{n} participant written to {path}.", "{n} participants written to {path}.", people
    ).format(n=people, path=path)


def left_out(people: int) -> str:
    """Return the line about private people who were not written."""
    return ngettext(
        "{n} private participant left out (--include-private writes them too).",
        "{n} private participants left out (--include-private writes them too).",
        people,
    ).format(n=people)


def split(public: int, private: int) -> str:
    """Return the line about public and private participants."""
    return _("{public} public, {private} private.").format(public=public, private=private)


def too_few(question: str, least: int) -> str:
    """Return the line for a question with too few answers."""
    return _("{question}: fewer than {least} answers, so nothing is shown.").format(
        question=question, least=least
    )


def fewer_than(least: int) -> str:
    """Return the words for a number that is not told."""
    return _("fewer than {least}").format(least=least)


def no_answers_shown() -> str:
    """Return the line for an event whose answers the wiki does not show."""
    return _("The wiki shows this sign-in no answers of this event.")


def phase(name: str) -> str:
    """Return where an event stands in time."""
    return {"now": _("now"), "upcoming": _("upcoming"), "past": _("past")}[name]


def whereabouts(name: str) -> str:
    """Return why an event stands in the list."""
    return {
        "listed": "",
        "added": _("added by hand"),
        "no-longer-listed": _("no longer listed"),
        "deleted": _("deleted"),
    }[name]


def command_first() -> str:
    """Return the sentence for a command line without a command, or with one that does not stand first."""
    return _("give a command (--help lists them); --json stands after window, tour and practice-wiki")


def stopped() -> str:
    """Return the line for a command that she stopped."""
    return _("Stopped.")


def no_count(text: str) -> str:
    """Return the sentence for a number of people that is none."""
    return _("“{text}” is not a whole number from 1 on").format(text=text)


def unknown_column(text: str, known: str) -> str:
    """Return the sentence for a column that there is not."""
    return _("there is no column “{text}”; choose from {known}").format(text=text, known=known)


def secret_without_client() -> str:
    """Return the sentence for a client's secret without the client."""
    return _("Give the client with --client-id too; its secret alone is of no use.")


def bad_redirect(address: str) -> str:
    """Return the sentence for a redirect address that does not lead to this computer."""
    return _(
        "“{address}” does not lead back to this computer. Give the address that the client was registered "
        "with, like http://127.0.0.1:8127/callback."
    ).format(address=address)


def paste_token() -> str:
    """Return what asks for an access token at a terminal."""
    return _("Access token (not shown): ")


def paste_secret() -> str:
    """Return what asks for a client's secret at a terminal."""
    return _("Secret of the client (not shown): ")


def no_events() -> str:
    """Return the line for a list without events."""
    return _("No events on this computer yet. “event-center sync” fetches them.")


def incomplete() -> str:
    """Return the note on a list that is not whole yet."""
    return _("not whole yet")


def incomplete_people() -> str:
    """Return the line under people who may not be all there are."""
    return _("This event’s list is not whole yet; “event-center sync” fetches the rest.")


def summed_up(people: int) -> str:
    """Return the line about answers that are not there any more."""
    return ngettext(
        "The answers of {n} person were summed up and deleted by the wiki.",
        "The answers of {n} people were summed up and deleted by the wiki.",
        people,
    ).format(n=people)


def check_passed(name: str) -> str:
    """Return the line of a check that passed."""
    return _("ok    {name}").format(name=name)


def check_failed(name: str, reason: str) -> str:
    """Return the line of a check that failed."""
    return _("FAIL  {name}: {reason}").format(name=name, reason=reason)


HEADINGS_EVENTS = (_("Event"), _("Title"), _("Begins"), _("When"), _("Status"), _("People"), _("Note"))
HEADINGS_PEOPLE = (_("Name"), _("Registered"), _("Private"), _("E-mail"), _("Answers"))
HEADINGS_ACCOUNTS = (_("Wiki"), _("Name"), _("Address"), _("Sign-in"))
ENDED = _("ended: sign in again")
