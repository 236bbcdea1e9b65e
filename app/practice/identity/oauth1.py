"""OAuth 1.0a: consumers, tokens and request signatures (CONTRACT §2)."""

import hmac
import secrets
import sqlite3
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from urllib.request import parse_http_list, parse_keqv_list

from authlib.oauth1.rfc5849.signature import construct_base_string, hmac_sha1_signature
from flask import Request

from app.practice.ground.settings import Settings
from app.practice.ground.store import Store
from app.practice.identity.access_tokens import Access, InvalidTokenError
from app.practice.identity.rights import ALL_GRANTS, SHIPPED_GRANTS

OUT_OF_BAND = "oob"
REQUEST_LIFETIME = 600
_CLOCK_TOLERANCE = 300
_PROTOCOL = "mwoauth-oauth-exception"
_FORM = "application/x-www-form-urlencoded"


class OAuth1Error(InvalidTokenError):
    """Raised for an invalid OAuth 1.0a request; errors of the protocol itself share one key."""

    def __init__(self, reason: str, key: str = _PROTOCOL) -> None:
        super().__init__(reason)
        self.key = key

    @property
    def message(self) -> str:
        """Return the message as Special:OAuth shows it."""
        start = "An error occurred in the OAuth protocol: " if self.key == _PROTOCOL else ""
        return start + self.reason


@dataclass(frozen=True)
class Consumer:
    """A client that signs its requests; with `is_prefix` its callback may be any URL with that prefix."""

    key: str
    secret: str
    name: str
    callback: str
    is_prefix: bool
    grants: tuple[str, ...]

    def check_callback(self, wanted: str) -> None:
        """Check a callback.

        Raises:
            OAuth1Error: The consumer is not registered for it.
        """
        if wanted == OUT_OF_BAND:
            return
        if not self.is_prefix:
            text = 'oauth_callback must be set, and must be set to "oob" (case-sensitive)'
            raise OAuth1Error(text, "mwoauth-callback-not-oob")
        there, registered = urlsplit(wanted), urlsplit(self.callback)
        same = (there.scheme, there.netloc) == (registered.scheme, registered.netloc)
        if not same or not there.path.startswith(registered.path):
            raise OAuth1Error(
                'oauth_callback must be set, and must be set to "oob" (case-sensitive), or the configured'
                " callback must be a prefix of the supplied callback.",
                "mwoauth-callback-not-oob-or-prefix",
            )


@dataclass(frozen=True)
class Signed:
    """A signed request: the parameters of its header, and the signature base string."""

    sent: dict[str, str]
    base_string: str

    def check(self, consumer: Consumer, token_secret: str, nonces: "Nonces") -> None:
        """Check the signature.

        Raises:
            OAuth1Error: The signature is wrong, too old, or was used before.
        """
        method, stamp = self.sent.get("oauth_signature_method"), self.sent.get("oauth_timestamp", "")
        if method != "HMAC-SHA1":
            raise OAuth1Error(f"Signature method '{method}' not supported")
        now = int(time.time())
        if not stamp.isdecimal() or abs(now - int(stamp)) > _CLOCK_TOLERANCE:
            raise OAuth1Error(f"Expired timestamp, yours {stamp}, ours {now}")
        nonce = self.sent.get("oauth_nonce", "")
        if not nonces.is_new((consumer.key, self.sent.get("oauth_token", ""), nonce)):
            raise OAuth1Error(f"Nonce already used: {nonce}")
        right: str = hmac_sha1_signature(self.base_string, consumer.secret, token_secret)
        if not hmac.compare_digest(right.encode(), self.sent.get("oauth_signature", "").encode()):
            raise OAuth1Error("Invalid signature")


@dataclass
class Nonces:
    """The nonces that were used: each is valid once."""

    _seen: set[tuple[str, ...]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def is_new(self, nonce: tuple[str, ...]) -> bool:
        """Record a nonce; return whether it is new."""
        with self._lock:
            count = len(self._seen)
            self._seen.add(nonce)
            return len(self._seen) > count


def read_signed(asked: Request) -> Signed | None:
    """Return the signature of a request, None for an unsigned one."""
    scheme, _, rest = asked.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "oauth":
        return None
    try:
        pairs = parse_keqv_list(parse_http_list(rest))
    except (ValueError, IndexError) as error:
        raise OAuth1Error("Malformed authorization header") from error
    sent = {unquote(name): unquote(value) for name, value in pairs.items()}
    signed = [*parse_qsl(asked.query_string.decode(), keep_blank_values=True), *sent.items()]
    if asked.mimetype == _FORM:
        signed += asked.form.items(multi=True)
    return Signed(sent, construct_base_string(asked.method, asked.base_url, signed))


def find_signed_access(connection: sqlite3.Connection, asked: Request, nonces: Nonces) -> Access | None:
    """Return what the signature of a request grants, None for an unsigned one.

    Raises:
        OAuth1Error: The consumer, the token or the signature is invalid.
    """
    signed = read_signed(asked)
    if signed is None:
        return None
    consumer = consumer_of(connection, signed.sent.get("oauth_consumer_key"))
    row = connection.execute(
        "SELECT * FROM oauth1_tokens WHERE token = ? AND consumer_key = ?",
        (signed.sent.get("oauth_token"), consumer.key),
    ).fetchone()
    if row is None:
        text = "No approved grant was found for that authorization token."
        raise OAuth1Error(text, "mwoauthdatastore-access-token-not-found")
    signed.check(consumer, row["secret"], nonces)
    grants = tuple(row["grants"].split())
    return Access(row["user_id"], grants, row["token"], consumer.name, wants_jwt=True)


def consumer_of(connection: sqlite3.Connection, key: str | None) -> Consumer:
    """Return the consumer with a key.

    Raises:
        OAuth1Error: There is none.
    """
    row = connection.execute("SELECT * FROM oauth1_consumers WHERE consumer_key = ?", (key,)).fetchone()
    if row is None:
        raise OAuth1Error("Invalid consumer")
    return Consumer(
        row["consumer_key"],
        row["secret"],
        row["name"],
        row["callback"],
        bool(row["is_prefix"]),
        tuple(row["grants"].split()),
    )


def register_consumers(store: Store, settings: Settings) -> dict[str, Any]:
    """Register two consumers unless they exist; return their entries of the start-up line."""
    root = settings.redirect_uri.removesuffix("callback")
    wanted = (
        ("oauth1_client", "Event Center Desktop (OAuth 1.0a)", settings.redirect_uri, False),
        ("oauth1_prefix_client", "Event Center Desktop (OAuth 1.0a, prefix)", root, True),
    )
    grants = ALL_GRANTS if settings.grants == "organizer" else SHIPPED_GRANTS
    described: dict[str, Any] = {}
    with store.write() as connection:
        for role, name, callback, is_prefix in wanted:
            find = "SELECT * FROM oauth1_consumers WHERE is_prefix = ?"
            row = connection.execute(find, (int(is_prefix),)).fetchone()
            if row is None:
                connection.execute(
                    "INSERT INTO oauth1_consumers VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        secrets.token_hex(16),
                        secrets.token_hex(20),
                        name,
                        callback,
                        int(is_prefix),
                        " ".join(grants),
                    ),
                )
                row = connection.execute(find, (int(is_prefix),)).fetchone()
            described[role] = {
                "consumer_key": row["consumer_key"],
                "consumer_secret": row["secret"],
                "callback": row["callback"],
            }
    return described
