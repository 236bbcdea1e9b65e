"""OAuth 1.0a, for clients registered for it: the three steps of a sign-in, and signatures (CONTRACT §2)."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import requests
from requests_oauthlib import OAuth1

from app.domain import times
from app.domain.accounts.account import OAuth1Secrets, OAuthClient
from app.domain.faults import Fault, KnownFault
from app.domain.wording import wiki_fault_texts
from app.wiki.http import answers
from app.wiki.http.addresses import check_address, is_loopback
from app.wiki.http.transport import USER_AGENT, NoRedirects
from app.wiki.sign_in.oauth import answered_fields, fetched
from app.wiki.sign_in.tokens import is_token

_SECONDS = 30
_ERROR = re.compile(r"[a-z0-9-]{1,80}")
#: The callback value for "as registered"; a consumer registered with it shows its verifier on a page.
_OUT_OF_BAND = "oob"
_NAMES_NO_CALLBACK = "mwoauth-callback-not-oob"


@dataclass
class Authorization:
    """A sign-in in progress: the address to open in the browser. Its callback must contain `token`."""

    address: str = field(repr=False)
    token: str = field(repr=False)
    base_url: str
    request: OAuth1Secrets = field(repr=False)
    clock_difference: int = 0

    def secrets(self, verifier: str) -> OAuth1Secrets:
        """Return the secrets for signatures, for the verifier from the callback. Raises KnownFault."""
        signed = _signature(self.request, self.clock_difference, verifier)
        token, secret = _fetched(self.base_url, "token", signed)
        return OAuth1Secrets(self.request.consumer_key, self.request.consumer_secret, token, secret)


def authorization(base_url: str, consumer: OAuthClient, clock_difference: int = 0) -> Authorization:
    """Start a sign-in on the wiki whose scripts are at base_url, with its time. Raises KnownFault.

    Only a consumer whose registered callback is a prefix may pass its own callback. For all others the wiki
    redirects to the registered address, which must be the consumer's `redirect_uri`.
    """
    base_url = check_address(base_url)
    consumer_secrets = OAuth1Secrets(consumer.client_id, consumer.secret or "", "", "")
    signed = _signature(consumer_secrets, clock_difference)
    try:
        token, secret = _fetched(base_url, "initiate", signed, oauth_callback=consumer.redirect_uri)
    except KnownFault as fault:
        if fault.error_key != _NAMES_NO_CALLBACK:
            raise
        token, secret = _fetched(base_url, "initiate", signed, oauth_callback=_OUT_OF_BAND)
    query = {"oauth_token": token, "oauth_consumer_key": consumer.client_id}
    address = f"{base_url}/index.php?{urlencode({'title': 'Special:OAuth/authorize', **query})}"
    request = OAuth1Secrets(consumer_secrets.consumer_key, consumer_secrets.consumer_secret, token, secret)
    return Authorization(address, token, base_url, request, clock_difference)


def signature(secrets: OAuth1Secrets, clock_difference: int = 0) -> requests.auth.AuthBase:
    """Return an authorization that signs requests for a user, including JSON and form bodies.

    A signature is valid once, and for five minutes by the wiki's clock, which is `clock_difference` seconds
    ahead of this computer's, so each request needs a new one.
    """
    return _signature(secrets, clock_difference)


def _signature(secrets: OAuth1Secrets, clock_difference: int, verifier: str | None = None) -> OAuth1:
    return OAuth1(
        secrets.consumer_key,
        client_secret=secrets.consumer_secret,
        resource_owner_key=secrets.token or None,
        resource_owner_secret=secrets.token_secret or None,
        verifier=verifier,
        timestamp=str(times.now() + clock_difference),
    )


def _fetched(base_url: str, step: str, signed: OAuth1, **query: str) -> tuple[str, str]:
    """Return the key and the secret of the token that a step returns."""
    wiki = urlsplit(base_url)
    # Not the page's short URL: the wiki computes the signature for this address.
    query = {"title": f"Special:OAuth/{step}", "format": "json", **query}
    with NoRedirects() as session:
        session.headers.update({"User-Agent": USER_AGENT, "Connection": "close"})
        session.trust_env = not is_loopback(wiki.hostname)
        response = fetched(
            base_url,
            lambda: session.get(f"{base_url}/index.php", params=query, auth=signed, timeout=_SECONDS),
        )
    fields = answered_fields(wiki.netloc, response)
    error, key, secret = fields.get("error"), fields.get("key"), fields.get("secret")
    # A refusal comes with HTTP 200.
    if isinstance(error, str) and _ERROR.fullmatch(error):
        raise KnownFault(Fault.REFUSED, wiki_fault_texts.sign_in_refused(), error_key=error, wiki_said=error)
    if response.status_code != 200 or not is_token(key) or not is_token(secret):
        raise answers.broken(wiki.netloc, f"HTTP {response.status_code}, no tokens")
    return str(key), str(secret)
