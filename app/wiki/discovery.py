"""Find the wiki behind an address that the user typed."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from app.domain.accounts.account import WikiFacts
from app.domain.faults import Fault, KnownFault
from app.domain.wording import network_texts
from app.i18n import _
from app.wiki.event_registration import EventRegistration
from app.wiki.http.addresses import check_address, is_loopback
from app.wiki.http.answers import Intercepted, ServerError, TransientFault
from app.wiki.http.client import WikiClient
from app.wiki.http.throttle import Throttle

_TRIES = 2


def find_wiki(typed: str, throttle_of: Callable[[str], Throttle] = lambda _unused: Throttle()) -> WikiFacts:
    """Return the facts of the wiki at a typed address, whatever its script path is.

    `throttle_of` returns the throttle that all requests to an address share. A wiki without Event
    Registration is returned as well.

    Raises:
        KnownFault: the address is invalid, nothing answers, or it is not a MediaWiki.
    """
    address = typed.strip()
    if "://" not in address:
        local = is_loopback(address.partition("/")[0].partition(":")[0].lower())
        address = f"{'http' if local else 'https'}://{address}"
    parts = urlsplit(check_address(address))
    root = f"{parts.scheme}://{parts.netloc}"
    path = re.sub(r"/(api|index|rest)\.php.*$|/wiki(/.*)?$", "", parts.path).rstrip("/")
    faults: list[KnownFault] = []
    for script_path in dict.fromkeys([path, "/w", ""]):
        base_url = root + script_path
        client = WikiClient(base_url, tries=_TRIES, throttle=throttle_of(base_url))
        try:
            return EventRegistration(client).facts()
        except KnownFault as fault:
            if fault.fault is Fault.OFFLINE:
                raise KnownFault(
                    Fault.OFFLINE,
                    _("Nobody answers at {host}. Check the address, and whether there is a network.").format(
                        host=parts.netloc
                    ),
                ) from fault
            # A network problem affects every path alike, but an HTML page may come from the wiki itself.
            affects_all_paths = fault.fault is Fault.NETWORK and not isinstance(
                fault, Intercepted | TransientFault
            )
            if affects_all_paths or fault.fault in (Fault.TOO_FAST, Fault.USAGE):
                raise
            faults.append(fault)
        finally:
            client.close()
    # A redirect or a server error explains more than "not found" at the other paths.
    for one in faults:
        if one.sentence != network_texts.login_page() and (
            one.fault in (Fault.REFUSED, Fault.NETWORK) or isinstance(one, ServerError)
        ):
            raise one
    raise KnownFault(
        Fault.NOT_FOUND,
        _("{address} answers, but it is not a MediaWiki wiki. Check the address.").format(
            address=parts.netloc
        ),
    )
