"""The words of the commands, ready for translation."""

from gettext import gettext as _
from gettext import ngettext


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
        "“{part}” is no filter. Use all by itself, or, each once, name=TEXT, private=yes|no, e-mail=yes|no, "
        "answered=yes|no. Nothing was sent."
    ).format(part=part)


def email_needs_both() -> str:
    """Return the sentence for an e-mail without a subject or a message."""
    return _("An e-mail needs a subject and a message.")


def output_failed(reason: str) -> str:
    """Return the sentence for output that could not be written."""
    return _(
        "What this command has to say could not be written ({reason}). What it did is done; your data is "
        "whole."
    ).format(reason=reason)


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


def confirm_remove_everybody(people: int) -> str:
    """Return the question before all participants are removed."""
    return ngettext(
        "Remove everybody: the only participant ({n})?", "Remove everybody: all {n} participants?", people
    ).format(n=people)


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


def confirm_adding(names: str) -> str:
    """Return the question before organizers are added whose names were read out of something longer."""
    return _("Add to the organizers: {names}?").format(names=names)


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


def conflict_to_decide(number: int) -> str:
    """Return the sentence for a conflict, which is not simply sent again."""
    return _(
        "Change {number} met somebody else’s change of the same. Say what holds, with “changes decide "
        "{number} --mine”, “--theirs” or KEY=VALUE, or discard it."
    ).format(number=number)


def no_conflict(number: int) -> str:
    """Return the sentence for a change that met nobody else's."""
    return _("Change {number} met no other change, so there is nothing to decide.").format(number=number)


def not_in_conflict(fields: str) -> str:
    """Return the sentence for a value of something that is not in conflict."""
    return _("Nobody else has changed this: {fields}. Nothing was done.").format(fields=fields)


def left_open(parts: str) -> str:
    """Return the sentence for parts of a conflict that were not decided."""
    return _(
        "Still to be decided: {parts}. Give each as PART=mine, PART=theirs, or a value with KEY=VALUE. "
        "Nothing was done."
    ).format(parts=parts)


def decided(number: int, *, sent: bool) -> str:
    """Return the line after a conflict was decided."""
    if sent:
        return _("Change {number} is decided and waits to be sent.").format(number=number)
    return _("Change {number} is gone: what is on the wiki holds.").format(number=number)


def settled(number: int, what: str) -> str:
    """Return the line after a change was settled."""
    return {
        "retry": _("{number}: will be sent again, by “changes send” or with the next sync."),
        "discard": _("{number}: discarded."),
        "sent": _("{number}: marked as sent."),
    }[what].format(number=number)


HEADINGS_CHANGES = (_("No."), _("State"), _("Made"), _("Event"), _("Change"), _("Note"))
HEADINGS_EVENTS = (_("Event"), _("Title"), _("Begins"), _("When"), _("Status"), _("People"), _("Note"))
HEADINGS_PEOPLE = (_("Name"), _("Registered"), _("Private"), _("E-mail"), _("Answers"))
HEADINGS_CHECK = (_("Result"), _("What"), _("Found"))
HEADINGS_ACCOUNTS = (_("Wiki"), _("Name"), _("Address"), _("Sign-in"))


def ended_sign_in(kind: str) -> str:
    """Return how a sign-in that has ended is told in a table."""
    return _("{kind} (ended: sign in again)").format(kind=kind)


def picture_needs_window() -> str:
    """Return the sentence for a captcha that a terminal cannot show."""
    return _("The wiki asks to read a picture, which a terminal cannot show. Sign in in the window instead.")


def sign_in_so(address: str) -> str:
    """Return how to sign in with a password."""
    return _("(event-center sign-in {address} --session)").format(address=address)


def empty_line_presses(label: str) -> str:
    """Return what an empty line means where the wiki has a button, such as one to skip a step."""
    return _("An empty line stands for “{label}”.").format(label=label)


def field_missing(label: str) -> str:
    """Return the sentence for a line that may not be empty."""
    return _("“{label}” must not be empty.").format(label=label)


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
