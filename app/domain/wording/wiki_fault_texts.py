"""Texts about faults of wikis."""

from app.i18n import _


def offline(wiki: str) -> str:
    """Return the sentence for a wiki that does not respond."""
    return _(
        "{wiki} cannot be reached. What was fetched before is still here; try again when the network is back."
    ).format(wiki=wiki)


def bad_address(address: str) -> str:
    """Return the sentence for something that is not a web address."""
    return _("“{address}” is not a web address. Type one like https://meta.wikimedia.org.").format(
        address=address
    )


def no_event_registration(wiki: str) -> str:
    """Return the sentence for a wiki without the CampaignEvents extension."""
    return _("{wiki} does not have Event Registration, so there are no events to fetch.").format(wiki=wiki)


def sign_in_ended(wiki: str) -> str:
    """Return the sentence for a sign-in that the wiki no longer accepts."""
    return _(
        "Your sign-in on {wiki} has ended. What was fetched before is still here; sign in again to go on."
    ).format(wiki=wiki)


def no_sign_in(wiki: str) -> str:
    """Return the sentence for a wiki of the family on which none of the sign-ins can be used."""
    return _("None of your sign-ins is good for {wiki}. Nothing is lost; sign in there to go on.").format(
        wiki=wiki
    )


def sign_in_refused() -> str:
    """Return the sentence for a sign-in that the wiki refused."""
    return _("The wiki did not accept the sign-in. Check the details and try again.")


def token_refused() -> str:
    """Return the sentence for an access token that the wiki does not know."""
    return _(
        "The wiki does not accept this access token. Copy it again from the wiki, whole, and try once more."
    )


def of_event(event: str, sentence: str) -> str:
    """Return a sentence with the name of its event."""
    return _("“{event}”: {sentence}").format(event=event, sentence=sentence)


def registration_deleted(event: int) -> str:
    """Return the sentence for a deleted registration."""
    return _(
        "The registration of event {event} was deleted on the wiki. What was fetched before is kept here."
    ).format(event=event)


def too_fast(wiki: str, seconds: float | None) -> str:
    """Return the sentence for a wiki that limits the request rate."""
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
    """Return the sentence for an invalid response."""
    return _(
        "{wiki} gave an answer that makes no sense ({detail}). What was fetched before is unchanged; try "
        "again later."
    ).format(wiki=wiki, detail=detail)


def cancelled() -> str:
    """Return the sentence for an operation that the user cancelled."""
    return _("Stopped. What was fetched so far is kept, and the next sync goes on from there.")


def people_not_refreshed(wiki: str) -> str:
    """Return the sentence for people who are not refreshed because no sign-in could see all of them."""
    return _(
        "No sign-in on {wiki} shows you its private participants now. The participants fetched earlier stay "
        "as they are; sign in there again to bring them up to date."
    ).format(wiki=wiki)
