"""The contributions tab of Special:EventDetails: an event's edits, in totals and one by one (CONTRACT §5)."""

import sqlite3
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

from app.practice.event_pages import pretty_path
from app.practice.paging import Orders, Paging, Row, TablePage, asked_paging, cut
from app.practice.people_json import user_page
from app.practice.special_page_names import special_title
from app.practice.special_page_words import asked_language, number, words
from app.practice.special_pages import address_on, icon
from app.practice.timestamps import formatted_moment
from app.practice.wiki import PracticeWiki

TAB = "ContributionsPanel"
_SUMMARY = "campaignevents-contributions-summary"
_WORDS = "campaignevents-event-details-contributions"
_CLASS = "cdx-table__table"
_BIG_CHANGE = 500
_ORDERS: Orders = {
    "timestamp": lambda row: (row["made_at"], row["contribution_id"]),
    "article": lambda row: (row["title"], row["wiki"], row["made_at"]),
    "wiki": lambda row: (row["wiki"], row["made_at"]),
    "username": lambda row: (row["user_id"], row["made_at"]),
    "bytes": lambda row: (row["bytes"], row["made_at"]),
}
_COLUMNS = ("article", "wiki", "username", "timestamp", "bytes")
_CONTRIBUTIONS = (
    "SELECT c.contribution_id, c.wiki, c.revision_id, c.user_id, r.made_at, r.parent_id, r.text,"
    " before.text AS before, pages.page_id, pages.title, u.name, u.hidden, u.has_page,"
    " u.gender AS user_gender FROM contributions c"
    " JOIN participants p ON p.event_id = c.event_id AND p.user_id = c.user_id AND p.gone = 0"
    " JOIN revisions r ON r.revision_id = c.revision_id"
    " JOIN pages ON pages.page_id = r.page_id"
    " LEFT JOIN revisions before ON before.revision_id = r.parent_id"
    " LEFT JOIN users u ON u.user_id = c.user_id"
    " WHERE c.event_id = :event AND (:with_private OR p.private = 0 OR p.user_id = :visitor)"
)


def contributions_panel(
    wiki: PracticeWiki, event_id: int, *, with_private: bool, visitor_id: int
) -> tuple[str, dict[str, object]]:
    """Return the content of the tab, and what it adds to the page's configuration."""
    rows = _contributions(wiki.store.read(), event_id, with_private, visitor_id)
    paging = asked_paging(_ORDERS, descending=True)
    path = special_title("EventDetails", event_id, wiki.site)
    content = (
        f"<div class='ext-campaignevents-contributions-container'>{_cards(rows)}\n"
        "<div class='ext-campaignevents-contributions-table'>"
        f"{_table(wiki, path, cut(rows, _ORDERS, paging), paging)}</div></div>"
    )
    return content, {"wgCodexTablePagerLimit": paging.limit}


def _contributions(
    connection: sqlite3.Connection, event_id: int, with_private: bool, visitor_id: int
) -> list[Row]:
    values = {"event": event_id, "with_private": with_private, "visitor": visitor_id}
    return [
        {
            **dict(row),
            "bytes": len(row["text"].encode()) - len((row["before"] or "").encode()),
            "links": row["text"].count("[[") - (row["before"] or "").count("[["),
            "creation": not row["parent_id"],
        }
        for row in connection.execute(_CONTRIBUTIONS, values)
    ]


def _cards(rows: Sequence[Row]) -> str:
    cards = {
        "participants": number(len({row["user_id"] for row in rows})),
        "wikis-edited": number(len({row["wiki"] for row in rows})),
        "articles-created": number(sum(row["creation"] for row in rows)),
        "articles-edited": number(len({row["page_id"] for row in rows if not row["creation"]})),
        "bytes-changed": _sums(rows, "bytes"),
        "links-changed": _sums(rows, "links"),
    }
    told = "".join(
        '\t\t<div class="cdx-card">\n\t\t\t<div class="cdx-card__text">\n'
        f'\t\t\t\t<div class="cdx-card__text__title">{value}</div>\n'
        '\t\t\t\t<div class="cdx-card__text__description">'
        f"{escape(words(f'{_SUMMARY}-{key}'))}</div>\n\t\t\t</div>\n\t\t</div>\n"
        for key, value in cards.items()
    )
    return f'<div class="ext-campaignevents-eventdetails-contributions-summary">\n{told}</div>'


def _sums(rows: Sequence[Row], what: str) -> str:
    added = sum(max(row[what], 0) for row in rows)
    removed = sum(min(row[what], 0) for row in rows)
    between = escape(words(f"{_SUMMARY}-delta-separator"))
    return f"{_difference(0, added)}{between}{_difference(-removed, 0)}"


def _difference(before: int, after: int) -> str:
    change = after - before
    kind = "pos" if change > 0 else "neg" if change < 0 else "null"
    tag = "strong" if abs(change) > _BIG_CHANGE else "span"
    text = ("+" if change > 0 else "") + words("rc-change-size", number(change))
    title = escape(words("rc-change-size-new", number(after)))
    return (
        f'<{tag} dir="ltr" class="mw-plusminus-{kind} mw-diff-bytes" title="{title}">{escape(text)}</{tag}>'
    )


def _table(wiki: PracticeWiki, path: str, table: TablePage, paging: Paging) -> str:
    caption = words("cdx-table-sort-caption", words(f"{_WORDS}-table-caption"))
    heads = "".join(f"{_head(path, column, paging)}\n" for column in _COLUMNS)
    rows = "".join(f"{_row(wiki, row)}\n" for row in table.rows)
    empty = (
        f'<tr class="{_CLASS}__empty-state"><td class="{_CLASS}__empty-state-content" colspan="5">'
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
    return (
        f'<th class="cdx-table-pager__col--{column} {_CLASS}__cell--align-start {_CLASS}__cell--has-sort">'
        f'<a class="{_CLASS}__sort-button" role="button" href="{escape(paging.link(path, query))}">'
        f'<span class="{_CLASS}__sort-label">{escape(words(f"{_WORDS}-{column}"))}</span>\n'
        f'<span class="{_CLASS}__sort-icon {_CLASS}__sort-icon--{order}" aria-hidden="1"></span>\n</a></th>'
    )


def _row(wiki: PracticeWiki, row: Row) -> str:
    title = escape(row["title"])
    article = _link(wiki, row, title, {})
    if row["creation"]:
        tip = words(f"{_WORDS}-article-created-tooltip")
        article += " " + icon(
            "articleAdd", tip, "ext-campaignevents-contributions-creation-icon ", titled=True
        )
    moment = escape(formatted_moment(row["made_at"], asked_language()))
    cells = {
        "article": article,
        "wiki": escape(row["wiki"]),
        "username": _user(wiki, row),
        "timestamp": _link(wiki, row, moment, {"oldid": row["revision_id"], "diff": "prev"}),
        "bytes": _difference(0, row["bytes"]),
    }
    told = "".join(
        f'<td class="cdx-table-pager__col--{column} {_CLASS}__cell--align-start">{cell}</td>\n'
        for column, cell in cells.items()
    )
    return f"<tr>\n{told}</tr>"


def _link(wiki: PracticeWiki, row: Row, shown: str, query: Mapping[str, object]) -> str:
    path = pretty_path(row["title"])
    if query:
        name = quote(row["title"].replace(" ", "_"), safe=":/")
        path = f"/index.php?title={name}" + "".join(f"&{key}={value}" for key, value in query.items())
    address = escape(address_on(wiki, row["wiki"], path))
    if row["wiki"] == wiki.site.wiki_id:
        return f'<a href="{address}" title="{escape(row["title"])}">{shown}</a>'
    return f'<a class="external" rel="nofollow" href="{address}">{shown}</a>'


def _user(wiki: PracticeWiki, row: Row) -> str:
    if row["name"] is None or row["hidden"]:
        return f'<span class="history-deleted">{escape(words("rev-deleted-user"))}</span>'
    there = user_page(row, wiki.site)
    return (
        f'<a href="{escape(there["path"])}" class="{there["classes"]}" title="{escape(there["title"])}">'
        f"<bdi>{escape(row['name'])}</bdi></a>"
    )


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
