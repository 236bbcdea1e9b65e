"""Finding a wiki behind what a person types, and an event behind a number or a link."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from app.domain import times, wording
from app.domain.account import WikiFacts
from app.domain.faults import Fault, KnownFault
from app.wiki import shapes
from app.wiki.client import WikiClient, check_address
from app.wiki.event_registration import EventRegistration
from app.wiki.shapes import Shape

_SPECIAL_WITH_ID = re.compile(r"[^/:]+:[^/]+/(\d{1,9})(?:/|$)")
_EVENT_ID = re.compile(r'"wgCampaignEventsEventID":\s*(\d{1,9})\b')


def find_wiki(typed: str) -> WikiFacts:
    """Return what the wiki at a typed address is, wherever its scripts lie.

    Raises KnownFault: no address, no answer, no MediaWiki. A wiki without Event Registration is returned.
    """
    address = typed.strip()
    if "://" not in address:
        address = "https://" + address
    parts = urlsplit(check_address(address))
    root = f"{parts.scheme}://{parts.netloc}"
    path = re.sub(r"/(api|index|rest)\.php.*$|/wiki(/.*)?$", "", parts.path).rstrip("/")
    fault: KnownFault | None = None
    for place in dict.fromkeys([path, "/w", ""]):
        client = WikiClient(root + place)
        try:
            value = client.api(action="query", meta="siteinfo", siprop="general|extensions")
            return shapes.wiki_facts(Shape(client.name), value, root + place, times.now())
        except KnownFault as error:
            if error.fault in (Fault.OFFLINE, Fault.TOO_FAST, Fault.CANCELLED):
                raise
            # A redirect tells more than the missing pages after it.
            fault = fault if fault and fault.fault is Fault.REFUSED else error
        finally:
            client.close()
    if fault and fault.fault is Fault.REFUSED:
        raise fault
    raise KnownFault(Fault.NOT_FOUND, wording.not_a_wiki(parts.netloc))


def find_event(registrations: EventRegistration, typed: str) -> int:
    """Return the event id behind a number, the link of an event page, or of a special page about an event.

    An event page is read without the sign-in (CONTRACT §5, Event pages). Raises KnownFault.
    """
    text = typed.strip()
    if text.isdigit() and 0 < int(text) < 2**31:
        return int(text)
    if "://" not in text:
        raise KnownFault(Fault.USAGE, wording.not_an_event_link(text))
    parts = urlsplit(text)
    if parts.netloc != urlsplit(registrations.client.base_url).netloc:
        raise KnownFault(Fault.USAGE, wording.other_wikis_link(text))
    title = parse_qs(parts.query).get("title", [""])[0] or unquote(parts.path.partition("/wiki/")[2])
    if not title:
        raise KnownFault(Fault.USAGE, wording.not_an_event_link(text))
    if match := _SPECIAL_WITH_ID.match(title):
        return int(match[1])
    found = _EVENT_ID.search(registrations.client.page(title))
    if not found:
        raise KnownFault(Fault.NOT_FOUND, wording.page_without_registration(title.replace("_", " ")))
    return int(found[1])
