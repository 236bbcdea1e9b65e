"""What a wiki makes of a venue's address: its blocks, and the limits that newcomers meet (CONTRACT §6)."""

from dataclasses import dataclass
from ipaddress import ip_address

from app.domain.accounts.wiki_check import Outcome
from app.domain.faults import Fault

_DAY = 24 * 3600
#: Exceptions are made by hand, and take days (CONTRACT §6, Limits).
_DAYS_FOR_EXCEPTION = 3
_IPV6 = 6


@dataclass(frozen=True)
class NewcomerLimits:
    """How many accounts one address may create on a day. `noted`: year and month in which this was read."""

    accounts: int
    temporary_accounts: int
    noted: str


#: No wiki reports these limits; they are read in Wikimedia's configuration (CONTRACT §6, Limits).
WIKIMEDIA_LIMITS = NewcomerLimits(accounts=6, temporary_accounts=2, noted="2026-08")


@dataclass(frozen=True)
class EditLimit:
    """How many edits are possible in a number of seconds."""

    edits: int
    seconds: int


@dataclass(frozen=True)
class AddressBlock:
    """A block that applies to an address.

    `target` is the address or range, None for an automatic block. `everywhere`: on all wikis of the family.
    `partial`: only of some pages or actions. `until`: seconds since 1970, None for a block without an end.
    `wiki_said`: the reason, in the wiki's own words.
    """

    target: str | None
    everywhere: bool
    anonymous_only: bool
    stops_new_accounts: bool
    automatic: bool
    partial: bool
    until: int | None
    wiki_said: str


@dataclass(frozen=True)
class VisitedWiki:
    """What a wiki tells about a visitor without a sign-in, and about the limits of the user's account there.

    `wiki` is its host. `accounts_allowed`: whether the wiki says that this visitor can create an account,
    None if it does not say. `has_no_rate_limit`: of the user's own account. `newcomer_edits`: what all at
    this address that are not signed in, and new accounts, can edit together; None if there is no limit.
    """

    wiki: str
    address: str
    blocks: tuple[AddressBlock, ...]
    accounts_allowed: bool | None
    has_no_rate_limit: bool
    newcomer_edits: EditLimit | None

    @property
    def can_create_accounts(self) -> bool:
        """Whether new accounts can be created from this address."""
        if self.accounts_allowed is not None:
            return self.accounts_allowed
        return not any(block.stops_new_accounts for block in self.blocks)

    def exempts_from(self, block: AddressBlock) -> bool:
        """Return whether the wiki does not apply a block that holds on the others of its family."""
        return block.everywhere and block.stops_new_accounts and self.accounts_allowed is True


@dataclass(frozen=True)
class UnansweredWiki:
    """A wiki that could not be asked, and why."""

    wiki: str
    fault: Fault
    sentence: str


@dataclass(frozen=True)
class VenueCheck:
    """The result of a venue check: what each of the event's wikis says, the event's own first.

    `expected`: the number of people. `has_wikimedia_limits`: whether `WIKIMEDIA_LIMITS` hold there.
    `begins_at` and `checked_at`: seconds since 1970. `request`: the text that asks for an exception.
    """

    wikis: tuple[VisitedWiki, ...]
    unanswered: tuple[UnansweredWiki, ...]
    expected: int
    has_wikimedia_limits: bool
    begins_at: int
    checked_at: int
    request: str

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that the wikis see: more than one where the network has several ways out."""
        return addresses_of(self.wikis)

    @property
    def varies_by_device(self) -> bool:
        """Whether other devices in the same network are likely to have other addresses, as with IPv6."""
        return any(ip_address(address).version == _IPV6 for address in self.addresses)

    @property
    def needs_exception(self) -> bool:
        """Whether more people are expected than may create accounts on a day."""
        return self.expected > WIKIMEDIA_LIMITS.accounts

    @property
    def is_late(self) -> bool:
        """Whether the event begins so soon that an exception may come too late."""
        return self.begins_at - self.checked_at < _DAYS_FOR_EXCEPTION * _DAY


@dataclass(frozen=True)
class VenueFinding:
    """One line of a venue check. `wiki` is empty where it is about all of them."""

    wiki: str
    outcome: Outcome
    sentence: str
    wiki_said: str = ""


def addresses_of(wikis: tuple[VisitedWiki, ...]) -> tuple[str, ...]:
    """Return the different addresses that wikis see."""
    return tuple(dict.fromkeys(one.address for one in wikis))
