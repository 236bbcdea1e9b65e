"""Turn the errors of failed requests into known faults of the network."""

import re

import requests

from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.domain.wording import network
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
        return KnownFault(Fault.USAGE, wording.bad_address(address))
    if isinstance(error, TooLarge):
        return KnownFault(Fault.WIKI_BROKEN, wording.wiki_broken(wiki, "the answer is too large"))
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return transient_fault(wiki, "the answer was cut off")
    if proxy := proxy_of(address):
        return _proxy_fault(wiki, proxy, text)
    return TransientFault(Fault.OFFLINE, wording.offline(wiki))


def _tls_fault(wiki: str, text: str) -> KnownFault:
    if _UNTRUSTED in text:
        return KnownFault(Fault.NETWORK, network.certificate_refused(wiki))
    if any(name in text for name in _TOO_OLD):
        return KnownFault(Fault.REFUSED, wording.tls_too_old(wiki))
    if any(name in text for name in _NO_TLS):
        return KnownFault(Fault.NETWORK, network.login_page())
    return TransientFault(Fault.OFFLINE, wording.offline(wiki))


def _proxy_fault(wiki: str, proxy: str, text: str) -> KnownFault:
    refused = _TUNNEL_REFUSED.search(text)
    status = int(refused[1]) if refused else 0
    if status == 407 or _SOCKS_PASSWORD.search(text):
        sentence = network.proxy_wants_password(proxy)
    elif status == 511 or 200 <= status < 400:
        sentence = network.login_page()
    elif 400 <= status < 500:
        sentence = network.proxy_refuses(proxy, wiki, status)
    else:
        return TransientFault(Fault.NETWORK, network.proxy_unavailable(proxy, wiki))
    return KnownFault(Fault.NETWORK, sentence)
