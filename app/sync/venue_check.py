"""Checks what the wikis of an event make of the address of the place where this computer is."""

import threading
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from app.domain import times
from app.domain.accounts.account import Account
from app.domain.accounts.wiki_profiles import known_families
from app.domain.desk.venue import UnansweredWiki, VenueCheck, VisitedWiki, addresses_of
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.wording.desk.venue_texts import exemption_request
from app.sync.wikis import Wikis
from app.wiki.venue import visit

#: An event may name a hundred wikis; those named first are where most people edit.
_MOST_WIKIS = 5
_WIKIMEDIA = "Wikimedia"


def check_venue(
    wikis: Wikis, account: Account, event: Event, cancel: threading.Event | None = None
) -> VenueCheck:
    """Return what the event's wiki, and those that the event names, make of this computer's address.

    No sign-in is used, so it works too after all have ended. Nothing is changed anywhere.

    Raises:
        KnownFault: the event's own wiki cannot be asked, or the check was stopped. A fault of another wiki is
            part of the result.
    """
    places = _places(account, event)
    visited: list[VisitedWiki] = []
    unanswered: list[UnansweredWiki] = []
    for address in places.values():
        client = wikis.without_sign_in(account, address, cancel)
        try:
            visited.append(visit(client, account.identity.name))
        except KnownFault as fault:
            if not visited or fault.fault is Fault.CANCELLED:
                raise
            unanswered.append(UnansweredWiki(client.name, fault.fault, fault.sentence))
        finally:
            client.close()
    expected = max(event.participants, event.people_reported or 0)
    addresses = addresses_of(tuple(visited))
    own = next(iter(places.values()))
    page = f"{own}/index.php?title={quote(event.registration.page.replace(' ', '_'), safe=':/')}"
    return VenueCheck(
        wikis=tuple(visited),
        unanswered=tuple(unanswered),
        expected=expected,
        has_wikimedia_limits=_is_wikimedia(own),
        begins_at=int(event.registration.starts_at().timestamp()),
        checked_at=times.now(),
        request=exemption_request(event, page, _named(account, event), addresses, expected),
    )


def _places(account: Account, event: Event) -> dict[str, str]:
    """Return the addresses of the event's own wiki, and of those that it names, by wiki id."""
    home = event.registration.page_wiki or account.wiki.wiki_id
    found = {home: account.address_or_own(home)}
    for wiki_id in event.registration.wikis:
        # "*" stands for all of them, and so does no wiki at all.
        address = account.address_of(wiki_id)
        if address is not None and address not in found.values() and len(found) < _MOST_WIKIS:
            found[wiki_id] = address
    return found


def _named(account: Account, event: Event) -> Sequence[str]:
    """Return the ids of the wikis for which an exception is asked: where the event's people edit."""
    if "*" in event.registration.wikis:
        return ["all"]
    return event.registration.wikis or [event.registration.page_wiki or account.wiki.wiki_id]


def _is_wikimedia(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return any(family.name == _WIKIMEDIA and family.has(host) for family in known_families())
