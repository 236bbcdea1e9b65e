"""`list=globalusers` and `meta=globaluserinfo`: global accounts (CONTRACT §7; from the source only).

Both belong to CentralAuth; the list exists since 1.47.
"""

from typing import Any

from app.practice.ground.timestamps import iso
from app.practice.ground.user_names import canonical_user_name
from app.practice.http.api_errors import ApiError
from app.practice.http.api_parameters import Parameters, chosen, integer, integers, several
from app.practice.identity.visitors import Account, account_by_id, account_by_name
from app.practice.wiki import PracticeWiki

_LIST_PROPERTIES = [
    "editcount",
    "groupmemberships",
    "groups",
    "localinfo",
    "locked",
    "registration",
    "rights",
]
_INFO_PROPERTIES = ["editcount", "groups", "merged", "rights", "unattached"]


def global_users(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Answer `list=globalusers`: rows in the requested order."""
    names, numbers = several(parameters, "gususers"), integers(parameters, "guscentralids")
    wanted = chosen("globalusers", parameters, "gusprop", _LIST_PROPERTIES)
    _check_one_of(parameters, "gususers", "guscentralids")
    rows: list[dict[str, Any]] = []
    for name in names:
        written = canonical_user_name(name, wiki.site)
        if written is None:
            rows.append({"name": name, "invalid": True})
        else:
            account = account_by_name(wiki.store.read(), written)
            rows.append(_row(wiki, account, wanted) or {"name": written, "missing": True})
    for number in numbers:
        account = account_by_id(wiki.store.read(), number)
        rows.append(_row(wiki, account, wanted) or {"centralid": number, "missing": True})
    return {"globalusers": rows}


def _row(wiki: PracticeWiki, account: Account | None, wanted: list[str]) -> dict[str, Any] | None:
    if account is None or account.hidden:
        return None
    row: dict[str, Any] = {"centralid": account.user_id, "name": account.name}
    if "editcount" in wanted:
        row["editcount"] = account.editcount
    if "registration" in wanted and account.registered:
        row["registration"] = iso(account.registered)
    if "locked" in wanted:
        row["locked"] = False
    if "localinfo" in wanted:
        row["localinfo"] = {"attached": True, "localid": wiki.site.local_id(account.user_id)}
        if account.registered:
            row["localinfo"]["timestamp"] = iso(account.registered)
    # There are no global groups here.
    row.update({name: [] for name in ("groups", "groupmemberships", "rights") if name in wanted})
    return row


def global_user_info(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Answer `meta=globaluserinfo`: one account, by its central id or its name."""
    wanted = chosen("globaluserinfo", parameters, "guiprop", _INFO_PROPERTIES)
    _check_one_of(parameters, "guiuser", "guiid")
    connection = wiki.store.read()
    if "guiid" in parameters:
        account = account_by_id(connection, integer(parameters["guiid"], "guiid"))
    else:
        name = canonical_user_name(parameters["guiuser"], wiki.site)
        if name is None:
            message = f'Invalid value "{parameters["guiuser"]}" for user parameter "guiuser".'
            raise ApiError("baduser", message)
        account = account_by_name(connection, name)
    if account is None or account.hidden:
        return {"globaluserinfo": {"missing": True}}
    registered = {"registration": iso(account.registered)} if account.registered else {}
    info: dict[str, Any] = {"home": wiki.family[0].site.wiki_id, "id": account.user_id, **registered}
    info["name"] = account.name
    info.update({name: [] for name in ("groups", "rights", "unattached") if name in wanted})
    if "editcount" in wanted:
        info["editcount"] = account.editcount
    if "merged" in wanted:
        info["merged"] = [_attached(one, account) for one in wiki.family]
    return {"globaluserinfo": info}


def _attached(wiki: PracticeWiki, account: Account) -> dict[str, Any]:
    moment = {"timestamp": iso(account.registered)} if account.registered else {}
    return {
        "wiki": wiki.site.wiki_id,
        "url": wiki.base_url,
        **moment,
        "method": "login",
        "editcount": account.editcount,
        "id": wiki.site.local_id(account.user_id),
    }


def _check_one_of(parameters: Parameters, first: str, second: str) -> None:
    given = [name for name in (first, second) if name in parameters]
    if len(given) == 2:
        message = f'The parameters "{first}" and "{second}" can not be used together.'
        raise ApiError("invalidparammix", message)
    if not given:
        message = f'One of the parameters "{first}" and "{second}" is required.'
        raise ApiError("missingparam", message)
