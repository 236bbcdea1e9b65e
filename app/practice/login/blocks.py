"""The details of a block in the action API, in errors and with accounts."""

from typing import Any

from app.practice.ground.timestamps import formatted_moment, iso
from app.practice.identity.visitors import Account
from app.practice.login.address_blocks import AddressBlock

BLOCKED_BY = ("Tomás Reyes", 2)
BLOCK_REASON = "practice block"


def block_details(account: Account) -> dict[str, Any]:
    """Return the block of a blocked account."""
    stamp = account.blocked_at or ""
    return {
        **_made(account.user_id, BLOCK_REASON, stamp),
        "blockexpiry": "infinite",
        "blockpartial": False,
        "blocknocreate": False,
        "blockanononly": False,
        "blockemail": False,
        "blockowntalk": True,
        "blockedtimestampformatted": formatted_moment(stamp, "en"),
    }


def address_block_details(block: AddressBlock) -> dict[str, Any]:
    """Return the block of an address (1108)."""
    return {
        **_made(block.block_id, block.reason, block.made_at),
        "blockexpiry": iso(block.expires),
        "blockpartial": False,
        "blocknocreate": not block.allows_accounts,
        "blockanononly": block.anonymous_only,
        "blockemail": False,
        "blockowntalk": False,
        "blockedtimestampformatted": formatted_moment(block.made_at, "en"),
        "blockexpiryformatted": formatted_moment(block.expires, "en"),
        "blockexpiryrelative": "in 1 day" if block.automatic else "soon",
    }


def _made(block_id: int, reason: str, stamp: str) -> dict[str, Any]:
    name, user_id = BLOCKED_BY
    return {
        "blockid": block_id,
        "blockedby": name,
        "blockedbyid": user_id,
        "blockreason": reason,
        "blockedtimestamp": iso(stamp),
    }
