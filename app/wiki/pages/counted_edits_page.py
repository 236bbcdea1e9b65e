"""Parse the table of single edits in the contributions tab of Special:EventDetails (CONTRACT §6)."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from app.domain.changes.operations import WikiEdit
from app.wiki.pages.contributions_page import COLUMN, TAB, next_offset
from app.wiki.pages.html_tree import Element
from app.wiki.pages.special_pages import SpecialPage, event_details, text_of

#: The part of the tab with a row for each edit.
EDITS = "edits"
_TABLE = "ext-campaignevents-contributions-table"
#: A wiki's id, in 1.45 as it is.
_WIKI = re.compile(r"\(project-localized-name-([A-Za-z0-9_-]{1,255})\)|([A-Za-z0-9_-]{1,255})")
_LARGEST = 2**53


@dataclass(frozen=True)
class CountedEditsPage:
    """A page of the table; `next_offset` is the offset of the next one, None on the last."""

    edits: tuple[WikiEdit, ...]
    next_offset: str | None


def counted_edits(wiki: str, event_id: int, html: str) -> CountedEditsPage | None:
    """Parse a page of the table; return None if the wiki does not track the event's contributions.

    Raises:
        KnownFault: WIKI_BROKEN if the page's structure has changed.
    """
    page, panel = event_details(wiki, event_id, TAB, html)
    if panel is None:
        return None
    table = panel.first(css_class=_TABLE)
    if table is None:
        raise page.changed()
    rows = [row for body in page.all(table, "tbody") for row in page.all(body, "tr")]
    edits = [edit for row in rows if (edit := _edit(page, row)) is not None]
    return CountedEditsPage(tuple(edits), next_offset(page, table))


def _edit(page: SpecialPage, row: Element) -> WikiEdit | None:
    """Return the edit of a row, None for the single row of an empty table."""
    where = row.first(css_class=COLUMN + "wiki")
    if where is None:
        return None
    wiki = _WIKI.fullmatch(text_of(where))
    when = row.first(css_class=COLUMN + "timestamp")
    link = when.first("a", attribute="href") if when else None
    if wiki is None or link is None:
        raise page.changed()
    try:
        revision = parse_qs(urlsplit(link.attribute("href")).query).get("oldid", [""])[0]
    except ValueError as error:
        raise page.changed() from error
    if not (revision.isascii() and revision.isdigit() and len(revision) < 17 and int(revision) <= _LARGEST):
        raise page.changed()
    return WikiEdit(wiki[1] or wiki[2], int(revision))
