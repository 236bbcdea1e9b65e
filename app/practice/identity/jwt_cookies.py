"""The cookie `sessionJwt`: a JWT that names the owner of a session or of an OAuth token.

Owner-only OAuth tokens get the same cookie, where the wiki has it enabled (CONTRACT §6).
"""

import base64
import hashlib
import hmac
import json
import secrets

from app.practice.ground.store import Store
from app.practice.identity.access_tokens import InvalidTokenError

JWT_COOKIE = "sessionJwt"
JWT_LIFETIME = 4 * 3600


class BadJwtError(InvalidTokenError):
    """Raised when the cookie sent with an OAuth token is invalid, stale or another account's.

    The text of the reason is the practice wiki's own.
    """

    error_key = "mwoauth-invalid-authorization-jwt"

    def __init__(self) -> None:
        super().__init__("Invalid JWT cookie")


def make_jwt(store: Store, user_id: int, now: float) -> str:
    """Return a new JWT for an account."""
    head = _encode(json.dumps({"typ": "JWT", "alg": "HS256"}).encode())
    claims = {
        "sub": str(user_id),
        "iat": int(now),
        "exp": int(now) + JWT_LIFETIME,
        "jti": secrets.token_hex(8),
    }
    start = f"{head}.{_encode(json.dumps(claims).encode())}"
    return f"{start}.{_signature(store, start)}"


def is_jwt_of(store: Store, cookie: str, user_id: int) -> bool:
    """Return whether a cookie is a valid JWT of an account.

    Its age is not checked: browsers drop it after four hours of real time, which the practice clock does not
    follow.
    """
    start, _, signature = cookie.rpartition(".")
    if not hmac.compare_digest(_signature(store, start).encode(), signature.encode("utf-8", "surrogatepass")):
        return False
    body = start.partition(".")[2]
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return bool(claims["sub"] == str(user_id))


def change_key(store: Store) -> None:
    """Replace the signing key, which invalidates all cookies issued so far."""
    with store.write() as connection:
        connection.execute("DELETE FROM world WHERE name = 'jwt_key'")


def _signature(store: Store, text: str) -> str:
    return _encode(hmac.digest(_key(store), text.encode("utf-8", "surrogatepass"), hashlib.sha256))


def _key(store: Store) -> bytes:
    find = "SELECT value FROM world WHERE name = 'jwt_key'"
    row = store.read().execute(find).fetchone()
    if row is None:
        with store.write() as connection:
            new = ("jwt_key", secrets.token_hex(32))
            connection.execute("INSERT OR IGNORE INTO world (name, value) VALUES (?, ?)", new)
            row = connection.execute(find).fetchone()
    return bytes.fromhex(row["value"])


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
