"""`list=users` of the action API: public properties of accounts (CONTRACT §7)."""

from typing import Any

from app.practice.ground.timestamps import iso
from app.practice.ground.user_names import canonical_user_name, may_be_created
from app.practice.http.api_errors import ApiError
from app.practice.http.api_parameters import Parameters, chosen, integer, several
from app.practice.identity.rights import groups_of, implicit_groups_of, rights_of
from app.practice.identity.visitors import Account, account_by_id, account_by_name
from app.practice.login.blocks import block_details
from app.practice.wiki import PracticeWiki, current_visitor

_KNOWN = (
    "blockinfo cancreate centralids editcount emailable gender groupmemberships groups implicitgroups"
    " registration rights"
)
USER_PROPERTIES = _KNOWN.split()


def users(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Answer `list=users`."""
    given, numbers = several(parameters, "ususers"), several(parameters, "ususerids")
    wanted = chosen("users", parameters, "usprop", USER_PROPERTIES)
    if "ususers" in parameters and "ususerids" in parameters:
        message = 'The parameters "ususers" and "ususerids" can not be used together.'
        raise ApiError("invalidparammix", message)
    names = [(one, canonical_user_name(one, wiki.site)) for one in given]
    # Invalid names come first, unchanged (1207).
    found: list[dict[str, Any]] = [
        {"name": given, "invalid": True} for given, canonical in names if canonical is None
    ]
    found += [_by_name(wiki, canonical, wanted) for _, canonical in names if canonical is not None]
    found += [_by_id(wiki, one, wanted) for one in numbers]
    return {"users": found}


def _by_name(wiki: PracticeWiki, name: str, wanted: list[str]) -> dict[str, Any]:
    account = account_by_name(wiki.store.read(), name)
    # A suppressed account counts as missing, but its name cannot be registered (1207).
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


def _by_id(wiki: PracticeWiki, text: str, wanted: list[str]) -> dict[str, Any]:
    number = integer(text, "ususerids")
    account = account_by_id(wiki.store.read(), wiki.site.central_id(number))
    if account is not None and not account.hidden:
        return _user(wiki, account, wanted)
    return {"userid": number, "missing": True}


def _user(wiki: PracticeWiki, account: Account, wanted: list[str]) -> dict[str, Any]:
    user: dict[str, Any] = {"userid": wiki.site.local_id(account.user_id), "name": account.name}
    if "editcount" in wanted:
        user["editcount"] = account.editcount
    if "registration" in wanted:
        user["registration"] = iso(account.registered) if account.registered else None
    groups = groups_of(account.groups)
    if "groups" in wanted:
        user["groups"] = groups
    if "groupmemberships" in wanted:
        user["groupmemberships"] = memberships(account)
    if "implicitgroups" in wanted:
        user["implicitgroups"] = implicit_groups_of(account.groups)
    if "rights" in wanted:
        # Over OAuth the rights of all listed users are restricted to the visitor's grants (1197).
        user["rights"] = rights_of(groups, wiki.version, current_visitor().grants)
    if "blockinfo" in wanted and account.blocked:
        user.update(block_details(account))
    if "emailable" in wanted:
        user["emailable"] = account.can_get_mail
    if "gender" in wanted:
        user["gender"] = account.gender
    if "centralids" in wanted:
        user.update(central_ids(wiki, account.user_id))
    return user


def memberships(account: Account | None) -> list[dict[str, str]]:
    """Return the assigned groups of an account, with their expiry."""
    named = account.groups if account is not None and not account.temporary else ()
    return [{"group": group, "expiry": "infinity"} for group in named]


def central_ids(wiki: PracticeWiki, user_id: int) -> dict[str, Any]:
    """Return `centralids`; in a family, CentralAuth's too (CONTRACT §4.12)."""
    local = wiki.site.local_id(user_id)
    if not wiki.settings.family:
        return {"centralids": {"local": local}, "attachedlocal": {"local": bool(local)}}
    attached = bool(user_id)
    return {
        "centralids": {"CentralAuth": user_id, "local": local},
        "attachedlocal": {"CentralAuth": attached, "local": attached},
    }
