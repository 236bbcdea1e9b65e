"""The wikis that a person is signed in on: their connections, and signing in and out."""

import threading
from collections.abc import Callable
from dataclasses import replace

from app.domain import times, wording
from app.domain.account import (
    Account,
    Identity,
    OAuth1Secrets,
    OAuthClient,
    Secrets,
    SessionSecrets,
    SignIn,
    SignInKind,
    Tokens,
    WikiFacts,
)
from app.domain.faults import Fault, KnownFault
from app.domain.traffic import Traffic
from app.store import accounts, sign_ins
from app.store.mirror import Mirror
from app.wiki import oauth, oauth1
from app.wiki.callback import CallbackListener, VerifierListener, on_a_free_port
from app.wiki.client import WikiClient
from app.wiki.courtesy import Courtesy
from app.wiki.credentials import (
    AwayCredentials,
    BearerCredentials,
    Held,
    OAuth1Credentials,
    PersonsCredentials,
    SessionCredentials,
)
from app.wiki.discovery import find_wiki
from app.wiki.event_registration import EventRegistration
from app.wiki.transport import Signer

#: How long the browser may take to bring back a sign-in.
SIGN_IN_SECONDS = 300.0


class Wikis:
    """One connection per account and wiki, shared by everything that speaks to the wiki."""

    def __init__(self, mirror: Mirror) -> None:
        self.mirror = mirror
        self._guard = threading.RLock()
        self._clients: dict[tuple[int, str], WikiClient] = {}
        self._held: dict[tuple[int, SignInKind, str], Held] = {}
        self._courtesy: dict[str, Courtesy] = {}
        self._passing: dict[tuple[int, str], SessionSecrets] = {}

    def connection(
        self, account: Account, cancel: threading.Event | None = None, address: str | None = None
    ) -> EventRegistration:
        """Return an account's connection to its wiki, or to another of the family.

        Each call over it is made with the first of her sign-ins that may make it. `cancel` stops the work.
        """
        place = address or account.wiki.base_url
        with self._guard:
            client = self._clients.get((account.key, place))
            if client is None:
                client = self._clients[account.key, place] = self._connect(account, place)
        return EventRegistration(client.with_cancel(cancel or threading.Event()))

    def reaches(self, account: Account, address: str) -> bool:
        """Return whether a sign-in of hers may speak for her on a wiki of the family."""
        with self._guard:
            # Two holders of the same tokens would each use up the other's refresh token.
            return any(not held.ended for held in self._holding(account, address))

    def each_sign_in(
        self, account: Account, cancel: threading.Event | None = None
    ) -> list[tuple[SignIn, EventRegistration]]:
        """Return her living sign-ins on the account's own wiki, each with a connection that uses it alone."""
        client = self.connection(account, cancel).client
        place, found = account.wiki.base_url, []
        for one in self.sign_ins(account):
            held = self._held.get((account.key, one.kind, place))
            if one.address == place and held and not held.ended:
                alone = PersonsCredentials(client.name, [held])
                found.append((one, EventRegistration(client.with_credentials(alone))))
        return found

    def learn_rights(self, account: Account, sign_in: SignIn, rights: frozenset[str]) -> None:
        """Keep what a sign-in may do now: the next calls are made accordingly."""
        if rights != sign_in.rights:
            self.mirror.writer.do(sign_ins.save_rights, account.key, sign_in, rights)
            if held := self._held.get((account.key, sign_in.kind, sign_in.address)):
                held.rights = rights

    def traffic(self) -> dict[str, Traffic]:
        """Return what was asked of each wiki since the program began, by its address."""
        return {address: courtesy.traffic for address, courtesy in self._courtesy.items()}

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

    def admit_family_session(
        self, account: Account, address: str, secrets: SessionSecrets, *, keep: bool
    ) -> int:
        """Take an account's session on another wiki of its family; return the account's key.

        Raises KnownFault, REFUSED where somebody else has signed in.
        """
        identity, latest = self._identity(address, SignInKind.SESSION, secrets, None)
        if identity.central_id != account.identity.central_id:
            raise KnownFault(
                Fault.REFUSED, wording.other_account(account.identity.name, account.wiki.site_name)
            )
        one = SignIn(SignInKind.SESSION, address, identity.rights, times.now(), ended=False)
        self._disconnect(account.key)
        self.mirror.writer.do(sign_ins.save_sign_in, account.key, one, latest if keep else None, None)
        self._passing.pop((account.key, address), None)
        if not keep and isinstance(latest, SessionSecrets):
            self._passing[account.key, address] = latest
        return account.key

    def sign_out(self, account: Account) -> None:
        """Forget an account with all that was fetched for it."""
        self._disconnect(account.key)
        self.mirror.writer.do(accounts.remove_account, account.key)

    def end_sign_in(self, account: Account, sign_in: SignIn) -> None:
        """Forget one of an account's sign-ins. All that was fetched stays."""
        self._disconnect(account.key)
        self._passing.pop((account.key, sign_in.address), None)
        self.mirror.writer.do(sign_ins.remove_sign_in, account.key, sign_in)

    def close(self) -> None:
        """Close all connections; sessions that were not to be kept end here."""
        for key in {key for key, _ in self._clients}:
            self._disconnect(key)
        for key, address in self._passing:
            ended = SignIn(SignInKind.SESSION, address, frozenset(), 0, ended=True)
            self.mirror.writer.do(sign_ins.mark_ended, key, ended)
        self._passing.clear()

    def sign_ins(self, account: Account) -> tuple[SignIn, ...]:
        """Return an account's sign-ins as they are now."""
        reader = self.mirror.reader()
        try:
            return sign_ins.read_sign_ins(reader).get(account.key, ())
        finally:
            reader.close()

    def _connect(self, account: Account, place: str) -> WikiClient:
        """Connect to a wiki with what may speak for her there.

        OAuth goes for the whole family, a session for its own wiki alone (CONTRACT §4.12).
        """
        courtesy = self._courtesy.setdefault(place, Courtesy())
        credentials = PersonsCredentials(_host(place), self._holding(account, place))
        return WikiClient(place, credentials, courtesy=courtesy)

    def _holding(self, account: Account, place: str) -> list[Held]:
        home, found = account.wiki.base_url, []
        for one in self.sign_ins(account):
            if one.address == place:
                found.append(self._hold(account, one))
            elif one.address == home and one.kind is not SignInKind.SESSION:
                held = self._hold(account, one)
                tokens = held.credentials
                if isinstance(tokens, BearerCredentials | OAuth1Credentials) and not held.ended:
                    found.append(Held(AwayCredentials(tokens), held.rights))
        return found

    def _hold(self, account: Account, sign_in: SignIn) -> Held:
        place = (account.key, sign_in.kind, sign_in.address)
        if place in self._held:
            return self._held[place]
        reader = self.mirror.reader()
        try:
            secrets, client = sign_ins.read_secrets(reader, account.key, sign_in)
        finally:
            reader.close()
        passing = self._passing.get((account.key, sign_in.address))
        if sign_in.kind is SignInKind.SESSION and secrets is None:
            secrets = passing
        writer = self.mirror.writer

        def keep(fresh: Secrets) -> None:
            if isinstance(fresh, SessionSecrets) and (account.key, sign_in.address) in self._passing:
                self._passing[account.key, sign_in.address] = fresh
            else:
                writer.do(sign_ins.save_secrets, account.key, sign_in, fresh)

        def ended() -> None:
            held.ended = True
            writer.do(sign_ins.mark_ended, account.key, sign_in)

        ahead = account.wiki.clock_difference
        signer = _signer(sign_in, secrets or Tokens(""), client, keep, ended, ahead)
        held = self._held[place] = Held(signer, sign_in.rights, sign_in.ended)
        if secrets is None and not sign_in.ended:
            # A session that was not to be kept, after the program was killed.
            ended()
        return held

    def _disconnect(self, key: int) -> None:
        with self._guard:
            clients = [self._clients.pop(place) for place in list(self._clients) if place[0] == key]
            for place in [place for place in self._held if place[0] == key]:
                del self._held[place]
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
        if not facts.has_event_registration:
            raise KnownFault(Fault.REFUSED, wording.no_event_registration(facts.site_name))
        identity, latest = self._identity(facts.base_url, kind, secrets, client, facts.clock_difference)
        key = self.mirror.writer.do(
            accounts.save_account, facts, identity, kind, latest if keep else None, client, times.now()
        )
        self._disconnect(key)
        if isinstance(latest, SessionSecrets):
            self._passing.pop((key, facts.base_url), None)
            if not keep:
                self._passing[key, facts.base_url] = latest
        return key

    def _identity(
        self,
        address: str,
        kind: SignInKind,
        secrets: Secrets,
        client: OAuthClient | None,
        clock_difference: int = 0,
    ) -> tuple[Identity, Secrets]:
        """Return whose a new sign-in is, and its secrets as they are now. Raises KnownFault."""
        latest = [secrets]
        new = SignIn(kind, address, frozenset(), 0, ended=False)
        signer = _signer(new, secrets, client, latest.append, lambda: None, clock_difference)
        wiki = WikiClient(address, PersonsCredentials(_host(address), [Held(signer, frozenset())]))
        try:
            return EventRegistration(wiki).identity(), latest[-1]
        except KnownFault as fault:
            if fault.fault is Fault.SIGN_IN_ENDED and kind is SignInKind.OWNER_TOKEN:
                raise KnownFault(Fault.REFUSED, wording.token_refused()) from fault
            raise
        finally:
            wiki.close()


def find(typed: str) -> WikiFacts:
    """Return what the wiki at a typed address is. Raises KnownFault where it has no Event Registration."""
    facts = find_wiki(typed)
    if not facts.has_event_registration:
        raise KnownFault(Fault.REFUSED, wording.no_event_registration(facts.site_name))
    return facts


def _signer(
    sign_in: SignIn,
    secrets: Secrets,
    client: OAuthClient | None,
    keep: Callable[[Secrets], None],
    ended: Callable[[], None],
    clock_difference: int,
) -> Signer:
    if isinstance(secrets, SessionSecrets):
        return SessionCredentials(sign_in.address, secrets, keep, ended)
    if isinstance(secrets, OAuth1Secrets):
        return OAuth1Credentials(secrets, ended, clock_difference)
    return BearerCredentials(sign_in.address, secrets, client, keep, ended)


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0]
