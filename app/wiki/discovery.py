"""Finding a wiki behind what a person types, and an event behind a number or a link."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from app.domain import wording
from app.domain.account import WikiFacts
from app.domain.faults import Fault, KnownFault
from app.domain.wording import network
from app.wiki.addresses import check_address, is_loopback
from app.wiki.answers import Intercepted, PassingFault, ServerTrouble
from app.wiki.client import WikiClient
from app.wiki.event_registration import EventRegistration

#: The namespace and the page in the words of any language, and the number of an event.
_SPECIAL_WITH_ID = re.compile(r"([^/:]+):[^/]+/([1-9][0-9]{0,8})(?:/|$)")
_SPECIAL_PAGE = re.compile(r'"wgCanonicalSpecialPageName":\s*"')
_EVENT_ID = re.compile(r'"wgCampaignEventsEventID":\s*([1-9][0-9]{0,8})\b')
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_TRIES = 2


def find_wiki(typed: str) -> WikiFacts:
    """Return what the wiki at a typed address is, wherever its scripts lie.

    Raises KnownFault: no address, no answer, no MediaWiki. A wiki without Event Registration is returned.
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
        client = WikiClient(root + place, tries=_TRIES)
        try:
            return EventRegistration(client).facts()
        except KnownFault as fault:
            if fault.fault is Fault.OFFLINE:
                raise KnownFault(Fault.OFFLINE, wording.nobody_answers(parts.netloc)) from fault
            # What stands in the way to one place stands in the way to the others, but a page may be the
            # wiki's.
            stands_in_the_way = fault.fault is Fault.NETWORK and not isinstance(
                fault, Intercepted | PassingFault
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


def find_event(registrations: EventRegistration, typed: str) -> int:
    """Return the event id behind a number, the link of an event page, or of a special page about an event.

    An event page is read without the sign-in (CONTRACT §5, Event pages). Raises KnownFault.
    """
    text = typed.strip()
    if _NUMBER.fullmatch(text):
        return int(text)
    title = _linked_title(registrations.client.base_url, text)
    special = _SPECIAL_WITH_ID.match(title)
    if special and special[1].lower() == "special":
        return int(special[2])
    head = _head(registrations, title)
    if found := _EVENT_ID.search(head):
        return int(found[1])
    if special and _SPECIAL_PAGE.search(head):
        return int(special[2])
    raise KnownFault(Fault.NOT_FOUND, wording.page_without_registration(title.replace("_", " ")))


def event_on_page(registrations: EventRegistration, title: str) -> int | None:
    """Return the id of the event on a page, None where the page does not tell of one. Raises KnownFault."""
    found = _EVENT_ID.search(_head(registrations, title))
    return int(found[1]) if found else None


def _head(registrations: EventRegistration, title: str) -> str:
    """Return the head of a page: what stands in the page itself can be written by anybody."""
    return registrations.client.page(title).partition("</head>")[0]


def _linked_title(base_url: str, link: str) -> str:
    """Return the title of the page behind a link to this wiki. Raises KnownFault."""
    try:
        parts = urlsplit(link)
    except ValueError as error:
        raise KnownFault(Fault.USAGE, wording.not_an_event_link(link)) from error
    if parts.scheme not in ("http", "https"):
        raise KnownFault(Fault.USAGE, wording.not_an_event_link(link))
    own = urlsplit(base_url)
    if parts.netloc.lower() != own.netloc:
        raise KnownFault(Fault.USAGE, wording.other_wikis_link(link))
    title = parse_qs(parts.query).get("title", [""])[0]
    if not title:
        path = parts.path.removeprefix(own.path)
        for place in ("/index.php/", "/wiki/", "/"):
            if place in path:
                title = unquote(path.partition(place)[2])
                break
    if ":" not in title:
        raise KnownFault(Fault.USAGE, wording.not_an_event_link(link))
    return title
