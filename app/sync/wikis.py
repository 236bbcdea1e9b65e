"""The wikis that the user is signed in on: their connections, and signing in and out."""

import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.domain import times
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
from app.domain.wording import sign_in_texts, wiki_fault_texts
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

#: Seconds that closing waits for tokens: quitting must not take longer than three seconds.
_SECONDS_FOR_TOKENS = 2.0
#: Seconds that the user has to sign in with the browser.
SIGN_IN_SECONDS = 300.0


class Wikis:
    """One connection per account and wiki, shared by everything that sends requests to the wiki."""

    def __init__(self, mirror: Mirror, families: Sequence[WikiFamily] | None = None) -> None:
        self.mirror = mirror
        self.registry = SignInRegistry(mirror)
        self._rate_limiters = RateLimiters(known_families() if families is None else families)
        self._clients: dict[tuple[int, str], WikiClient] = {}
        self._throttles: dict[str, Throttle] = {}

    def connection(
        self, account: Account, cancel: threading.Event | None = None, address: str | None = None
    ) -> EventRegistration:
        """Return an account's connection to its wiki, or to another of the family.

        Each call uses the first of the user's sign-ins with the right for it. `cancel` stops the work.
        """
        place = address or account.wiki.base_url
        with self.registry.guard:
            client = self._clients.get((account.key, place))
            if client is None:
                client = self._clients[account.key, place] = self._connect(account, place)
        return EventRegistration(client.with_cancel(cancel or threading.Event()))

    def reaches(self, account: Account, address: str) -> bool:
        """Return whether a sign-in of the account can be used on a wiki of the family."""
        return any(not credential.ended for credential in self.registry.usable_at(account, address))

    def rights_at(self, account: Account, address: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the rights of the active sign-ins on a wiki of the family, and those of the ended ones."""
        active, ended = frozenset[str](), frozenset[str]()
        for credential in self.registry.usable_at(account, address):
            if credential.ended:
                ended |= credential.rights
            else:
                active |= credential.rights
        return active, ended

    def each_sign_in(
        self, account: Account, cancel: threading.Event | None = None, address: str | None = None
    ) -> list[tuple[SignIn, EventRegistration]]:
        """Return the active sign-ins made on a wiki, each with a connection that uses only this sign-in."""
        place, found = address or account.wiki.base_url, []
        client = self.connection(account, cancel, place).client
        for one, credential in self.registry.list_active(account, place):
            alone = UserCredentials(client.name, [credential])
            found.append((one, EventRegistration(client.with_credentials(alone))))
        return found

    def without_sign_in(
        self, account: Account, address: str, cancel: threading.Event | None = None
    ) -> WikiClient:
        """Return a client for a wiki of an account's family that signs nothing; the caller closes it."""
        return WikiClient(address, cancel=cancel, throttle=self._throttle_at(account, address))

    def traffic(self) -> dict[str, Traffic]:
        """Return the traffic with each wiki since the program started, by the wiki's address."""
        # Without the guard, which may be locked during disk writes: the window's thread calls this.
        return {address: throttle.traffic for address, throttle in dict(self._throttles).items()}

    def request_rate(self, account: Account) -> RequestRate:
        """Return the number of requests to an account's family of wikis in the last minute."""
        throttle = self._throttles.get(account.wiki.base_url)
        return throttle.rate_limiter.request_rate if throttle else RequestRate()

    def throttle_of(self, address: str, family: Collection[str] = ()) -> Throttle:
        """Return the throttle shared by all requests to a wiki; it uses its family's rate limiter."""
        throttle = self._throttles.setdefault(address, Throttle(self._rate_limiters.of(address, family)))
        if family:
            throttle.rate_limiter = self._rate_limiters.of(address, family)
        return throttle

    def find(self, typed: str) -> WikiFacts:
        """Return what the wiki at a typed address is.

        Raises KnownFault, also if it has no Event Registration.
        """
        facts = find_wiki(typed, lambda address: Throttle(self._rate_limiters.of(address)))
        if not facts.has_event_registration:
            raise KnownFault(Fault.REFUSED, wiki_fault_texts.no_event_registration(facts.site_name))
        return facts

    def sign_in_with_token(self, facts: WikiFacts, token: str) -> int:
        """Sign in with an owner-only access token; return the account's key. Raises KnownFault."""
        return self._add_sign_in(facts, SignInKind.OWNER_TOKEN, Tokens(token), None)

    def sign_in_with_browser(
        self,
        facts: WikiFacts,
        client: OAuthClient,
        open_browser: Callable[[str], None],
        cancel: threading.Event | None = None,
    ) -> int:
        """Sign in through the browser; return the account's key.

        Listens first, then passes the address to `open_browser`, and waits at most five minutes (CONTRACT
        §2). If the registered port is in use, another one works on the wikis that do not check it. Raises
        KnownFault.
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
        return self._add_sign_in(facts, SignInKind.OAUTH2, under_way.tokens(code), client)

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
        return self._add_sign_in(facts, SignInKind.OAUTH1, under_way.secrets(verifier), client)

    def add_session(self, facts: WikiFacts, secrets: SessionSecrets, *, keep: bool) -> int:
        """Add a session that has been signed in; return the account's key. Raises KnownFault.

        Without `keep`, it lasts until the program ends and is never written to the disk.
        """
        return self._add_sign_in(facts, SignInKind.SESSION, secrets, None, keep=keep)

    def sign_out(self, account: Account) -> None:
        """Delete an account with everything that was fetched for it."""
        with self.registry.guard:
            self._disconnect(account.key)
            self.mirror.erase_account(account.key)

    def end_sign_in(self, account: Account, sign_in: SignIn) -> None:
        """Delete one of an account's sign-ins. Everything that was fetched stays."""
        with self.registry.guard:
            self.mirror.writer.do(sign_ins.remove_sign_in, account.key, sign_in)
            if sign_in.kind is SignInKind.SESSION:
                self.registry.keep_in_memory(account.key, sign_in.address, None)
            self._disconnect(account.key, sign_in.kind, sign_in.address)

    def close(self) -> None:
        """Close all connections; temporary sessions end here.

        Waits for tokens that are being renewed, so that they are stored.
        """
        until = time.monotonic() + _SECONDS_FOR_TOKENS
        for throttle in list(self._throttles.values()):
            throttle.wait_for_token_renewals(until - time.monotonic())
        for client in self._clients.values():
            client.close()
        self.registry.end_temporary()

    def _connect(self, account: Account, place: str) -> WikiClient:
        credentials = UserCredentials(urlsplit(place).netloc, self.registry.usable_at(account, place))
        return WikiClient(place, credentials, throttle=self._throttle_at(account, place))

    def _throttle_at(self, account: Account, place: str) -> Throttle:
        return self.throttle_of(place, (account.wiki.base_url, *account.family.values()))

    def _disconnect(self, key: int, kind: SignInKind | None = None, address: str | None = None) -> None:
        """Drop the connections of an account, so that the next ones use the current sign-ins."""
        with self.registry.guard:
            clients = [self._clients.pop(place) for place in list(self._clients) if place[0] == key]
            self.registry.drop(key, kind, address)
        for client in clients:
            client.close()

    def _add_sign_in(
        self,
        facts: WikiFacts,
        kind: SignInKind,
        secrets: Secrets,
        client: OAuthClient | None,
        *,
        keep: bool = True,
    ) -> int:
        """Add a sign-in to the account of its wiki or family, else to a new account.

        An account has the events of the whole family. Raises KnownFault; REFUSED for another person.
        """
        if not facts.has_event_registration:
            raise KnownFault(Fault.REFUSED, wiki_fault_texts.no_event_registration(facts.site_name))
        identity, family, latest = self._identify(facts.base_url, kind, secrets, client)
        self._refresh_families(facts.base_url, family, identity.central_id)
        stored, at = latest if keep else None, times.now()
        with self.registry.guard:
            account = account_of_family(self._accounts(), facts.base_url, family, identity.central_id)
            if account and identity.central_id != account.identity.central_id:
                known = account.identity.name, account.wiki.site_name
                raise KnownFault(Fault.REFUSED, sign_in_texts.other_account(*known))

            def save(connection: "Connection") -> int:
                if account is None:
                    key = accounts.save_account(connection, facts, identity, kind, stored, client, at)
                    if family:
                        accounts.save_family(connection, key, family, at)
                    return key
                one = SignIn(kind, facts.base_url, identity.rights, at, ended=False)
                sign_ins.save_sign_in(connection, account.key, one, stored, client)
                return account.key

            key = self.mirror.writer.do(save)
            if isinstance(latest, SessionSecrets):
                self.registry.keep_in_memory(key, facts.base_url, None if keep else latest)
            self._disconnect(key, kind, facts.base_url)
        return key

    def _refresh_families(self, address: str, family: dict[str, str], central_id: int) -> None:
        """Refresh the families of accounts on wikis that this wiki claims, unless they have it already."""
        places = set(family.values()) - {address}
        for one in self._accounts():
            known = address in one.family.values()
            if not known and one.wiki.base_url in places and one.identity.central_id == central_id:
                # If the wiki does not answer, the new sign-in gets an account of its own.
                with suppress(KnownFault):
                    reading = self.connection(one)
                    theirs = reading.family(reading.identity())
                    self.mirror.writer.do(accounts.save_family, one.key, theirs, times.now())

    def _accounts(self) -> list[Account]:
        with closing(self.mirror.reader()) as reader:
            return accounts.read_accounts(reader)

    def _identify(
        self,
        address: str,
        kind: SignInKind,
        secrets: Secrets,
        client: OAuthClient | None,
    ) -> tuple[Identity, dict[str, str], Secrets]:
        """Return the identity of a new sign-in, the wiki's family, and the current secrets.

        Raises KnownFault; a family that cannot be read is requested at the next sync.
        """
        latest = [secrets]
        new = SignIn(kind, address, frozenset(), 0, ended=False)
        signer = signer_of(new, secrets, client, latest.append, lambda: None)
        credentials = UserCredentials(urlsplit(address).netloc, [ActiveSignIn(signer, frozenset())])
        wiki = WikiClient(address, credentials, throttle=self.throttle_of(address))
        registrations = EventRegistration(wiki)
        try:
            identity, family = registrations.identity(), dict[str, str]()
            with suppress(KnownFault):
                family = registrations.family(identity)
            return identity, family, latest[-1]
        except KnownFault as fault:
            if fault.fault is Fault.SIGN_IN_ENDED and kind is SignInKind.OWNER_TOKEN:
                raise KnownFault(Fault.REFUSED, wiki_fault_texts.token_refused()) from fault
            raise
        finally:
            wiki.close()


def edit_behind(wikis: Wikis, account: Account, event: Event, typed: str) -> Edit:
    """Return the edit that a link or number refers to; a number alone is a revision of the event's own wiki.

    Raises KnownFault.
    """
    client = wikis.connection(account).client
    return find_edit(client, *account.known_wikis(event.registration.page_wiki), typed)
