"""`list=categorymembers` of the action API: the pages in a category (from MediaWiki's source, not seen)."""

import json
import re
import sqlite3
from typing import Any

from app.practice.ground.titles import namespace_of, parse_title
from app.practice.http.api_errors import ApiError
from app.practice.http.api_parameters import Parameters, integers, limit_of_rows
from app.practice.wiki import PracticeWiki

_CATEGORY = 14
_MODULE, _MOST, _HIGH = "categorymembers", 500, 5_000
_LINK = re.compile(r"\[\[([^\]|]+)(?:\|[^\]]*)?\]\]")


def category_members(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Answer `list=categorymembers`; pages are in the order of their titles."""
    title = parse_title(parameters.get("cmtitle", ""), wiki.site)
    if title is None:
        raise ApiError("invalidtitle", f'Bad title "{parameters.get("cmtitle", "")}".')
    name = title.prefixed(wiki.site)
    if namespace_of(name, wiki.site) != _CATEGORY:
        raise ApiError("invalidcategory", "The category name you entered is not valid.")
    spaces = integers(parameters, "cmnamespace")
    limit = limit_of_rows(_MODULE, parameters, "cmlimit", _MOST, _HIGH)
    rows = wiki.store.read().execute(
        "SELECT page_id, namespace, title, text FROM pages WHERE wiki = ? AND title >= ? "
        "AND (? = '[]' OR namespace IN (SELECT value FROM json_each(?))) AND text LIKE '%[[%' ORDER BY title",
        (
            wiki.site.wiki_id,
            parameters.get("cmcontinue", "").partition("|")[2],
            json.dumps(spaces),
            json.dumps(spaces),
        ),
    )
    members = [row for row in rows if _is_in(row, name, wiki)]
    found: dict[str, Any] = {
        _MODULE: [
            {"pageid": row["page_id"], "ns": row["namespace"], "title": row["title"]}
            for row in members[:limit]
        ]
    }
    if len(members) > limit:
        found["continue"] = {"cmcontinue": f"page|{members[limit]['title']}", "continue": "-||"}
    return found


def _is_in(row: sqlite3.Row, category: str, wiki: PracticeWiki) -> bool:
    titles = (parse_title(found[1], wiki.site) for found in _LINK.finditer(row["text"]))
    return any(title is not None and title.prefixed(wiki.site) == category for title in titles)
