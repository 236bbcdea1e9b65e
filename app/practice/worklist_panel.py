"""The tab of Special:EventDetails with the event's article list (CONTRACT §6)."""

import sqlite3
from html import escape
from urllib.parse import quote

from app.practice.article_lists import SUBPAGE, list_of_event
from app.practice.event_pages import page_row, pretty_path
from app.practice.paging import Orders, Paging, Row, TablePage, asked_paging, cut
from app.practice.special_page_names import special_title
from app.practice.special_page_words import asked_language, words
from app.practice.special_pages import address_on
from app.practice.timestamps import formatted_moment
from app.practice.wiki import PracticeWiki

TAB = "WorklistPanel"
_WORDS = "campaignevents-worklist-table"
_CLASS = "cdx-table__table"
_ORDERS: Orders = {
    "timestamp": lambda row: (row["listed_at"], row["article_id"]),
    "page": lambda row: (row["title"], row["wiki"]),
    "wiki": lambda row: (row["wiki"], row["title"]),
}
_LABELS = {"page": "article", "wiki": "wiki", "timestamp": "date"}


def worklist_panel(
    wiki: PracticeWiki, event: sqlite3.Row, *, may_edit: bool
) -> tuple[str, dict[str, object]]:
    """Return the content of the tab, and what it adds to the page's configuration."""
    paging = asked_paging(_ORDERS, descending=True)
    rows = [dict(row) for row in list_of_event(wiki.store.read(), event)]
    table = cut(rows, _ORDERS, paging)
    path = special_title("EventDetails", event["event_id"], wiki.site)
    content = (
        f"<div class='ext-campaignevents-worklist-table'>{_table(wiki, path, table, paging, may_edit)}</div>"
    )
    title, home = event["page_title"] + SUBPAGE, event["page_wiki"]
    is_here = home == wiki.site.wiki_id
    config = {
        "wgCampaignEventsWorklistPagePrefixedText": title,
        "wgCampaignEventsWorklistPageUrl": address_on(wiki, home, pretty_path(title)),
        "wgCampaignEventsWorklistWikiRestUrl": None if is_here else address_on(wiki, home, "/rest.php"),
    }
    return content, config


def _table(wiki: PracticeWiki, path: str, table: TablePage, paging: Paging, may_edit: bool) -> str:
    caption = words("cdx-table-sort-caption", words(f"{_WORDS}-header"))
    heads = "".join(f"{_head(path, column, paging)}\n" for column in _LABELS)
    if may_edit:
        heads += f'<th class="cdx-table-pager__col--actions {_CLASS}__cell--align-start">\u00a0</th>\n'
    rows = "".join(f"{_row(wiki, row, may_edit)}\n" for row in table.rows)
    empty = (
        f'<tr class="{_CLASS}__empty-state"><td class="{_CLASS}__empty-state-content" colspan="4">'
        f"{escape(words('table_pager_empty'))}</td></tr>"
    )
    bar = "" if table.is_all else _bar(path, table, paging)
    return (
        f'<div class="cdx-table">\n{bar}\n<div class="cdx-table__table-wrapper">\n'
        f'<table class="{_CLASS}"><caption>{escape(caption)}</caption><thead><tr>\n{heads}\n</tr></thead>'
        f"<tbody>\n{rows or empty}</tbody></table>\n\n</div>\n{bar}\n</div>"
    )


def _head(path: str, column: str, paging: Paging) -> str:
    query: dict[str, object] = {"sort": column, "limit": paging.limit}
    order = "unsorted"
    if column == paging.sort:
        query |= {"asc": "1", "desc": ""} if paging.descending else {"asc": "", "desc": "1"}
        order = "desc" if paging.descending else "asc"
    label = escape(words(f"{_WORDS}-{_LABELS[column]}-column-header"))
    return (
        f'<th class="cdx-table-pager__col--{column} {_CLASS}__cell--align-start {_CLASS}__cell--has-sort">'
        f'<a class="{_CLASS}__sort-button" role="button" href="{escape(paging.link(path, query))}">'
        f'<span class="{_CLASS}__sort-label">{label}</span>\n'
        f'<span class="{_CLASS}__sort-icon {_CLASS}__sort-icon--{order}" aria-hidden="1"></span>\n</a></th>'
    )


def _row(wiki: PracticeWiki, row: Row, may_edit: bool) -> str:
    moment = formatted_moment(row["listed_at"], asked_language())
    cells = {
        "page": _link(wiki, row),
        "wiki": escape(_wiki_name(row["wiki"])),
        "timestamp": escape(moment),
    }
    if may_edit:
        label = escape(words(f"{_WORDS}-remove-button-label"))
        cells["actions"] = (
            '<button class="cdx-button cdx-button--action-destructive cdx-button--weight-quiet'
            ' cdx-button--icon-only ext-campaignevents-delete-worklist-page-btn" type="button"'
            f' title="{label}" aria-label="{label}" data-wiki="{escape(row["wiki"])}"'
            f' data-title="{escape(row["title"])}">\n'
            '<span class="cdx-button__icon cdx-css-icon--trash" aria-hidden="true"></span>\n</button>\n'
        )
    told = "".join(
        f'<td class="cdx-table-pager__col--{column} {_CLASS}__cell--align-start">{cell}</td>\n'
        for column, cell in cells.items()
    )
    return f"<tr>\n{told}</tr>"


def _wiki_name(wiki_id: str) -> str:
    """Return the name of a wiki: in plain words its id, which is all that is known here of most."""
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


def _bar(path: str, table: TablePage, paging: Paging) -> str:
    ways = (("first", table.first), ("prev", table.previous), ("next", table.next), ("last", table.last))
    buttons = "".join(
        f'<a class="cdx-button cdx-button--fake-button cdx-button--fake-button--'
        f'{"disabled" if query is None else "enabled"} cdx-button--weight-quiet cdx-button--icon-only"'
        f' role="button" aria-label="{escape(words(f"table_pager_{way}"))}"'
        + (' disabled=""' if query is None else f' href="{escape(paging.link(path, query))}"')
        + '><span class="cdx-button__icon cdx-table-pager__icon--'
        f'{"previous" if way == "prev" else way}"></span></a>'
        for way, query in ways
    )
    return f'<div class="cdx-table-pager">\n<div class="cdx-table-pager__end">{buttons}</div>\n</div>'
