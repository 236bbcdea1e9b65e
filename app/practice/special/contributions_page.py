"""The contributions tab of Special:EventDetails: totals, editors and edits (CONTRACT §5, §6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from flask import request

from app.practice.events.counted_edits import added, counted_edits, created, edited, removed
from app.practice.events.event_pages import pretty_path
from app.practice.events.goal_progress import Progress, progress_of
from app.practice.events.people_json import user_page
from app.practice.ground.special_page_names import in_address, special_title
from app.practice.ground.timestamps import formatted_moment
from app.practice.http.paging import Orders, Paging, Row, asked_paging, cut
from app.practice.http.special_page_words import asked_language, number, words
from app.practice.special.codex_table import CodexTable, Column
from app.practice.special.special_pages import address_on, icon
from app.practice.wiki import PracticeWiki

TAB = "ContributionsPanel"
_SUMMARY = "campaignevents-contributions-summary"
_WORDS = "campaignevents-event-details-contributions"
_GOAL = "ext-campaignevents-goal-progress"
_BIG_CHANGE = 500
_EDITS, _EDITORS = "edits", "editors"
_EDIT_ORDERS: Orders = {
    "timestamp": lambda row: (row["made_at"], row["contribution_id"]),
    "article": lambda row: (row["title"], row["wiki"], row["made_at"]),
    "wiki": lambda row: (row["wiki"], row["made_at"]),
    "username": lambda row: (row["user_id"], row["made_at"]),
    "bytes": lambda row: (row["bytes"], row["made_at"]),
}
_EDITOR_ORDERS: Orders = {
    "user_name": lambda row: (row["name"] or "", row["user_id"]),
    "articles_created": lambda row: (row["created"], row["user_id"]),
    "articles_edited": lambda row: (row["edited"], row["user_id"]),
    "edit_count": lambda row: (row["edits"], row["user_id"]),
    "bytes": lambda row: (row["bytes"], row["user_id"]),
}


@dataclass(frozen=True)
class Viewer:
    """The visitor of the tab and their rights."""

    user_id: int
    organizer: bool
    with_private: bool


def contributions_panel(wiki: PracticeWiki, event_id: int, viewer: Viewer) -> tuple[str, dict[str, object]]:
    """Return the content of the tab, and its additions to the page's configuration."""
    connection = wiki.store.read()
    rows = counted_edits(connection, event_id, with_private=viewer.with_private, visitor_id=viewer.user_id)
    if not wiki.version.has_goals:
        table, paging = _edits(wiki, event_id, rows, viewer)
        content = _contained("contributions", f"{_cards(_totals_of_1_45(rows))}\n{table}")
        return content, {"wgCodexTablePagerLimit": paging.limit}
    progress = progress_of(connection, event_id, with_private=viewer.with_private, visitor_id=viewer.user_id)
    everybody = counted_edits(connection, event_id, with_private=True, visitor_id=viewer.user_id)
    lacking = "" if len(everybody) == len(rows) else _private_notice()
    module = _EDITORS if request.args.get("module") == _EDITORS else _EDITS
    table, paging = (_editors if module == _EDITORS else _edits)(wiki, event_id, rows, viewer)
    config: dict[str, object] = {"wgCodexTablePagerLimit": paging.limit}
    if module == _EDITS:
        config["wgCampaignEventsCanAddContributions"] = viewer.organizer or _takes_part(
            wiki, event_id, viewer
        )
    goal = "" if progress is None else _goal_card(progress)
    table_html = _contained("editors" if module == _EDITORS else "contributions", table)
    content = (
        f"{goal}\n<div>{lacking}{_cards(_totals(rows))}\n</div>{_buttons(wiki, event_id, module)}{table_html}"
    )
    return content, config


def _contained(kind: str, content: str) -> str:
    return f"<div class='ext-campaignevents-{kind}-container'>{content}</div>"


def _takes_part(wiki: PracticeWiki, event_id: int, viewer: Viewer) -> bool:
    row = wiki.store.read().execute(
        "SELECT 1 FROM participants WHERE event_id = ? AND user_id = ? AND gone = 0",
        (event_id, viewer.user_id),
    )
    return row.fetchone() is not None


def _totals(rows: Sequence[Row]) -> dict[str, str]:
    return {
        "participants": number(len({row["user_id"] for row in rows})),
        "wikis-edited": number(len({row["wiki"] for row in rows})),
        "articles-created": number(created(rows)),
        "articles-edited": number(edited(rows)),
        "edit-count": number(len(rows)),
        "bytes-changed": _sums(rows, "bytes"),
        "links-changed": _sums(rows, "links"),
    }


def _totals_of_1_45(rows: Sequence[Row]) -> dict[str, str]:
    return {name: value for name, value in _totals(rows).items() if name != "edit-count"}


def _cards(totals: Mapping[str, str]) -> str:
    cards_html = "".join(
        '\t\t<div class="cdx-card">\n\t\t\t<div class="cdx-card__text">\n'
        f'\t\t\t\t<div class="cdx-card__text__title">{value}</div>\n'
        '\t\t\t\t<div class="cdx-card__text__description">'
        f"{escape(words(f'{_SUMMARY}-{key}'))}</div>\n\t\t\t</div>\n\t\t</div>\n"
        for key, value in totals.items()
    )
    return f'<div class="ext-campaignevents-eventdetails-contributions-summary">\n{cards_html}</div>'


def _sums(rows: Sequence[Row], what: str) -> str:
    between = escape(words(f"{_SUMMARY}-delta-separator"))
    return f"{_difference(0, added(rows, what))}{between}{_difference(removed(rows, what), 0)}"


def _difference(before: int, after: int) -> str:
    change = after - before
    kind = "pos" if change > 0 else "neg" if change < 0 else "null"
    tag = "strong" if abs(change) > _BIG_CHANGE else "span"
    text = ("+" if change > 0 else "") + words("rc-change-size", number(change))
    title = escape(words("rc-change-size-new", number(after)))
    return (
        f'<{tag} dir="ltr" class="mw-plusminus-{kind} mw-diff-bytes" title="{title}">{escape(text)}</{tag}>'
    )


def _private_notice() -> str:
    text = escape(words("campaignevents-contributions-notice-private-participants-excluded"))
    return (
        '<div class="cdx-message cdx-message--block cdx-message--notice" aria-live="polite">\n'
        '<span class="cdx-message__icon "></span>\n'
        f'<div class="cdx-message__content">\n{text}\n</div>\n</div>\n'
    )


def _goal_card(progress: Progress) -> str:
    return (
        f'<div class="{_GOAL}-card">\n<div class="{_GOAL}">\n<h3 class="{_GOAL}__heading">'
        f"{escape(words('campaignevents-goal-progress-heading'))}</h3>\n"
        f'<p class="{_GOAL}__description">\n\t{escape(progress.description)}\n</p>\n'
        f'<div class="cdx-progress-bar cdx-progress-bar--block {_GOAL}-bar-determinate {_GOAL}__bar"'
        f' role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{progress.percent}">\n'
        f'<div class="cdx-progress-bar__bar" style="width: {progress.percent}%;"></div>\n</div>\n'
        f'<div class="{_GOAL}__numeric">\n\t{escape(progress.numeric)}\n</div>\n</div>\n</div>\n'
    )


def _buttons(wiki: PracticeWiki, event_id: int, chosen: str) -> str:
    title = in_address(special_title("EventDetails", event_id, wiki.site))
    buttons_html = ""
    for module in (_EDITS, _EDITORS):
        kind = f"ext-campaignevents-eventdetails-contributions-{module}-button"
        action = "progressive" if module == chosen else "default"
        buttons_html += (
            f'<a class="{kind} cdx-button--weight-primary cdx-button--action-{action} cdx-button'
            ' cdx-button--fake-button cdx-button--fake-button--enabled cdx-button--weight-primary"'
            f' href="/index.php?title={title}&amp;module={module}&amp;tab={TAB}">\n'
            f"\t{escape(words(f'{_WORDS}-{module}-button-label'))}\n</a>\n"
        )
    return f"<div class='ext-campaignevents-eventdetails-contributions-button-container'>{buttons_html}</div>"


def _edits(wiki: PracticeWiki, event_id: int, rows: Sequence[Row], viewer: Viewer) -> tuple[str, Paging]:
    paging = asked_paging(_EDIT_ORDERS, descending=True)
    page = cut(rows, _EDIT_ORDERS, paging)
    columns = [
        Column(name, f"{_WORDS}-{name}") for name in ("article", "wiki", "username", "timestamp", "bytes")
    ]
    if wiki.version.has_goals:
        columns.append(Column("actions", f"{_WORDS}-actions", sortable=False))
    path = special_title("EventDetails", event_id, wiki.site)
    table = CodexTable(path, f"{_WORDS}-table-caption", tuple(columns))
    table_html = table.html([_edit_cells(wiki, row, viewer) for row in page.rows], page, paging)
    return f"<div class='ext-campaignevents-contributions-table'>{table_html}</div>", paging


def _edit_cells(wiki: PracticeWiki, row: Row, viewer: Viewer) -> dict[str, str]:
    article = _link(wiki, row, escape(row["title"]), {})
    if row["creation"]:
        tip = words(f"{_WORDS}-article-created-tooltip")
        mark = icon("articleAdd", tip, "ext-campaignevents-contributions-creation-icon ", titled=True)
        article = f"{mark} {article}" if wiki.version.has_goals else f"{article} {mark}"
    moment = escape(formatted_moment(row["made_at"], asked_language()))
    may_take_out = viewer.organizer or row["user_id"] == viewer.user_id
    return {
        "article": article,
        "wiki": escape(_wiki_name(wiki, row["wiki"])),
        "username": _user(wiki, row),
        "timestamp": _link(wiki, row, moment, {"oldid": row["revision_id"], "diff": "prev"}),
        "bytes": _difference(0, row["bytes"]),
        "actions": _take_out_button(row["contribution_id"]) if may_take_out else "",
    }


def _wiki_name(wiki: PracticeWiki, wiki_id: str) -> str:
    return words(f"project-localized-name-{wiki_id}") if wiki.version.has_goals else wiki_id


def _take_out_button(contribution_id: int) -> str:
    tip = escape(words(f"{_WORDS}-delete-tooltip"))
    return (
        '<button class="cdx-button cdx-button--action-destructive cdx-button--weight-quiet'
        ' cdx-button--icon-only ext-campaignevents-delete-contribution-btn" type="button"'
        f' title="{tip}" aria-label="{tip}" data-contrib-id="{contribution_id}">\n'
        '<span class="cdx-button__icon cdx-css-icon--trash" aria-hidden="true"></span>\n</button>\n'
    )


def _editors(wiki: PracticeWiki, event_id: int, rows: Sequence[Row], _viewer: Viewer) -> tuple[str, Paging]:
    paging = asked_paging(_EDITOR_ORDERS, descending=False)
    of_people: dict[int, list[Row]] = {}
    for row in rows:
        of_people.setdefault(row["user_id"], []).append(row)
    people = [
        {
            **own[0],
            "created": created(own),
            "edited": edited(own),
            "edits": len(own),
            "bytes": sum(one["bytes"] for one in own),
        }
        for own in of_people.values()
    ]
    page = cut(people, _EDITOR_ORDERS, paging)
    labels = {
        "user_name": "username",
        "articles_created": "created",
        "articles_edited": "edited",
        "edit_count": "count",
        "bytes": "bytes",
    }
    columns = tuple(Column(name, f"{_WORDS}-editors-{label}") for name, label in labels.items())
    path = special_title("EventDetails", event_id, wiki.site)
    table = CodexTable(path, f"{_WORDS}-editors-table-caption", columns)
    table_html = table.html([_editor_cells(wiki, row) for row in page.rows], page, paging)
    return f"<div class='ext-campaignevents-editors-table'>{table_html}</div>", paging


def _editor_cells(wiki: PracticeWiki, row: Row) -> dict[str, str]:
    return {
        "user_name": _user(wiki, row),
        "articles_created": number(row["created"]),
        "articles_edited": number(row["edited"]),
        "edit_count": number(row["edits"]),
        "bytes": _difference(0, row["bytes"]),
    }


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
    link = (
        f'<a href="{escape(there["path"])}" class="{there["classes"]}" title="{escape(there["title"])}">'
        f"<bdi>{escape(row['name'])}</bdi></a>"
    )
    if not (row["private"] and wiki.version.has_goals):
        return link
    tip = words(f"{_WORDS}-private-participant-tooltip")
    mark = icon("lock", tip, "ext-campaignevents-contributions-private-participant ", titled=True)
    return f"{mark} {link}"
