"""The article list tab of Special:EventDetails (CONTRACT §6)."""

import sqlite3
from html import escape
from urllib.parse import quote

from app.practice.events.article_lists import SUBPAGE, list_of_event
from app.practice.events.event_pages import page_row, pretty_path
from app.practice.ground.special_page_names import special_title
from app.practice.ground.timestamps import formatted_moment
from app.practice.http.paging import Orders, Row, asked_paging, cut
from app.practice.http.special_page_words import asked_language, words
from app.practice.special.codex_table import CodexTable, Column
from app.practice.special.special_pages import address_on
from app.practice.wiki import PracticeWiki

TAB = "WorklistPanel"
_WORDS = "campaignevents-worklist-table"
_ORDERS: Orders = {
    "timestamp": lambda row: (row["listed_at"], row["article_id"]),
    "page": lambda row: (row["title"], row["wiki"]),
    "wiki": lambda row: (row["wiki"], row["title"]),
}
_LABELS = {"page": "article", "wiki": "wiki", "timestamp": "date"}


def worklist_config(wiki: PracticeWiki, event: sqlite3.Row) -> dict[str, object]:
    """Return the page's configuration for the article list, needed even without the tab."""
    title, home = event["page_title"] + SUBPAGE, event["page_wiki"]
    is_here = home == wiki.site.wiki_id
    return {
        "wgCampaignEventsWorklistPagePrefixedText": title,
        "wgCampaignEventsWorklistPageUrl": address_on(wiki, home, pretty_path(title)),
        "wgCampaignEventsWorklistWikiRestUrl": None if is_here else address_on(wiki, home, "/rest.php"),
    }


def worklist_panel(wiki: PracticeWiki, event: sqlite3.Row, *, may_edit: bool) -> str:
    """Return the content of the tab."""
    paging = asked_paging(_ORDERS, descending=True)
    rows = [dict(row) for row in list_of_event(wiki.store.read(), event)]
    page = cut(rows, _ORDERS, paging)
    columns = [Column(name, f"{_WORDS}-{label}-column-header") for name, label in _LABELS.items()]
    if may_edit:
        columns.append(Column("actions", None))
    path = special_title("EventDetails", event["event_id"], wiki.site)
    table = CodexTable(path, f"{_WORDS}-header", tuple(columns))
    table_html = table.html([_cells(wiki, row) for row in page.rows], page, paging)
    return f"<div class='ext-campaignevents-worklist-table'>{table_html}</div>"


def _cells(wiki: PracticeWiki, row: Row) -> dict[str, str]:
    label = escape(words(f"{_WORDS}-remove-button-label"))
    return {
        "page": _link(wiki, row),
        "wiki": escape(_wiki_name(row["wiki"])),
        "timestamp": escape(formatted_moment(row["listed_at"], asked_language())),
        "actions": (
            '<button class="cdx-button cdx-button--action-destructive cdx-button--weight-quiet'
            ' cdx-button--icon-only ext-campaignevents-delete-worklist-page-btn" type="button"'
            f' title="{label}" aria-label="{label}" data-wiki="{escape(row["wiki"])}"'
            f' data-title="{escape(row["title"])}">\n'
            '<span class="cdx-button__icon cdx-css-icon--trash" aria-hidden="true"></span>\n</button>\n'
        ),
    }


def _wiki_name(wiki_id: str) -> str:
    """Return the name of a wiki; for most wikis only the id is known here."""
    return words(f"project-localized-name-{wiki_id}") if asked_language() == "qqx" else wiki_id


def _link(wiki: PracticeWiki, row: Row) -> str:
    title = row["title"]
    if row["wiki"] != wiki.site.wiki_id:
        address = escape(address_on(wiki, row["wiki"], pretty_path(title)))
        return f'<a class="external" rel="nofollow" href="{address}">{escape(title)}</a>'
    if page_row(wiki.store.read(), row["wiki"], title) is not None:
        return f'<a href="{escape(pretty_path(title))}" title="{escape(title)}">{escape(title)}</a>'
    address = f"/index.php?title={quote(title.replace(' ', '_'), safe=':/')}&action=edit&redlink=1"
    tip = f"{title} (page does not exist)"
    return f'<a href="{escape(address)}" class="new" title="{escape(tip)}">{escape(title)}</a>'
