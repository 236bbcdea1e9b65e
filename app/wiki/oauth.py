"""OAuth 2 with PKCE: the address for the browser, and tokens for a code or a refresh token (CONTRACT §2)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from oauthlib.oauth2 import OAuth2Error
from requests_oauthlib import OAuth2Session

from app.domain import times, wording
from app.domain.account import OAuthClient, Tokens
from app.domain.faults import Fault, KnownFault
from app.wiki.client import USER_AGENT, check_address

_SECONDS = 30
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class _PlainLoopback(requests.adapters.HTTPAdapter):
    """Speaks http to this computer where the OAuth library insists on writing https.

    Secrets in the clear are safe there: they do not leave the computer. For any other host, check_address
    has refused http before.
    """

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send the request without TLS."""
        request.url = _plain(request.url or "")
        return super().send(request, *args, **kwargs)


@dataclass(slots=True)
class Authorization:
    """A sign-in under way: what to open in the browser, and what its answer must hold."""

    address: str
    state: str
    base_url: str
    client: OAuthClient
    session: OAuth2Session

    def tokens(self, code: str) -> Tokens:
        """Return the tokens for the code that the browser brought. Raises KnownFault."""
        return _fetched(
            self.base_url,
            lambda: self.session.fetch_token(
                _written_https(self.base_url) + "/rest.php/oauth2/access_token",
                code=code,
                include_client_id=True,
                client_secret=self.client.secret,
                timeout=_SECONDS,
            ),
        )


def authorization(base_url: str, client: OAuthClient) -> Authorization:
    """Begin a sign-in on the wiki whose scripts are at base_url. Raises KnownFault for an unsafe address."""
    check_address(base_url)
    session = _session(base_url, client, pkce="S256")
    address, state = session.authorization_url(_written_https(base_url) + "/rest.php/oauth2/authorize")
    if base_url.startswith("http:"):
        address = _plain(address)
    return Authorization(address, state, base_url, client, session)


def refreshed(base_url: str, client: OAuthClient, refresh_token: str) -> Tokens:
    """Return new tokens for a refresh token, which is dead from then on.

    The client's secret goes along, public client or not: the wiki may demand it (CONTRACT §2).
    Raises KnownFault: SIGN_IN_ENDED where the wiki takes the token no longer.
    """
    session = _session(base_url, client)
    extra = {"client_secret": client.secret} if client.secret else {}
    try:
        return _fetched(
            base_url,
            lambda: session.refresh_token(
                _written_https(base_url) + "/rest.php/oauth2/access_token",
                refresh_token=refresh_token,
                client_id=client.client_id,
                timeout=_SECONDS,
                **extra,
            ),
        )
    except KnownFault as fault:
        if fault.fault is Fault.REFUSED:
            ended = wording.sign_in_ended(urlsplit(base_url).netloc)
            raise KnownFault(Fault.SIGN_IN_ENDED, ended) from fault
        raise


def _session(base_url: str, client: OAuthClient, pkce: str | None = None) -> OAuth2Session:
    session = OAuth2Session(client.client_id, redirect_uri=client.redirect_uri, pkce=pkce)
    session.headers["User-Agent"] = USER_AGENT
    session.register_compliance_hook("access_token_response", _no_server_fault)
    session.register_compliance_hook("refresh_token_response", _no_server_fault)
    if base_url.startswith("http:"):
        session.mount(_written_https(base_url), _PlainLoopback())
    return session


def _no_server_fault(response: requests.Response) -> requests.Response:
    # A wiki in trouble says nothing about the token: only its own refusal may end a sign-in.
    if response.status_code >= 500 or response.status_code == 429 or response.is_redirect:
        response.raise_for_status()
        raise requests.exceptions.HTTPError(response=response)
    return response


def _fetched(base_url: str, fetch: Any) -> Tokens:
    wiki = urlsplit(base_url).netloc
    try:
        answer = fetch()
    except OAuth2Error as error:
        raise KnownFault(Fault.REFUSED, wording.sign_in_refused(error.error), error_key=error.error) from error
    except requests.exceptions.HTTPError as error:
        raise KnownFault(Fault.WIKI_BROKEN, wording.wiki_broken(wiki, "no tokens")) from error
    except requests.exceptions.SSLError as error:
        raise KnownFault(Fault.REFUSED, wording.tls_refused(wiki)) from error
    except requests.exceptions.JSONDecodeError as error:
        raise KnownFault(Fault.WIKI_BROKEN, wording.wiki_broken(wiki, "not JSON")) from error
    except requests.exceptions.RequestException as error:
        raise KnownFault(Fault.OFFLINE, wording.offline(wiki)) from error
    access, refresh = answer.get("access_token"), answer.get("refresh_token")
    seconds = answer.get("expires_in")
    if not isinstance(access, str) or not (refresh is None or isinstance(refresh, str)):
        raise KnownFault(Fault.WIKI_BROKEN, wording.wiki_broken(wiki, "no tokens"))
    ends = times.now() + int(seconds) if isinstance(seconds, int | float) else None
    return Tokens(access, refresh, ends)


def _written_https(base_url: str) -> str:
    parts = urlsplit(base_url)
    return parts._replace(scheme="https").geturl() if parts.hostname in _LOOPBACK else base_url


def _plain(address: str) -> str:
    return "http" + address.removeprefix("https")
