"""Turn the errors of failed requests into known faults of the network."""

import re

import requests

from app.domain.faults import Fault, KnownFault
from app.domain.wording import network_texts, wiki_fault_texts
from app.i18n import _
from app.wiki.http.answers import TransientFault, transient_fault
from app.wiki.http.exchange import TooLarge
from app.wiki.http.proxies import proxy_of

#: OpenSSL's names for errors of the TLS handshake, before anything is sent.
_UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"
_TOO_OLD = ("UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION")
#: Errors from a server that does not speak TLS at all, such as the login page of a network.
_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL")
_TUNNEL_REFUSED = re.compile(r"Tunnel connection failed: ([1-5][0-9]{2})")
_SOCKS_PASSWORD = re.compile(r"SOCKS.{0,40}(authentication|username/password|All offered)", re.IGNORECASE)


def network_fault(wiki: str, address: str, error: requests.exceptions.RequestException) -> KnownFault:
    """Return the fault of a request that got no complete response.

    The caller decides whether a change may have arrived anyway.
    """
    text = str(error)
    if isinstance(error, requests.exceptions.SSLError):
        return _tls_fault(wiki, text)
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return KnownFault(Fault.USAGE, wiki_fault_texts.bad_address(address))
    if isinstance(error, TooLarge):
        return KnownFault(Fault.WIKI_BROKEN, wiki_fault_texts.wiki_broken(wiki, "the answer is too large"))
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return transient_fault(wiki, "the answer was cut off")
    if proxy := proxy_of(address):
        return _proxy_fault(wiki, proxy, text)
    return TransientFault(Fault.OFFLINE, wiki_fault_texts.offline(wiki))


def _tls_fault(wiki: str, text: str) -> KnownFault:
    if _UNTRUSTED in text:
        return KnownFault(
            Fault.NETWORK,
            _(
                "The connection to {wiki} is not safe: its certificate is not trusted. Nothing was "
                "sent. Perhaps this network has a login page: open any web page in the browser. If "
                "not, check the address and this computer’s clock."
            ).format(wiki=wiki),
        )
    if any(name in text for name in _TOO_OLD):
        return KnownFault(
            Fault.REFUSED,
            _(
                "The connection to {wiki} is not safe: its encryption is too old (before TLS 1.2). "
                "Nothing was sent. Tell whoever runs the wiki."
            ).format(wiki=wiki),
        )
    if any(name in text for name in _NO_TLS):
        return KnownFault(Fault.NETWORK, network_texts.login_page())
    return TransientFault(Fault.OFFLINE, wiki_fault_texts.offline(wiki))


def _proxy_fault(wiki: str, proxy: str, text: str) -> KnownFault:
    refused = _TUNNEL_REFUSED.search(text)
    status = int(refused[1]) if refused else 0
    if status == 407 or _SOCKS_PASSWORD.search(text):
        sentence = _(
            "The proxy {proxy} wants a user name and a password. Nothing was sent. Put them into the "
            "address of the proxy, like http://name:password@{proxy}, or ask whoever runs this network."
        ).format(proxy=proxy)
    elif status == 511 or 200 <= status < 400:
        sentence = network_texts.login_page()
    elif 400 <= status < 500:
        sentence = _(
            "The proxy {proxy} does not let us through to {wiki} (HTTP {status}). Nothing was sent. Use "
            "another network, or ask whoever runs this one."
        ).format(proxy=proxy, wiki=wiki, status=status)
    else:
        return TransientFault(
            Fault.NETWORK,
            _(
                "{wiki} cannot be reached over the proxy {proxy}. What was fetched before is still "
                "here; check the proxy’s address, or try again later."
            ).format(wiki=wiki, proxy=proxy),
        )
    return KnownFault(Fault.NETWORK, sentence)
