"""Requests to one wiki, with rate limits, retries of reads, and sign-in handling."""

import copy
import dataclasses
import random
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from app.domain.faults import AWAY, Fault, KnownFault
from app.domain.wording import wiki_fault_texts
from app.wiki.http import answers
from app.wiki.http.answers import Answer, ServerError, TransientFault
from app.wiki.http.rate_limiter import SLOTS
from app.wiki.http.throttle import Throttle
from app.wiki.http.transport import REDIRECTS, Cancelled, Request, Signer, Transport

T = TypeVar("T")

_TRIES = 5
_TRIES_IN_ALL_SLOTS = 2 * SLOTS
_TRIES_WITHOUT_ANSWER = 3
_RENEWALS = 3
_FIRST_PAUSE = 0.5
#: Bytes. Servers accept addresses of 8,000 or more; fifty names in Cyrillic take 38,000.
_LONGEST_QUERY = 4_000
_LONGEST_WAIT = 60.0
_MAX_LAG = 5
#: The token that a wiki returns to anonymous users (CONTRACT §5, clientlogin).
_NO_TOKEN = "+\\"  # noqa: S105 - not a secret
#: In the head of a page that was made for an anonymous user.
_ANONYMOUS = '"wgUserName":null'
_BAD_TOKEN = "rest-badtoken"  # noqa: S105 - a name


class Credentials(Protocol):
    """The sign-ins with which a client makes requests for a user."""

    def for_call(self, rights: Sequence[str], *, needed: bool) -> Signer:
        """Return the best sign-in for a call: the first that has one of these rights, in their order.

        Raises:
            KnownFault: SIGN_IN_ENDED if a right is needed that only an ended sign-in had.
        """

    def session(self) -> Signer | None:
        """Return the user's active session, or None."""


class WikiClient:
    """Makes this program's requests to one wiki.

    `base_url` is the address of its scripts: that of api.php without "/api.php". Thread-safe; at most three
    requests run at once, also if several clients share a `throttle`. `cancel` stops waiting and reading. A
    read that fails with a transient fault is made at most `tries` times.
    """

    def __init__(
        self,
        base_url: str,
        credentials: Credentials | None = None,
        cancel: threading.Event | None = None,
        tries: int = _TRIES,
        throttle: Throttle | None = None,
    ) -> None:
        self._transport = Transport(base_url, throttle)
        self.base_url, self.name = self._transport.base_url, self._transport.name
        self.throttle = self._transport.throttle
        self._credentials = credentials
        self._cancel = cancel or threading.Event()
        self._tries = tries

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def with_cancel(self, cancel: threading.Event) -> "WikiClient":
        """Return a client that shares this one's connections and slots, and is stopped by `cancel`."""
        other = copy.copy(self)
        other._cancel = cancel
        return other

    def with_credentials(self, credentials: Credentials) -> "WikiClient":
        """Return a client that shares this one's connections and slots, and uses other credentials."""
        other = copy.copy(self)
        other._credentials = credentials
        return other

    def rest(
        self,
        path: str,
        *rights: str,
        needed: bool = False,
        doubt: Callable[[Any], bool] = lambda _: False,
        kind: Any = Any,  # noqa: ANN401 - any type
        **query: str | int,
    ) -> Any:  # noqa: ANN401 - any JSON
        """Return the JSON of a GET of `/rest.php` + path, with the sign-in that best fits the rights.

        `kind`: the shape that responses should have; others are returned as they
        are. `doubt` returns whether a value may be one for anonymous users, which an ended session also gets.

        Raises:
            KnownFault: SIGN_IN_ENDED if a right is needed that only an ended sign-in had.
        """
        request = Request("GET", self.base_url + "/rest.php" + path, query)
        read = partial(answers.rest_value, kind=kind)
        return self._read(request, read, rights, needed=needed, doubt=doubt)

    def api(self, **query: str | int) -> dict[str, Any]:
        """Return the JSON of a read of api.php. Raises KnownFault."""
        parameters, address = self._api_query(query), self.base_url + "/api.php"
        if len(urlencode(parameters)) > _LONGEST_QUERY:
            return self._read(Request("POST", address, form=parameters), answers.api_value)
        return self._read(Request("GET", address, parameters), answers.api_value)

    def public(self, path: str) -> Any:  # noqa: ANN401 - any JSON
        """Return the JSON at a path of a site that is no wiki, read without a sign-in.

        Raises:
            KnownFault: NOT_FOUND if the site shows nothing there to everybody.
        """
        request = Request("GET", self.base_url + path)
        return self._with_retries(lambda: self._signed(request, answers.public_value, None))

    def enforce_interval(self, name: str, seconds: float) -> None:
        """Wait until `seconds` have passed since the last call for the same name. Raises Cancelled."""
        self.throttle.enforce_interval(name, seconds, self._cancel)
        if self._cancel.is_set():
            raise Cancelled

    def check_reachable(self, seconds: float) -> None:
        """Check with one request that the wiki can be reached within `seconds`. Raises KnownFault."""
        query = self._api_query({"action": "query"})
        request = Request("GET", self.base_url + "/api.php", query, first_byte_timeout=seconds)
        self._signed(request, answers.api_value, None)

    def change(
        self, method: str, path: str, body: Mapping[str, object], *rights: str, needed: bool = True
    ) -> Any:  # noqa: ANN401 - any JSON
        """Make a change once: send JSON to `/rest.php` + path and return the JSON of the response.

        It is made with a sign-in that has one of the rights; without `needed`, any sign-in will do. It is
        sent again only if the wiki did not process it because the sign-in or its token had to be renewed.

        Raises:
            NoAnswer: the wiki may have made the change.
            KnownFault: the wiki has not made the change.
        """
        signer = self._credentials.for_call(rights, needed=needed) if self._credentials else None
        request = Request(method, self.base_url + "/rest.php" + path, json=body, changes=True)
        if signer is None or signer.jar is None:
            return self._changed(request, answers.change_value, signer)
        token = self._csrf_token(signer)
        try:
            return self._changed(_with_token(request, token), answers.change_value, signer)
        except KnownFault as fault:
            if fault.error_key != _BAD_TOKEN:
                raise
            # The session was restored meanwhile and has another token now, or it has ended.
            return self._changed(_with_token(request, self._csrf_token(signer)), answers.change_value, signer)

    def page_change(self, *rights: str, **form: str | int) -> dict[str, Any]:
        """Make a change once over api.php, with a new token. Raises as `change` does."""
        signer = self._credentials.for_call(rights, needed=True) if self._credentials else None
        form = {
            **form,
            "format": "json",
            "formatversion": 2,
            "assert": "user",
            "token": self._csrf_token(signer),
        }
        request = Request("POST", self.base_url + "/api.php", form=form, changes=True)
        return self._changed(request, answers.page_change_value, signer)

    def _csrf_token(self, signer: Signer | None) -> str:
        """Return the token that a change needs. Raises SIGN_IN_ENDED if the wiki sees an anonymous user."""
        address, query = self.base_url + "/api.php", self._api_query({"action": "query", "meta": "tokens"})
        for _ in range(_RENEWALS):
            credential = signer.credential() if signer else ""
            value = self._with_retries(
                lambda: self._signed(Request("GET", address, query), answers.api_value, signer)
            )
            found = value.get("query")
            tokens = found.get("tokens") if isinstance(found, dict) else None
            token = tokens.get("csrftoken") if isinstance(tokens, dict) else None
            if not isinstance(token, str):
                raise answers.broken(self.name, "no token")
            if token != _NO_TOKEN or signer is None:
                return token
            if not signer.renew(credential):
                break
        raise KnownFault(Fault.SIGN_IN_ENDED, wiki_fault_texts.sign_in_ended(self.name))

    def _api_query(self, query: Mapping[str, str | int]) -> dict[str, str | int]:
        return {**query, "format": "json", "formatversion": 2, "maxlag": _MAX_LAG}

    def _changed(self, request: Request, meaning: Callable[[str, Answer], T], signer: Signer | None) -> T:
        if self._cancel.wait(self.throttle.pause_left()):
            raise Cancelled
        try:
            return self._signed(request, meaning, signer)
        except TransientFault as fault:
            self._back_off(fault, fault.retry_after)
            raise

    def page(self, title: str) -> str:
        """Return the public HTML of a page, read without a sign-in (CONTRACT §5). Raises KnownFault."""
        return self._with_retries(lambda: self._page(title))

    def _page(self, title: str) -> str:
        address, query = self.base_url + "/index.php", {"title": title}
        for _ in range(3):
            answer, _ = self._transport.send(Request("GET", address, query), None, self._cancel)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                break
            address, query = self._transport.same_host(address, target), {}
        if fault := answers.unavailable(self.name, answer):
            raise fault
        return answer.body.decode("utf-8", "replace")

    @property
    def has_session(self) -> bool:
        """Whether `own_page` can be read."""
        return self._credentials is not None and self._credentials.session() is not None

    def own_page(self, title: str, **query: str | int) -> str:
        """Return the HTML of a special page, read with the session, texts as message keys (CONTRACT §5).

        Raises:
            KnownFault: SIGN_IN_ENDED if the wiki asks to sign in first.
        """
        return self._with_retries(lambda: self._own_page(title, query, _RENEWALS))

    def _own_page(self, title: str, query: Mapping[str, str | int], renewals: int) -> str:
        signer = self._credentials.session() if self._credentials else None
        if signer is None:
            raise KnownFault(Fault.SIGN_IN_ENDED, wiki_fault_texts.sign_in_ended(self.name))
        address = self.base_url + "/index.php"
        parameters: Mapping[str, str | int] = {"title": title, "uselang": "qqx", **query}
        for _ in range(3):
            answer, credential = self._transport.send(
                Request("GET", address, parameters), signer, self._cancel
            )
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                break
            # Redirects to the page's name in the wiki's language, or to the login form.
            address, parameters = self._transport.same_host(address, target), {}
        if fault := answers.unavailable(self.name, answer):
            raise fault
        html = answer.body.decode("utf-8", "replace")
        if _ANONYMOUS in html.partition("</head>")[0]:
            if renewals and signer.renew(credential):
                return self._own_page(title, query, renewals - 1)
            raise KnownFault(Fault.SIGN_IN_ENDED, wiki_fault_texts.sign_in_ended(self.name))
        if answer.status >= 300:
            raise answers.broken(self.name, f"HTTP {answer.status}")
        return html

    def _read(
        self,
        request: Request,
        meaning: Callable[[str, Answer], T],
        rights: Sequence[str] = (),
        *,
        needed: bool = False,
        doubt: Callable[[T], bool] = lambda _: False,
    ) -> T:
        def read() -> T:
            signer = self._credentials.for_call(rights, needed=needed) if self._credentials else None
            try:
                answer = self._signed(request, meaning, signer)
                if signer and signer.jar is not None and doubt(answer) and self._session_renewed(signer):
                    return self._signed(request, meaning, signer)
                return answer
            except KnownFault as fault:
                if fault.fault is Fault.SIGN_IN_ENDED and self._credentials:
                    other = self._credentials.for_call(rights, needed=needed)
                    if other is not signer:
                        return self._signed(request, meaning, other)
                # REST answers an ended session as it answers anonymous users.
                doubtful = fault.fault is Fault.NOT_ALLOWED and signer and signer.jar is not None
                if doubtful and signer and self._session_renewed(signer):
                    return self._signed(request, meaning, signer)
                raise

        return self._with_retries(read)

    def _session_renewed(self, signer: Signer) -> bool:
        """Check that the wiki still accepts a session; return whether it had to be restored for that.

        Raises:
            KnownFault: SIGN_IN_ENDED if the session has ended.
        """
        before = signer.credential()
        query = self._api_query({"action": "query", "meta": "userinfo", "assert": "user"})
        self._signed(Request("GET", self.base_url + "/api.php", query), answers.api_value, signer)
        return signer.credential() != before

    def _signed(self, request: Request, meaning: Callable[[str, Answer], T], signer: Signer | None) -> T:
        """Make a request; renew the credential and repeat the request if the wiki rejects it."""
        renewals = 0
        while True:
            answer, credential = self._transport.send(request, signer, self._cancel)
            if answer.status in REDIRECTS:
                if request.changes:
                    # Whatever the target: the change may have been made before the redirect was sent.
                    raise answers.NoAnswer(self.name)
                self._transport.same_host(request.address, answer.headers.get("location", ""))
                raise answers.broken(self.name, f"HTTP {answer.status}")
            try:
                return meaning(self.name, answer)
            except KnownFault as fault:
                if fault.fault is not Fault.SIGN_IN_ENDED or signer is None:
                    raise
                renewals += 1
                if renewals > _RENEWALS:
                    raise
                if answers.is_of_token_cookie(fault) and self._transport.drop_token_cookies(signer):
                    continue
                if not self._transport.renew(signer, credential, self._cancel):
                    raise

    def _with_retries(self, read: Callable[[], T]) -> T:
        """Repeat a read after transient faults, with exponential back-off and jitter."""
        attempt = 1
        while True:
            if self._cancel.wait(self.throttle.pause_left()):
                raise Cancelled
            try:
                return read()
            except TransientFault as fault:
                pause = _FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
                pause = max(pause, fault.retry_after or 0.0)
                tries = self._tries
                if fault.fault in AWAY:
                    tries = min(tries, _TRIES_WITHOUT_ANSWER)
                    # Requests that waited for a slot need not all time out one by one.
                    if self.throttle.note_unanswered() >= _TRIES_IN_ALL_SLOTS:
                        raise
                if pause > _LONGEST_WAIT:
                    self._back_off(fault, None)
                    raise
                self._back_off(fault, pause if attempt < tries else fault.retry_after)
                if attempt >= tries:
                    raise
            if self._cancel.wait(pause):
                raise Cancelled
            attempt += 1

    def _back_off(self, fault: TransientFault, pause: float | None) -> None:
        """Pause all requests to this wiki, or to its whole family if that is rate limited."""
        seconds = min(pause or 0.0, _LONGEST_WAIT)
        if fault.limits_family:
            self.throttle.rate_limiter.refused(seconds)
        elif fault.retry_after or isinstance(fault, ServerError) or fault.fault is Fault.TOO_FAST:
            self.throttle.pause_for(seconds)


def _with_token(request: Request, token: str) -> Request:
    """Return a change with the token that a session needs (CONTRACT §3)."""
    return dataclasses.replace(request, json={**(request.json or {}), "token": token})
