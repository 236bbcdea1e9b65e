"""The words of the core: every sentence that comes from below the window, ready for translation."""

from gettext import gettext as _

from app.domain.participant import NO_RESPONSE, UNRECOGNISED, Participant, Presence

# What went wrong with a wiki.


def offline(wiki: str) -> str:
    """Return the sentence for a wiki that does not answer."""
    return _(
        "{wiki} cannot be reached. What was fetched before is still here; try again when the network is back."
    ).format(wiki=wiki)


def tls_refused(wiki: str) -> str:
    """Return the sentence for a wiki whose certificate is not trusted."""
    return _(
        "The connection to {wiki} is not safe: its certificate is not trusted. Nothing was sent. "
        "Check the address and this computer's clock."
    ).format(wiki=wiki)


def insecure_address(address: str) -> str:
    """Return the sentence for an address that would send secrets in the clear."""
    return _(
        "{address} does not begin with https://, so a sign-in could be read on the way. Use its https address."
    ).format(address=address)


def bad_address(address: str) -> str:
    """Return the sentence for something that is no web address."""
    return _("“{address}” is not a web address. Type one like https://meta.wikimedia.org.").format(
        address=address
    )


def moved_elsewhere(wiki: str) -> str:
    """Return the sentence for a wiki that sends us to another host."""
    return _(
        "{wiki} answers from another address. Nothing was sent there. Add the wiki by the address that the "
        "browser shows."
    ).format(wiki=wiki)


def not_a_wiki(address: str) -> str:
    """Return the sentence for an address without MediaWiki."""
    return _("{address} answers, but it is not a MediaWiki wiki. Check the address.").format(address=address)


def no_event_registration(wiki: str) -> str:
    """Return the sentence for a wiki without the CampaignEvents extension."""
    return _("{wiki} does not have Event Registration, so there are no events to fetch.").format(wiki=wiki)


def sign_in_ended(wiki: str) -> str:
    """Return the sentence for tokens that the wiki takes no longer."""
    return _(
        "Your sign-in on {wiki} has ended. What was fetched before is still here; sign in again to go on."
    ).format(wiki=wiki)


def sign_in_refused(reason: str) -> str:
    """Return the sentence for a sign-in that the wiki refused, with its own words."""
    return _("The wiki did not accept the sign-in ({reason}). Check the details and try again.").format(
        reason=reason
    )


def token_refused() -> str:
    """Return the sentence for an access token that the wiki does not know."""
    return _("The wiki does not accept this access token. Copy it again from the wiki, whole, and try once more.")


def not_allowed(reason: str) -> str:
    """Return the sentence for something this sign-in may not do."""
    return _("The wiki does not allow this for your sign-in: {reason}").format(reason=reason)


def refused(reason: str) -> str:
    """Return the sentence for a request that the wiki turned down."""
    return _("The wiki refused: {reason}").format(reason=reason)


def event_not_found(event: int) -> str:
    """Return the sentence for an event number that the wiki does not know."""
    return _("The wiki has no event with the number {event}. Check the number or the link.").format(event=event)


def registration_deleted(event: int) -> str:
    """Return the sentence for a registration that was deleted."""
    return _(
        "The registration of event {event} was deleted on the wiki. What was fetched before is kept here."
    ).format(event=event)


def too_fast(wiki: str, seconds: float | None) -> str:
    """Return the sentence for a wiki that asks to slow down."""
    if seconds:
        return _("{wiki} asks to wait {seconds:.0f} seconds before going on. Nothing is lost.").format(
            wiki=wiki, seconds=seconds
        )
    return _("{wiki} asks to slow down. Nothing is lost; try again in a while.").format(wiki=wiki)


def wiki_read_only(wiki: str) -> str:
    """Return the sentence for a wiki in read-only mode."""
    return _("{wiki} takes no changes just now (read-only mode). Nothing is lost; try again later.").format(
        wiki=wiki
    )


def wiki_broken(wiki: str, detail: str) -> str:
    """Return the sentence for an answer that makes no sense."""
    return _(
        "{wiki} gave an answer that makes no sense ({detail}). What was fetched before is unchanged; "
        "try again later."
    ).format(wiki=wiki, detail=detail)


def cancelled() -> str:
    """Return the sentence for work that she stopped."""
    return _("Stopped. What was fetched so far is kept, and the next sync goes on from there.")


def people_shown_no_longer_private(event: str) -> str:
    """Return the sentence for a sign-in that sees fewer people than the mirror holds."""
    return _(
        "This sign-in may not see the private participants of “{event}”. Those fetched earlier are kept."
    ).format(event=event)


# Signing in.


def sign_in_timeout() -> str:
    """Return the sentence for a browser that never came back."""
    return _("No answer came back from the browser. Nothing was changed; start the sign-in again when ready.")


def sign_in_cancelled() -> str:
    """Return the sentence for a sign-in that was cancelled."""
    return _("The sign-in was cancelled. Nothing was changed.")


def sign_in_state() -> str:
    """Return the sentence for an answer that belongs to another sign-in."""
    return _(
        "The browser's answer does not belong to this sign-in, so it was not used. Start the sign-in again."
    )


def browser_done_title() -> str:
    """Return the heading in the browser after a sign-in."""
    return _("You are signed in")


def browser_done() -> str:
    """Return what the browser says after a sign-in."""
    return _("Event Center has received the answer. You can close this page and go back to the program.")


def browser_refused_title() -> str:
    """Return the heading in the browser after a sign-in that did not come about."""
    return _("The sign-in did not come about")


def client_needed() -> str:
    """Return the sentence for a wiki without a registered client."""
    return _(
        "This wiki has no OAuth client for Event Center yet. Give one with --client-id (docs/oauth-client.md tells "
        "how to register it), or use an owner-only token."
    )


def port_taken(port: int) -> str:
    """Return the sentence for a listening port that another program holds."""
    return _(
        "Another program uses port {port}, where the browser would bring back the sign-in. "
        "Close it (perhaps a second Event Center), then try again."
    ).format(port=port)


def other_account(present: str, wiki: str) -> str:
    """Return the sentence for a second person on the same wiki."""
    return _(
        "This computer already holds the data of {present} on {wiki}. Sign out there first; "
        "her data is removed with it."
    ).format(present=present, wiki=wiki)


def lack_grant(wiki: str) -> str:
    """Return what it means when the organizer's rights did not come through the sign-in."""
    return _(
        "You are an organizer on {wiki}, but this sign-in does not carry the organizer rights: the wiki has no "
        "OAuth grant for them. You can see public participants and events. Ask the wiki’s administrators to add "
        "the campaignevents rights to a grant."
    ).format(wiki=wiki)


def lack_group(wiki: str) -> str:
    """Return what it means when a person is no organizer."""
    return _(
        "You are not in the event organizers’ group on {wiki}. You can see public participants and events; "
        "the wiki’s administrators can add you to the group."
    ).format(wiki=wiki)


def no_account() -> str:
    """Return the sentence for a program without any sign-in."""
    return _("No wiki has been added yet. Sign in first.")


# The data on this computer.


def key_wrong() -> str:
    """Return the sentence for a passphrase that does not open the data."""
    return _("This passphrase does not open the data. Nothing was changed; try again.")


def key_missing(path: str) -> str:
    """Return the sentence for data whose key has gone from the keyring."""
    return _(
        "The key to your data is not in this computer’s keyring any more, so the data cannot be opened. If it "
        "does not come back, move the folder {path} away and sign in again: what is on the wiki can be fetched "
        "anew."
    ).format(path=path)


def no_keyring() -> str:
    """Return the sentence for a computer without a keyring."""
    return _(
        "This computer has no keyring to keep the data’s key in. Give a passphrase, or work in a session that "
        "keeps nothing."
    )


def passphrase_needed() -> str:
    """Return the sentence for data that a passphrase protects."""
    return _("This data is protected by a passphrase. Give it to open the data.")


def data_damaged(path: str, backup: str | None) -> str:
    """Return the sentence for a database that cannot be read."""
    if backup:
        return _(
            "The data in {path} is damaged and was left as it is. There is a backup: {backup}. Put it in the "
            "place of the damaged file, or move the folder away and sign in again."
        ).format(path=path, backup=backup)
    return _(
        "The data in {path} is damaged and was left as it is. Move the folder away and sign in again: what is on "
        "the wiki can be fetched anew."
    ).format(path=path)


def data_newer() -> str:
    """Return the sentence for data of a later version."""
    return _(
        "This data was written by a later version of Event Center Desktop. It was left as it is; open it with "
        "that version."
    )


def data_in_use() -> str:
    """Return the sentence for data that another instance has open."""
    return _("Event Center is already open on this data. Use that window, or close it and try again.")


def disk_full(path: str) -> str:
    """Return the sentence for a full disk."""
    return _(
        "The disk is full, so nothing more can be saved in {path}. What was saved before is safe; make room and "
        "try again."
    ).format(path=path)


def disk_fault(path: str, reason: str) -> str:
    """Return the sentence for a file that cannot be read or written."""
    return _("{path} cannot be used ({reason}). Nothing was changed there.").format(path=path, reason=reason)


def backup_failed(path: str) -> str:
    """Return the sentence for an update of the data that was not begun."""
    return _(
        "The data could not be backed up to {path}, so it was not updated to this version. It is unchanged; make "
        "room on the disk and start again."
    ).format(path=path)


def unknown_event(event: str) -> str:
    """Return the sentence for an event that the cache does not hold."""
    return _("Event {event} is not in the data on this computer. Fetch it with a sync first.").format(event=event)


def ambiguous_event(event: str, choices: str) -> str:
    """Return the sentence for an event number that several wikis have."""
    return _("Several wikis have an event {event}. Say which: {choices}.").format(event=event, choices=choices)


def unknown_wiki(wiki: str, known: str) -> str:
    """Return the sentence for a wiki that is not among the accounts."""
    return _("No account on “{wiki}”. Known: {known}.").format(wiki=wiki, known=known or "–")


def not_an_event_link(text: str) -> str:
    """Return the sentence for text that names no event."""
    return _(
        "“{text}” names no event. Give an event’s number, the link of its event page, or that of its "
        "Special:EventDetails page."
    ).format(text=text)


def page_without_registration(page: str) -> str:
    """Return the sentence for an event page on which registration was never enabled."""
    return _("The page “{page}” has no event registration.").format(page=page)


def other_wikis_link(link: str) -> str:
    """Return the sentence for a link to a wiki that is not among the accounts."""
    return _("{link} belongs to a wiki you have not added. Add that wiki first.").format(link=link)


# People and their answers.


def person_name(person: Participant) -> str:
    """Return a person's name, or the words that stand for a name the wiki does not give."""
    if person.name:
        return person.name
    if person.presence is Presence.HIDDEN:
        return _("(name hidden by the wiki)")
    return _("(account no longer exists)")


def option_label(question: int, option: str) -> str:
    """Return an option's words; its key where the program does not know it."""
    return _OPTIONS.get((question, option)) or _ANY_OPTION.get(option) or option


def question_label(question: int) -> str:
    """Return a question's short name."""
    return _QUESTIONS.get(question) or _("Question {number}").format(number=question)


_QUESTIONS = {
    1: _("Gender"),
    2: _("Age"),
    3: _("Profession"),
    4: _("Confidence in contributing"),
    5: _("Member of an affiliate"),
}
_OPTIONS = {
    (4, "none"): _("Never contributed"),
    (4, "some-not-confident"): _("Some experience, not confident"),
    (4, "some-confident"): _("Some experience, wants to learn more"),
    (4, "confident"): _("Confident without support"),
    (5, "affiliate"): _("Yes"),
    (5, "none"): _("No"),
}
_ANY_OPTION = {NO_RESPONSE: _("No response"), UNRECOGNISED: _("Another answer")}


# Files and lists.


def yes() -> str:
    """Return the word for what holds."""
    return _("yes")


def no() -> str:
    """Return the word for what does not hold."""
    return _("no")


def never() -> str:
    """Return the word for what has not happened."""
    return _("never")


def aggregated() -> str:
    """Return the words for answers that the wiki has summed up and deleted."""
    return _("summed up and deleted by the wiki")


def column_label(column: str) -> str:
    """Return the heading of a column of participants."""
    return _COLUMNS[column]


def provenance(event: str, wiki: str, fetched: str) -> str:
    """Return the line that tells where a file's rows come from."""
    return _("Participants of “{event}” on {wiki}, as fetched {fetched} (UTC).").format(
        event=event, wiki=wiki, fetched=fetched
    )


_COLUMNS = {
    "name": _("Name"),
    "user-id": _("User ID"),
    "registered": _("Registered at"),
    "private": _("Private"),
    "can-email": _("Can be e-mailed"),
    "confidence": _("Confidence in contributing"),
    "affiliate": _("Member of an affiliate"),
    "affiliate-name": _("Affiliate"),
}
