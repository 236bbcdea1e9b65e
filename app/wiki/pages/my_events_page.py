"""Parse Special:MyEvents: all events that the user organizes; the API lists only fifty (CONTRACT §5)."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from app.domain.events.event import ListedEvent
from app.wiki.pages.html_tree import Element
from app.wiki.pages.special_pages import SpecialPage, text_of

NAME = "MyEvents"
_NAME_CELL, _PEOPLE_CELL = "TablePager_col_event_name", "TablePager_col_num_participants"


@dataclass(frozen=True)
class MyEventsPage:
    """A page of the list; `next_offset` is the offset of the next page, None on the last."""

    events: tuple[ListedEvent, ...]
    next_offset: str | None


def my_events(wiki: str, html: str) -> MyEventsPage:
    """Parse a page of the list.

    Raises:
        KnownFault: WIKI_BROKEN if the page's structure has changed.
    """
    page = SpecialPage(wiki, NAME, html)
    tables = page.all(page.content, "table", "mw-datatable")
    bodies = [body for table in tables for body in page.all(table, "tbody")]
    rows = [row for body in bodies for row in page.all(body, "tr")]
    if not rows:
        raise page.changed()
    found = [event for row in rows if (event := _event(page, row)) is not None]
    return MyEventsPage(tuple(found), _next_offset(page))


def _event(page: SpecialPage, row: Element) -> ListedEvent | None:
    """Return the event of a row, None for the single row of an empty list."""
    handle = row.first(attribute="data-mw-event-id")
    if handle is None:
        if row.first(css_class=_NAME_CELL) is not None:
            raise page.changed()
        return None
    number = page.whole(handle.attribute("data-mw-event-id"))
    name = handle.attribute("data-mw-event-name") or text_of(row.first(css_class=_NAME_CELL))
    if not number or not name:
        raise page.changed()
    people = row.first(css_class=_PEOPLE_CELL)
    return ListedEvent(
        number, name, deleted=False, people=None if people is None else page.whole(text_of(people))
    )


def _next_offset(page: SpecialPage) -> str | None:
    button = page.content.first("span", "TablePager-button-next")
    link = button.first("a", attribute="href") if button is not None else None
    if link is None:
        return None
    try:
        query = parse_qs(urlsplit(link.attribute("href")).query)
    except ValueError as error:
        raise page.changed() from error
    offset = query.get("offset", [""])[0]
    if not offset:
        raise page.changed()
    return offset
