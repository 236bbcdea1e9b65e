"""The registered OAuth 2 clients."""

import hmac
import secrets
import sqlite3
from collections.abc import Sequence
from typing import Any

from app.practice.ground.settings import Settings
from app.practice.identity.rights import ALL_GRANTS, SHIPPED_GRANTS


def add_client(
    connection: sqlite3.Connection, name: str, settings: Settings, *, confidential: bool
) -> dict[str, Any]:
    """Register a client with the redirect URI and the grants of the settings."""
    grants = ALL_GRANTS if settings.grants == "organizer" else SHIPPED_GRANTS
    return register_client(connection, name, settings.redirect_uri, grants, confidential=confidential)


def register_client(
    connection: sqlite3.Connection,
    name: str,
    redirect_uri: str,
    grants: Sequence[str],
    *,
    confidential: bool,
) -> dict[str, Any]:
    """Register a client; public ones get a secret too, which 1.45 requires on refresh (CONTRACT §2)."""
    client_id, secret = secrets.token_hex(16), secrets.token_hex(20)
    connection.execute(
        "INSERT INTO oauth_clients (client_id, secret, name, confidential, redirect_uri, grants)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (client_id, secret, name, int(confidential), redirect_uri, " ".join(grants)),
    )
    return {"client_id": client_id, "client_secret": secret, "redirect_uri": redirect_uri}


def find_client(connection: sqlite3.Connection, client_id: str) -> sqlite3.Row | None:
    """Return a client."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM oauth_clients WHERE client_id = ?", (client_id,)
    ).fetchone()
    return row


def has_secret(client: sqlite3.Row, secret: str) -> bool:
    """Return whether a secret is the client's."""
    return hmac.compare_digest(client["secret"].encode(), secret.encode("utf-8", "surrogatepass"))
