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
SIGN_IN = _("sign in on a wiki, through the browser, with an owner-only access token or with a session")
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
CHANGES = _("list what is to be changed on the wikis; send, retry or discard it")
CHANGES_DO = _(
    "send: send what waits; retry: let refused ones be sent again; discard: take back; sent: an "
    "e-mail that may have been sent was"
)
CHANGE_NUMBERS = _("numbers of changes, as “changes” shows them (send, retry: all where none is given)")
EVENT_COMMAND = _("close, reopen, delete, create or edit an event")
EVENT_DO = _("what to do")
EVENT_CLOSE = _("close registration")
EVENT_REOPEN = _("reopen registration")
EVENT_DELETE = _("delete the registration for ever")
EVENT_CREATE = _("make an event page with a registration")
EVENT_EDIT = _("change an event")
EVENT_FROM = _("TOML file: title, timezone, start, end, types, … (docs/guide.md lists them)")
EVENT_SET = _("a setting, like end=2027-03-05 18:00 or topics=women,africa (may be repeated)")
PEOPLE_OR_REMOVE = _("the event; or “remove”, followed by the event and the names to remove")
PEOPLE_NAMES = _("after “remove”: the event, then user names")
EMAIL = _("write to participants of an event")
EMAIL_SUBJECT = _("the subject")
EMAIL_MESSAGE = _("file with the message")
EMAIL_TO = _("user names of participants")
EMAIL_FILTER = _("all, or: name=TEXT private=yes|no e-mail=yes|no answered=yes|no")
EMAIL_COPY = _("send a copy to me")
ORGANIZERS = _("add or remove organizers of an event")
ORGANIZER_NAMES = _("user names")
REGISTER = _("register for an event yourself, or change how you are registered")
REGISTER_PRIVATE = _("so that only organizers see it")
REGISTER_ANSWER = _("an answer by its number, like confidence=2 or affiliate=1:NAME; 0 takes it back")
UNREGISTER = _("cancel your own registration")
WAIT = _("only keep it, to be sent with “changes send”, the next window or the next sync")
YES = _("do not ask")
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
        "attended": _("you take part"),
        "to-be-made": _("not made yet"),
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


def remove_whom() -> str:
    """Return the sentence for a removal without names."""
    return _("Say whom: participants remove EVENT NAME…")


def email_whom() -> str:
    """Return the sentence for an e-mail without recipients."""
    return _("Say to whom: --to NAME…, or --filter with “all” or what they have in common.")


def bad_filter(part: str) -> str:
    """Return the sentence for a part of a filter that makes no sense."""
    return _(
        "“{part}” is no filter. Use all, name=TEXT, private=yes|no, e-mail=yes|no, answered=yes|no."
    ).format(part=part)


def email_needs_both() -> str:
    """Return the sentence for an e-mail without a subject or a message."""
    return _("An e-mail needs a subject and a message.")


def nobody_found() -> str:
    """Return the sentence for a filter that finds nobody."""
    return _("Nobody fits, so nothing was sent.")


def not_reached(people: int, names: str) -> str:
    """Return the line about people without a valid address."""
    return ngettext(
        "{n} person will not get it, for lack of a valid address: {names}.",
        "{n} people will not get it, for lack of a valid address: {names}.",
        people,
    ).format(n=people, names=names)


def no_participant(names: str) -> str:
    """Return the sentence for names that are not among the participants."""
    return _("Not among the participants on this computer: {names}. Nothing was done.").format(names=names)


def no_organizer(names: str) -> str:
    """Return the sentence for names that are not among the organizers."""
    return _("Not among the organizers: {names}. Nothing was done.").format(names=names)


def confirm_remove(people: int, names: str) -> str:
    """Return the question before participants are removed."""
    return ngettext("Remove {n} participant: {names}?", "Remove {n} participants: {names}?", people).format(
        n=people, names=names
    )


def confirm_email(people: int) -> str:
    """Return the question before an e-mail is sent."""
    return ngettext("Send the e-mail to {n} person?", "Send the e-mail to {n} people?", people).format(
        n=people
    )


def confirm_delete(name: str, people: int) -> str:
    """Return the question before a registration is deleted."""
    return _(
        "Delete the registration of “{name}” ({people} participants) for ever? Its page can never have one "
        "again."
    ).format(name=name, people=people)


def confirm_organizers(names: str) -> str:
    """Return the question before organizers are removed."""
    return _("Remove from the organizers: {names}?").format(names=names)


def confirm_leave() -> str:
    """Return the question before she removes herself."""
    return _("Take yourself off the list of organizers? You will lose access to this event.")


def confirm_unregister() -> str:
    """Return the question before her registration is cancelled."""
    return _("Cancel your registration, with your answers?")


def ask_sign_out(wiki: str, waiting: int) -> str:
    """Return the question before changes are lost that were not sent."""
    text = ngettext(
        "Sign out of {wiki}? {n} change that is not sent yet would be lost.",
        "Sign out of {wiki}? {n} changes that are not sent yet would be lost.",
        waiting,
    )
    return text.format(wiki=wiki, n=waiting)


def say_yes(question: str) -> str:
    """Return the sentence for a question that nobody is there to answer."""
    return _("{question} Nothing was done; say --yes to do it without being asked.").format(question=question)


def yes_or_no() -> str:
    """Return what asks for an answer."""
    return _("[y/N] ")


def left_undone() -> str:
    """Return the line after she said no."""
    return _("Nothing was done.")


def which_wiki(known: str) -> str:
    """Return the sentence for a new event of which nobody knows on what wiki."""
    return _("You are signed in on several wikis. Say in the file which: wiki = one of {known}.").format(
        known=known
    )


def no_toml(path: str, reason: str) -> str:
    """Return the sentence for a file that is no TOML."""
    return _("{path} is not valid TOML: {reason}.").format(path=path, reason=reason)


def no_setting(text: str) -> str:
    """Return the sentence for a setting without a value."""
    return _("“{text}” is no setting. Write KEY=VALUE.").format(text=text)


def bad_setting(key: str, known: str) -> str:
    """Return the sentence for a setting that makes no sense."""
    return _("“{key}” makes no sense here. Possible: {known}.").format(key=key, known=known)


def no_changes() -> str:
    """Return the line for an empty outbox."""
    return _("No changes.")


def nothing_waits() -> str:
    """Return the line where nothing was to be sent."""
    return _("Nothing is waiting to be sent.")


def which_change() -> str:
    """Return the sentence for a missing number."""
    return _("Say which change, by its number.")


def not_in_question(number: int) -> str:
    """Return the sentence for a change that is no e-mail in question."""
    return _("Change {number} is no e-mail that may have been sent.").format(number=number)


def conflict_in_window(number: int) -> str:
    """Return the sentence for a conflict, which a command line cannot decide."""
    return _(
        "Change {number} met somebody else’s change of the same. Decide in the window what holds, or "
        "discard it."
    ).format(number=number)


def settled(number: int, what: str) -> str:
    """Return the line after a change was settled."""
    return {
        "retry": _("{number}: will be sent again."),
        "discard": _("{number}: discarded."),
        "sent": _("{number}: marked as sent."),
    }[what].format(number=number)


HEADINGS_CHANGES = (_("No."), _("State"), _("Made"), _("Event"), _("Change"), _("Note"))
HEADINGS_EVENTS = (_("Event"), _("Title"), _("Begins"), _("When"), _("Status"), _("People"), _("Note"))
HEADINGS_PEOPLE = (_("Name"), _("Registered"), _("Private"), _("E-mail"), _("Answers"))
CONTRIBUTIONS = _("count an edit among an event's contributions, or take one out")
CONTRIBUTION = _("add: the link or number of one of your edits; remove: the number of the contribution")
OAUTH1 = _("the client is registered for OAuth 1.0a; its secret is needed then")
SESSION = _(
    "sign in with a session: the user name, the password and whatever else the wiki asks for are read from "
    "standard input, a line each"
)
CHECK_WIKI = _("check how a wiki and the sign-ins on it stand; the result holds no secret")
WIKI_OR_ONLY = _("the wiki's id, name or address; may be left out where there is one alone")
HEADINGS_CHECK = (_("Result"), _("What"), _("Found"))
HEADINGS_ACCOUNTS = (_("Wiki"), _("Name"), _("Address"), _("Sign-in"))


def ended_sign_in(kind: str) -> str:
    """Return how a sign-in that has ended is told in a table."""
    return _("{kind} (ended: sign in again)").format(kind=kind)


def picture_needs_window() -> str:
    """Return the sentence for a captcha that a terminal cannot show."""
    return _("The wiki asks to read a picture, which a terminal cannot show. Sign in in the window instead.")


def no_edit(typed: str) -> str:
    """Return the sentence for something that is no edit."""
    return _("“{typed}” is no link to an edit on one of your wikis, and no number of one.").format(
        typed=typed
    )


def ask_contribution(number: int) -> str:
    """Return the question before a contribution is taken out."""
    return _("Take contribution {n} out of the event?").format(n=number)


def agreement_needed() -> str:
    """Return the note for answers that the wiki shows only after an agreement."""
    return _(
        "Gender, age and profession are left out: agree first on the wiki's own page (Special:EventDetails, "
        "statistics) to handle them with care."
    )


def oauth1_needs_secret() -> str:
    """Return the sentence for a client of OAuth 1.0a without its secret."""
    return _("OAuth 1.0a needs the client's secret: give it with --client-secret-stdin.")
