"""`action=edit` of the action API: creating and changing pages."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from flask import g, request

from app.practice.events.article_lists import (
    ArticleList,
    BadListError,
    has_lists,
    may_make_list,
    note_articles,
    read_text,
)
from app.practice.events.article_lists import written as written_list
from app.practice.events.content_models import LIST_MODEL, TEXT_MODEL, content_model, set_content_model
from app.practice.events.edit_tags import REVERTED, UNDO, add_tag, tags_of_change, text_before, written
from app.practice.events.event_pages import page_row, save_page
from app.practice.ground.faults import READ_ONLY
from app.practice.ground.timestamps import formatted_moment, iso, read_timestamp
from app.practice.ground.titles import normal_title
from app.practice.http.api_errors import ApiError, bad_token, missing_parameter
from app.practice.http.api_parameters import integer
from app.practice.identity.sessions import is_csrf_token
from app.practice.identity.visitors import NOBODYS_ADDRESS, Account, Visitor
from app.practice.login.address_blocks import AddressBlock, block_automatically, block_of_address
from app.practice.login.blocks import BLOCK_REASON, BLOCKED_BY, address_block_details, block_details
from app.practice.login.temporary_accounts import make_temporary_account
from app.practice.wiki import PracticeWiki, current_visitor

Parameters = Mapping[str, str]


def edit(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Create or change a page."""
    visitor = current_visitor()
    token = parameters.get("token")
    if token is None:
        raise missing_parameter("token")
    signed_in = visitor.account is not None and is_csrf_token(visitor.secret, "csrf", token)
    if not signed_in and not (visitor.account is None and token == "+\\"):
        raise bad_token()
    if request.environ.get(READ_ONLY):
        reason = {"readonlyreason": "Maintenance: the database is read-only for a few minutes."}
        raise ApiError("readonly", "The wiki is currently in read-only mode.", reason)
    title = normal_title(parameters.get("title", ""), wiki.site)
    if title is None:
        raise ApiError("invalidtitle", f'Bad title "{parameters.get("title", "")}".')
    _check_may_edit(wiki, visitor)
    return {"edit": _save(wiki, parameters, title, visitor)}


def _check_may_edit(wiki: PracticeWiki, visitor: Visitor) -> None:
    if visitor.account is not None and visitor.account.blocked:
        block_automatically(wiki, visitor.account, BLOCK_REASON)
        raise blocked_error(visitor.account)
    block = block_of_address(wiki, visitor)
    if block is not None:
        raise _address_blocked(block)
    if "edit" not in visitor.rights:
        raise ApiError("permissiondenied", "You don't have permission to edit pages.")
    if not wiki.rate_limits.may_edit(visitor, wiki.clock.seconds()):
        message = "You've exceeded your rate limit. Please wait some time and try again."
        raise ApiError("ratelimited", message)


def _save(wiki: PracticeWiki, parameters: Parameters, title: str, visitor: Visitor) -> dict[str, Any]:
    now = wiki.clock.stamp()
    with wiki.store.write() as connection:
        page = page_row(connection, wiki.site.wiki_id, title)
        model = _model(wiki, parameters, page, visitor)
        articles = _articles(wiki, parameters, model)
        if page is not None and parameters.get("createonly"):
            raise ApiError("articleexists", "The page you tried to create has been created already.")
        if page is None and parameters.get("nocreate"):
            raise ApiError("missingtitle", "The page you specified doesn't exist.")
        text, undone = _text(connection, page, parameters)
        if articles is not None:
            text = written_list(articles)
        if page is not None:
            last = connection.execute(
                "SELECT * FROM revisions WHERE page_id = ? ORDER BY revision_id DESC LIMIT 1",
                (page["page_id"],),
            ).fetchone()
            base = read_timestamp(parameters.get("basetimestamp", ""))
            others = last["user_id"] != visitor.user_id
            # Users have no edit conflicts with themselves.
            if base and base < last["made_at"] and others and last["text"] != text:
                raise ApiError("editconflict", f"Edit conflict: {title}.")
            if last["text"] == text:
                same = {"result": "Success", "pageid": page["page_id"], "title": title}
                return {**same, "contentmodel": model, "nochange": True}
        author = visitor.account or make_temporary_account(wiki, connection)
        page_id, old, new = save_page(connection, wiki.site, title, author.user_id, text, now)
        tags = [] if page is None else tags_of_change(page["text"], text)
        if undone is not None:
            tags = [UNDO]
            # The undone edit is tagged only if the user who undid it is trusted (1270, 1293).
            if "autopatrol" in visitor.rights:
                add_tag(connection, undone, REVERTED)
        _keep_details(connection, new, author, parameters, tags)
        set_content_model(connection, page_id, model)
        if articles is not None:
            note_articles(connection, page_id, articles, now)
    g.wrote = True
    result: dict[str, Any] = {} if page is not None else {"new": True}
    result.update(
        {
            "result": "Success",
            "pageid": page_id,
            "title": title,
            "contentmodel": model,
            "oldrevid": old,
            "newrevid": new,
            "newtimestamp": iso(now),
            "watched": True,
        }
    )
    if visitor.account is None:
        result["tempusercreated"] = True
    return result


def _text(
    connection: sqlite3.Connection, page: sqlite3.Row | None, parameters: Parameters
) -> tuple[str, int | None]:
    """Return the text to save, and the revision that it undoes."""
    if "undo" not in parameters:
        return parameters.get("text", ""), None
    revision_id = integer(parameters["undo"], "undo")
    text = text_before(connection, page["page_id"], revision_id) if page is not None else None
    if text is None:
        message = "The edit could not be undone due to conflicting intermediate edits."
        raise ApiError("undofailure", message)
    return text, revision_id


def _keep_details(
    connection: sqlite3.Connection, revision_id: int, author: Account, parameters: Parameters, tags: list[str]
) -> None:
    connection.execute(
        "INSERT INTO revision_details (revision_id, comment, minor, tags) VALUES (?, ?, ?, ?)",
        (revision_id, parameters.get("summary", ""), int("minor" in parameters), written(tags)),
    )
    connection.execute("UPDATE users SET editcount = editcount + 1 WHERE user_id = ?", (author.user_id,))


def _model(wiki: PracticeWiki, parameters: Parameters, page: sqlite3.Row | None, visitor: Visitor) -> str:
    """Return the new content model of the page; changing it requires a right."""
    present = TEXT_MODEL if page is None else content_model(wiki.store.read(), page["page_id"])
    model = parameters.get("contentmodel", present)
    known = {TEXT_MODEL, present} | ({LIST_MODEL} if has_lists(wiki) else set())
    if model not in known:
        raise ApiError("badvalue", f'Unrecognized value for parameter "contentmodel": {model}.')
    if model != present and not may_make_list(wiki, visitor):
        message = "You don't have permission to change the content model of a page."
        raise ApiError("cantchangecontentmodel", message)
    return model


def _articles(wiki: PracticeWiki, parameters: Parameters, model: str) -> ArticleList | None:
    """Return the parsed article list, None for other content models."""
    if model != LIST_MODEL:
        return None
    try:
        return read_text(wiki, parameters.get("text", ""))
    except BadListError as bad:
        error = ApiError(bad.faults[0].key, bad.faults[0].sentence)
        # The answer contains the first error only.
        error.headers = {"MediaWiki-API-Error": ", ".join(dict.fromkeys(one.key for one in bad.faults))}
        raise error from None


def blocked_error(account: Account) -> ApiError:
    """Return the error for a blocked account."""
    message = (
        "Your username or IP address has been blocked. The block was made by"
        f" [[User:{BLOCKED_BY[0]}]]. The reason given is: {BLOCK_REASON}. Intended blockee: {account.name}"
    )
    return ApiError("blocked", message, {"blockinfo": block_details(account)})


def _address_blocked(block: AddressBlock) -> ApiError:
    """Return the error for a blocked IP address, perhaps autoblocked because of another user (1108)."""
    admin, reason = f"[[User:{BLOCKED_BY[0]}]]", " ".join(block.reason.split())
    if block.automatic:
        begin = (
            "Your IP address has been automatically blocked because it was used by another user, who was"
            f" blocked by {admin}."
        )
    else:
        begin = f"Your username or IP address has been blocked. The block was made by {admin}."
    message = (
        f"{begin} The reason given is: :{reason} *Start of block: {formatted_moment(block.made_at, 'en')}"
        f" *Expiration of block: {formatted_moment(block.expires, 'en')} *Intended blockee:"
        f" {NOBODYS_ADDRESS} Your current IP address is {NOBODYS_ADDRESS}. Block ID #{block.block_id}."
    )
    code = "autoblocked" if block.automatic else "blocked"
    return ApiError(code, message, {"blockinfo": address_block_details(block)})
