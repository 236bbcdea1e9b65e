"""The wikis that a person is signed in on: their connections, and signing in and out."""

import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.domain import times, wording
from app.domain.accounts.account import (
    Account,
    Identity,
    OAuthClient,
    Secrets,
    SessionSecrets,
    SignIn,
    SignInKind,
    Tokens,
    WikiFacts,
    account_of_family,
)
from app.domain.accounts.traffic import RequestRate, Traffic
from app.domain.accounts.wiki_profiles import WikiFamily, known_families
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.wikis.links import Edit
from app.store.accounts import accounts, sign_ins
from app.store.mirror import Mirror
from app.sync.sign_in_registry import SignInRegistry, signer_of
from app.wiki.discovery import find_wiki
from app.wiki.event_registration import EventRegistration
from app.wiki.http.client import WikiClient
from app.wiki.http.rate_limiter import RateLimiters
from app.wiki.http.throttle import Throttle
from app.wiki.link_targets import find_edit
from app.wiki.sign_in import oauth, oauth1
from app.wiki.sign_in.callback import CallbackListener, VerifierListener, on_a_free_port
from app.wiki.sign_in.credentials import ActiveSignIn, UserCredentials

if TYPE_CHECKING:
    from app.store.database.writer import Connection

#: How long closing waits for tokens: quitting must not take longer than three seconds.
_SECONDS_FOR_TOKENS = 2.0
#: How long the browser may take to bring back a sign-in.
SIGN_IN_SECONDS = 300.0


class Wikis:
    """One connection per account and wiki, shared by everything that speaks to the wiki."""

    def __init__(self, mirror: Mirror, families: Sequence[WikiFamily] | None = None) -> None:
        self.mirror = mirror
        self.held = SignInRegistry(mirror)
        self._rate_limiters = RateLimiters(known_families() if families is None else families)
        self._clients: dict[tuple[int, str], WikiClient] = {}
        self._courtesy: dict[str, Throttle] = {}

    def connection(
        self, account: Account, cancel: threading.Event | None = None, address: str | None = None
    ) -> EventRegistration:
        """Return an account's connection to its wiki, or to another of the family.

        Each call over it is made with the first of her sign-ins that may make it. `cancel` stops the work.
        """
        place = address or account.wiki.base_url
        with self.held.guard:
            client = self._clients.get((account.key, place))
            if client is None:
                client = self._clients[account.key, place] = self._connect(account, place)
        return EventRegistration(client.with_cancel(cancel or threading.Event()))

    def reaches(self, account: Account, address: str) -> bool:
        """Return whether a sign-in of hers may speak for her on a wiki of the family."""
        return any(not held.ended for held in self.held.of_place(account, address))

    def rights_at(self, account: Account, address: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return what her living sign-ins can do on a wiki of the family, and what those could that ended."""
        living, ended = frozenset[str](), frozenset[str]()
        for held in self.held.of_place(account, address):
            if held.ended:
                ended |= held.rights
            else:
                living |= held.rights
        return living, ended

    def each_sign_in(
        self, account: Account, cancel: threading.Event | None = None, address: str | None = None
    ) -> list[tuple[SignIn, EventRegistration]]:
        """Return her living sign-ins made on a wiki, each with a connection that uses it alone."""
        place, found = address or account.wiki.base_url, []
        client = self.connection(account, cancel, place).client
        for one, held in self.held.living(account, place):
            alone = UserCredentials(client.name, [held])
            found.append((one, EventRegistration(client.with_credentials(alone))))
        return found

    def traffic(self) -> dict[str, Traffic]:
        """Return what was asked of each wiki since the program began, by its address."""
        # Without the guard: it is held while the disk is waited for, and the window asks.
        return {address: throttle.traffic for address, throttle in dict(self._courtesy).items()}

    def pressure(self, account: Account) -> RequestRate:
        """Return how much was asked of an account's family of wikis in the last minute."""
        throttle = self._courtesy.get(account.wiki.base_url)
        return throttle.rate_limiter.request_rate if throttle else RequestRate()

    def throttle_of(self, address: str, family: Collection[str] = ()) -> Throttle:
        """Return what all requests to a wiki share; its turns are those of its family, once that is known."""
        throttle = self._courtesy.setdefault(address, Throttle(self._rate_limiters.of(address, family)))
        if family:
            throttle.rate_limiter = self._rate_limiters.of(address, family)
        return throttle

    def find(self, typed: str) -> WikiFacts:
        """Return what the wiki at a typed address is.

        Raises KnownFault, also where it has no Event Registration.
        """
        facts = find_wiki(typed, lambda address: Throttle(self._rate_limiters.of(address)))
        if not facts.has_event_registration:
            raise KnownFault(Fault.REFUSED, wording.no_event_registration(facts.site_name))
        return facts

    def sign_in_with_token(self, facts: WikiFacts, token: str) -> int:
        """Sign in with an owner-only access token; return the account's key. Raises KnownFault."""
        return self._admit(facts, SignInKind.OWNER_TOKEN, Tokens(token), None)

    def sign_in_with_browser(
        self,
        facts: WikiFacts,
        client: OAuthClient,
        open_browser: Callable[[str], None],
        cancel: threading.Event | None = None,
    ) -> int:
        """Sign in through the browser; return the account's key.

        Listens first, then hands the address to `open_browser`, and waits at most five minutes (CONTRACT §2).
        Where the registered port is taken, another is as good on the wikis that do not look at it.
        Raises KnownFault.
        """
        if client.oauth1:
            return self._sign_in_with_oauth1(facts, client, open_browser, cancel)
        under_way = oauth.authorization(facts.base_url, client)
        try:
            listener = CallbackListener(client.redirect_uri, under_way.state, cancel)
        except KnownFault as fault:
            other = on_a_free_port(client.redirect_uri) if facts.is_at_least(1, 46) else None
            if fault.fault is not Fault.REFUSED or other is None:
                raise
            under_way = oauth.authorization(facts.base_url, replace(client, redirect_uri=other))
            listener = CallbackListener(other, under_way.state, cancel)
        with listener:
            open_browser(under_way.address)
            code = listener.wait(SIGN_IN_SECONDS)
        return self._admit(facts, SignInKind.OAUTH2, under_way.tokens(code), client)

    def _sign_in_with_oauth1(
        self,
        facts: WikiFacts,
        client: OAuthClient,
        open_browser: Callable[[str], None],
        cancel: threading.Event | None,
    ) -> int:
        under_way = oauth1.authorization(facts.base_url, client, facts.clock_difference)
        with VerifierListener(client.redirect_uri, under_way.token, cancel) as listener:
            open_browser(under_way.address)
            verifier = listener.wait(SIGN_IN_SECONDS)
        return self._admit(facts, SignInKind.OAUTH1, under_way.secrets(verifier), client)

    def admit_session(self, facts: WikiFacts, secrets: SessionSecrets, *, keep: bool) -> int:
        """Take a session that has been signed in; return the account's key. Raises KnownFault.

        One that is not to be kept lives until the program ends, and never reaches the disk.
        """
        return self._admit(facts, SignInKind.SESSION, secrets, None, keep=keep)

    def sign_out(self, account: Account) -> None:
        """Forget an account with all that was fetched for it."""
        with self.held.guard:
            self._disconnect(account.key)
            self.mirror.erase_account(account.key)

    def end_sign_in(self, account: Account, sign_in: SignIn) -> None:
        """Forget one of an account's sign-ins. All that was fetched stays."""
        with self.held.guard:
            self.mirror.writer.do(sign_ins.remove_sign_in, account.key, sign_in)
            if sign_in.kind is SignInKind.SESSION:
                self.held.keep_in_memory(account.key, sign_in.address, None)
            self._disconnect(account.key, sign_in.kind, sign_in.address)

    def close(self) -> None:
        """Close all connections; sessions that were not to be kept end here.

        Tokens that are being renewed are waited for, so that they are kept.
        """
        until = time.monotonic() + _SECONDS_FOR_TOKENS
        for throttle in list(self._courtesy.values()):
            throttle.wait_for_token_renewals(until - time.monotonic())
        for client in self._clients.values():
            client.close()
        self.held.end_temporary()

    def _connect(self, account: Account, place: str) -> WikiClient:
        throttle = self.throttle_of(place, (account.wiki.base_url, *account.family.values()))
        credentials = UserCredentials(urlsplit(place).netloc, self.held.of_place(account, place))
        return WikiClient(place, credentials, throttle=throttle)

    def _disconnect(self, key: int, kind: SignInKind | None = None, address: str | None = None) -> None:
        """Connect anew from here on, with other holders where sign-ins of a kind were replaced."""
        with self.held.guard:
            clients = [self._clients.pop(place) for place in list(self._clients) if place[0] == key]
            self.held.drop(key, kind, address)
        for client in clients:
            client.close()

    def _admit(
        self,
        facts: WikiFacts,
        kind: SignInKind,
        secrets: Secrets,
        client: OAuthClient | None,
        *,
        keep: bool = True,
    ) -> int:
        """Take a sign-in for the account of its wiki, or of one with it in its family, or else for a new one.

        An account has the events of the whole family in its list. Raises KnownFault, REFUSED where somebody
        else has signed in.
        """
        if not facts.has_event_registration:
            raise KnownFault(Fault.REFUSED, wording.no_event_registration(facts.site_name))
        identity, family, latest = self._introduced(facts.base_url, kind, secrets, client)
        self._let_her_wikis_learn(facts.base_url, family, identity.central_id)
        kept, at = latest if keep else None, times.now()
        with self.held.guard:
            account = account_of_family(self._accounts(), facts.base_url, family, identity.central_id)
            if account and identity.central_id != account.identity.central_id:
                known = account.identity.name, account.wiki.site_name
                raise KnownFault(Fault.REFUSED, wording.other_account(*known))

            def admit(connection: "Connection") -> int:
                if account is None:
                    key = accounts.save_account(connection, facts, identity, kind, kept, client, at)
                    if family:
                        accounts.save_family(connection, key, family, at)
                    return key
                one = SignIn(kind, facts.base_url, identity.rights, at, ended=False)
                sign_ins.save_sign_in(connection, account.key, one, kept, client)
                return account.key

            key = self.mirror.writer.do(admit)
            if isinstance(latest, SessionSecrets):
                self.held.keep_in_memory(key, facts.base_url, None if keep else latest)
            self._disconnect(key, kind, facts.base_url)
        return key

    def _let_her_wikis_learn(self, address: str, family: dict[str, str], central_id: int) -> None:
        """Ask those of her wikis that a wiki names as its family for theirs, where it is not in that yet."""
        places = set(family.values()) - {address}
        for one in self._accounts():
            known = address in one.family.values()
            if not known and one.wiki.base_url in places and one.identity.central_id == central_id:
                # A wiki that does not answer keeps its account, and the new sign-in gets one of its own.
                with suppress(KnownFault):
                    reading = self.connection(one)
                    theirs = reading.family(reading.identity())
                    self.mirror.writer.do(accounts.save_family, one.key, theirs, times.now())

    def _accounts(self) -> list[Account]:
        with closing(self.mirror.reader()) as reader:
            return accounts.read_accounts(reader)

    def _introduced(
        self,
        address: str,
        kind: SignInKind,
        secrets: Secrets,
        client: OAuthClient | None,
    ) -> tuple[Identity, dict[str, str], Secrets]:
        """Return whose a new sign-in is, the wiki's family, and the secrets as they are now.

        Raises KnownFault; a family that cannot be read is asked for at the next sync.
        """
        latest = [secrets]
        new = SignIn(kind, address, frozenset(), 0, ended=False)
        signer = signer_of(new, secrets, client, latest.append, lambda: None)
        hers = UserCredentials(urlsplit(address).netloc, [ActiveSignIn(signer, frozenset())])
        wiki = WikiClient(address, hers, throttle=self.throttle_of(address))
        registrations = EventRegistration(wiki)
        try:
            identity, family = registrations.identity(), dict[str, str]()
            with suppress(KnownFault):
                family = registrations.family(identity)
            return identity, family, latest[-1]
        except KnownFault as fault:
            if fault.fault is Fault.SIGN_IN_ENDED and kind is SignInKind.OWNER_TOKEN:
                raise KnownFault(Fault.REFUSED, wording.token_refused()) from fault
            raise
        finally:
            wiki.close()


def edit_behind(wikis: Wikis, account: Account, event: Event, typed: str) -> Edit:
    """Return the edit that a link or number means; a number alone is a revision of the event's own wiki.

    Raises KnownFault.
    """
    client = wikis.connection(account).client
    return find_edit(client, *account.known_wikis(event.registration.page_wiki), typed)
