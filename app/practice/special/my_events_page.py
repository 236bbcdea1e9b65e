"""Special:MyEvents: all events that the visitor organizes, with paging (CONTRACT §5)."""

import sqlite3
from html import escape
from urllib.parse import urlencode

from flask import Response, request

from app.practice.events.event_homes import is_at_home
from app.practice.events.event_pages import pretty_path
from app.practice.events.event_records import event_name
from app.practice.ground.special_page_names import in_address, special_title
from app.practice.ground.timestamps import formatted_date
from app.practice.http.paging import Orders, Paging, Row, TablePage, asked_paging, cut
from app.practice.http.special_page_words import asked_language, number, words
from app.practice.identity.visitors import Visitor
from app.practice.special.special_pages import address_on, button, special_page
from app.practice.wiki import PracticeWiki, current_visitor, current_wiki

NAME = "MyEvents"
_LIST = "campaignevents-eventslist"
_FORM = "campaignevents-myevents"
_ORDERS: Orders = {
    "event_start_utc": lambda row: (row["start_utc"], row["name"], row["event_id"]),
    "event_name": lambda row: (row["name"], row["start_utc"], row["event_id"]),
    "num_participants": lambda row: (row["people"], row["start_utc"], row["event_id"]),
}
_COLUMNS = (
    ("event_start_utc", f"{_LIST}-column-date"),
    ("event_name", f"{_LIST}-column-name"),
    ("event_participation_options", f"{_LIST}-column-participation-options"),
    ("num_participants", f"{_LIST}-column-participants-number"),
)
_EVENTS = (
    "SELECT e.*, (SELECT count(*) FROM participants p WHERE p.event_id = e.event_id AND p.gone = 0) AS people"
    " FROM organizers o JOIN events e ON e.event_id = o.event_id"
    " WHERE o.user_id = ? AND o.gone = 0 AND e.deleted = 0"
)
_SELECTED = " selected='selected'"
_PER_PAGE = (20, 50, 100, 250, 500)


def show_my_events() -> Response:
    """Return the page with the visitor's events; anonymous visitors are redirected to the sign-in."""
    wiki, visitor = current_wiki(), current_visitor()
    if visitor.account is None:
        return _to_login(wiki)
    paging = asked_paging(_ORDERS, descending=False)
    rows = _events(wiki.store.read(), visitor)
    table = cut(rows, _ORDERS, paging)
    bar = "" if table.is_all else _bar(wiki, table, paging)
    content = f"{_form(wiki, paging)}{bar}{_table(wiki, table, paging)}\n{bar}"
    return special_page(NAME, "", words("myevents"), content, visitor)


def _title(wiki: PracticeWiki) -> str:
    return special_title(NAME, "", wiki.site)


def _to_login(wiki: PracticeWiki) -> Response:
    kept = urlencode([(name, value) for name, value in request.args.items() if name != "title"])
    query = {"returnto": _title(wiki), "returntoquery": kept, "warning": "exception-nologin-text"}
    if not kept:
        del query["returntoquery"]
    login = in_address(special_title("Userlogin", "", wiki.site))
    location = f"{wiki.base_url}/index.php?title={login}&{urlencode(query)}"
    return Response("", 302, {"Location": location}, content_type="text/html; charset=UTF-8")


def _events(connection: sqlite3.Connection, visitor: Visitor) -> list[Row]:
    rows = [{**dict(row), "name": event_name(row)} for row in connection.execute(_EVENTS, (visitor.user_id,))]
    search, status = request.args.get("wpSearch", ""), request.args.get("wpStatus", "")
    if status in ("open", "closed"):
        rows = [row for row in rows if row["status"] == status]
    return [row for row in rows if search in row["name"]]


def _table(wiki: PracticeWiki, table: TablePage, paging: Paging) -> str:
    heads = "".join(f"{_head(_title(wiki), column, key, paging)}\n" for column, key in _COLUMNS)
    rows = "".join(f"{_row(wiki, row)}\n" for row in table.rows)
    empty = f'<tr><td colspan="5">{escape(words("table_pager_empty"))}</td></tr>'
    return (
        '<table class="mw-datatable ext-campaignevents-events-table"><thead><tr>\n'
        f"{heads}<th>\u00a0</th>\n\n</tr></thead><tbody>\n{rows or empty}</tbody></table>"
    )


def _head(path: str, column: str, key: str, paging: Paging) -> str:
    if column not in _ORDERS:
        return f"<th>{escape(words(key))}</th>"
    query: dict[str, object] = {"sort": column, "limit": paging.limit}
    kinds, title = "", path
    if column == paging.sort:
        query |= {"asc": "1", "desc": ""} if paging.descending else {"asc": "", "desc": "1"}
        now, other = ("descending", "asc") if paging.descending else ("ascending", "desc")
        kinds = f' class="TablePager_sort mw-datatable-is-sorted mw-datatable-is-{now}"'
        title = words(f"sort-{other}ending")
    link_class = f' class="mw-{"asc" if paging.descending else "desc"}link"' if kinds else ""
    address = escape(paging.link(path, query))
    return f'<th{kinds}><a href="{address}"{link_class} title="{escape(title)}">{escape(words(key))}</a></th>'


def _row(wiki: PracticeWiki, row: Row) -> str:
    event_id, name = row["event_id"], escape(row["name"])
    details = special_title("EventDetails", event_id, wiki.site)
    options = "-and-".join(
        option for option, there in (("online", row["online"]), ("in-person", row["inperson"])) if there
    )
    cells = (
        ("event_start_utc", "", escape(formatted_date(row["start_utc"], asked_language()))),
        (
            "event_name",
            "",
            f'<a href="/wiki/{in_address(details)}" class="ext-campaignevents-events-table-eventpage-link"'
            f' title="{details}">{name}</a>',
        ),
        ("event_participation_options", "", escape(words(f"{_LIST}-participation-options-{options}"))),
        ("num_participants", "", number(row["people"])),
        ("manage_event", " ext-campaignevents-events-table-cell-manage", _handle(wiki, row)),
    )
    cells_html = "".join(
        f'<td class="TablePager_col_{column}{kind}">{cell}</td>\n' for column, kind, cell in cells
    )
    return f"<tr>\n{cells_html}</tr>"


def _handle(wiki: PracticeWiki, row: Row) -> str:
    label = escape(words(f"{_LIST}-manage-btn-info"))
    event_id = row["event_id"]
    editing = in_address(special_title("EditEventRegistration", event_id, wiki.site))
    address = address_on(wiki, row["page_wiki"], pretty_path(row["page_title"]))
    return (
        f"<span data-mw-event-id='{event_id}' data-mw-event-name='{escape(row['name'])}'"
        f" data-mw-event-page-url='{escape(address)}' data-mw-label='{label}'"
        f" data-mw-is-local-wiki='{'1' if is_at_home(row) else ''}'"
        " class='ext-campaignevents-eventspager-manage-btn oo-ui-widget oo-ui-widget-enabled"
        " oo-ui-buttonElement oo-ui-buttonElement-frameless oo-ui-iconElement oo-ui-buttonWidget'>"
        f"<a role='button' title='{label}' tabindex='0'"
        f" href='/wiki/{editing}' rel='nofollow'"
        " class='oo-ui-buttonElement-button'>"
        "<span class='oo-ui-iconElement-icon oo-ui-icon-ellipsis'></span>"
        f"<span class='oo-ui-labelElement-label oo-ui-labelElement-invisible'>{label}</span></a></span>"
    )


def _bar(wiki: PracticeWiki, table: TablePage, paging: Paging) -> str:
    ways = (
        ("first", table.first, "first"),
        ("prev", table.previous, "previous"),
        ("next", table.next, "next"),
        ("last", table.last, "last"),
    )
    buttons = "".join(
        button(
            words(f"table_pager_{way}"),
            None if query is None else paging.link(_title(wiki), query),
            symbol,
            f"TablePager-button-{way}",
        )
        for way, query, symbol in ways
    )
    kinds = "TablePager_nav oo-ui-widget oo-ui-widget-enabled oo-ui-buttonGroupWidget"
    return f"<span class='{kinds}'>{buttons}</span>"


def _form(wiki: PracticeWiki, paging: Paging) -> str:
    search, status = request.args.get("wpSearch", ""), request.args.get("wpStatus", "any")
    states = [(one, words(f"{_FORM}-field-status-{one}")) for one in ("any", "open", "closed")]
    sizes = [(str(size), str(size)) for size in sorted({*_PER_PAGE, paging.limit})]
    fields = (
        (
            "label-search",
            f"<input type='text' name='wpSearch' value='{escape(search)}' class='oo-ui-inputWidget-input' />",
        ),
        ("label-status", _select("wpStatus", states, status)),
        ("label-events-per-page", _select("limit", sizes, str(paging.limit))),
    )
    fields_html = "".join(
        "<div class='oo-ui-layout oo-ui-labelElement oo-ui-fieldLayout oo-ui-fieldLayout-align-top'>"
        f"<label class='oo-ui-labelElement-label'>{escape(words(f'{_FORM}-{key}'))} {field}</label></div>"
        for key, field in fields
    )
    return (
        "<div class='mw-htmlform-ooui-wrapper oo-ui-layout oo-ui-panelLayout'>"
        f"<form id='ext-campaignevents-myevents-form' action='/wiki/{in_address(_title(wiki))}' method='get'"
        " class='mw-htmlform mw-htmlform-ooui oo-ui-layout oo-ui-formLayout'>"
        "<fieldset class='oo-ui-layout oo-ui-labelElement oo-ui-fieldsetLayout'>"
        f"<legend>{escape(words(f'{_FORM}-filter-legend'))}</legend>{fields_html}"
        f"<button type='submit' class='oo-ui-inputWidget-input'>{escape(words('htmlform-submit'))}</button>"
        "</fieldset></form></div>"
    )


def _select(name: str, options: list[tuple[str, str]], chosen: str) -> str:
    options_html = "".join(
        f"<option value='{escape(value)}'{_SELECTED if value == chosen else ''}>{escape(label)}</option>"
        for value, label in options
    )
    return f"<select name='{name}' class='oo-ui-inputWidget-input'>{options_html}</select>"
