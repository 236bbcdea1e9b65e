"""The routes of the admin API about edits: accounts, limits, blocks, pages and revisions.

All routes are documented in `control.py`.
"""

import ipaddress
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response

from app.practice.events.edit_tags import add_tag
from app.practice.ground.titles import normal_title
from app.practice.http.rest_answers import json_answer
from app.practice.login.address_blocks import block_address, lift_address_blocks
from app.practice.server.control import MisuseError, named_user, read_json
from app.practice.wiki import current_wiki

control_of_edits = Blueprint("control_of_edits", __name__, url_prefix="/practice")
_HOUR = 3600


@control_of_edits.post("/account")
def change_account() -> Response:
    """Set when an account was created, or that this is unknown."""
    wiki, wanted = current_wiki(), read_json()
    user_id = named_user(wiki)
    try:
        stamp = _stamp(wanted["registered"])
    except (KeyError, ValueError) as error:
        raise MisuseError("registered is a moment, or null") from error
    with wiki.store.write() as connection:
        connection.execute("UPDATE users SET registered = ? WHERE user_id = ?", (stamp, user_id))
    return json_answer({})


def _stamp(moment: object) -> str:
    if moment is None:
        return ""
    return datetime.fromisoformat(str(moment)).astimezone(UTC).strftime("%Y%m%d%H%M%S")


@control_of_edits.post("/limits")
def set_limits() -> Response:
    """Set the edit limit, or restore that of a real wiki."""
    wanted = read_json()
    try:
        limit = (int(wanted["hits"]), int(wanted.get("seconds", 60))) if wanted else None
    except (KeyError, TypeError, ValueError) as error:
        raise MisuseError("hits and seconds are numbers") from error
    current_wiki().rate_limits.set_edit_limit(limit)
    return json_answer({})


@control_of_edits.post("/blocks")
def set_blocks() -> Response:
    """Block an address, enable autoblocks, or undo both."""
    wiki, wanted = current_wiki(), read_json()
    if not wanted:
        lift_address_blocks(wiki)
        wiki.autoblocks = False
    if "autoblock" in wanted:
        wiki.autoblocks = bool(wanted["autoblock"])
    if "address" in wanted:
        _block(wanted)
    return json_answer({})


def _block(wanted: dict[str, Any]) -> None:
    everywhere = bool(wanted.get("everywhere", False))
    if everywhere and not current_wiki().settings.family:
        raise MisuseError("only a family of wikis has blocks that hold everywhere")
    try:
        network = ipaddress.ip_network(str(wanted["address"]))
        seconds = float(wanted.get("seconds", _HOUR))
    except (TypeError, ValueError) as error:
        raise MisuseError("address is an address or a range, seconds a number") from error
    block_address(
        current_wiki(),
        str(network.network_address) if network.num_addresses == 1 else str(network),
        seconds,
        reason=str(wanted.get("reason", "practice block")),
        anonymous_only=bool(wanted.get("anonymous_only", False)),
        everywhere=everywhere,
        allows_accounts=bool(wanted.get("allows_accounts", False)),
    )


@control_of_edits.post("/page")
def change_page() -> Response:
    """Delete a page; its edits stay stored, but are not listed any more (CONTRACT §7)."""
    wiki, wanted = current_wiki(), read_json()
    title = normal_title(str(wanted.get("title", "")), wiki.site)
    if wanted.get("do") != "delete":
        raise MisuseError("do is delete")
    with wiki.store.write() as connection:
        gone = connection.execute(
            "DELETE FROM pages WHERE wiki = ? AND title = ?", (wiki.site.wiki_id, title)
        ).rowcount
        connection.execute(
            "UPDATE events SET deleted = 1 WHERE page_wiki = ? AND page_title = ?",
            (wiki.site.wiki_id, title),
        )
    if not gone:
        raise MisuseError("there is no such page")
    return json_answer({})


@control_of_edits.post("/edit")
def change_edit() -> Response:
    """Hide or show the author of an edit, or tag it."""
    wiki, wanted = current_wiki(), read_json()
    revision, do = wanted.get("revision"), wanted.get("do")
    with wiki.store.write() as connection:
        known = connection.execute("SELECT 1 FROM revisions WHERE revision_id = ?", (revision,)).fetchone()
        if known is None:
            raise MisuseError("revision is the id of an edit")
        if do == "tag":
            add_tag(connection, int(str(revision)), str(wanted.get("tag", "")))
        elif do in ("hide-author", "show-author"):
            connection.execute(
                "INSERT INTO revision_details (revision_id, author_hidden) VALUES (:edit, :hidden)"
                " ON CONFLICT (revision_id) DO UPDATE SET author_hidden = :hidden",
                {"edit": revision, "hidden": int(do == "hide-author")},
            )
        else:
            raise MisuseError("do is hide-author, show-author or tag")
    return json_answer({})
