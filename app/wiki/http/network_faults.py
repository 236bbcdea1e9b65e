"""What a failed request tells of the network: which known fault it is, and its sentence."""

import re

import requests

from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.domain.wording import network
from app.wiki.http.answers import TransientFault, passing
from app.wiki.http.exchange import TooLarge
from app.wiki.http.proxies import proxy_of

#: OpenSSL's names for what ends a connection while its safety is agreed on, before anything is sent.
_UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"
_TOO_OLD = ("UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION")
#: What something that speaks no TLS at all gives, such as the login page of a network.
_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL")
_TUNNEL_REFUSED = re.compile(r"Tunnel connection failed: ([1-5][0-9]{2})")
_SOCKS_PASSWORD = re.compile(r"SOCKS.{0,40}(authentication|username/password|All offered)", re.IGNORECASE)


def network_fault(wiki: str, address: str, error: requests.exceptions.RequestException) -> KnownFault:
    """Return the fault of a request to an address that has no whole answer.

    Whether a change may have arrived all the same is for the caller to know.
    """
    told = str(error)
    if isinstance(error, requests.exceptions.SSLError):
        return _of_tls(wiki, told)
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return KnownFault(Fault.USAGE, wording.bad_address(address))
    if isinstance(error, TooLarge):
        return KnownFault(Fault.WIKI_BROKEN, wording.wiki_broken(wiki, "the answer is too large"))
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return passing(wiki, "the answer was cut off")
    if proxy := proxy_of(address):
        return _of_proxy(wiki, proxy, told)
    return TransientFault(Fault.OFFLINE, wording.offline(wiki))


def _of_tls(wiki: str, told: str) -> KnownFault:
    if _UNTRUSTED in told:
        return KnownFault(Fault.NETWORK, network.certificate_refused(wiki))
    if any(name in told for name in _TOO_OLD):
        return KnownFault(Fault.REFUSED, wording.tls_too_old(wiki))
    if any(name in told for name in _NO_TLS):
        return KnownFault(Fault.NETWORK, network.login_page())
    return TransientFault(Fault.OFFLINE, wording.offline(wiki))


def _of_proxy(wiki: str, proxy: str, told: str) -> KnownFault:
    refused = _TUNNEL_REFUSED.search(told)
    status = int(refused[1]) if refused else 0
    if status == 407 or _SOCKS_PASSWORD.search(told):
        sentence = network.proxy_wants_password(proxy)
    elif status == 511 or 200 <= status < 400:
        sentence = network.login_page()
    elif 400 <= status < 500:
        sentence = network.proxy_refuses(proxy, wiki, status)
    else:
        return TransientFault(Fault.NETWORK, network.proxy_away(proxy, wiki))
    return KnownFault(Fault.NETWORK, sentence)
