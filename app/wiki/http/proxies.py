"""Look up the proxy for a request, from the system's settings or environment variables."""

import os
from urllib.parse import urlsplit

from requests.utils import get_environ_proxies, select_proxy

from app.domain.faults import Fault, KnownFault
from app.domain.wording import network_texts
from app.wiki.http.addresses import is_loopback

_SCHEMES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")
_VARIABLES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY")


def proxy_of(address: str) -> str | None:
    """Return the host and port of the proxy for an address, or None.

    Raises:
        KnownFault: the configured proxy address is invalid.
    """
    # A proxy would carry unencrypted secrets off this computer.
    if is_loopback(urlsplit(address).hostname):
        return None
    proxy: str | None = select_proxy(address, get_environ_proxies(address, no_proxy=None))
    if not proxy:
        return None
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme.lower() not in _SCHEMES or any(letter.isspace() for letter in proxy):
        # The value may contain a password, so only the variable's name is reported.
        variable = next((name for name in _VARIABLES if os.environ.get(name) == proxy), None)
        raise KnownFault(Fault.NETWORK, network_texts.proxy_broken(variable))
    return f"{host}:{port}" if port else host
