"""The sign-ins of the accounts, and their secrets."""

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from app.domain.accounts.account import (
    Cookie,
    OAuth1Secrets,
    OAuthClient,
    Secrets,
    SessionSecrets,
    SignIn,
    SignInKind,
    Tokens,
)

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import ColumnElement, Connection

# OAuth comes first: it is preferred for every call that it has the right for.
_SIGN_INS = """
SELECT account_key, kind, address, rights, signed_in_at, ended
FROM sign_in ORDER BY account_key, kind = 'session', address
"""


def read_sign_ins(connection: driver.Connection) -> dict[int, tuple[SignIn, ...]]:
    """Return the sign-ins by account, OAuth first."""
    found: dict[int, tuple[SignIn, ...]] = {}
    for key, kind, address, rights, at, ended in connection.execute(_SIGN_INS):
        one = SignIn(SignInKind(kind), address, frozenset(json.loads(rights)), at, bool(ended))
        found[key] = (*found.get(key, ()), one)
    return found


def read_secrets(
    connection: driver.Connection, key: int, sign_in: SignIn
) -> tuple[Secrets | None, OAuthClient | None]:
    """Return the secrets of a sign-in, and the OAuth client they were issued to, if any.

    There are no secrets for a session that is only in memory, and for a sign-in that was removed.
    """
    row = connection.execute(
        "SELECT secrets, client FROM sign_in WHERE account_key = ? AND kind = ? AND address = ?",
        (key, sign_in.kind.value, sign_in.address),
    ).fetchone()
    secrets, client = row or (None, None)
    return (
        _secrets(sign_in.kind, json.loads(secrets)) if secrets else None,
        OAuthClient(**json.loads(client)) if client else None,
    )


def save_sign_in(
    connection: "Connection", key: int, sign_in: SignIn, secrets: Secrets | None, client: OAuthClient | None
) -> None:
    """Save a sign-in, replacing an earlier one of its kind; all kinds of OAuth replace each other."""
    from sqlalchemy import and_, delete, insert

    from app.store.database import schema

    table = schema.sign_in.c
    same = and_(table.account_key == key, table.address == sign_in.address)
    session = SignInKind.SESSION.value
    of_its_kind = table.kind == session if sign_in.kind is SignInKind.SESSION else table.kind != session
    connection.execute(delete(schema.sign_in).where(same, of_its_kind))
    connection.execute(
        insert(schema.sign_in).values(
            account_key=key,
            kind=sign_in.kind.value,
            address=sign_in.address,
            rights=json.dumps(sorted(sign_in.rights)),
            signed_in_at=sign_in.signed_in_at,
            ended=sign_in.ended,
            secrets=json.dumps(dataclasses.asdict(secrets)) if secrets else None,
            client=json.dumps(dataclasses.asdict(client)) if client else None,
        )
    )


def save_secrets(connection: "Connection", key: int, sign_in: SignIn, secrets: Secrets) -> None:
    """Save the new secrets of a sign-in."""
    from sqlalchemy import update

    from app.store.database import schema

    text = json.dumps(dataclasses.asdict(secrets))
    connection.execute(update(schema.sign_in).where(_this(key, sign_in)).values(secrets=text))


def save_rights(connection: "Connection", key: int, sign_in: SignIn, rights: frozenset[str]) -> None:
    """Save the current rights of a sign-in."""
    from sqlalchemy import update

    from app.store.database import schema

    text = json.dumps(sorted(rights))
    connection.execute(update(schema.sign_in).where(_this(key, sign_in)).values(rights=text))


def mark_ended(connection: "Connection", key: int, sign_in: SignIn) -> None:
    """Mark a sign-in as no longer accepted by the wiki. The data fetched with it stays."""
    from sqlalchemy import update

    from app.store.database import schema

    connection.execute(update(schema.sign_in).where(_this(key, sign_in)).values(ended=True))


def remove_sign_in(connection: "Connection", key: int, sign_in: SignIn) -> None:
    """Remove a sign-in. The data fetched with it stays."""
    from sqlalchemy import delete

    from app.store.database import schema

    connection.execute(delete(schema.sign_in).where(_this(key, sign_in)))


def _this(key: int, sign_in: SignIn) -> "ColumnElement[bool]":
    from sqlalchemy import and_

    from app.store.database import schema

    table = schema.sign_in.c
    return and_(table.account_key == key, table.kind == sign_in.kind.value, table.address == sign_in.address)


def _secrets(kind: SignInKind, stored: dict[str, Any]) -> Secrets:
    if kind is SignInKind.SESSION:
        return SessionSecrets(tuple(Cookie(**one) for one in stored["cookies"]))
    return OAuth1Secrets(**stored) if kind is SignInKind.OAUTH1 else Tokens(**stored)
