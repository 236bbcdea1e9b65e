"""What lets a client speak for a person: tokens, renewed once for all threads, or a session's cookies."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.cookiejar import Cookie as JarCookie
from http.cookiejar import CookieJar
from urllib.parse import urlsplit

import requests
from requests.cookies import RequestsCookieJar, create_cookie

from app.domain import times, wording
from app.domain.accounts.account import Cookie, OAuth1Secrets, OAuthClient, SessionSecrets, Tokens
from app.domain.faults import Fault, KnownFault
from app.wiki.http.transport import Signer, is_token_cookie
from app.wiki.sign_in.tokens import is_token

#: Tokens are renewed this long before they end, or after most of their life where that is short.
_SECONDS_BEFORE_END = 60
_PART_OF_LIFE = 10
#: A cookie of ten seconds that only tells which of the wiki's databases to read (CONTRACT §4.11).
_PASSING_COOKIE = "UseDC"
#: Cookies that end sooner tell the wiki where to read, and are none of a session.
_SHORTEST_LIFE = 60
#: How the cookies are called without which there is no session, after the wiki's prefix.
_OF_SESSION = ("session", "userid")
#: How far two clocks may be apart for a signature to hold; the wiki takes five minutes.
_SECONDS_APART = 60


class BearerCredentials:
    """OAuth 2 tokens, or an owner-only token that never ends.

    `keep` must have the new tokens on disk when it returns: the old ones die as soon as the wiki gives new
    ones (CONTRACT §2, Refresh). Where it fails, the new ones wait in memory, and the next request tries again
    to keep them. `ended` is told when the wiki takes the tokens no longer.
    """

    jar = None

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

    def for_call(self, rights: Sequence[str], *, needed: bool) -> "BearerCredentials":  # noqa: ARG002 - the only one
        """Return itself."""
        return self

    def latest(self) -> str:
        """Return the token as it is, without renewing it."""
        return self._tokens.access

    def session(self) -> None:
        """Return nothing: tokens are no session."""

    def answered(self) -> None:
        """Take note of nothing: an answer changes no token."""

    def sign(self, request: requests.PreparedRequest, proof: str) -> None:
        """Put the token on a request."""
        request.headers["Authorization"] = f"Bearer {proof}"

    def proof(self) -> str:
        """Return the token to send, renewed where it is about to end. Raises KnownFault."""
        tokens = self._tokens
        ending = tokens.expires_at is not None and tokens.expires_at - times.now() < self._margin
        if self._unkept or (ending and tokens.refresh and self._client):
            self.renew(tokens.access)
        if not is_token(self._tokens.access):
            raise KnownFault(Fault.SIGN_IN_ENDED, wording.sign_in_ended(urlsplit(self._base_url).netloc))
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
        from app.wiki.sign_in.oauth import refreshed

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


class OAuth1Credentials:
    """An OAuth 1.0a sign-in: it signs each request by the wiki's clock, and never runs out (CONTRACT §2).

    `clock_difference` asks how many seconds the wiki's clock is ahead of this computer's. A signature of
    another time is refused as a wrong one is, so the clock is looked at before a sign-in counts as ended.
    """

    jar = None

    def __init__(
        self, secrets: OAuth1Secrets, ended: Callable[[], None], clock_difference: Callable[[], int]
    ) -> None:
        self._secrets = secrets
        self._ended = ended
        self._clock_difference = clock_difference
        self._ahead = 0

    def for_call(self, rights: Sequence[str], *, needed: bool) -> "OAuth1Credentials":  # noqa: ARG002 - the only one
        """Return itself."""
        return self

    def session(self) -> None:
        """Return nothing: signatures are no session."""

    def latest(self) -> str:
        """Return what tells one way of signing from another: by how much the clock was put right."""
        return str(self._ahead)

    def proof(self) -> str:
        """Return the same."""
        return self.latest()

    def sign(self, request: requests.PreparedRequest, proof: str) -> None:
        """Sign a request."""
        from app.wiki.sign_in.oauth1 import signature

        signature(self._secrets, int(proof))(request)

    def renew(self, rejected: str) -> bool:
        """Put the clock right where that may be what was wrong; else note that the sign-in has ended."""
        ahead = self._clock_difference()
        if abs(ahead - int(rejected)) > _SECONDS_APART:
            self._ahead = ahead
            return True
        self._ended()
        return False

    def answered(self) -> None:
        """Take note of nothing: an answer changes no secret."""


class AwayCredentials:
    """OAuth of one wiki used on another of its family (CONTRACT §4.12).

    What that other wiki says of them does not end the sign-in: the client may be known on one wiki alone.
    """

    jar = None

    def __init__(self, wiki: str, tokens: BearerCredentials | OAuth1Credentials) -> None:
        self._wiki = wiki
        self._tokens = tokens
        self._rejected: str | None = None

    @property
    def refused(self) -> bool:
        """Whether the other wiki does not take them as they are now."""
        return self._rejected == self._tokens.latest()

    def proof(self) -> str:
        """Return the token to send. Raises KnownFault."""
        return self._tokens.proof()

    def sign(self, request: requests.PreparedRequest, proof: str) -> None:
        """Put the token on a request."""
        self._tokens.sign(request, proof)

    def renew(self, rejected: str) -> bool:
        """Return whether another token has come meanwhile; none is asked for. Raises KnownFault."""
        if self._tokens.proof() != rejected:
            return True
        self._rejected = rejected
        raise KnownFault(Fault.SIGN_IN_ENDED, wording.no_sign_in(self._wiki))

    def answered(self) -> None:
        """Take note of nothing: an answer changes no token."""


class SessionCredentials:
    """The cookies of a wiki session (CONTRACT §5, clientlogin).

    `keep` is given the cookies whenever the wiki has changed them: a remembered session gets new ones when
    it is brought back. Cookies that the wiki takes away are kept until the sign-in is known to have ended:
    where one of them, a token by itself, was bad, it takes the others away too, and they alone are good again
    (CONTRACT §6, Session cookie).
    """

    def __init__(
        self,
        base_url: str,
        secrets: SessionSecrets,
        keep: Callable[[SessionSecrets], None],
        ended: Callable[[], None],
    ) -> None:
        self.jar: RequestsCookieJar = RequestsCookieJar()
        for one in secrets.cookies:
            self.jar.set_cookie(_to_jar(one))
        self._wiki = urlsplit(base_url).netloc
        self._keep = keep
        self._ended = ended
        self._guard = threading.Lock()
        self._kept = session_secrets(self.jar)
        self._brought_back = 0

    def for_call(self, rights: Sequence[str], *, needed: bool) -> "SessionCredentials":  # noqa: ARG002 - the only one
        """Return itself."""
        return self

    def session(self) -> "SessionCredentials":
        """Return itself."""
        return self

    def proof(self) -> str:
        """Return how often the cookies were brought back: they go by themselves."""
        return str(self._brought_back)

    def sign(self, request: requests.PreparedRequest, proof: str) -> None:
        """Put nothing on a request: the cookies go by themselves."""

    def renew(self, rejected: str) -> bool:
        """Bring the cookies back without the one that is a token, where there was one; else it is over.

        Nothing but signing in anew begins another session.
        """
        with self._guard:
            if rejected != str(self._brought_back):
                return True
            others = tuple(one for one in self._kept.cookies if not is_token_cookie(one.name))
            if len(others) < len(self._kept.cookies):
                self.jar.clear()
                for one in others:
                    self.jar.set_cookie(_to_jar(one))
                self._kept = SessionSecrets(others)
                self._brought_back += 1
                return True
        self._ended()
        return False

    def answered(self) -> None:
        """Keep the cookies where the answer has changed them."""
        with self._guard:
            now = session_secrets(self.jar)
            if now == self._kept or _is_taken_away(self._kept, now):
                return
            try:
                self._keep(now)
            except KnownFault:
                # The answer that brought them stands whatever the disk does; the next one tries again.
                return
            self._kept = now


def session_secrets(jar: RequestsCookieJar) -> SessionSecrets:
    """Return the cookies of a jar as they are kept, without those of a moment."""
    soon = times.now() + _SHORTEST_LIFE
    cookies = (
        Cookie(one.name, one.value or "", one.domain, one.path, bool(one.secure), one.expires)
        for one in CookieJar.__iter__(jar)
        if one.name != _PASSING_COOKIE and (one.expires is None or one.expires > soon)
    )
    return SessionSecrets(tuple(sorted(cookies, key=lambda one: (one.domain, one.path, one.name))))


def _is_taken_away(before: SessionSecrets, now: SessionSecrets) -> bool:
    """Return whether an answer has taken a session's own cookies away before their time."""
    left = {one.name for one in now.cookies}
    return any(
        one.name.lower().endswith(_OF_SESSION)
        and one.name not in left
        and (one.expires is None or one.expires > times.now() + _SHORTEST_LIFE)
        for one in before.cookies
    )


def _to_jar(cookie: Cookie) -> JarCookie:
    made: JarCookie = create_cookie(  # type: ignore[no-untyped-call]
        cookie.name,
        cookie.value,
        domain=cookie.domain,
        path=cookie.path,
        secure=cookie.secure,
        expires=cookie.expires,
    )
    return made


@dataclass(slots=True)
class ActiveSignIn:
    """A sign-in that a person holds on a wiki: what it can do there, and whether it has ended."""

    credentials: Signer
    rights: frozenset[str]
    ended: bool = False


class ActiveSignInElsewhere:
    """A sign-in over OAuth as a person holds it on another wiki of the family."""

    def __init__(self, wiki: str, held: ActiveSignIn, tokens: BearerCredentials | OAuth1Credentials) -> None:
        self._held = held
        self.credentials = AwayCredentials(wiki, tokens)

    @property
    def rights(self) -> frozenset[str]:
        """What it can do."""
        return self._held.rights

    @property
    def ended(self) -> bool:
        """Whether its own wiki takes it no longer, or this one does not."""
        return self._held.ended or self.credentials.refused


class PersonsCredentials:
    """All sign-ins of a person on a wiki; each call is made with the first that may make it."""

    def __init__(self, wiki: str, held: Sequence[ActiveSignIn | ActiveSignInElsewhere]) -> None:
        self._wiki = wiki
        self._held = held

    def for_call(self, rights: Sequence[str], *, needed: bool) -> Signer:
        """Return the first living sign-in that holds one of the rights, or else the first that lives.

        Raises SIGN_IN_ENDED where none lives, and where a right is needed that only an ended one had.
        """
        living = [one for one in self._held if not one.ended]
        for right in rights:
            for one in living:
                if right in one.rights:
                    return one.credentials
        had = any(right in one.rights for one in self._held for right in rights)
        if not living or (needed and had):
            made_here = any(isinstance(one, ActiveSignIn) for one in self._held)
            sentence = wording.sign_in_ended if made_here else wording.no_sign_in
            raise KnownFault(Fault.SIGN_IN_ENDED, sentence(self._wiki))
        return living[0].credentials

    def session(self) -> Signer | None:
        """Return her session, None where she has none that lives."""
        alive = (one.credentials for one in self._held if not one.ended)
        return next((one for one in alive if one.jar is not None), None)
