"""OAuth 2 access and refresh tokens: making, finding and ending them (CONTRACT §2)."""

import base64
import json
import secrets
import sqlite3
from dataclasses import dataclass

ACCESS_LENGTH = 828
REFRESH_LENGTH = 930
REFRESH_LIFETIME = 30 * 24 * 3600


class InvalidTokenError(Exception):
    """A token is unknown, expired or revoked, and the wiki does not say which; or a signature is bad."""

    def __init__(self, reason: str = "Invalid access token") -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Access:
    """What a good access token stands for."""

    user_id: int
    grants: tuple[str, ...]
    secret: str


@dataclass(frozen=True)
class TokenPair:
    """An access token with its refresh token; owner-only ones have none and do not expire."""

    access_token: str
    refresh_token: str | None


def find_access(connection: sqlite3.Connection, token: str, now: float) -> Access:
    """Return what a token stands for, or raise `InvalidTokenError`."""
    row = connection.execute(
        "SELECT user_id, grants, access_expires, revoked FROM oauth_tokens WHERE access_token = ?", (token,)
    ).fetchone()
    expired = row is not None and row["access_expires"] is not None and row["access_expires"] <= now
    if row is None or row["revoked"] or expired:
        raise InvalidTokenError
    return Access(row["user_id"], tuple(row["grants"].split()), token)


def issue_pair(
    connection: sqlite3.Connection,
    *,
    client_id: str,
    user_id: int,
    grants: tuple[str, ...],
    now: float,
    lifetime: int,
) -> TokenPair:
    """Make an access and a refresh token for somebody."""
    pair = TokenPair(_access_token(client_id, user_id, grants, int(now), lifetime), _opaque(REFRESH_LENGTH))
    connection.execute(
        "INSERT INTO oauth_tokens (access_token, refresh_token, client_id, user_id, grants, access_expires,"
        " refresh_expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            pair.access_token,
            pair.refresh_token,
            client_id,
            user_id,
            " ".join(grants),
            now + lifetime,
            now + REFRESH_LIFETIME,
        ),
    )
    return pair


def issue_owner_token(connection: sqlite3.Connection, *, user_id: int, grants: tuple[str, ...]) -> str:
    """Make an owner-only token: it needs no sign-in and does not expire."""
    client_id = secrets.token_hex(16)
    token = _access_token(client_id, user_id, grants, 0, 0)
    connection.execute(
        "INSERT INTO oauth_tokens (access_token, client_id, user_id, grants) VALUES (?, ?, ?, ?)",
        (token, client_id, user_id, " ".join(grants)),
    )
    return token


def _access_token(client_id: str, user_id: int, grants: tuple[str, ...], now: int, lifetime: int) -> str:
    claims = {
        "aud": client_id,
        "jti": secrets.token_hex(40),
        "iat": now,
        "exp": now + lifetime,
        "sub": str(user_id),
        "scopes": grants,
    }
    head = _encode(json.dumps({"typ": "JWT", "alg": "RS256"}).encode())
    body = _encode(json.dumps(claims).encode())
    start = f"{head}.{body}."
    return start + _opaque(max(342, ACCESS_LENGTH - len(start)))


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _opaque(length: int) -> str:
    return secrets.token_urlsafe(length)[:length]
