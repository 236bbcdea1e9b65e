"""The sign-ins in use: one shared object for each, which stores renewed secrets."""

import threading
from collections.abc import Callable
from contextlib import closing
from urllib.parse import urlsplit

from app.domain.accounts.account import (
    Account,
    OAuth1Secrets,
    OAuthClient,
    Secrets,
    SessionSecrets,
    SignIn,
    SignInKind,
    Tokens,
)
from app.store.accounts import sign_ins
from app.store.mirror import Mirror
from app.wiki.event_registration import EventRegistration
from app.wiki.http.client import WikiClient
from app.wiki.http.transport import Signer
from app.wiki.sign_in.credentials import (
    ActiveSignIn,
    ActiveSignInElsewhere,
    BearerCredentials,
    OAuth1Credentials,
    SessionCredentials,
)

_Key = tuple[int, SignInKind, str]


class SignInRegistry:
    """Creates each active sign-in once: two copies would use up each other's refresh token.

    `guard` is locked while a sign-in is replaced; it is reentrant.
    """

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self.guard = threading.RLock()
        self._active: dict[_Key, ActiveSignIn] = {}
        self._active_elsewhere: dict[tuple[int, SignInKind, str], ActiveSignInElsewhere] = {}
        self._temporary: dict[tuple[int, str], SessionSecrets] = {}

    def known(self, account_key: int) -> tuple[SignIn, ...]:
        """Return an account's sign-ins as they are now."""
        with closing(self._mirror.reader()) as reader:
            return sign_ins.read_sign_ins(reader).get(account_key, ())

    def list_active(self, account: Account, place: str) -> list[tuple[SignIn, ActiveSignIn]]:
        """Return the sign-ins made on a wiki that have not ended, with their active objects."""
        # No sign-in may be replaced between reading it and getting its active object.
        with self.guard:
            here = [one for one in self.known(account.key) if one.address == place]
            active = [(one, self.get(account, one)) for one in here]
        return [(one, active) for one, active in active if not active.ended]

    def usable_at(self, account: Account, place: str) -> list[ActiveSignIn | ActiveSignInElsewhere]:
        """Return the sign-ins that can be used on a wiki.

        OAuth is valid on the whole family, a session only on its own wiki (CONTRACT §4.12).
        """
        home = account.wiki.base_url
        found: list[ActiveSignIn | ActiveSignInElsewhere] = []
        with self.guard:
            for one in self.known(account.key):
                if one.address == place:
                    found.append(self.get(account, one))
                elif one.address == home and (elsewhere := self._find_elsewhere(account, one, place)):
                    found.append(elsewhere)
        return found

    def _find_elsewhere(self, account: Account, sign_in: SignIn, place: str) -> ActiveSignInElsewhere | None:
        """Return a sign-in for use on another wiki, None for a session, which is not valid there."""
        elsewhere, active = (account.key, sign_in.kind, place), self.get(account, sign_in)
        tokens = active.credentials
        if elsewhere not in self._active_elsewhere and isinstance(
            tokens, BearerCredentials | OAuth1Credentials
        ):
            self._active_elsewhere[elsewhere] = ActiveSignInElsewhere(urlsplit(place).netloc, active, tokens)
        return self._active_elsewhere.get(elsewhere)

    def get(self, account: Account, sign_in: SignIn) -> ActiveSignIn:
        """Return the active object of a sign-in."""
        place = (account.key, sign_in.kind, sign_in.address)
        with self.guard:
            if place in self._active:
                return self._active[place]
            with closing(self._mirror.reader()) as reader:
                secrets, client = sign_ins.read_secrets(reader, account.key, sign_in)
            temporary = secrets is None and sign_in.kind is SignInKind.SESSION
            if temporary:
                secrets = self._temporary.get((account.key, sign_in.address))
            active = self._active[place] = self._make_active(
                account, sign_in, secrets, client, temporary=temporary
            )
            if secrets is None and not sign_in.ended:
                # A temporary session is gone after the program was killed.
                active.ended = True
                self._mirror.writer.do(sign_ins.mark_ended, account.key, sign_in)
            return active

    def learn_rights(self, account: Account, sign_in: SignIn, rights: frozenset[str]) -> None:
        """Save the current rights of a sign-in; the next calls use them."""
        if rights != sign_in.rights:
            self._mirror.writer.do(sign_ins.save_rights, account.key, sign_in, rights)
            with self.guard:
                if active := self._active.get((account.key, sign_in.kind, sign_in.address)):
                    active.rights = rights

    def keep_in_memory(self, account_key: int, address: str, secrets: SessionSecrets | None) -> None:
        """Store a session in memory only, or forget it."""
        with self.guard:
            if secrets is None:
                self._temporary.pop((account_key, address), None)
            else:
                self._temporary[account_key, address] = secrets

    def drop(self, account_key: int, kind: SignInKind | None = None, address: str | None = None) -> None:
        """Forget the active object of a sign-in, or all of an account. OAuth sign-ins replace each other."""
        with self.guard:
            for place in list(self._active):
                key, known_kind, known_address = place
                session = SignInKind.SESSION
                same = kind is None or (known_kind is session) is (kind is session)
                if key == account_key and same and address in (None, known_address):
                    del self._active[place]
            for elsewhere in [one for one in self._active_elsewhere if one[0] == account_key]:
                del self._active_elsewhere[elsewhere]

    def end_temporary(self) -> None:
        """Mark temporary sessions as ended when the program ends."""
        with self.guard:
            for key, address in self._temporary:
                ended = SignIn(SignInKind.SESSION, address, frozenset(), 0, ended=True)
                self._mirror.writer.do(sign_ins.mark_ended, key, ended)
            self._temporary.clear()

    def _make_active(
        self,
        account: Account,
        sign_in: SignIn,
        secrets: Secrets | None,
        client: OAuthClient | None,
        *,
        temporary: bool,
    ) -> ActiveSignIn:
        place = (account.key, sign_in.kind, sign_in.address)
        writer = self._mirror.writer

        def store(fresh: Secrets) -> None:
            with self.guard:
                # A sign-in that was replaced meanwhile must not write to its successor's row.
                if self._active.get(place) is not active:
                    return
                if temporary and isinstance(fresh, SessionSecrets):
                    self._temporary[account.key, sign_in.address] = fresh
                    return
                writer.do(sign_ins.save_secrets, account.key, sign_in, fresh)

        def ended() -> None:
            active.ended = True
            with self.guard:
                if self._active.get(place) is active:
                    writer.do(sign_ins.mark_ended, account.key, sign_in)

        signer = signer_of(sign_in, secrets or Tokens(""), client, store, ended)
        active = ActiveSignIn(signer, sign_in.rights, sign_in.ended)
        return active


def signer_of(
    sign_in: SignIn,
    secrets: Secrets,
    client: OAuthClient | None,
    store: Callable[[Secrets], None],
    ended: Callable[[], None],
) -> Signer:
    """Return the signer for a sign-in's secrets."""
    if isinstance(secrets, SessionSecrets):
        return SessionCredentials(sign_in.address, secrets, store, ended)
    if isinstance(secrets, OAuth1Secrets):
        return OAuth1Credentials(secrets, ended, lambda: _clock_difference(sign_in.address))
    return BearerCredentials(sign_in.address, secrets, client, store, ended)


def _clock_difference(address: str) -> int:
    client = WikiClient(address)
    try:
        return EventRegistration(client).facts().clock_difference
    finally:
        client.close()
