"""Sentences about personal data and erasing it."""

from collections.abc import Sequence

from app.domain.names import set_apart
from app.i18n import _, listed, ngettext


def erased_event() -> str:
    """Return that nothing is merged into an event whose personal data was erased."""
    return _(
        "The personal data of this event was erased on this computer, so nothing about its people is merged. "
        "Let its people come back first, if that is right."
    )


def receipt(event: str, wiki: str, people: int, noted: int, when: str) -> str:
    """Return what was erased of an event. It holds no name of a person."""
    return _(
        "Erased at {when}: {event} on {wiki}: {people} registrations, {noted} people noted at the desk. What "
        "is left are sums, and marks that name nobody. Backups were made anew, and the older ones deleted."
    ).format(when=when, event=set_apart(event), wiki=set_apart(wiki), people=people, noted=noted)


def person_receipt(events: int, when: str) -> str:
    """Return that a person was erased. It does not name them."""
    text = ngettext(
        "Erased at {when}: what was known of one person at {count} event. A sync does not bring them back. "
        "Backups were made anew, and the older ones deleted.",
        "Erased at {when}: what was known of one person at {count} events. A sync does not bring them back. "
        "Backups were made anew, and the older ones deleted.",
        events,
    )
    return text.format(when=when, count=events)


def unsent(summaries: Sequence[str]) -> str:
    """Return which changes would be lost; empty without any."""
    if not summaries:
        return ""
    text = ngettext(
        "{count} change that is not sent yet would be lost: {changes}.",
        "{count} changes that are not sent yet would be lost: {changes}.",
        len(summaries),
    )
    return text.format(count=len(summaries), changes=listed(summaries, apart=True))


def on_server(address: str) -> str:
    """Return that what a shared desk has sent is still on its server; empty for no address."""
    if not address:
        return ""
    return _(
        "What this event’s shared desk has sent is still on its server, {server}: whoever keeps the server "
        "deletes it there. This computer does not share the desk any longer."
    ).format(server=set_apart(address))


def elsewhere() -> str:
    """Return what no program can erase from here."""
    return _(
        "Not erased: what is on the wiki, on paper, on other computers, and in files that were saved or sent "
        "elsewhere."
    )
