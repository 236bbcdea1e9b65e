"""Requests to one wiki: courteous, patient with reads, and safe with tokens."""

import copy
import dataclasses
import random
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from app.domain import wording
from app.domain.faults import AWAY, Fault, KnownFault
from app.wiki.http import answers
from app.wiki.http.answers import Answer, ServerTrouble, TransientFault
from app.wiki.http.rate_limiter import LANES
from app.wiki.http.throttle import Throttle
from app.wiki.http.transport import REDIRECTS, Cancelled, Request, Signer, Transport

T = TypeVar("T")

_TRIES = 5
_TRIES_IN_ALL_LANES = 2 * LANES
_TRIES_WITHOUT_ANSWER = 3
_RENEWALS = 3
_FIRST_PAUSE = 0.5
#: Bytes. Servers accept addresses of 8,000 or more; fifty names in Cyrillic take 38,000.
_LONGEST_QUERY = 4_000
_LONGEST_WAIT = 60.0
_MOST_LAG = 5
#: What a wiki gives for a token to those who are not signed in (CONTRACT §5, clientlogin).
_NO_TOKEN = "+\\"  # noqa: S105 - nobody's
#: In the head of a page that was made for somebody who is not signed in.
_NOBODY = '"wgUserName":null'
_BAD_TOKEN = "rest-badtoken"  # noqa: S105 - a name


class Credentials(Protocol):
    """What lets a client speak for a person."""

    def for_call(self, rights: Sequence[str], *, needed: bool) -> Signer:
        """Return what may best make a call: the first that holds one of these rights, in their order.

        Raises SIGN_IN_ENDED where a right is needed that only an ended sign-in had.
        """

    def session(self) -> Signer | None:
        """Return her session, None where she has none that lives."""


class WikiClient:
    """The requests of this program to one wiki.

    `base_url` is the address of its scripts: that of api.php without "/api.php". May be used by several
    threads; at most three requests are under way at once, also where several clients share a `throttle`.
    `cancel` stops waiting and reading. A read whose fault may pass is made `tries` times.
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
        """Return this client, its connections and lanes shared, for work that `cancel` stops."""
        other = copy.copy(self)
        other._cancel = cancel
        return other

    def with_credentials(self, credentials: Credentials) -> "WikiClient":
        """Return this client, its connections and lanes shared, for a person signed in in another way."""
        other = copy.copy(self)
        other._credentials = credentials
        return other

    def rest(
        self,
        path: str,
        *rights: str,
        needed: bool = False,
        doubt: Callable[[Any], bool] = lambda _: False,
        **query: str | int,
    ) -> Any:  # noqa: ANN401 - any JSON
        """Return the JSON of a GET of `/rest.php` + path, asked with a sign-in that best holds the rights.

        `doubt` tells of an answer whether it may be one for nobody, as those get whose session has ended.
        Raises KnownFault; SIGN_IN_ENDED where a right is needed that only an ended sign-in had.
        """
        request = Request("GET", self.base_url + "/rest.php" + path, query)
        return self._read(request, answers.rest_value, rights, needed=needed, doubt=doubt)

    def api(self, **query: str | int) -> dict[str, Any]:
        """Return the JSON of a read of api.php. Raises KnownFault."""
        parameters, address = self._api_query(query), self.base_url + "/api.php"
        if len(urlencode(parameters)) > _LONGEST_QUERY:
            return self._read(Request("POST", address, form=parameters), answers.api_value)
        return self._read(Request("GET", address, parameters), answers.api_value)

    def keep_apart(self, name: str, seconds: float) -> None:
        """Wait until so many seconds have passed since this was last called for a name. Raises Cancelled."""
        self.throttle.keep_apart(name, seconds, self._cancel)
        if self._cancel.is_set():
            raise Cancelled

    def sign_of_life(self, seconds: float) -> None:
        """Ask the wiki once whether it can be reached, waiting so long at most. Raises KnownFault."""
        query = self._api_query({"action": "query"})
        request = Request("GET", self.base_url + "/api.php", query, patience=seconds)
        self._signed(request, answers.api_value, None)

    def change(
        self, method: str, path: str, body: Mapping[str, object], *rights: str, needed: bool = True
    ) -> Any:  # noqa: ANN401 - any JSON
        """Make a change once: send JSON to `/rest.php` + path and return the JSON that comes back.

        It is made with a sign-in that holds one of the rights; one of them is `needed`, or only helps. Raises
        NoAnswer where the wiki may have made it, any other KnownFault where it has not. It is sent again only
        where the wiki took no notice of it, because the sign-in or its token had to be renewed.
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
            # The session was brought back meanwhile and has another token now, or it has ended.
            return self._changed(_with_token(request, self._csrf_token(signer)), answers.change_value, signer)

    def page_change(self, *rights: str, **form: str | int) -> dict[str, Any]:
        """Make a change once over api.php, with a fresh token. Raises as `change` does."""
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
        """Return the token that a change needs. Raises SIGN_IN_ENDED where the wiki knows nobody."""
        address, query = self.base_url + "/api.php", self._api_query({"action": "query", "meta": "tokens"})
        for _ in range(_RENEWALS):
            proof = signer.proof() if signer else ""
            value = self._patiently(
                lambda: self._signed(Request("GET", address, query), answers.api_value, signer)
            )
            found = value.get("query")
            tokens = found.get("tokens") if isinstance(found, dict) else None
            token = tokens.get("csrftoken") if isinstance(tokens, dict) else None
            if not isinstance(token, str):
                raise answers.broken(self.name, "no token")
            if token != _NO_TOKEN or signer is None:
                return token
            if not signer.renew(proof):
                break
        raise KnownFault(Fault.SIGN_IN_ENDED, wording.sign_in_ended(self.name))

    def _api_query(self, query: Mapping[str, str | int]) -> dict[str, str | int]:
        return {**query, "format": "json", "formatversion": 2, "maxlag": _MOST_LAG}

    def _changed(self, request: Request, meaning: Callable[[str, Answer], T], signer: Signer | None) -> T:
        if self._cancel.wait(self.throttle.quiet_left()):
            raise Cancelled
        try:
            return self._signed(request, meaning, signer)
        except TransientFault as fault:
            self._heed(fault, fault.retry_after)
            raise

    def page(self, title: str) -> str:
        """Return the public HTML of a page, read without the sign-in (CONTRACT §5). Raises KnownFault."""
        return self._patiently(lambda: self._page(title))

    def _page(self, title: str) -> str:
        address, query = self.base_url + "/index.php", {"title": title}
        for _ in range(3):
            answer, _ = self._transport.send(Request("GET", address, query), None, self._cancel)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                break
            address, query = self._transport.same_host(address, target), {}
        if fault := answers.unwilling(self.name, answer):
            raise fault
        return answer.body.decode("utf-8", "replace")

    @property
    def has_session(self) -> bool:
        """Whether `own_page` can be read."""
        return self._credentials is not None and self._credentials.session() is not None

    def own_page(self, title: str, **query: str | int) -> str:
        """Return the HTML of a special page as her session sees it, its words as message keys (CONTRACT §5).

        Raises KnownFault; SIGN_IN_ENDED where the wiki asks to sign in first.
        """
        return self._patiently(lambda: self._own_page(title, query, _RENEWALS))

    def _own_page(self, title: str, query: Mapping[str, str | int], renewals: int) -> str:
        signer = self._credentials.session() if self._credentials else None
        if signer is None:
            raise KnownFault(Fault.SIGN_IN_ENDED, wording.sign_in_ended(self.name))
        address = self.base_url + "/index.php"
        asked: Mapping[str, str | int] = {"title": title, "uselang": "qqx", **query}
        for _ in range(3):
            answer, proof = self._transport.send(Request("GET", address, asked), signer, self._cancel)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                break
            # To the page's name in the wiki's own language, or to the form for signing in.
            address, asked = self._transport.same_host(address, target), {}
        if fault := answers.unwilling(self.name, answer):
            raise fault
        html = answer.body.decode("utf-8", "replace")
        if _NOBODY in html.partition("</head>")[0]:
            if renewals and signer.renew(proof):
                return self._own_page(title, query, renewals - 1)
            raise KnownFault(Fault.SIGN_IN_ENDED, wording.sign_in_ended(self.name))
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
                # To those whose session has ended REST answers as to anybody.
                doubtful = fault.fault is Fault.NOT_ALLOWED and signer and signer.jar is not None
                if doubtful and signer and self._session_renewed(signer):
                    return self._signed(request, meaning, signer)
                raise

        return self._patiently(read)

    def _session_renewed(self, signer: Signer) -> bool:
        """Ask whether the wiki still knows a session; return whether it had to be brought back for that.

        Raises SIGN_IN_ENDED where the wiki knows it no more.
        """
        before = signer.proof()
        query = self._api_query({"action": "query", "meta": "userinfo", "assert": "user"})
        self._signed(Request("GET", self.base_url + "/api.php", query), answers.api_value, signer)
        return signer.proof() != before

    def _signed(self, request: Request, meaning: Callable[[str, Answer], T], signer: Signer | None) -> T:
        """Make a request, with another proof where the wiki does not take the one we have."""
        renewals = 0
        while True:
            answer, proof = self._transport.send(request, signer, self._cancel)
            if answer.status in REDIRECTS:
                if request.changes:
                    # Wherever it leads: what sent it may have made the change before.
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
                if not self._transport.renew(signer, proof, self._cancel):
                    raise

    def _patiently(self, read: Callable[[], T]) -> T:
        """Repeat a read whose fault may pass, with pauses that grow and differ."""
        attempt = 1
        while True:
            if self._cancel.wait(self.throttle.quiet_left()):
                raise Cancelled
            try:
                return read()
            except TransientFault as fault:
                pause = _FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
                pause = max(pause, fault.retry_after or 0.0)
                tries = self._tries
                if fault.fault in AWAY:
                    tries = min(tries, _TRIES_WITHOUT_ANSWER)
                    # Those that waited for a lane need not all find out by themselves.
                    if self.throttle.note_unanswered() >= _TRIES_IN_ALL_LANES:
                        raise
                if pause > _LONGEST_WAIT:
                    self._heed(fault, None)
                    raise
                self._heed(fault, pause if attempt < tries else fault.retry_after)
                if attempt >= tries:
                    raise
            if self._cancel.wait(pause):
                raise Cancelled
            attempt += 1

    def _heed(self, fault: TransientFault, pause: float | None) -> None:
        """Let all work pause that asks this wiki, or its whole family where it asked too much of it."""
        seconds = min(pause or 0.0, _LONGEST_WAIT)
        if fault.limits_family:
            self.throttle.rate_limiter.refused(seconds)
        elif fault.retry_after or isinstance(fault, ServerTrouble) or fault.fault is Fault.TOO_FAST:
            self.throttle.keep_quiet(seconds)


def _with_token(request: Request, token: str) -> Request:
    """Return a change as a session must send it: guarded by a token (CONTRACT §3)."""
    return dataclasses.replace(request, json={**(request.json or {}), "token": token})
