"""`action=query` of the action API: the wiki, the visitor, tokens, users, pages and messages."""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from app.practice.api_errors import ApiError
from app.practice.api_login import login_info
from app.practice.blocks import block_details
from app.practice.event_pages import page_info
from app.practice.messages import message
from app.practice.rights import groups_of
from app.practice.sessions import NO_TOKEN, guard_token
from app.practice.site_info import site_info
from app.practice.timestamps import iso
from app.practice.user_names import canonical_user_name, may_be_created
from app.practice.visitors import Account, account_by_id, account_by_name
from app.practice.wiki import PracticeWiki, begin_session, current_visitor

Parameters = Mapping[str, str]
MANY, MOST = 50, 500


def query(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Answer `action=query`: each part of meta, list and prop adds its own key."""
    if "read" not in current_visitor().rights:
        raise ApiError("readapidenied", "You need read permission to use this module.")
    found: dict[str, Any] = {}
    for kind, parts in _PARTS.items():
        for name in filter(None, parameters.get(kind, "").split("|")):
            part = parts.get(name)
            if part is None:
                raise ApiError("badvalue", f'Unrecognized value for parameter "{kind}": {name}.')
            found.update(part(wiki, parameters))
    if parameters.get("titles") and "prop" not in parameters:
        found.update(page_info(wiki, parameters))
    answer: dict[str, Any] = {"batchcomplete": True}
    if "continue" in found:
        answer["continue"] = found.pop("continue")
    return {**answer, "query": found} if found else answer


def _user_info(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    visitor = current_visitor()
    wanted = parameters.get("uiprop", "").split("|")
    info: dict[str, Any] = {"id": wiki.site.local_id(visitor.user_id), "name": visitor.name}
    account = visitor.account
    if account is None:
        info["anon"] = True
    elif "blockinfo" in wanted and account.blocked:
        info.update(block_details(account))
    if "hasmsg" in wanted:
        info["messages"] = False
    if "groups" in wanted:
        info["groups"] = list(visitor.groups)
    if "groupmemberships" in wanted:
        named = account.groups if account else ()
        info["groupmemberships"] = [{"group": group, "expiry": "infinity"} for group in named]
    if "rights" in wanted:
        info["rights"] = list(visitor.ordered_rights)
    if "options" in wanted:
        info["options"] = {"language": "en", "gender": account.gender if account else "unknown"}
    if "ratelimits" in wanted:
        info["ratelimits"] = {"purge": {"user": {"hits": 30, "seconds": 60}}} if account else {}
    if account is not None and "email" in wanted and "viewmyprivateinfo" in visitor.rights:
        info["email"] = account.email or ""
        if account.can_get_mail:
            info["emailauthenticated"] = iso(account.registered)
    if "centralids" in wanted:
        info.update(_central_ids(wiki, visitor.user_id))
    return {"userinfo": info}


def _tokens(_wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    visitor = current_visitor()
    tokens: dict[str, str] = {}
    for kind in parameters.get("type", "csrf").split("|"):
        if kind == "login":
            tokens["logintoken"] = guard_token(begin_session().secret, "login")
        elif visitor.account is None or visitor.secret is None:
            tokens[f"{kind}token"] = NO_TOKEN
        else:
            tokens[f"{kind}token"] = guard_token(visitor.secret, kind)
    return {"tokens": tokens}


def _users(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    if "ususers" in parameters and "ususerids" in parameters:
        message = 'The parameters "ususers" and "ususerids" can not be used together.'
        raise ApiError("invalidparammix", message)
    wanted = parameters.get("usprop", "").split("|")
    names = [(one, canonical_user_name(one, wiki.site)) for one in _values(parameters, "ususers")]
    # Names that nobody can have come first (1207), as they were given.
    users: list[dict[str, Any]] = [
        {"name": given, "invalid": True} for given, canonical in names if canonical is None
    ]
    users += [_user_by_name(wiki, canonical, wanted) for _, canonical in names if canonical is not None]
    users += [_user_by_id(wiki, one, wanted) for one in _values(parameters, "ususerids")]
    return {"users": users}


def _values(parameters: Parameters, name: str) -> list[str]:
    """Return the values of a parameter that takes several, each once (read); refuse too many (911, 1290)."""
    text = parameters.get(name, "")
    separator = "\x1f" if text.startswith("\x1f") else "|"
    values = text.removeprefix("\x1f").split(separator) if text.strip("\x1f") else []
    limit = MOST if "apihighlimits" in current_visitor().rights else MANY
    if len(values) > limit:
        message = f'Too many values supplied for parameter "{name}". The limit is {limit}.'
        limits = {"parameter": name, "limit": limit, "lowlimit": MANY, "highlimit": MOST}
        raise ApiError("toomanyvalues", message, limits)
    return list(dict.fromkeys(values))


def _user_by_name(wiki: PracticeWiki, name: str, wanted: list[str]) -> dict[str, Any]:
    account = account_by_name(wiki.store.read(), name)
    # A suppressed account is as if it were not there, except for somebody who would take its name (1207).
    if account is not None and not account.hidden:
        return _user(wiki, account, wanted)
    user: dict[str, Any] = {"name": name, "missing": True}
    if "cancreate" in wanted:
        taken = account is not None
        user["cancreate"] = not taken and may_be_created(name)
        if not user["cancreate"]:
            message, code = ("userexists", "userexists") if taken else ("noname", "invaliduser")
            user["cancreateerror"] = [{"message": message, "params": [], "code": code, "type": "error"}]
    return user


def _user_by_id(wiki: PracticeWiki, number: str, wanted: list[str]) -> dict[str, Any]:
    if not (number.isascii() and number.isdigit()):
        message = f'Invalid value "{number}" for integer parameter "ususerids".'
        raise ApiError("badinteger", message)
    account = account_by_id(wiki.store.read(), wiki.site.central_id(int(number[:18])))
    if account is not None and not account.hidden:
        return _user(wiki, account, wanted)
    return {"userid": int(number), "missing": True}


def _user(wiki: PracticeWiki, account: Account, wanted: list[str]) -> dict[str, Any]:
    user: dict[str, Any] = {"userid": wiki.site.local_id(account.user_id), "name": account.name}
    if "editcount" in wanted:
        user["editcount"] = account.editcount
    if "registration" in wanted:
        user["registration"] = iso(account.registered)
    if "groups" in wanted:
        user["groups"] = groups_of(account.groups)
    if "blockinfo" in wanted and account.blocked:
        user.update(block_details(account))
    if "emailable" in wanted:
        user["emailable"] = account.can_get_mail
    if "gender" in wanted:
        user["gender"] = account.gender
    if "centralids" in wanted:
        user.update(_central_ids(wiki, account.user_id))
    return user


def _central_ids(wiki: PracticeWiki, user_id: int) -> dict[str, Any]:
    """Return `centralids`: of CentralAuth too where the wiki has a family (CONTRACT §4.12)."""
    local = wiki.site.local_id(user_id)
    if not wiki.settings.family:
        return {"centralids": {"local": local}, "attachedlocal": {"local": bool(local)}}
    attached = bool(user_id)
    return {
        "centralids": {"CentralAuth": user_id, "local": local},
        "attachedlocal": {"CentralAuth": attached, "local": attached},
    }


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


_Part = Callable[[PracticeWiki, Parameters], dict[str, Any]]
_PARTS: dict[str, dict[str, _Part]] = {
    "meta": {
        "siteinfo": site_info,
        "userinfo": _user_info,
        "tokens": _tokens,
        "allmessages": _all_messages,
        "authmanagerinfo": _auth_manager,
    },
    "list": {"users": _users, "allpages": _all_pages, "allmessages": _all_messages},
    "prop": {"info": page_info, "revisions": page_info, "pageprops": page_info},
}
