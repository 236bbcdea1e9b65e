"""Blocks of addresses and of ranges, and those that the wiki makes by itself (CONTRACT §6, Addresses)."""

import ipaddress
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.practice.identity.visitors import NOBODYS_ADDRESS, Account, Visitor
from app.practice.wiki import PracticeWiki

AUTOBLOCK_SECONDS = 24 * 3600
# Blocks of accounts have the ids of the accounts.
_FIRST_ID = 20_000_000
_STAMP = "%Y%m%d%H%M%S"


@dataclass(frozen=True)
class AddressBlock:
    """A block of an address or of a range; `blockee` is the blocked account that an autoblock is for."""

    block_id: int
    target: str
    made_at: str
    expires: str
    reason: str
    anonymous_only: bool
    blockee: str | None

    @property
    def network(self) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
        """Return the addresses that are blocked."""
        return ipaddress.ip_network(self.target, strict=False)

    @property
    def seconds(self) -> int:
        """Return for how long the block was made."""
        begin, end = (datetime.strptime(stamp, _STAMP) for stamp in (self.made_at, self.expires))
        return int((end - begin).total_seconds())

    @property
    def automatic(self) -> bool:
        """Tell whether the wiki made the block by itself."""
        return self.blockee is not None


def address_blocks(connection: sqlite3.Connection, address: str, now: str) -> list[AddressBlock]:
    """Return the blocks that hold for an address now, those of ranges around it too."""
    rows = connection.execute(
        "SELECT * FROM address_blocks WHERE expires > ? ORDER BY block_id", (now,)
    ).fetchall()
    blocks = [
        AddressBlock(
            _FIRST_ID + row["block_id"],
            row["target"],
            row["made_at"],
            row["expires"],
            row["reason"],
            bool(row["anonymous_only"]),
            row["blockee"],
        )
        for row in rows
    ]
    return [block for block in blocks if ipaddress.ip_address(address) in block.network]


def block_address(
    wiki: PracticeWiki,
    target: str,
    seconds: float,
    *,
    reason: str,
    anonymous_only: bool = False,
    blockee: str | None = None,
) -> None:
    """Block an address or a range for a time."""
    begun = wiki.clock.now()
    with wiki.store.write() as connection:
        connection.execute(
            "INSERT INTO address_blocks (target, made_at, expires, reason, anonymous_only, blockee)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                target,
                _stamp(begun),
                _stamp(begun + timedelta(seconds=seconds)),
                reason,
                int(anonymous_only),
                blockee,
            ),
        )


def lift_address_blocks(wiki: PracticeWiki) -> None:
    """End all blocks of addresses."""
    with wiki.store.write() as connection:
        connection.execute("DELETE FROM address_blocks")


def block_automatically(wiki: PracticeWiki, account: Account, reason: str) -> None:
    """Block the address from which a blocked account tried to edit, where the wiki does so.

    A try while the block lasts does not make it longer.
    """
    if not wiki.autoblocks or _lasting(wiki, automatic=True):
        return
    words = (
        f'Autoblocked because your IP address has been recently used by "[[User:{account.name}|{account.name}'
        f']]".\nThe reason given for {account.name}\'s block is: "{reason}"'
    )
    block_address(wiki, NOBODYS_ADDRESS, AUTOBLOCK_SECONDS, reason=words, blockee=account.name)


def block_of_address(wiki: PracticeWiki, visitor: Visitor) -> AddressBlock | None:
    """Return the block of the address that keeps a visitor from editing; some may edit in spite of it."""
    if "ipblock-exempt" in visitor.rights:
        return None
    blocks = _lasting(wiki)
    named = visitor.account is not None and not visitor.account.temporary
    return next((block for block in blocks if not (named and block.anonymous_only)), None)


def _lasting(wiki: PracticeWiki, *, automatic: bool = False) -> list[AddressBlock]:
    blocks = address_blocks(wiki.store.read(), NOBODYS_ADDRESS, wiki.clock.stamp())
    return [block for block in blocks if block.automatic or not automatic]


def _stamp(moment: datetime) -> str:
    return moment.strftime(_STAMP)
