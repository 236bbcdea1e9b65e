"""`action=edit` of the action API: making and changing pages."""

from collections.abc import Mapping
from typing import Any

from flask import g, request

from app.practice.api_errors import ApiError, bad_token, missing_parameter
from app.practice.blocks import BLOCKED_BY, block_details
from app.practice.event_pages import page_row, save_page
from app.practice.faults import READ_ONLY
from app.practice.sessions import is_guard_token
from app.practice.timestamps import iso, read_timestamp
from app.practice.titles import normal_title
from app.practice.visitors import Account
from app.practice.wiki import PracticeWiki, current_visitor

Parameters = Mapping[str, str]
EDITOR_OF_NOBODY = 0


def edit(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Make or change a page."""
    visitor = current_visitor()
    token = parameters.get("token")
    if token is None:
        raise missing_parameter("token")
    signed_in = visitor.account is not None and is_guard_token(visitor.secret, "csrf", token)
    if not signed_in and not (visitor.account is None and token == "+\\"):
        raise bad_token()
    if request.environ.get(READ_ONLY):
        reason = {"readonlyreason": "Maintenance: the database is read-only for a few minutes."}
        raise ApiError("readonly", "The wiki is currently in read-only mode.", reason)
    title = normal_title(parameters.get("title", ""), wiki.site)
    if title is None:
        raise ApiError("invalidtitle", f'Bad title "{parameters.get("title", "")}".')
    if visitor.account is not None and visitor.account.blocked:
        raise blocked_error(visitor.account)
    if "edit" not in visitor.rights:
        raise ApiError("permissiondenied", "You don't have permission to edit pages.")
    return {"edit": _save(wiki, parameters, title, visitor.user_id or EDITOR_OF_NOBODY)}


def _save(wiki: PracticeWiki, parameters: Parameters, title: str, user_id: int) -> dict[str, Any]:
    now = wiki.clock.stamp()
    text = parameters.get("text", "")
    with wiki.store.write() as connection:
        page = page_row(connection, wiki.site.wiki_id, title)
        if page is not None and parameters.get("createonly"):
            raise ApiError("articleexists", "The page you tried to create has been created already.")
        if page is None and parameters.get("nocreate"):
            raise ApiError("missingtitle", "The page you specified doesn't exist.")
        if page is not None:
            last = connection.execute(
                "SELECT * FROM revisions WHERE page_id = ? ORDER BY revision_id DESC LIMIT 1",
                (page["page_id"],),
            ).fetchone()
            base = read_timestamp(parameters.get("basetimestamp", ""))
            # Nobody conflicts with herself.
            if base and base < last["made_at"] and last["user_id"] != user_id and last["text"] != text:
                raise ApiError("editconflict", f"Edit conflict: {title}.")
            if last["text"] == text:
                same = {"result": "Success", "pageid": page["page_id"], "title": title}
                return {**same, "contentmodel": "wikitext", "nochange": True}
        page_id, old, new = save_page(connection, wiki.site, title, user_id, text, now)
    g.wrote = True
    result: dict[str, Any] = {} if page is not None else {"new": True}
    result.update(
        {
            "result": "Success",
            "pageid": page_id,
            "title": title,
            "contentmodel": "wikitext",
            "oldrevid": old,
            "newrevid": new,
            "newtimestamp": iso(now),
            "watched": True,
        }
    )
    return result


def blocked_error(account: Account) -> ApiError:
    """Return the error that a blocked person gets."""
    message = (
        "Your username or IP address has been blocked. The block was made by"
        f" [[User:{BLOCKED_BY[0]}]]. The reason given is: practice block. Intended blockee: {account.name}"
    )
    return ApiError("blocked", message, {"blockinfo": block_details(account)})
