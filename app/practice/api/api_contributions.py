"""`list=usercontribs` of the action API: the edits of users (CONTRACT §7)."""

import sqlite3
from dataclasses import dataclass
from html import escape
from typing import Any

from app.practice.ground.timestamps import iso, read_timestamp
from app.practice.ground.titles import namespaces
from app.practice.ground.user_names import canonical_user_name, is_address
from app.practice.http.api_errors import ApiError
from app.practice.http.api_parameters import (
    Parameters,
    chosen,
    integer,
    integers,
    limit_of_rows,
    moment,
    several,
)
from app.practice.identity.visitors import account_by_name
from app.practice.wiki import PracticeWiki

MODULE = "usercontribs"
MOST_ROWS, HIGH_ROWS = 500, 5000
DIRECTIONS = ("newer", "older")
_KNOWN = "comment flags ids parsedcomment patrolled size sizediff tags timestamp title"
PROPERTIES = _KNOWN.split()
DEFAULT_PROPERTIES = "ids|title|timestamp|comment|size|flags"
_KINDS = "!autopatrolled !minor !new !patrolled !top autopatrolled minor new patrolled top"
SHOWN = _KINDS.split()
# Edits of deleted pages, hidden authors and suppressed users are left out silently (915, 1284, 1296).
_ROWS = """
SELECT r.revision_id, r.page_id, r.user_id, r.parent_id, r.made_at, p.namespace, p.title, u.name,
    length(CAST(r.text AS BLOB)) AS size, coalesce(length(CAST(before.text AS BLOB)), 0) AS size_before,
    r.revision_id = (SELECT max(revision_id) FROM revisions WHERE page_id = r.page_id) AS top,
    coalesce(d.comment, '') AS comment, coalesce(d.minor, 0) AS minor, coalesce(d.tags, '') AS tags
FROM revisions r
    JOIN pages p ON p.page_id = r.page_id AND p.wiki = :wiki
    JOIN users u ON u.user_id = r.user_id AND u.hidden = 0
    LEFT JOIN revisions before ON before.revision_id = r.parent_id
    LEFT JOIN revision_details d ON d.revision_id = r.revision_id
WHERE coalesce(d.author_hidden, 0) = 0
"""
_CONDITIONS = {
    "new": "r.parent_id = 0",
    "minor": "coalesce(d.minor, 0) = 1",
    "top": "r.revision_id = (SELECT max(revision_id) FROM revisions WHERE page_id = r.page_id)",
}


@dataclass
class _Search:
    """The SQL conditions of a search, and their named parameters."""

    conditions: list[str]
    values: dict[str, object]

    def add(self, condition: str, **values: object) -> None:
        self.conditions.append(condition)
        self.values.update(values)


def user_contributions(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Answer `list=usercontribs`."""
    wanted = chosen(MODULE, parameters, "ucprop", PROPERTIES, DEFAULT_PROPERTIES)
    if "patrolled" in wanted:
        message = "You need the patrol or patrolmarks right to request the patrolled flag."
        raise ApiError("permissiondenied", message)
    limit = limit_of_rows(MODULE, parameters, "uclimit", MOST_ROWS, HIGH_ROWS)
    newer = _direction(parameters) == "newer"
    people, of_several = _people(wiki, parameters)
    search = _Search([], {"wiki": wiki.site.wiki_id})
    marks = ",".join(f":user{place}" for place in range(len(people)))
    search.add(f"r.user_id IN ({marks})", **{f"user{place}": one for place, one in enumerate(people)})
    _narrow(wiki, parameters, search, newer=newer)
    _continue_from(wiki, parameters, search, newer=newer, of_several=of_several)
    rows = _rows(wiki, search, limit + 1, newer=newer, of_several=of_several)
    found: dict[str, Any] = {MODULE: [_contribution(wiki, row, wanted) for row in rows[:limit]]}
    if len(rows) > limit:
        following = rows[limit]
        place = f"{following['made_at']}|{following['revision_id']}"
        if of_several:
            place = f"actor|{wiki.site.local_id(following['user_id'])}|{place}"
        found["continue"] = {"uccontinue": place, "continue": "-||"}
    return found


def _direction(parameters: Parameters) -> str:
    direction = parameters.get("ucdir", "older")
    if direction not in DIRECTIONS:
        raise ApiError("badvalue", f'Unrecognized value for parameter "ucdir": {direction}.')
    return direction


def _people(wiki: PracticeWiki, parameters: Parameters) -> tuple[list[int], bool]:
    """Return the central ids of the requested users, and whether several were named."""
    names, numbers = several(parameters, "ucuser"), integers(parameters, "ucuserids")
    given = [name for name in ("ucuser", "ucuserids") if name in parameters]
    if len(given) > 1:
        raise ApiError("invalidparammix", 'The parameters "ucuser" and "ucuserids" can not be used together.')
    if not given:
        message = 'One of the parameters "ucuserprefix", "ucuserids", "uciprange" and "ucuser" is required.'
        raise ApiError("missingparam", message)
    if not names and not numbers:
        raise ApiError(f"paramempty_{given[0]}", f'The parameter "{given[0]}" may not be empty.')
    if numbers:
        return [wiki.site.central_id(one) for one in numbers], len(numbers) > 1
    written = [_written(wiki, one) for one in names]
    # IP addresses are valid names, but have no edits here.
    accounts = [account_by_name(wiki.store.read(), one) for one in written]
    return [account.user_id for account in accounts if account is not None], len(names) > 1


def _written(wiki: PracticeWiki, name: str) -> str:
    written = name if is_address(name) else canonical_user_name(name, wiki.site)
    if written is None:
        raise ApiError("baduser", f'Invalid value "{name}" for user parameter "ucuser".')
    return written


def _narrow(wiki: PracticeWiki, parameters: Parameters, search: _Search, *, newer: bool) -> None:
    begin, end = moment(parameters, "ucstart"), moment(parameters, "ucend")
    if begin is not None:
        search.add(f"r.made_at {'>=' if newer else '<='} :begin", begin=begin)
    if end is not None:
        search.add(f"r.made_at {'<=' if newer else '>='} :end", end=end)
    if parameters.get("ucnamespace", "*") != "*":
        known = [str(number) for number in namespaces(wiki.site) if number >= 0]
        numbers = chosen(MODULE, parameters, "ucnamespace", known)
        search.add(f"p.namespace IN ({','.join(numbers)})")
    shown = chosen(MODULE, parameters, "ucshow", SHOWN)
    if any(f"!{one}" in shown for one in shown):
        raise ApiError("show", "Incorrect parameter - mutually exclusive values may not be supplied.")
    for one in shown:
        condition = _CONDITIONS.get(one.removeprefix("!"))
        if condition is not None:
            search.add(f"NOT ({condition})" if one.startswith("!") else condition)
    if "uctag" in parameters:
        condition = "instr(char(10) || coalesce(d.tags, '') || char(10), :tag)"
        search.add(condition, tag=f"\n{parameters['uctag']}\n")


def _continue_from(
    wiki: PracticeWiki, parameters: Parameters, search: _Search, *, newer: bool, of_several: bool
) -> None:
    """Start after the previous page (1273); `uccontinue` must be sent back unchanged (1275)."""
    text = parameters.get("uccontinue")
    if text is None:
        return
    parts = text.split("|")
    following = ">=" if newer else "<="
    try:
        if of_several:
            mode, user, stamp, revision = parts
            search.add(
                f"(r.user_id, r.made_at, r.revision_id) {following} (:at_user, :at, :at_revision)",
                at_user=wiki.site.central_id(int(user)),
            )
        else:
            mode = "actor"
            stamp, revision = parts
            search.add(f"(r.made_at, r.revision_id) {following} (:at, :at_revision)")
        search.values.update(at=read_timestamp(stamp), at_revision=integer(revision, "uccontinue"))
    except (ValueError, ApiError) as error:
        raise _bad_continue() from error
    if mode != "actor" or search.values["at"] is None:
        raise _bad_continue()


def _bad_continue() -> ApiError:
    message = "Invalid continue param. You should pass the original value returned by the previous query."
    return ApiError("badcontinue", message)


def _rows(
    wiki: PracticeWiki, search: _Search, count: int, *, newer: bool, of_several: bool
) -> list[sqlite3.Row]:
    columns = [*(["r.user_id"] if of_several else []), "r.made_at", "r.revision_id"]
    order = ", ".join(f"{column} {'ASC' if newer else 'DESC'}" for column in columns)
    conditions = "".join(f" AND {one}" for one in search.conditions)
    # The SQL contains no text of the request, only numbers, column names and placeholders.
    sql = f"{_ROWS}{conditions} ORDER BY {order} LIMIT :count"
    return wiki.store.read().execute(sql, {**search.values, "count": count}).fetchall()


def _contribution(wiki: PracticeWiki, row: sqlite3.Row, wanted: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {"userid": wiki.site.local_id(row["user_id"]), "user": row["name"]}
    if "ids" in wanted:
        fields |= {"pageid": row["page_id"], "revid": row["revision_id"], "parentid": row["parent_id"]}
    if "title" in wanted:
        fields |= {"ns": row["namespace"], "title": row["title"]}
    if "timestamp" in wanted:
        fields["timestamp"] = iso(row["made_at"])
    if "flags" in wanted:
        fields |= {"new": not row["parent_id"], "minor": bool(row["minor"]), "top": bool(row["top"])}
    if "comment" in wanted:
        fields["comment"] = row["comment"]
    if "parsedcomment" in wanted:
        fields["parsedcomment"] = escape(row["comment"])
    if "size" in wanted:
        fields["size"] = row["size"]
    if "sizediff" in wanted:
        fields["sizediff"] = row["size"] - row["size_before"]
    if "tags" in wanted:
        fields["tags"] = row["tags"].splitlines()
    return fields
