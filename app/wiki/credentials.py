"""The tokens of a sign-in: sent, renewed once for all threads, and kept before they are used."""

import threading
from collections.abc import Callable

from app.domain import times
from app.domain.account import OAuthClient, Tokens
from app.domain.faults import Fault, KnownFault

#: Tokens are renewed this long before they end, or after most of their life where that is short.
_SECONDS_BEFORE_END = 60
_PART_OF_LIFE = 10


class BearerCredentials:
    """OAuth 2 tokens, or an owner-only token that never ends.

    `keep` must have the new tokens on disk when it returns: the old ones die as soon as the wiki gives new
    ones (CONTRACT §2, Refresh). Where it fails, the new ones wait in memory, and the next request tries again
    to keep them. `ended` is told when the wiki takes the tokens no longer.
    """

    def __init__(
        self,
        base_url: str,
        tokens: Tokens,
        client: OAuthClient | None,
        keep: Callable[[Tokens], None],
        ended: Callable[[], None],
    ) -> None:
        self._base_url = base_url
        self._tokens = tokens
        self._client = client
        self._keep = keep
        self._ended = ended
        self._renewing = threading.Lock()
        self._unkept: Tokens | None = None
        self._refused_by: str | None = None
        self._refusal = ""
        self._margin = _SECONDS_BEFORE_END

    def access_token(self) -> str:
        """Return the token to send, renewed where it is about to end. Raises KnownFault."""
        tokens = self._tokens
        ending = tokens.expires_at is not None and tokens.expires_at - times.now() < self._margin
        if self._unkept or (ending and tokens.refresh and self._client):
            self.renew(tokens.access)
        return self._tokens.access

    def renew(self, rejected: str) -> bool:
        """Get new tokens in the place of rejected ones, once however many threads ask.

        Returns False where there is no refresh token. Raises KnownFault where the wiki refuses or is away, or
        the new tokens cannot be kept.
        """
        with self._renewing:
            if self._tokens.access != rejected:
                return True
            if self._refused_by is not None:
                raise KnownFault(Fault.SIGN_IN_ENDED, self._refusal, error_key=self._refused_by)
            fresh = self._unkept or self._fresh()
            if fresh is None:
                self._ended()
                return False
            self._unkept = fresh
            self._keep(fresh)
            self._tokens, self._unkept = fresh, None
            return True

    def _fresh(self) -> Tokens | None:
        if not self._tokens.refresh or not self._client:
            return None
        from app.wiki.oauth import refreshed

        try:
            fresh = refreshed(self._base_url, self._client, self._tokens.refresh)
        except KnownFault as fault:
            if fault.fault is Fault.SIGN_IN_ENDED:
                self._refused_by, self._refusal = fault.error_key or "", fault.sentence
                self._ended()
            raise
        if fresh.expires_at is not None:
            life = fresh.expires_at - times.now()
            self._margin = min(_SECONDS_BEFORE_END, life // _PART_OF_LIFE)
        return fresh
