"""Finding a wiki behind what a person types."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from app.domain import wording
from app.domain.accounts.account import WikiFacts
from app.domain.faults import Fault, KnownFault
from app.domain.wording import network
from app.wiki.event_registration import EventRegistration
from app.wiki.http.addresses import check_address, is_loopback
from app.wiki.http.answers import Intercepted, ServerTrouble, TransientFault
from app.wiki.http.client import WikiClient
from app.wiki.http.throttle import Throttle

_TRIES = 2


def find_wiki(typed: str, throttle_of: Callable[[str], Throttle] = lambda _: Throttle()) -> WikiFacts:
    """Return what the wiki at a typed address is, wherever its scripts lie.

    `throttle_of` gives what all requests to an address share. Raises KnownFault: no address, no answer, no
    MediaWiki. A wiki without Event Registration is returned.
    """
    address = typed.strip()
    if "://" not in address:
        here = is_loopback(address.partition("/")[0].partition(":")[0].lower())
        address = f"{'http' if here else 'https'}://{address}"
    parts = urlsplit(check_address(address))
    root = f"{parts.scheme}://{parts.netloc}"
    path = re.sub(r"/(api|index|rest)\.php.*$|/wiki(/.*)?$", "", parts.path).rstrip("/")
    met: list[KnownFault] = []
    for place in dict.fromkeys([path, "/w", ""]):
        client = WikiClient(root + place, tries=_TRIES, throttle=throttle_of(root + place))
        try:
            return EventRegistration(client).facts()
        except KnownFault as fault:
            if fault.fault is Fault.OFFLINE:
                raise KnownFault(Fault.OFFLINE, wording.nobody_answers(parts.netloc)) from fault
            # What stands in the way to one place stands in the way to the others, but a page may be the
            # wiki's.
            stands_in_the_way = fault.fault is Fault.NETWORK and not isinstance(
                fault, Intercepted | TransientFault
            )
            if stands_in_the_way or fault.fault in (Fault.TOO_FAST, Fault.USAGE):
                raise
            met.append(fault)
        finally:
            client.close()
    # A redirect, or a wiki in trouble, tells more than the missing pages at the other places.
    for telling in met:
        if telling.sentence != network.login_page() and (
            telling.fault in (Fault.REFUSED, Fault.NETWORK) or isinstance(telling, ServerTrouble)
        ):
            raise telling
    raise KnownFault(Fault.NOT_FOUND, wording.not_a_wiki(parts.netloc))
