"""Wikis, the person signed in on each, and what her sign-in may do (CONTRACT §1)."""

from dataclasses import dataclass
from enum import StrEnum

ORGANIZER_GROUP = "event-organizer"
RIGHT_PREFIX = "campaignevents-"
RIGHT_ORGANIZE = RIGHT_PREFIX + "organize-events"
RIGHT_SEE_PRIVATE = RIGHT_PREFIX + "view-private-participants"
RIGHT_ENABLE = RIGHT_PREFIX + "enable-registration"
RIGHT_EMAIL = RIGHT_PREFIX + "email-participants"
RIGHT_DELETE = RIGHT_PREFIX + "delete-registration"
RIGHT_NO_LIMIT = "noratelimit"


class SignInKind(StrEnum):
    """How a person signed in."""

    OAUTH2 = "oauth2"
    OWNER_TOKEN = "owner-token"  # noqa: S105 - a name of a kind, no secret


class SignInLack(StrEnum):
    """What keeps a sign-in from organizing."""

    NOTHING = "nothing"
    GRANT = "grant"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The secrets of a sign-in. Never shown, never logged. `expires_at`: seconds since 1970, or None."""

    access: str
    refresh: str | None = None
    expires_at: int | None = None

    def __repr__(self) -> str:
        return "Tokens(…)"


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """A program as a wiki's OAuth extension knows it. `secret` is None for a public client."""

    client_id: str
    secret: str | None
    redirect_uri: str

    def __repr__(self) -> str:
        return f"OAuthClient({self.client_id!r})"


@dataclass(frozen=True, slots=True)
class WikiFacts:
    """What an address turned out to be."""

    base_url: str
    site_name: str
    wiki_id: str
    generator: str
    language: str
    has_event_registration: bool
    event_registration_version: str | None
    clock_difference: int
    has_grant_ids: bool = False

    @property
    def version(self) -> str:
        """MediaWiki's version, as '1.45.0'."""
        return self.generator.removeprefix("MediaWiki ").strip()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a sign-in is, and what it may do."""

    name: str
    user_id: int
    central_id: int
    groups: frozenset[str]
    rights: frozenset[str]
    blocked: bool = False

    def lack(self) -> SignInLack:
        """Return what keeps this sign-in from organizing: the grant, or the group itself."""
        if RIGHT_ORGANIZE in self.rights:
            return SignInLack.NOTHING
        return SignInLack.GRANT if ORGANIZER_GROUP in self.groups else SignInLack.GROUP


@dataclass(frozen=True, slots=True)
class NamedAccount:
    """What a wiki says of a user name. `organizer`: whether a group of hers gives the organizer's rights."""

    name: str
    exists: bool
    organizer: bool
    blocked: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A person's sign-in on a wiki, as kept in the store. `ended` tells that the wiki no longer takes it."""

    key: int
    wiki: WikiFacts
    identity: Identity
    kind: SignInKind
    signed_in_at: int
    ended: bool
