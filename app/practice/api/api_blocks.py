"""`list=blocks` and `list=globalblocks` of the action API (CONTRACT §6, Addresses).

Blocks of accounts, IP addresses and ranges on one wiki, and of addresses and ranges on all of a family. The
form of the latter is read in the source of GlobalBlocking's ApiQueryGlobalBlocks; there is no recording.
"""

import ipaddress
from typing import Any

from app.practice.ground.timestamps import iso
from app.practice.ground.user_names import canonical_user_name
from app.practice.http.api_errors import ApiError
from app.practice.http.api_parameters import Parameters, chosen, several
from app.practice.identity.visitors import Account, account_by_name
from app.practice.login.address_blocks import EVERYWHERE, AddressBlock, address_blocks
from app.practice.login.blocks import BLOCK_REASON, BLOCKED_BY
from app.practice.wiki import PracticeWiki

_KNOWN = "by byid expiry flags id range reason restrictions timestamp user userid"
_PROPERTIES = frozenset(_KNOWN.split())
_DEFAULT = "id|user|by|timestamp|expiry|reason|flags"
_GLOBAL_PROPERTIES = frozenset(["address", "by", "expiry", "id", "range", "reason", "target", "timestamp"])
_GLOBAL_DEFAULT = "id|target|by|timestamp|expiry|reason"
_DAY, _HOUR = 24 * 3600, 3600


def blocks(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Answer `list=blocks` for an IP address or for accounts; listing all blocks is not supported."""
    wanted = chosen("blocks", parameters, "bkprop", _PROPERTIES, _DEFAULT)
    address, names = parameters.get("bkip"), several(parameters, "bkusers")
    if address is not None:
        found = address_blocks(wiki, _address(address, "param_ip"), wiki.site.wiki_id)
        return {"blocks": [_selected(_of_address(block), wanted) for block in found]}
    accounts = [
        account_by_name(wiki.store.read(), canonical_user_name(name, wiki.site) or "") for name in names
    ]
    return {
        "blocks": [
            _selected(_of_account(wiki, one), wanted)
            for one in accounts
            if one is not None and one.blocked and not one.hidden
        ]
    }


def global_blocks(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Answer `list=globalblocks` for an IP address; listing all blocks is not supported."""
    wanted = chosen("globalblocks", parameters, "bgprop", _GLOBAL_PROPERTIES, _GLOBAL_DEFAULT)
    address = parameters.get("bgip")
    found = address_blocks(wiki, _address(address, "invalidip"), EVERYWHERE) if address is not None else []
    return {"globalblocks": [_selected(_of_all_wikis(wiki, block), wanted) for block in found]}


def _address(text: str, error_code: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError as error:
        raise ApiError(error_code, "IP parameter is not valid.") from error


def _selected(block: dict[str, dict[str, Any]], wanted: list[str]) -> dict[str, Any]:
    """Return the requested parts of a block, in MediaWiki's order."""
    selected: dict[str, Any] = {}
    for part, values in block.items():
        if part in wanted:
            selected.update(values)
    return selected


def _of_account(wiki: PracticeWiki, account: Account) -> dict[str, dict[str, Any]]:
    user_id = wiki.site.local_id(account.user_id)
    flags = {
        "automatic": False,
        "anononly": False,
        "nocreate": True,
        "autoblock": True,
        "noemail": True,
        "hidden": False,
        "allowusertalk": True,
        "partial": False,
    }
    return {
        "id": {"id": account.user_id},
        "user": {"user": account.name},
        "userid": {"userid": user_id},
        **_made(account.blocked_at or ""),
        "expiry": {"expiry": "infinity", "duration-l10n": "infinite"},
        "reason": {"reason": BLOCK_REASON},
        "range": {"rangestart": "0.0.0.0", "rangeend": "0.0.0.0"},  # noqa: S104 - no address is bound
        "flags": flags,
        "restrictions": {"restrictions": []},
    }


def _of_address(block: AddressBlock) -> dict[str, dict[str, Any]]:
    flags = {
        "automatic": block.automatic,
        "anononly": block.anonymous_only,
        "nocreate": not block.allows_accounts,
        "autoblock": False,
        "noemail": False,
        "hidden": False,
        "allowusertalk": False,
        "partial": False,
    }
    # The wiki does not reveal the IP address of an autoblock.
    target = {} if block.automatic else {"user": block.target}
    ends = {"rangestart": str(block.network[0]), "rangeend": str(block.network[-1])}
    return {
        "id": {"id": block.block_id},
        "user": target,
        "userid": {} if block.automatic else {"userid": 0},
        **_made(block.made_at),
        "expiry": {"expiry": iso(block.expires), "duration-l10n": _duration(block)},
        "reason": {"reason": block.reason},
        "range": ends,
        "flags": flags,
        "restrictions": {"restrictions": []},
    }


def _of_all_wikis(wiki: PracticeWiki, block: AddressBlock) -> dict[str, dict[str, Any]]:
    target = {
        "target": block.target,
        "anononly": block.anonymous_only,
        "account-creation-disabled": not block.allows_accounts,
        "autoblocking-enabled": False,
        "automatic": False,
    }
    return {
        "id": {"id": str(block.block_id)},
        "target": target,
        "by": {"by": BLOCKED_BY[0], "bywiki": wiki.family[0].site.wiki_id},
        "timestamp": {"timestamp": iso(block.made_at)},
        "expiry": {"expiry": iso(block.expires)},
        "reason": {"reason": block.reason},
        "range": {"rangestart": str(block.network[0]), "rangeend": str(block.network[-1])},
    }


def _made(stamp: str) -> dict[str, dict[str, Any]]:
    name, user_id = BLOCKED_BY
    return {"by": {"by": name}, "byid": {"byid": user_id}, "timestamp": {"timestamp": iso(stamp)}}


def _duration(block: AddressBlock) -> str:
    seconds = block.seconds
    for length, unit in ((_DAY, "day"), (_HOUR, "hour"), (60, "minute"), (1, "second")):
        if seconds >= length and seconds % length == 0:
            count = seconds // length
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{seconds} seconds"
