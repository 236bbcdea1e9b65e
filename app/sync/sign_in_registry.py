"""The sign-ins while they are used: one holder for each, whoever needs it, and what it writes back."""

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

_Place = tuple[int, SignInKind, str]


class SignInRegistry:
    """Holds each sign-in once: two holders of the same tokens would each use up the other's refresh token.

    `guard` is held while a sign-in is put in the place of another; it may be taken again by its thread.
    """

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self.guard = threading.RLock()
        self._held: dict[_Place, ActiveSignIn] = {}
        self._held_away: dict[tuple[int, SignInKind, str], ActiveSignInElsewhere] = {}
        self._passing: dict[tuple[int, str], SessionSecrets] = {}

    def known(self, account_key: int) -> tuple[SignIn, ...]:
        """Return an account's sign-ins as they are now."""
        with closing(self._mirror.reader()) as reader:
            return sign_ins.read_sign_ins(reader).get(account_key, ())

    def living(self, account: Account, place: str) -> list[tuple[SignIn, ActiveSignIn]]:
        """Return her sign-ins made on a wiki that have not ended, with their holders."""
        # No sign-in may be replaced between the reading of it and its holder.
        with self.guard:
            here = [one for one in self.known(account.key) if one.address == place]
            held = [(one, self.hold(account, one)) for one in here]
        return [(one, holder) for one, holder in held if not holder.ended]

    def of_place(self, account: Account, place: str) -> list[ActiveSignIn | ActiveSignInElsewhere]:
        """Return what may speak for her on a wiki: OAuth for the whole family, a session for its own alone.

        CONTRACT §4.12.
        """
        home = account.wiki.base_url
        found: list[ActiveSignIn | ActiveSignInElsewhere] = []
        with self.guard:
            for one in self.known(account.key):
                if one.address == place:
                    found.append(self.hold(account, one))
                elif one.address == home and (away := self._hold_away(account, one, place)):
                    found.append(away)
        return found

    def _hold_away(self, account: Account, sign_in: SignIn, place: str) -> ActiveSignInElsewhere | None:
        """Return the holder of a sign-in on another wiki, None for a session, which is not good there."""
        away, held = (account.key, sign_in.kind, place), self.hold(account, sign_in)
        tokens = held.credentials
        if away not in self._held_away and isinstance(tokens, BearerCredentials | OAuth1Credentials):
            self._held_away[away] = ActiveSignInElsewhere(urlsplit(place).netloc, held, tokens)
        return self._held_away.get(away)

    def hold(self, account: Account, sign_in: SignIn) -> ActiveSignIn:
        """Return the holder of a sign-in."""
        place = (account.key, sign_in.kind, sign_in.address)
        with self.guard:
            if place in self._held:
                return self._held[place]
            with closing(self._mirror.reader()) as reader:
                secrets, client = sign_ins.read_secrets(reader, account.key, sign_in)
            passing = secrets is None and sign_in.kind is SignInKind.SESSION
            if passing:
                secrets = self._passing.get((account.key, sign_in.address))
            held = self._held[place] = self._holder(account, sign_in, secrets, client, passing=passing)
            if secrets is None and not sign_in.ended:
                # A session that was not to be kept, after the program was killed.
                held.ended = True
                self._mirror.writer.do(sign_ins.mark_ended, account.key, sign_in)
            return held

    def learn_rights(self, account: Account, sign_in: SignIn, rights: frozenset[str]) -> None:
        """Keep what a sign-in may do now: the next calls are made accordingly."""
        if rights != sign_in.rights:
            self._mirror.writer.do(sign_ins.save_rights, account.key, sign_in, rights)
            with self.guard:
                if held := self._held.get((account.key, sign_in.kind, sign_in.address)):
                    held.rights = rights

    def keep_in_memory(self, account_key: int, address: str, secrets: SessionSecrets | None) -> None:
        """Hold a session that must not reach the disk, or forget it."""
        with self.guard:
            if secrets is None:
                self._passing.pop((account_key, address), None)
            else:
                self._passing[account_key, address] = secrets

    def drop(self, account_key: int, kind: SignInKind | None = None, address: str | None = None) -> None:
        """Hold a sign-in no longer, or all of an account. One over OAuth takes the place of any other."""
        with self.guard:
            for place in list(self._held):
                key, held_kind, held_address = place
                session = SignInKind.SESSION
                same = kind is None or (held_kind is session) is (kind is session)
                if key == account_key and same and address in (None, held_address):
                    del self._held[place]
            for away in [one for one in self._held_away if one[0] == account_key]:
                del self._held_away[away]

    def end_temporary(self) -> None:
        """End the sessions that were not to be kept: the program ends."""
        with self.guard:
            for key, address in self._passing:
                ended = SignIn(SignInKind.SESSION, address, frozenset(), 0, ended=True)
                self._mirror.writer.do(sign_ins.mark_ended, key, ended)
            self._passing.clear()

    def _holder(
        self,
        account: Account,
        sign_in: SignIn,
        secrets: Secrets | None,
        client: OAuthClient | None,
        *,
        passing: bool,
    ) -> ActiveSignIn:
        place = (account.key, sign_in.kind, sign_in.address)
        writer = self._mirror.writer

        def keep(fresh: Secrets) -> None:
            with self.guard:
                # What was replaced meanwhile must not write into its successor's row.
                if self._held.get(place) is not held:
                    return
                if passing and isinstance(fresh, SessionSecrets):
                    self._passing[account.key, sign_in.address] = fresh
                    return
                writer.do(sign_ins.save_secrets, account.key, sign_in, fresh)

        def ended() -> None:
            held.ended = True
            with self.guard:
                if self._held.get(place) is held:
                    writer.do(sign_ins.mark_ended, account.key, sign_in)

        signer = signer_of(sign_in, secrets or Tokens(""), client, keep, ended)
        held = ActiveSignIn(signer, sign_in.rights, sign_in.ended)
        return held


def signer_of(
    sign_in: SignIn,
    secrets: Secrets,
    client: OAuthClient | None,
    keep: Callable[[Secrets], None],
    ended: Callable[[], None],
) -> Signer:
    """Return what speaks for her with a sign-in's secrets."""
    if isinstance(secrets, SessionSecrets):
        return SessionCredentials(sign_in.address, secrets, keep, ended)
    if isinstance(secrets, OAuth1Secrets):
        return OAuth1Credentials(secrets, ended, lambda: _clock_difference(sign_in.address))
    return BearerCredentials(sign_in.address, secrets, client, keep, ended)


def _clock_difference(address: str) -> int:
    client = WikiClient(address)
    try:
        return EventRegistration(client).facts().clock_difference
    finally:
        client.close()
