"""Local TLS servers with their own host names, and certificates of every kind."""

import datetime
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.servers.scripted_wiki import ScriptedWiki, scripted_wiki

WIKI = "wiki.example"
ELSEWHERE = "elsewhere.example"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
_DAY = datetime.timedelta(days=1)


class SafeServers:
    """Starts scripted servers; `authority` is trusted for the duration of a test."""

    def __init__(self, authority: trustme.CA, running: ExitStack) -> None:
        self.authority = authority
        self._running = running

    def start(self, name: str = WIKI, tls: ssl.SSLContext | None = None) -> ScriptedWiki:
        """Run a server with a name, with a valid certificate unless another context is given."""
        context = tls or with_certificate(self.authority.issue_cert(name))
        return self._running.enter_context(scripted_wiki(context, name))

    def start_plain(self, name: str = WIKI) -> ScriptedWiki:
        """Run a server with a name, without TLS."""
        return self._running.enter_context(scripted_wiki(None, name))


@pytest.fixture(scope="session")
def trusted_authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def safe_servers(
    trusted_authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SafeServers]:
    """Return a factory of servers; names ending in .example resolve to this computer."""
    bundle = tmp_path / "authorities.pem"
    trusted_authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    for proxy in _PROXIES:
        monkeypatch.delenv(proxy, raising=False)
        monkeypatch.delenv(proxy.upper(), raising=False)
    resolve = socket.getaddrinfo

    def resolve_here(host: Any, *more: Any, **options: Any) -> Any:
        here = isinstance(host, str) and host.endswith(".example")
        return resolve("127.0.0.1" if here else host, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve_here)
    with ExitStack() as running:
        yield SafeServers(trusted_authority, running)


def with_certificate(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """Return a server context with a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def expired(authority: trustme.CA) -> ssl.SSLContext:
    now = datetime.datetime.now(datetime.UTC)
    return with_certificate(authority.issue_cert(WIKI, not_before=now - 9 * _DAY, not_after=now - _DAY))


def for_another_host(authority: trustme.CA) -> ssl.SSLContext:
    return with_certificate(authority.issue_cert(ELSEWHERE, f"{WIKI}.{ELSEWHERE}", "127.0.0.1"))


def from_another_authority(_: trustme.CA) -> ssl.SSLContext:
    return with_certificate(trustme.CA().issue_cert(WIKI))


def self_signed(_: trustme.CA) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, WIKI)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(WIKI)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.LeafCert(private, made.public_bytes(pem), []).configure_cert(context)
    return context
