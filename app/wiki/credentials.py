"""The tokens of a sign-in: sent, renewed once for all threads, and kept before they are used."""

import threading
from collections.abc import Callable

from app.domain import times
from app.domain.account import OAuthClient, Tokens
from app.domain.faults import Fault, KnownFault

_SECONDS_BEFORE_END = 60


class BearerCredentials:
    """OAuth 2 tokens, or an owner-only token that never ends.

    `keep` must have the new tokens on disk when it returns: the old ones die as soon as the wiki gives new
    ones (CONTRACT §2, Refresh). `ended` is told when the wiki takes them no longer.
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

    def access_token(self) -> str:
        """Return the token to send, renewed where it ends within a minute. Raises KnownFault."""
        tokens = self._tokens
        if tokens.expires_at is not None and tokens.expires_at - times.now() < _SECONDS_BEFORE_END:
            self.renew(tokens.access)
        return self._tokens.access

    def renew(self, rejected: str) -> bool:
        """Get new tokens in the place of rejected ones, once however many threads ask.

        Returns False where there is no refresh token. Raises KnownFault where the wiki refuses or is away.
        """
        with self._renewing:
            if self._tokens.access != rejected:
                return True
            if not self._tokens.refresh or not self._client:
                self._ended()
                return False
            from app.wiki.oauth import refreshed

            try:
                fresh = refreshed(self._base_url, self._client, self._tokens.refresh)
            except KnownFault as fault:
                if fault.fault is Fault.SIGN_IN_ENDED:
                    self._ended()
                raise
            self._keep(fresh)
            self._tokens = fresh
            return True

