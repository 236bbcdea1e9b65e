"""Web addresses: which may be spoken to at all, and which is this computer itself."""

from urllib.parse import urlsplit

from app.domain import wording
from app.domain.faults import Fault, KnownFault

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def is_loopback(host: str | None) -> bool:
    """Return whether a host's name is that of this computer itself."""
    return host in _LOOPBACK


def check_address(address: str) -> str:
    """Return a web address, its host in lower case, without its trailing slash.

    Raises KnownFault where it is none, or would send secrets in the clear: only this computer itself may be
    spoken to without TLS.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or "@" in parts.netloc:
        raise KnownFault(Fault.USAGE, wording.bad_address(address))
    if parts.scheme == "http" and not is_loopback(host):
        raise KnownFault(Fault.USAGE, wording.insecure_address(address))
    return parts._replace(netloc=parts.netloc.lower()).geturl().rstrip("/")
