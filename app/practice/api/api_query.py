"""`action=query` of the action API, including its modules for tokens, pages and messages."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.practice.api.api_blocks import blocks, global_blocks
from app.practice.api.api_categories import category_members
from app.practice.api.api_contributions import user_contributions
from app.practice.api.api_global_users import global_user_info, global_users
from app.practice.api.api_login import login_info
from app.practice.api.api_userinfo import user_info
from app.practice.api.api_users import users
from app.practice.api.site_info import site_info
from app.practice.events.event_pages import page_info
from app.practice.ground.messages import message
from app.practice.http.api_errors import ApiError
from app.practice.http.api_parameters import MANY, Parameters, chosen
from app.practice.identity.sessions import NO_TOKEN, csrf_token
from app.practice.wiki import PracticeWiki, begin_session, current_visitor

# The parameters of the action itself, without those of its modules.
_OWN_PARAMETERS = (
    "prop list meta titles pageids revids redirects converttitles indexpageids export iwurl continue"
    " rawcontinue generator"
)


def query(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Answer `action=query`: each part of meta, list and prop adds its own key."""
    if "read" not in current_visitor().rights:
        raise ApiError("readapidenied", "You need read permission to use this module.")
    found: dict[str, Any] = {}
    for module in _asked(wiki, parameters):
        found.update(module.answer(wiki, parameters))
    for kind, modules in _modules(wiki).items():
        # Adds warnings for unknown values (914, 1214, 1215).
        chosen("query", parameters, kind, modules)
    if parameters.get("titles") and "prop" not in parameters:
        found.update(page_info(wiki, parameters))
    answer: dict[str, Any] = {"batchcomplete": True}
    if "continue" in found:
        answer["continue"] = found.pop("continue")
    return {**answer, "query": found} if found else answer


def unknown_parameters(wiki: PracticeWiki, parameters: Parameters) -> list[str]:
    """Return the parameters that neither the action nor a requested module accepts.

    All parameters with a module's prefix count as accepted.
    """
    own = _OWN_PARAMETERS.split()
    prefixes = tuple(module.prefix for module in _asked(wiki, parameters))
    return [one for one in parameters if one not in own and not one.startswith(prefixes)]


def _tokens(_wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    visitor = current_visitor()
    tokens: dict[str, str] = {}
    for kind in parameters.get("type", "csrf").split("|"):
        if kind == "login":
            tokens["logintoken"] = csrf_token(begin_session().secret, "login")
        elif visitor.account is None or visitor.secret is None:
            tokens[f"{kind}token"] = NO_TOKEN
        else:
            tokens[f"{kind}token"] = csrf_token(visitor.secret, kind)
    return {"tokens": tokens}


def _all_messages(_wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    language = parameters.get("amlang", "en")
    found: list[dict[str, Any]] = []
    for key in parameters.get("ammessages", "").split("|"):
        text = message(key, language)
        entry: dict[str, Any] = {"name": key, "normalizedname": key.lower()}
        found.append({**entry, "missing": True} if text is None else {**entry, "content": text})
    return {"allmessages": found}


def _all_pages(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    limit = parameters.get("aplimit", "10")
    count = int(limit) if limit.isdigit() else MANY
    rows: list[sqlite3.Row] = (
        wiki.store.read()
        .execute(
            "SELECT page_id, namespace, title FROM pages WHERE wiki = ? AND namespace = ? AND title >= ?"
            " ORDER BY title LIMIT ?",
            (
                wiki.site.wiki_id,
                int(parameters.get("apnamespace", "0")),
                parameters.get("apcontinue", ""),
                count + 1,
            ),
        )
        .fetchall()
    )
    pages = [{"pageid": row["page_id"], "ns": row["namespace"], "title": row["title"]} for row in rows]
    found: dict[str, Any] = {"allpages": pages[:count]}
    if len(pages) > count:
        found["continue"] = {"apcontinue": pages[count]["title"], "continue": "-||"}
    return found


def _auth_manager(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    current_visitor()
    return {"authmanagerinfo": login_info(wiki, parameters)}


_Answer = Callable[[PracticeWiki, Parameters], dict[str, Any]]


@dataclass(frozen=True)
class _Module:
    """The handler of a module and the prefix of its parameters."""

    answer: _Answer
    prefix: str


_MODULES: dict[str, dict[str, _Module]] = {
    "meta": {
        "siteinfo": _Module(site_info, "si"),
        "userinfo": _Module(user_info, "ui"),
        "tokens": _Module(_tokens, "type"),
        "allmessages": _Module(_all_messages, "am"),
        "authmanagerinfo": _Module(_auth_manager, "ami"),
    },
    "list": {
        "users": _Module(users, "us"),
        "usercontribs": _Module(user_contributions, "uc"),
        "blocks": _Module(blocks, "bk"),
        "allpages": _Module(_all_pages, "ap"),
        "categorymembers": _Module(category_members, "cm"),
        "allmessages": _Module(_all_messages, "am"),
    },
    "prop": {
        "info": _Module(page_info, "in"),
        "revisions": _Module(page_info, "rv"),
        "pageprops": _Module(page_info, "pp"),
    },
}


def _modules(wiki: PracticeWiki) -> dict[str, dict[str, _Module]]:
    """Return the modules of a wiki; those for global accounts and global blocks only in a family."""
    if not wiki.settings.family:
        return _MODULES
    meta = {**_MODULES["meta"], "globaluserinfo": _Module(global_user_info, "gui")}
    lists = {**_MODULES["list"], "globalblocks": _Module(global_blocks, "bg")}
    if wiki.version.lists_global_users:
        lists["globalusers"] = _Module(global_users, "gus")
    return {**_MODULES, "meta": meta, "list": lists}


def _asked(wiki: PracticeWiki, parameters: Parameters) -> list[_Module]:
    """Return the requested modules that the wiki has."""
    return [
        modules[name]
        for kind, modules in _modules(wiki).items()
        for name in parameters.get(kind, "").split("|")
        if name in modules
    ]
