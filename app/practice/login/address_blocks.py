"""Blocks of IP addresses and ranges, and autoblocks (CONTRACT §6, Addresses)."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.practice.identity.visitors import NOBODYS_ADDRESS, Account, Visitor
from app.practice.wiki import PracticeWiki

AUTOBLOCK_SECONDS = 24 * 3600
# Lower ids are those of account blocks, which have the ids of the accounts.
_FIRST_ID = 20_000_000
_STAMP = "%Y%m%d%H%M%S"
#: The place of a block that holds on all wikis of the family.
EVERYWHERE = "*"


@dataclass(frozen=True)
class AddressBlock:
    """A block of an IP address or a range; `blockee` is the blocked account that caused an autoblock.

    `place` is the id of the wiki where it holds, or `EVERYWHERE`.
    """

    block_id: int
    target: str
    made_at: str
    expires: str
    reason: str
    anonymous_only: bool
    blockee: str | None
    place: str
    allows_accounts: bool

    @property
    def network(self) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
        """Return the blocked addresses."""
        return ipaddress.ip_network(self.target, strict=False)

    @property
    def seconds(self) -> int:
        """Return the duration of the block."""
        begin, end = (datetime.strptime(stamp, _STAMP) for stamp in (self.made_at, self.expires))
        return int((end - begin).total_seconds())

    @property
    def automatic(self) -> bool:
        """Return whether the block is an autoblock."""
        return self.blockee is not None


def address_blocks(wiki: PracticeWiki, address: str, *places: str) -> list[AddressBlock]:
    """Return the active blocks of an address in some places, including those of ranges that contain it."""
    rows = (
        wiki.store.read()
        .execute("SELECT * FROM address_blocks WHERE expires > ? ORDER BY block_id", (wiki.clock.stamp(),))
        .fetchall()
    )
    blocks = [
        AddressBlock(
            _FIRST_ID + row["block_id"],
            row["target"],
            row["made_at"],
            row["expires"],
            row["reason"],
            bool(row["anonymous_only"]),
            row["blockee"],
            row["wiki"],
            bool(row["allows_accounts"]),
        )
        for row in rows
        if row["wiki"] in places
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
    everywhere: bool = False,
    allows_accounts: bool = False,
) -> None:
    """Block an address or a range on this wiki, or on all of the family."""
    begun = wiki.clock.now()
    with wiki.store.write() as connection:
        connection.execute(
            "INSERT INTO address_blocks"
            " (target, made_at, expires, reason, anonymous_only, blockee, wiki, allows_accounts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                target,
                _stamp(begun),
                _stamp(begun + timedelta(seconds=seconds)),
                reason,
                int(anonymous_only),
                blockee,
                EVERYWHERE if everywhere else wiki.site.wiki_id,
                int(allows_accounts),
            ),
        )


def lift_address_blocks(wiki: PracticeWiki) -> None:
    """Remove all blocks of addresses."""
    with wiki.store.write() as connection:
        connection.execute("DELETE FROM address_blocks")


def block_automatically(wiki: PracticeWiki, account: Account, reason: str) -> None:
    """Block the IP address from which a blocked account tried to edit, if autoblocks are enabled.

    Further attempts do not extend the block.
    """
    if not wiki.autoblocks or _lasting(wiki, automatic=True):
        return
    words = (
        f'Autoblocked because your IP address has been recently used by "[[User:{account.name}|{account.name}'
        f']]".\nThe reason given for {account.name}\'s block is: "{reason}"'
    )
    block_address(wiki, NOBODYS_ADDRESS, AUTOBLOCK_SECONDS, reason=words, blockee=account.name)


def block_of_address(wiki: PracticeWiki, visitor: Visitor) -> AddressBlock | None:
    """Return the address block that prevents a visitor from editing, None if none applies."""
    return next(iter(_applying(wiki, visitor)), None)


def stops_new_accounts(wiki: PracticeWiki, visitor: Visitor) -> bool:
    """Return whether an address block prevents a visitor from creating an account."""
    return any(not block.allows_accounts for block in _applying(wiki, visitor))


def _applying(wiki: PracticeWiki, visitor: Visitor) -> list[AddressBlock]:
    if "ipblock-exempt" in visitor.rights:
        return []
    named = visitor.account is not None and not visitor.account.temporary
    return [block for block in _lasting(wiki) if not (named and block.anonymous_only)]


def _lasting(wiki: PracticeWiki, *, automatic: bool = False) -> list[AddressBlock]:
    blocks = address_blocks(wiki, NOBODYS_ADDRESS, wiki.site.wiki_id, EVERYWHERE)
    return [block for block in blocks if block.automatic or not automatic]


def _stamp(moment: datetime) -> str:
    return moment.strftime(_STAMP)
