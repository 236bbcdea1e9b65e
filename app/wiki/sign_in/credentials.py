"""Credentials for requests: tokens, which are renewed once for all threads, or a session's cookies."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.cookiejar import Cookie as JarCookie
from http.cookiejar import CookieJar
from urllib.parse import urlsplit

import requests
from requests.cookies import RequestsCookieJar, create_cookie

from app.domain import times
from app.domain.accounts.account import Cookie, OAuth1Secrets, OAuthClient, SessionSecrets, Tokens
from app.domain.faults import Fault, KnownFault
from app.domain.wording import wiki_fault_texts
from app.wiki.http.transport import Signer, is_token_cookie
from app.wiki.sign_in.tokens import is_token

#: Tokens are renewed this long before they expire, or in the last tenth of a short lifetime.
_SECONDS_BEFORE_END = 60
_PART_OF_LIFE = 10
#: A cookie that lives ten seconds and only says which of the wiki's databases to read (CONTRACT §4.11).
_TRANSIENT_COOKIE = "UseDC"
#: Cookies with a shorter lifetime only say which database to read, and do not belong to a session.
_MIN_LIFE = 60
#: The suffixes, after the wiki's prefix, of the cookies without which there is no session.
_SESSION_COOKIES = ("session", "userid")
#: The clock difference above which a rejected signature is blamed on the clock; the wiki accepts five
#: minutes.
_MAX_CLOCK_DRIFT = 60


class BearerCredentials:
    """OAuth 2 tokens, or an owner-only token that never expires.

    `save` must have written the new tokens to disk when it returns: the old ones become invalid as soon as
    the wiki issues new ones (CONTRACT §2, Refresh). If it fails, the new ones stay in memory, and the next
    request tries to save them again. `ended` is called when the wiki no longer accepts the tokens.
    """

    jar = None

    def __init__(
        self,
        base_url: str,
        tokens: Tokens,
        client: OAuthClient | None,
        save: Callable[[Tokens], None],
        ended: Callable[[], None],
    ) -> None:
        self._base_url = base_url
        self._tokens = tokens
        self._client = client
        self._save = save
        self._ended = ended
        self._renewing = threading.Lock()
        self._unsaved: Tokens | None = None
        self._refused_by: str | None = None
        self._refusal = ""
        self._margin = _SECONDS_BEFORE_END

    def for_call(self, rights: Sequence[str], *, needed: bool) -> "BearerCredentials":  # noqa: ARG002 - the only one
        """Return itself."""
        return self

    def latest(self) -> str:
        """Return the current token without renewing it."""
        return self._tokens.access

    def session(self) -> None:
        """Return None: tokens are not a session."""

    def after_response(self) -> None:
        """Do nothing: a response does not change tokens."""

    def sign(self, request: requests.PreparedRequest, credential: str) -> None:
        """Add the token to a request."""
        request.headers["Authorization"] = f"Bearer {credential}"

    def credential(self) -> str:
        """Return the token to send; renew it first if it is about to expire. Raises KnownFault."""
        tokens = self._tokens
        ending = tokens.expires_at is not None and tokens.expires_at - times.now() < self._margin
        if self._unsaved or (ending and tokens.refresh and self._client):
            self.renew(tokens.access)
        if not is_token(self._tokens.access):
            raise KnownFault(
                Fault.SIGN_IN_ENDED, wiki_fault_texts.sign_in_ended(urlsplit(self._base_url).netloc)
            )
        return self._tokens.access

    def renew(self, rejected: str) -> bool:
        """Replace rejected tokens, once for all threads; return False if there is no refresh token.

        Raises:
            KnownFault: the wiki refuses or is unreachable, or the new tokens cannot be saved.
        """
        with self._renewing:
            if self._tokens.access != rejected:
                return True
            if self._refused_by is not None:
                raise KnownFault(Fault.SIGN_IN_ENDED, self._refusal, error_key=self._refused_by)
            fresh = self._unsaved or self._fresh()
            if fresh is None:
                self._ended()
                return False
            self._unsaved = fresh
            self._save(fresh)
            self._tokens, self._unsaved = fresh, None
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
    """An OAuth 1.0a sign-in: signs each request with the wiki's time, and never expires (CONTRACT §2).

    `clock_difference` fetches by how many seconds the wiki's clock is ahead of this computer's. The wiki
    rejects a signature with a wrong time like a wrong signature, so the clock is checked before the sign-in
    counts as ended.
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
        """Return None: signatures are not a session."""

    def latest(self) -> str:
        """Return the clock correction in seconds, the only thing that changes in a signature's credential."""
        return str(self._ahead)

    def credential(self) -> str:
        """Return the same as `latest`."""
        return self.latest()

    def sign(self, request: requests.PreparedRequest, credential: str) -> None:
        """Sign a request."""
        from app.wiki.sign_in.oauth1 import signature

        signature(self._secrets, int(credential))(request)

    def renew(self, rejected: str) -> bool:
        """Correct the clock if that may be the cause of the rejection; else report the sign-in as ended."""
        ahead = self._clock_difference()
        if abs(ahead - int(rejected)) > _MAX_CLOCK_DRIFT:
            self._ahead = ahead
            return True
        self._ended()
        return False

    def after_response(self) -> None:
        """Do nothing: a response does not change secrets."""


class FamilyCredentials:
    """OAuth credentials of one wiki used on another wiki of its family (CONTRACT §4.12).

    A rejection by that other wiki does not end the sign-in: the client may be registered on one wiki only.
    """

    jar = None

    def __init__(self, wiki: str, tokens: BearerCredentials | OAuth1Credentials) -> None:
        self._wiki = wiki
        self._tokens = tokens
        self._rejected: str | None = None

    @property
    def refused(self) -> bool:
        """Whether the other wiki has rejected the current credential."""
        return self._rejected == self._tokens.latest()

    def credential(self) -> str:
        """Return the credential to send. Raises KnownFault."""
        return self._tokens.credential()

    def sign(self, request: requests.PreparedRequest, credential: str) -> None:
        """Add the credential to a request."""
        self._tokens.sign(request, credential)

    def renew(self, rejected: str) -> bool:
        """Return whether there is another credential by now; none is requested. Raises KnownFault."""
        if self._tokens.credential() != rejected:
            return True
        self._rejected = rejected
        raise KnownFault(Fault.SIGN_IN_ENDED, wiki_fault_texts.no_sign_in(self._wiki))

    def after_response(self) -> None:
        """Do nothing: a response does not change tokens."""


class SessionCredentials:
    """The cookies of a wiki session (CONTRACT §5, clientlogin).

    `save` is called with the cookies whenever the wiki has changed them: a remembered session gets new ones
    when it is restored. Cookies that the wiki deletes are retained until the sign-in is known to have ended:
    if the cookie that is itself a token was invalid, the wiki deletes the others too, although they are still
    valid without it (CONTRACT §6, Session cookie).
    """

    def __init__(
        self,
        base_url: str,
        secrets: SessionSecrets,
        save: Callable[[SessionSecrets], None],
        ended: Callable[[], None],
    ) -> None:
        self.jar: RequestsCookieJar = RequestsCookieJar()
        for one in secrets.cookies:
            self.jar.set_cookie(_to_jar(one))
        self._wiki = urlsplit(base_url).netloc
        self._save = save
        self._ended = ended
        self._guard = threading.Lock()
        self._saved = session_secrets(self.jar)
        self._restorations = 0

    def for_call(self, rights: Sequence[str], *, needed: bool) -> "SessionCredentials":  # noqa: ARG002 - the only one
        """Return itself."""
        return self

    def session(self) -> "SessionCredentials":
        """Return itself."""
        return self

    def credential(self) -> str:
        """Return how often the cookies were restored; the cookies themselves are sent by the jar."""
        return str(self._restorations)

    def sign(self, request: requests.PreparedRequest, credential: str) -> None:
        """Add nothing to a request: the jar sends the cookies."""

    def renew(self, rejected: str) -> bool:
        """Restore the cookies without the one that is a token; if there was none, the session has ended.

        Only a new sign-in starts another session.
        """
        with self._guard:
            if rejected != str(self._restorations):
                return True
            others = tuple(one for one in self._saved.cookies if not is_token_cookie(one.name))
            if len(others) < len(self._saved.cookies):
                self.jar.clear()
                for one in others:
                    self.jar.set_cookie(_to_jar(one))
                self._saved = SessionSecrets(others)
                self._restorations += 1
                return True
        self._ended()
        return False

    def after_response(self) -> None:
        """Save the cookies if the response has changed them."""
        with self._guard:
            now = session_secrets(self.jar)
            if now == self._saved or _is_deleted(self._saved, now):
                return
            try:
                self._save(now)
            except KnownFault:
                # A disk fault does not invalidate the response; the next response tries to save again.
                return
            self._saved = now


def session_secrets(jar: RequestsCookieJar) -> SessionSecrets:
    """Return the cookies of a jar to be saved, without the short-lived ones."""
    soon = times.now() + _MIN_LIFE
    cookies = (
        Cookie(one.name, one.value or "", one.domain, one.path, bool(one.secure), one.expires)
        for one in CookieJar.__iter__(jar)
        if one.name != _TRANSIENT_COOKIE and (one.expires is None or one.expires > soon)
    )
    return SessionSecrets(tuple(sorted(cookies, key=lambda one: (one.domain, one.path, one.name))))


def _is_deleted(before: SessionSecrets, now: SessionSecrets) -> bool:
    """Return whether a response has deleted a cookie of the session before it expired."""
    left = {one.name for one in now.cookies}
    return any(
        one.name.lower().endswith(_SESSION_COOKIES)
        and one.name not in left
        and (one.expires is None or one.expires > times.now() + _MIN_LIFE)
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


@dataclass
class ActiveSignIn:
    """A user's sign-in on its own wiki: its credentials, its rights, and whether it has ended."""

    credentials: Signer
    rights: frozenset[str]
    ended: bool = False


class ActiveSignInElsewhere:
    """A user's OAuth sign-in, used on another wiki of the family."""

    def __init__(
        self, wiki: str, sign_in: ActiveSignIn, tokens: BearerCredentials | OAuth1Credentials
    ) -> None:
        self._sign_in = sign_in
        self.credentials = FamilyCredentials(wiki, tokens)

    @property
    def rights(self) -> frozenset[str]:
        """The rights of the sign-in."""
        return self._sign_in.rights

    @property
    def ended(self) -> bool:
        """Whether the sign-in has ended on its own wiki, or this wiki rejects it."""
        return self._sign_in.ended or self.credentials.refused


class UserCredentials:
    """All sign-ins of a user on a wiki; each call uses the first one that has the right for it."""

    def __init__(self, wiki: str, sign_ins: Sequence[ActiveSignIn | ActiveSignInElsewhere]) -> None:
        self._wiki = wiki
        self._sign_ins = sign_ins

    def for_call(self, rights: Sequence[str], *, needed: bool) -> Signer:
        """Return the first active sign-in with one of the rights, or else the first active one.

        Raises:
            KnownFault: SIGN_IN_ENDED if none is active, or if a right is needed that only an ended one had.
        """
        active = [one for one in self._sign_ins if not one.ended]
        for right in rights:
            for one in active:
                if right in one.rights:
                    return one.credentials
        had = any(right in one.rights for one in self._sign_ins for right in rights)
        if not active or (needed and had):
            made_here = any(isinstance(one, ActiveSignIn) for one in self._sign_ins)
            sentence = wiki_fault_texts.sign_in_ended if made_here else wiki_fault_texts.no_sign_in
            raise KnownFault(Fault.SIGN_IN_ENDED, sentence(self._wiki))
        return active[0].credentials

    def session(self) -> Signer | None:
        """Return the user's active session, or None."""
        active = (one.credentials for one in self._sign_ins if not one.ended)
        return next((one for one in active if one.jar is not None), None)
