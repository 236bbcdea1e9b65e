"""A desk that several computers share through a server."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from app.domain.accounts.account import Account
from app.domain.events.event import Event


class ServerEvent(NamedTuple):
    """An event as all desks know it, whichever wiki of the family each is signed in on."""

    #: The address of the event's wiki without its scheme.
    wiki: str
    event_id: int

    @classmethod
    def of(cls, account: Account, event: Event) -> "ServerEvent":
        """Return the event of an account."""
        address = account.address_or_own(event.registration.page_wiki)
        parts = urlsplit(address)
        return cls(f"{parts.netloc}{parts.path}".rstrip("/"), event.event_id)


class SharedDeskStatus(StrEnum):
    """How a shared desk stands."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    #: The server is away, full, slow or read-only; it is tried again every few seconds.
    ALONE = "alone"
    #: Somebody has to change a setting here or on the server; it is tried again now and then.
    REFUSED = "refused"


@dataclass(frozen=True)
class SharedDeskState:
    """How a shared desk stands since when, in seconds since 1970, and why it is not connected."""

    status: SharedDeskStatus
    since: int
    sentence: str = ""


class Compared(NamedTuple):
    """How many acts of an event are on this computer and on the server, and on one of them only."""

    here: int
    there: int
    to_fetch: int
    to_send: int
