"""OAuth 2 with PKCE: the address for the browser, and tokens for a code or a refresh token (CONTRACT §2)."""

import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from oauthlib.oauth2 import OAuth2Error
from requests_oauthlib import OAuth2Session

from app.domain import times
from app.domain.accounts.account import OAuthClient, Tokens
from app.domain.faults import Fault, KnownFault
from app.domain.wording import network_texts, wiki_fault_texts
from app.wiki.http import answers
from app.wiki.http.addresses import check_address, is_loopback
from app.wiki.http.answers import Answer, Intercepted
from app.wiki.http.exchange import Exchange, WatchedAdapter
from app.wiki.http.network_faults import network_fault
from app.wiki.http.proxies import proxy_of
from app.wiki.http.transport import USER_AGENT, NoRedirects
from app.wiki.sign_in.tokens import is_token

T = TypeVar("T")

_SECONDS = 30
_ENDPOINTS = "/rest.php/oauth2"
_ERROR = re.compile(r"[a-z_]{1,40}")
_LONGEST_LIFE = 100 * 365 * 86_400

# These libraries write secrets to their debug logs.
for _name in ("requests_oauthlib", "oauthlib"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class _PlainLoopback(WatchedAdapter):
    """Uses http for this computer, although the OAuth library requires an https address.

    Unencrypted secrets are safe there, because they do not leave the computer. For any other host,
    check_address has already rejected http.
    """

    def send(
        self,
        request: requests.PreparedRequest,
        *args: Any,  # noqa: ANN401 - passed on
        **kwargs: Any,  # noqa: ANN401 - passed on
    ) -> requests.Response:
        request.url = _plain(request.url or "")
        return super().send(request, *args, **kwargs)


class _Session(NoRedirects, OAuth2Session):
    """Fetches tokens only."""


@dataclass
class Authorization:
    """A sign-in in progress: the address for the browser, and the state that its callback must have."""

    address: str = field(repr=False)
    state: str = field(repr=False)
    base_url: str
    client: OAuthClient
    session: OAuth2Session = field(repr=False)

    def tokens(self, code: str) -> Tokens:
        """Return the tokens for the code from the browser's callback. Raises KnownFault."""
        with self.session:
            return _fetched(
                self.base_url,
                lambda: self.session.fetch_token(
                    _token_endpoint(self.base_url),
                    code=code,
                    include_client_id=True,
                    client_secret=self.client.secret,
                    timeout=_SECONDS,
                ),
            )


def authorization(base_url: str, client: OAuthClient) -> Authorization:
    """Start a sign-in on the wiki whose scripts are at base_url. Raises KnownFault for an unsafe address."""
    base_url = check_address(base_url)
    session = _session(base_url, client, pkce="S256")
    address, state = session.authorization_url(f"{_written_https(base_url)}{_ENDPOINTS}/authorize")
    if base_url.startswith("http:"):
        address = _plain(address)
    return Authorization(address, state, base_url, client, session)


def refreshed(base_url: str, client: OAuthClient, refresh_token: str) -> Tokens:
    """Return new tokens for a refresh token, which becomes invalid at once, or after ten minutes (1.47).

    It may be sent again if the response was lost: at worst the wiki says that it is invalid. The client's
    secret is sent even for a public client, because the wiki may require it (CONTRACT §2, §6).

    Raises:
        KnownFault: SIGN_IN_ENDED if the wiki no longer accepts the token.
    """
    base_url = check_address(base_url)
    extra: dict[str, Any] = {"client_secret": client.secret} if client.secret else {}
    try:
        with _session(base_url, client) as session:
            return _fetched(
                base_url,
                lambda: session.refresh_token(
                    _token_endpoint(base_url),
                    refresh_token=refresh_token,
                    client_id=client.client_id,
                    timeout=_SECONDS,
                    **extra,
                ),
            )
    except KnownFault as fault:
        if fault.fault is Fault.REFUSED and fault.error_key:
            raise answers.not_signed_in(urlsplit(base_url).netloc, fault.error_key) from fault
        raise


def _session(base_url: str, client: OAuthClient, pkce: str | None = None) -> OAuth2Session:
    session = _Session(client.client_id, redirect_uri=client.redirect_uri, pkce=pkce)
    session.headers["User-Agent"] = USER_AGENT
    # The session makes only one request.
    session.headers["Connection"] = "close"
    wiki = urlsplit(base_url)

    def check(response: requests.Response) -> requests.Response:
        _check(wiki.netloc, response)
        return response

    session.register_compliance_hook("access_token_response", check)
    session.register_compliance_hook("refresh_token_response", check)
    session.trust_env = not is_loopback(wiki.hostname)
    if wiki.scheme == "http":
        session.mount(_written_https(base_url), _PlainLoopback())
    return session


def _check(wiki: str, response: requests.Response) -> None:
    """Raise the KnownFault for a response without tokens.

    Only a refusal by the wiki itself, in OAuth's format, says something about the token: no other response
    may end a sign-in.
    """
    status, fields = response.status_code, answered_fields(wiki, response)
    error = fields.get("error")
    if status in (400, 401) and isinstance(error, str) and _ERROR.fullmatch(error):
        raise KnownFault(Fault.REFUSED, wiki_fault_texts.sign_in_refused(), error_key=error, wiki_said=error)
    refresh, seconds = fields.get("refresh_token"), fields.get("expires_in")
    if (
        status != 200
        or not is_token(fields.get("access_token"))
        or not (refresh is None or is_token(refresh))
        or not (seconds is None or type(seconds) is int)
    ):
        raise answers.broken(wiki, f"HTTP {status}, no tokens")


def answered_fields(wiki: str, response: requests.Response) -> dict[str, Any]:
    """Return the fields of an endpoint's response: tokens or a refusal. Raises KnownFault."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    answer = Answer(response.status_code, headers, response.content)
    if 300 <= answer.status < 400:
        raise Intercepted(Fault.NETWORK, network_texts.other_address(wiki))
    if fault := answers.unavailable(wiki, answer):
        raise fault
    try:
        fields = answers.read_json(wiki, answer)
    except KnownFault as fault:
        # The response may have contained the tokens, so the request is not repeated.
        if fault.fault is Fault.NETWORK:
            raise Intercepted(Fault.NETWORK, fault.sentence) from fault
        raise answers.broken(wiki, f"HTTP {answer.status}, not JSON") from fault
    return fields if isinstance(fields, dict) else {}


def fetched(base_url: str, fetch: Callable[[], T]) -> T:
    """Return the value of `fetch`, a request to an endpoint, with the usual limits. Raises KnownFault."""
    wiki = urlsplit(base_url).netloc
    try:
        proxy_of(base_url)
        return Exchange[T](threading.Event(), changes=True).run(fetch)
    except requests.exceptions.RequestException as error:
        raise network_fault(wiki, base_url, error) from error


def _fetched(base_url: str, fetch: Callable[[], dict[str, Any]]) -> Tokens:
    try:
        found = fetched(base_url, fetch)
    except OAuth2Error as error:
        raise answers.broken(urlsplit(base_url).netloc, "no tokens") from error
    seconds = found.get("expires_in")
    ends = None if seconds is None else times.now() + min(max(int(seconds), 0), _LONGEST_LIFE)
    return Tokens(found["access_token"], found.get("refresh_token"), ends)


def _token_endpoint(base_url: str) -> str:
    return f"{_written_https(base_url)}{_ENDPOINTS}/access_token"


def _written_https(base_url: str) -> str:
    parts = urlsplit(base_url)
    return parts._replace(scheme="https").geturl() if is_loopback(parts.hostname) else base_url


def _plain(address: str) -> str:
    return "http" + address.removeprefix("https")
