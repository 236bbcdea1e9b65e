"""Wiki pages: their revisions, and their properties in the action API."""

import sqlite3
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from app.practice.events.content_models import CONTENT_FORMATS, TEXT_MODEL, content_model
from app.practice.ground.sites import Site
from app.practice.ground.timestamps import iso
from app.practice.ground.titles import EVENT_NAMESPACE, PROJECT, namespace_of, normal_title
from app.practice.wiki import PracticeWiki

EVENT_NAMESPACES = (EVENT_NAMESPACE, PROJECT)


def page_row(connection: sqlite3.Connection, wiki_id: str, title: str) -> sqlite3.Row | None:
    """Return a page of a wiki, None if it does not exist."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM pages WHERE wiki = ? AND title = ?", (wiki_id, title)
    ).fetchone()
    return row


def save_page(
    connection: sqlite3.Connection, site: Site, title: str, user_id: int, text: str, now: str
) -> tuple[int, int, int]:
    """Store a text as a new revision.

    Returns:
        The ids of the page, of the previous revision (0 for a new page) and of the new revision.
    """
    page = page_row(connection, site.wiki_id, title)
    old = 0
    if page is None:
        made = connection.execute(
            "INSERT INTO pages (title, namespace, creator_id, text, wiki) VALUES (?, ?, ?, ?, ?)",
            (title, namespace_of(title, site), user_id, text, site.wiki_id),
        )
        page_id = int(made.lastrowid or 0)
    else:
        page_id = int(page["page_id"])
        connection.execute("UPDATE pages SET text = ? WHERE page_id = ?", (text, page_id))
        old = int(
            connection.execute(
                "SELECT max(revision_id) FROM revisions WHERE page_id = ?", (page_id,)
            ).fetchone()[0]
        )
    made = connection.execute(
        "INSERT INTO revisions (page_id, user_id, parent_id, made_at, text) VALUES (?, ?, ?, ?, ?)",
        (page_id, user_id, old, now, text),
    )
    return page_id, old, int(made.lastrowid or 0)


def event_of_page(wiki: PracticeWiki, title: str) -> sqlite3.Row | None:
    """Return the event of a page, even a deleted one."""
    row: sqlite3.Row | None = (
        wiki.store.read()
        .execute("SELECT * FROM events WHERE page_wiki = ? AND page_title = ?", (wiki.site.wiki_id, title))
        .fetchone()
    )
    return row


def pretty_path(title: str) -> str:
    """Return the URL path of a page."""
    return f"/wiki/{quote(title.replace(' ', '_'), safe=';@$!*(),/~:')}"


def page_info(wiki: PracticeWiki, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Return `prop=info|revisions` of the requested titles."""
    asked = parameters.get("prop", "").split("|")
    titles = [one for one in parameters.get("titles", "").split("|") if one]
    return {"pages": [_page(wiki, one, asked, parameters) for one in titles]} if titles else {}


def _page(wiki: PracticeWiki, text: str, asked: list[str], parameters: Mapping[str, str]) -> dict[str, Any]:
    title = normal_title(text, wiki.site)
    if title is None:
        reason = "The requested page title contains invalid characters."
        return {"title": text, "invalidreason": reason, "invalid": True}
    connection = wiki.store.read()
    page = page_row(connection, wiki.site.wiki_id, title)
    if page is None:
        missing = {"ns": namespace_of(title, wiki.site), "title": title, "missing": True}
        return {**missing, **_content(wiki, TEXT_MODEL)} if "info" in asked else missing
    last = connection.execute(
        "SELECT r.*, u.name FROM revisions r LEFT JOIN users u ON u.user_id = r.user_id"
        " WHERE page_id = ? ORDER BY revision_id DESC LIMIT 1",
        (page["page_id"],),
    ).fetchone()
    model = content_model(connection, page["page_id"])
    info: dict[str, Any] = {"pageid": page["page_id"], "ns": page["namespace"], "title": title}
    if "info" in asked:
        info.update(_info(wiki, title, page, last, "inprop" in parameters, model=model))
    if "revisions" in asked:
        wanted = parameters.get("rvprop", "ids|timestamp|user|content").split("|")
        info["revisions"] = [_revision(last, model, wanted)]
    return info


def _content(wiki: PracticeWiki, model: str) -> dict[str, Any]:
    language = wiki.site.language
    return {
        "contentmodel": model,
        "pagelanguage": language,
        "pagelanguagehtmlcode": language,
        "pagelanguagedir": "ltr",
    }


def _info(
    wiki: PracticeWiki, title: str, page: sqlite3.Row, last: sqlite3.Row, full: bool, *, model: str
) -> dict[str, Any]:
    info: dict[str, Any] = {
        **_content(wiki, model),
        "touched": iso(last["made_at"]),
        "lastrevid": last["revision_id"],
        "length": len(page["text"].encode()),
    }
    if not last["parent_id"]:
        info["new"] = True
    if full:
        address = wiki.base_url + pretty_path(title)
        edit = f"{wiki.base_url}/index.php?title={quote(title.replace(' ', '_'), safe=':')}&action=edit"
        info.update({"protection": [], "restrictiontypes": ["edit", "move"]})
        info.update({"fullurl": address, "editurl": edit, "canonicalurl": address})
    return info


def _revision(row: sqlite3.Row, model: str, wanted: list[str]) -> dict[str, Any]:
    main = {"contentmodel": model, "contentformat": CONTENT_FORMATS[model], "content": row["text"]}
    # Edit summaries are not stored.
    by_property: dict[str, dict[str, Any]] = {
        "ids": {"revid": row["revision_id"], "parentid": row["parent_id"]},
        "user": {"user": row["name"] or "127.0.0.1"},
        "timestamp": {"timestamp": iso(row["made_at"])},
        "content": {"slots": {"main": main}},
        "comment": {"comment": ""},
    }
    return {
        name: value for prop, part in by_property.items() if prop in wanted for name, value in part.items()
    }
