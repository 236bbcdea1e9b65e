"""The wikis that a person is signed in on: their connections, and signing in and out."""

import threading
from collections.abc import Callable

from app.domain import times, wording
from app.domain.account import Account, OAuthClient, SignInKind, Tokens, WikiFacts
from app.domain.faults import Fault, KnownFault
from app.store import accounts
from app.store.mirror import Mirror
from app.wiki import oauth
from app.wiki.callback import CallbackListener
from app.wiki.client import WikiClient
from app.wiki.credentials import BearerCredentials
from app.wiki.discovery import find_wiki
from app.wiki.event_registration import EventRegistration

#: How long the browser may take to bring back a sign-in.
SIGN_IN_SECONDS = 300.0


class Wikis:
    """One connection per account, shared by everything that speaks to its wiki."""

    def __init__(self, mirror: Mirror) -> None:
        self.mirror = mirror
        self._guard = threading.Lock()
        self._clients: dict[int, WikiClient] = {}

    def connection(self, account: Account, cancel: threading.Event | None = None) -> EventRegistration:
        """Return the connection of an account, for work that `cancel` stops."""
        with self._guard:
            client = self._clients.get(account.key)
            if client is None:
                client = self._clients[account.key] = self._connect(account)
        return EventRegistration(client.with_cancel(cancel or threading.Event()))

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
        Raises KnownFault.
        """
        under_way = oauth.authorization(facts.base_url, client)
        with CallbackListener(client.redirect_uri, under_way.state, cancel) as listener:
            open_browser(under_way.address)
            code = listener.wait(SIGN_IN_SECONDS)
        return self._admit(facts, SignInKind.OAUTH2, under_way.tokens(code), client)

    def sign_out(self, account: Account) -> None:
        """Forget an account with all that was fetched for it."""
        self._disconnect(account.key)
        self.mirror.writer.do(accounts.remove_account, account.key)

    def close(self) -> None:
        """Close all connections."""
        for key in list(self._clients):
            self._disconnect(key)

    def _connect(self, account: Account) -> WikiClient:
        reader = self.mirror.reader()
        try:
            tokens, client = accounts.read_tokens(reader, account.key)
        finally:
            reader.close()
        writer, key = self.mirror.writer, account.key
        credentials = BearerCredentials(
            account.wiki.base_url,
            tokens,
            client,
            keep=lambda fresh: writer.do(accounts.save_tokens, key, fresh),
            ended=lambda: writer.do(accounts.mark_ended, key),
        )
        return WikiClient(account.wiki.base_url, credentials)

    def _disconnect(self, key: int) -> None:
        with self._guard:
            client = self._clients.pop(key, None)
        if client:
            client.close()

    def _admit(self, facts: WikiFacts, kind: SignInKind, tokens: Tokens, client: OAuthClient | None) -> int:
        if not facts.has_event_registration:
            raise KnownFault(Fault.REFUSED, wording.no_event_registration(facts.site_name))
        latest = [tokens]
        credentials = BearerCredentials(
            facts.base_url, tokens, client, keep=latest.append, ended=lambda: None
        )
        wiki = WikiClient(facts.base_url, credentials)
        try:
            identity = EventRegistration(wiki).identity()
        except KnownFault as fault:
            if fault.fault is Fault.SIGN_IN_ENDED and kind is SignInKind.OWNER_TOKEN:
                raise KnownFault(Fault.REFUSED, wording.token_refused()) from fault
            raise
        finally:
            wiki.close()
        key = self.mirror.writer.do(
            accounts.save_account, facts, identity, kind, latest[-1], client, times.now()
        )
        self._disconnect(key)
        return key


def find(typed: str) -> WikiFacts:
    """Return what the wiki at a typed address is. Raises KnownFault where it has no Event Registration."""
    facts = find_wiki(typed)
    if not facts.has_event_registration:
        raise KnownFault(Fault.REFUSED, wording.no_event_registration(facts.site_name))
    return facts
