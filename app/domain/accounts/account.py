"""Wikis, the user signed in on each, and the rights of the sign-ins (CONTRACT §1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from app.domain.wikis.links import KnownWiki
from app.domain.wikis.wiki_names import WikiNames

RIGHT_PREFIX = "campaignevents-"
RIGHT_ORGANIZE = RIGHT_PREFIX + "organize-events"
RIGHT_SEE_PRIVATE = RIGHT_PREFIX + "view-private-participants"
RIGHT_ENABLE = RIGHT_PREFIX + "enable-registration"
RIGHT_EMAIL = RIGHT_PREFIX + "email-participants"
RIGHT_INVITE = RIGHT_PREFIX + "generate-invitation-lists"
RIGHT_DELETE = RIGHT_PREFIX + "delete-registration"
RIGHT_NO_LIMIT = "noratelimit"
#: What it takes to make the page of an article list (CONTRACT §6).
RIGHT_MAKE_LISTS = "editcontentmodel"
_AS_IT_COMES = frozenset(("event-organizer", "sysop"))


class SignInKind(StrEnum):
    """How a person signed in."""

    OAUTH2 = "oauth2"
    OAUTH1 = "oauth1"
    OWNER_TOKEN = "owner-token"  # noqa: S105 - a name of a kind, no secret
    SESSION = "session"


class SignInLack(StrEnum):
    """What a sign-in lacks for organizing."""

    NOTHING = "nothing"
    GRANT = "grant"
    RIGHT = "right"


@dataclass(frozen=True)
class Tokens:
    """The secrets of a sign-in. Never shown, never logged. `expires_at`: seconds since 1970, or None."""

    access: str
    refresh: str | None = None
    expires_at: int | None = None

    def __repr__(self) -> str:
        return "Tokens(…)"


@dataclass(frozen=True)
class Cookie:
    """A cookie of a wiki session. `expires`: seconds since 1970, None for one that ends with the session."""

    name: str
    value: str
    domain: str
    path: str
    secure: bool
    expires: int | None

    def __repr__(self) -> str:
        return f"Cookie({self.name!r})"


@dataclass(frozen=True)
class SessionSecrets:
    """The cookies of a wiki session. Never shown, never logged."""

    cookies: tuple[Cookie, ...]


@dataclass(frozen=True)
class OAuth1Secrets:
    """The secrets that sign the requests of an OAuth 1.0a sign-in. Never shown, never logged."""

    consumer_key: str
    consumer_secret: str
    token: str
    token_secret: str

    def __repr__(self) -> str:
        return "OAuth1Secrets(…)"


Secrets = Tokens | SessionSecrets | OAuth1Secrets


@dataclass(frozen=True)
class OAuthClient:
    """A program as a wiki's OAuth extension knows it. `secret` is None for a public client.

    `oauth1`: it was registered for OAuth 1.0a; then it has a secret.
    """

    client_id: str
    secret: str | None
    redirect_uri: str
    oauth1: bool = False

    def __repr__(self) -> str:
        return f"OAuthClient({self.client_id!r})"


@dataclass(frozen=True)
class WikiFacts:
    """What is known of a wiki from its siteinfo."""

    base_url: str
    site_name: str
    wiki_id: str
    generator: str
    language: str
    has_event_registration: bool
    event_registration_version: str | None
    clock_difference: int
    has_grant_ids: bool = False
    names: WikiNames = field(default_factory=WikiNames)
    #: The groups that have each organizer right here (CONTRACT §6); empty if never requested.
    rights_of_groups: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)

    @property
    def version(self) -> str:
        """MediaWiki's version, as '1.45.0'."""
        return self.generator.removeprefix("MediaWiki ").strip()

    def gives(self, right: str, groups: Iterable[str]) -> bool:
        """Return whether one of these groups has a right on this wiki.

        If the wiki's group rights are not known, use the defaults of Event Registration.
        """
        known = self.rights_of_groups
        return not known.get(right, _AS_IT_COMES if not known else frozenset()).isdisjoint(groups)

    @property
    def has_types(self) -> bool:
        """Whether events have types on this wiki: since 1.45 (docs/versions.md)."""
        return self.is_at_least(1, 45) or not self._numbers

    @property
    def copies_mails(self) -> bool:
        """Whether an organizer can get a copy of an e-mail: since 1.44."""
        return self.is_at_least(1, 44) or not self._numbers

    def is_at_least(self, major: int, minor: int) -> bool:
        """Return whether MediaWiki's version is known to be this one or later."""
        return bool(self._numbers) and self._numbers >= (major, minor)

    @property
    def _numbers(self) -> tuple[int, ...]:
        """Major and minor version, empty if not known."""
        numbers = [int(part) for part in self.version.split(".")[:2] if part.isascii() and part.isdigit()]
        return tuple(numbers) if len(numbers) == 2 else ()


@dataclass(frozen=True)
class Identity:
    """The user behind a sign-in, and its rights.

    `is_global`: the central id is valid for a whole family of wikis (CONTRACT §4.12).
    """

    name: str
    user_id: int
    central_id: int
    groups: frozenset[str]
    rights: frozenset[str]
    blocked: bool = False
    is_global: bool = field(default=False, compare=False)

    def lack(self, wiki: WikiFacts) -> SignInLack:
        """Return what this sign-in lacks for organizing: the grant, or the right itself.

        A sign-in's grants limit its rights but not its groups: a right that the groups have on this wiki and
        the sign-in does not is missing in the grants (CONTRACT §1).
        """
        if RIGHT_ORGANIZE in self.rights:
            return SignInLack.NOTHING
        return SignInLack.GRANT if wiki.gives(RIGHT_ORGANIZE, self.groups) else SignInLack.RIGHT


@dataclass(frozen=True)
class NamedAccount:
    """A wiki's answer about a user name. `organizer`: one of the user's groups may organize events.

    `central_id`: the account's id in its family, or on the wiki itself outside of one; None if there is no
    account. `free`: an account of this name could be created.
    """

    name: str
    exists: bool
    organizer: bool
    blocked: bool
    central_id: int | None = None
    free: bool = False


@dataclass(frozen=True)
class SignIn:
    """One of the ways in which a person is signed in.

    `rights` are those on the wiki at `address`: a session is valid on one wiki only, OAuth on the whole
    family (CONTRACT §4.12). `ended`: the wiki no longer accepts it.
    """

    kind: SignInKind
    address: str
    rights: frozenset[str]
    signed_in_at: int
    ended: bool

    @property
    def organizing(self) -> frozenset[str]:
        """Its rights of Event Registration, without their prefix."""
        ours = (right for right in self.rights if right.startswith(RIGHT_PREFIX))
        return frozenset(right.removeprefix(RIGHT_PREFIX) for right in ours)


@dataclass(frozen=True)
class Account:
    """The user's account on a wiki, with its sign-ins; OAuth, if there is one, comes first.

    `identity.rights` are the rights of all sign-ins together. `family` maps wiki ids to addresses of the
    wikis that share users and events with this one.
    """

    key: int
    wiki: WikiFacts
    identity: Identity
    sign_ins: tuple[SignIn, ...]
    family: Mapping[str, str] = field(default_factory=dict, hash=False)

    def lack(self) -> SignInLack:
        """Return what all sign-ins together lack for organizing."""
        return self.identity.lack(self.wiki)

    @property
    def ended(self) -> bool:
        """Whether all sign-ins on the account's own wiki have ended."""
        return all(one.ended for one in self.sign_ins if one.address == self.wiki.base_url)

    @property
    def ended_sign_ins(self) -> tuple[SignIn, ...]:
        """The sign-ins that their wikis no longer accept."""
        return tuple(one for one in self.sign_ins if one.ended)

    def sign_in(self, kind: SignInKind, address: str | None = None) -> SignIn | None:
        """Return the sign-in of a kind, on the account's own wiki unless an address is given."""
        wanted = (kind, address or self.wiki.base_url)
        return next((one for one in self.sign_ins if (one.kind, one.address) == wanted), None)

    @property
    def has_session(self) -> bool:
        """Whether there is an active session, which is needed for the wiki's special pages (CONTRACT §1)."""
        found = self.sign_in(SignInKind.SESSION)
        return found is not None and not found.ended

    def wikis_by_host(self) -> dict[str, str]:
        """Return the wiki ids of the account's wiki and its family by host."""
        places = {**self.family, self.wiki.wiki_id: self.wiki.base_url}
        return {urlsplit(address).netloc: wiki for wiki, address in places.items()}

    def known_wikis(self, home: str | None = None) -> tuple[KnownWiki, tuple[KnownWiki, ...]]:
        """Return the wiki of an id (by default the account's own), and the others of its family."""
        places = {**self.family, self.wiki.wiki_id: self.wiki.base_url}
        own = self.wiki.wiki_id
        wikis = {
            wiki_id: KnownWiki(wiki_id, address, self.wiki.names if wiki_id == own else WikiNames())
            for wiki_id, address in places.items()
        }
        first = wikis.pop(home if home in wikis else own)
        return first, tuple(wikis.values())

    def rights_at(self, address: str) -> frozenset[str]:
        """Return the known rights of the account's sign-ins on a wiki of the family."""
        if address == self.wiki.base_url:
            return self.identity.rights
        return frozenset[str]().union(*(one.rights for one in self.sign_ins_at(address)))

    def sign_ins_at(self, address: str) -> tuple[SignIn, ...]:
        """Return the sign-ins that can be used on a wiki of the family, ended ones included.

        OAuth is valid on the whole family, a session only on its own wiki (CONTRACT §4.12).
        """
        here = self.wiki.base_url
        return tuple(
            one
            for one in self.sign_ins
            if one.address == address or (one.address == here and one.kind is not SignInKind.SESSION)
        )

    def address_of(self, wiki_id: str | None) -> str | None:
        """Return the address of an event's wiki by the wiki's id, None if it is not known."""
        if not wiki_id or not self.wiki.wiki_id or wiki_id == self.wiki.wiki_id:
            return self.wiki.base_url
        return self.family.get(wiki_id)

    def address_or_own(self, wiki_id: str | None) -> str:
        """Return the address of an event's wiki, this account's own if it is not known."""
        return self.address_of(wiki_id) or self.wiki.base_url


def account_of_family(
    accounts: Iterable[Account], address: str, family: Mapping[str, str], central_id: int
) -> Account | None:
    """Return the account that a new sign-in on a wiki belongs to, preferably one of the same person.

    `family` is the family that this wiki claims. The account's wiki must list this wiki too: the account's
    OAuth tokens are sent to its whole family, so a wiki must not be able to join by its own claim. None if
    the wiki has an account of its own.
    """
    known = list(accounts)
    if any(one.wiki.base_url == address for one in known):
        return None
    places = set(family.values())
    near = [one for one in known if one.wiki.base_url in places and address in one.family.values()]
    return next((one for one in near if one.identity.central_id == central_id), near[0] if near else None)
