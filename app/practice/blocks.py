"""What the action API tells of a block."""

from typing import Any

from app.practice.timestamps import formatted_moment, iso
from app.practice.visitors import Account

BLOCKED_BY = ("Tomás Reyes", 2)


def block_details(account: Account) -> dict[str, Any]:
    """Return the block of an account that is blocked."""
    stamp = account.blocked_at or ""
    name, user_id = BLOCKED_BY
    return {
        "blockid": account.user_id,
        "blockedby": name,
        "blockedbyid": user_id,
        "blockreason": "practice block",
        "blockedtimestamp": iso(stamp),
        "blockexpiry": "infinite",
        "blockpartial": False,
        "blocknocreate": False,
        "blockanononly": False,
        "blockemail": False,
        "blockowntalk": True,
        "blockedtimestampformatted": formatted_moment(stamp, "en"),
    }
