"""Validate web addresses, and recognize those of this computer."""

from urllib.parse import urlsplit

from app.domain.faults import Fault, KnownFault
from app.domain.wording import wiki_fault_texts
from app.i18n import _

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def is_loopback(host: str | None) -> bool:
    """Return whether a host name stands for this computer."""
    return host in _LOOPBACK


def check_address(address: str) -> str:
    """Return a web address with its host in lower case and without a trailing slash.

    Raises:
        KnownFault: the address is invalid, or would send secrets unencrypted: only this computer may be
            addressed without TLS.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname
        parts.port  # noqa: B018 - raises ValueError for an invalid port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or "@" in parts.netloc:
        raise KnownFault(Fault.USAGE, wiki_fault_texts.bad_address(address))
    if parts.scheme == "http" and not is_loopback(host):
        raise KnownFault(
            Fault.USAGE,
            _(
                "{address} does not begin with https://, so a sign-in could be read on the way. Use "
                "its https address."
            ).format(address=address),
        )
    return parts._replace(netloc=parts.netloc.lower()).geturl().rstrip("/")
