"""Trusted certificate authorities: those of the system, or of a file named by an environment variable."""

import os
import ssl
import sys
from functools import lru_cache
from pathlib import Path

from app.domain.faults import Fault, KnownFault
from app.i18n import _

#: The environment variables that can name a bundle of authorities; the first one that is set is used.
VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


def named_bundle() -> tuple[str, str] | None:
    """Return the environment variable that names a bundle of authorities, and the path; or None."""
    return next(((name, os.environ[name]) for name in VARIABLES if os.environ.get(name)), None)


def trusted_authorities() -> ssl.SSLContext:
    """Return the TLS context for connections.

    Uses the system's store, because schools and companies that inspect TLS install their authority there.

    Raises:
        KnownFault: an environment variable names a bundle that cannot be read.
    """
    return _context(named_bundle())


@lru_cache(maxsize=8)
def _context(named: tuple[str, str] | None) -> ssl.SSLContext:
    if named is None:
        import truststore

        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if not _system_has_authorities():
            import certifi

            context.load_verify_locations(certifi.where())
        return context
    variable, path = named
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        if Path(path).is_dir():
            trusting.load_verify_locations(capath=path)
        else:
            trusting.load_verify_locations(path)
    except (OSError, ValueError) as error:
        raise KnownFault(
            Fault.NETWORK,
            _(
                "The variable {variable} names a file of certificates that cannot be read: {path}. "
                "Nothing was sent. Correct it, or remove it, and start again."
            ).format(variable=variable, path=path),
        ) from error
    return trusting


def _system_has_authorities() -> bool:
    """Return whether the system has any authorities; a minimal Linux may have none."""
    if sys.platform != "linux":
        return True
    defaults = ssl.get_default_verify_paths()
    places = [Path(place) for place in (defaults.capath, "/etc/ssl/certs", "/etc/pki/tls/certs") if place]
    return bool(defaults.cafile) or any(place.is_dir() and any(place.iterdir()) for place in places)
