"""OAuth 2 access and refresh tokens: issuing and checking them (CONTRACT §2)."""

import base64
import json
import secrets
import sqlite3
from dataclasses import dataclass

ACCESS_LENGTH = 828
REFRESH_LENGTH = 930
REFRESH_LIFETIME = 30 * 24 * 3600


class InvalidTokenError(Exception):
    """Raised for an unknown, expired or revoked token (the wiki does not say which) or a bad signature."""

    error_key = "mwoauth-invalid-authorization"

    def __init__(self, reason: str = "Invalid access token") -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def sentence(self) -> str:
        """Return what the wiki says."""
        return f"The authorization headers in your request are not valid: {self.reason}"


class DisabledClientError(InvalidTokenError):
    """Raised for a token of a client that an administrator has disabled; `reason` is the client's name."""

    error_key = "mwoauth-invalid-authorization-not-approved"

    @property
    def sentence(self) -> str:
        """Return what the wiki says."""
        return (
            "The app that you are trying to connect seems to be set up incorrectly. Contact the author of"
            f' "{self.reason}" for help.'
        )


@dataclass(frozen=True)
class Access:
    """What a valid access token grants, and to whom."""

    user_id: int
    grants: tuple[str, ...]
    secret: str
    #: The name of the client that the token was issued to, None for an owner-only token.
    client_name: str | None = None
    #: Tokens that are no JWTs get a JWT cookie, where the wiki has it enabled.
    wants_jwt: bool = False


@dataclass(frozen=True)
class TokenPair:
    """An access token with its refresh token; owner-only ones have none and do not expire."""

    access_token: str
    refresh_token: str | None


def find_access(connection: sqlite3.Connection, token: str, now: float) -> Access:
    """Return what a token grants.

    Raises:
        InvalidTokenError: The token is unknown, expired or revoked.
    """
    row = connection.execute(
        "SELECT user_id, t.grants, access_expires, revoked, first_at, name FROM oauth_tokens t"
        " LEFT JOIN oauth_refreshed USING (access_token) LEFT JOIN oauth_clients USING (client_id)"
        " WHERE access_token = ?",
        (token,),
    ).fetchone()
    if row is None or row["revoked"] or row["first_at"] is not None:
        raise InvalidTokenError
    owner_only = row["access_expires"] is None
    if not owner_only and row["access_expires"] <= now:
        raise InvalidTokenError
    return Access(row["user_id"], tuple(row["grants"].split()), token, row["name"], owner_only)


def issue_pair(
    connection: sqlite3.Connection,
    *,
    client_id: str,
    user_id: int,
    grants: tuple[str, ...],
    now: float,
    lifetime: int,
) -> TokenPair:
    """Issue an access and a refresh token for a user."""
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
    """Issue an owner-only token: it needs no sign-in and does not expire."""
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
