"""Special:MyEvents: all events that she organizes, also beyond the fifty that the API lists (CONTRACT §5)."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from app.domain.event import ListedEvent
from app.wiki.special_pages import SpecialPage, attribute, text_of

NAME = "MyEvents"
_ROWS = "table.mw-datatable tbody tr"


@dataclass(frozen=True, slots=True)
class MyEventsPage:
    """A page of the list; `next_offset` leads to the next one, None on the last."""

    events: tuple[ListedEvent, ...]
    next_offset: str | None


def my_events(wiki: str, html: str) -> MyEventsPage:
    """Read a page of the list. Raises KnownFault, WIKI_BROKEN where the page has changed."""
    page = SpecialPage(wiki, NAME, html)
    if page.content.select_one("table.mw-datatable") is None:
        raise page.changed()
    found = []
    for row in page.content.select(_ROWS):
        handle = row.select_one("[data-mw-event-id]")
        if handle is None:
            # The empty list has one row that says so.
            if row.select_one(".TablePager_col_event_name") is not None:
                raise page.changed()
            continue
        number = page.whole(attribute(handle, "data-mw-event-id"))
        name = attribute(handle, "data-mw-event-name") or text_of(
            row.select_one(".TablePager_col_event_name")
        )
        if not number or not name:
            raise page.changed()
        found.append(ListedEvent(number, name, deleted=False))
    link = page.content.select_one("span.TablePager-button-next a[href]")
    offset = None
    if link is not None:
        offset = parse_qs(urlsplit(attribute(link, "href")).query).get("offset", [""])[0]
        if not offset:
            raise page.changed()
    return MyEventsPage(tuple(found), offset)
