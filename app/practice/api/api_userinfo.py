"""`meta=userinfo` of the action API: the visitor and their rights."""

from typing import Any

from app.practice.api.api_users import central_ids, memberships
from app.practice.ground.timestamps import iso
from app.practice.http.api_parameters import Parameters, chosen
from app.practice.identity.rate_limits import described
from app.practice.identity.rights import implicit_groups_of
from app.practice.identity.visitors import Visitor
from app.practice.login.address_blocks import block_of_address, stops_new_accounts
from app.practice.login.blocks import address_block_details, block_details
from app.practice.wiki import PracticeWiki, current_visitor

_KNOWN = (
    "acceptlang blockinfo cancreateaccount centralids changeablegroups editcount email groupmemberships"
    " groups hasmsg implicitgroups latestcontrib options ratelimits realname registrationdate rights"
    " theoreticalratelimits unreadcount"
)
_PROPERTIES = frozenset(_KNOWN.split())


def user_info(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Answer `meta=userinfo`."""
    visitor = current_visitor()
    wanted = chosen("userinfo", parameters, "uiprop", _PROPERTIES)
    info: dict[str, Any] = {"id": wiki.site.local_id(visitor.user_id), "name": visitor.name}
    account = visitor.account
    if account is None:
        info["anon"] = True
    elif account.temporary:
        info["temp"] = True
    if "blockinfo" in wanted:
        info.update(_block(wiki, visitor))
    if "hasmsg" in wanted:
        info["messages"] = False
    info.update(_groups_and_rights(visitor, wanted))
    if "options" in wanted:
        info["options"] = {"language": "en", "gender": account.gender if account else "unknown"}
    if "editcount" in wanted:
        info["editcount"] = account.editcount if account else 0
    if "ratelimits" in wanted:
        info["ratelimits"] = described(wiki.rate_limits.limits_of(visitor))
    if "theoreticalratelimits" in wanted:
        info["theoreticalratelimits"] = described(wiki.rate_limits.theoretical(visitor))
    if account is not None and "email" in wanted and "viewmyprivateinfo" in visitor.rights:
        info["email"] = account.email or ""
        if account.can_get_mail:
            info["emailauthenticated"] = iso(account.registered)
    if account is not None and "registrationdate" in wanted:
        info["registrationdate"] = iso(account.registered) if account.registered else None
    if "centralids" in wanted:
        info.update(central_ids(wiki, visitor.user_id))
    if "cancreateaccount" in wanted:
        info["cancreateaccount"] = visitor.may("createaccount") and not stops_new_accounts(wiki, visitor)
    return {"userinfo": info}


def _block(wiki: PracticeWiki, visitor: Visitor) -> dict[str, Any]:
    if visitor.account is not None and visitor.account.blocked:
        return block_details(visitor.account)
    block = block_of_address(wiki, visitor)
    return address_block_details(block) if block is not None else {}


def _groups_and_rights(visitor: Visitor, wanted: list[str]) -> dict[str, Any]:
    info: dict[str, Any] = {}
    if "groups" in wanted:
        info["groups"] = list(visitor.groups)
    if "groupmemberships" in wanted:
        info["groupmemberships"] = memberships(visitor.account)
    if "implicitgroups" in wanted:
        account = visitor.account
        info["implicitgroups"] = implicit_groups_of(account.groups) if account else ["*"]
    if "rights" in wanted:
        info["rights"] = list(visitor.ordered_rights)
    return info
