"""Wikis and accounts in the database."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain import wording
from app.domain.account import Account, Identity, OAuthClient, SignInKind, Tokens, WikiFacts
from app.domain.faults import Fault, KnownFault

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

_ACCOUNTS = """
SELECT account.key, base_url, site_name, wiki_id, generator, language, has_event_registration,
       event_registration_version, clock_difference,
       has_grant_ids, name, user_id, central_id, groups, rights, blocked, kind, signed_in_at, ended
FROM account JOIN wiki ON wiki.key = account.wiki_key ORDER BY account.key
"""


def read_accounts(connection: driver.Connection) -> list[Account]:
    """Return the accounts in the order in which they were added. An account's key is its wiki's key too."""
    accounts = []
    for row in connection.execute(_ACCOUNTS):
        key, base_url, site_name, wiki_id, generator, language, has, version, clock, grants, *person = row
        name, user_id, central_id, groups, rights, blocked, kind, signed_in_at, ended = person
        facts = WikiFacts(
            base_url, site_name, wiki_id, generator, language, bool(has), version, clock, bool(grants)
        )
        identity = Identity(
            name,
            user_id,
            central_id,
            frozenset(json.loads(groups)),
            frozenset(json.loads(rights)),
            bool(blocked),
        )
        accounts.append(Account(key, facts, identity, SignInKind(kind), signed_in_at, bool(ended)))
    return accounts


def read_tokens(connection: driver.Connection, key: int) -> tuple[Tokens, OAuthClient | None]:
    """Return the secrets of an account, and the client they were given to (None for an owner-only token)."""
    row = connection.execute(
        "SELECT access_token, refresh_token, expires_at, client_id, client_secret, redirect_uri "
        "FROM account WHERE key = ?",
        (key,),
    ).fetchone()
    if row is None:
        raise KnownFault(Fault.USAGE, wording.no_account())
    access, refresh, expires_at, client_id, secret, redirect_uri = row
    client = OAuthClient(client_id, secret, redirect_uri or "") if client_id else None
    return Tokens(access, refresh, expires_at), client


def read_question_labels(connection: driver.Connection, wiki_key: int) -> dict[int, str]:
    """Return the wiki's own words for its questions, by number; empty where they were never fetched."""
    row = connection.execute("SELECT questions FROM wiki WHERE key = ?", (wiki_key,)).fetchone()
    return {int(number): label for number, label in json.loads(row[0]).items()} if row and row[0] else {}


def save_account(
    connection: "Connection",
    facts: WikiFacts,
    identity: Identity,
    kind: SignInKind,
    tokens: Tokens,
    client: OAuthClient | None,
    signed_in_at: int,
) -> int:
    """Keep a sign-in, in the place of an earlier one of the same person on the same wiki; return its key.

    Raises KnownFault where another person's data of that wiki is here.
    """
    from sqlalchemy import select
    from sqlalchemy.dialects.sqlite import insert

    from app.store import schema

    wiki_key = save_wiki(connection, facts)
    present = connection.execute(
        select(schema.account.c.name, schema.account.c.central_id).where(
            schema.account.c.wiki_key == wiki_key
        )
    ).first()
    if present and present.central_id != identity.central_id:
        raise KnownFault(Fault.REFUSED, wording.other_account(present.name, facts.site_name))
    values = {
        "key": wiki_key,
        "wiki_key": wiki_key,
        "kind": kind.value,
        "signed_in_at": signed_in_at,
        "ended": False,
        "client_id": client.client_id if client else None,
        "client_secret": client.secret if client else None,
        "redirect_uri": client.redirect_uri if client else None,
        **_identity_values(identity),
        **_token_values(tokens),
    }
    statement = insert(schema.account).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))
    return wiki_key


def save_wiki(connection: "Connection", facts: WikiFacts) -> int:
    """Keep what a wiki is; return its key."""
    from sqlalchemy import select
    from sqlalchemy.dialects.sqlite import insert

    from app.store import schema

    values = {
        "base_url": facts.base_url,
        "site_name": facts.site_name,
        "wiki_id": facts.wiki_id,
        "generator": facts.generator,
        "language": facts.language,
        "has_event_registration": facts.has_event_registration,
        "event_registration_version": facts.event_registration_version,
        "clock_difference": facts.clock_difference,
        "has_grant_ids": facts.has_grant_ids,
    }
    statement = insert(schema.wiki).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["base_url"], set_=values))
    found = connection.execute(select(schema.wiki.c.key).where(schema.wiki.c.base_url == facts.base_url))
    return int(found.scalar_one())


def save_identity(connection: "Connection", key: int, identity: Identity) -> None:
    """Keep what an account is called and may do now."""
    from sqlalchemy import update

    from app.store import schema

    connection.execute(
        update(schema.account).where(schema.account.c.key == key).values(**_identity_values(identity))
    )


def save_tokens(connection: "Connection", key: int, tokens: Tokens) -> None:
    """Keep the new tokens of an account."""
    from sqlalchemy import update

    from app.store import schema

    connection.execute(
        update(schema.account).where(schema.account.c.key == key).values(ended=False, **_token_values(tokens))
    )


def mark_ended(connection: "Connection", key: int) -> None:
    """Note that the wiki takes an account's tokens no longer. Its data stays."""
    from sqlalchemy import update

    from app.store import schema

    connection.execute(update(schema.account).where(schema.account.c.key == key).values(ended=True))


def save_question_labels(connection: "Connection", wiki_key: int, labels: Mapping[int, str]) -> None:
    """Keep the wiki's own words for its questions."""
    from sqlalchemy import update

    from app.store import schema

    connection.execute(
        update(schema.wiki).where(schema.wiki.c.key == wiki_key).values(questions=json.dumps(dict(labels)))
    )


def save_events_synced(connection: "Connection", wiki_key: int, at: int) -> None:
    """Note when the list of events was last fetched whole."""
    from sqlalchemy import update

    from app.store import schema

    connection.execute(update(schema.wiki).where(schema.wiki.c.key == wiki_key).values(events_synced_at=at))


def remove_account(connection: "Connection", key: int) -> None:
    """Remove an account with all that was fetched for it."""
    from sqlalchemy import delete

    from app.store import schema

    connection.execute(delete(schema.wiki).where(schema.wiki.c.key == key))


def _identity_values(identity: Identity) -> dict[str, object]:
    return {
        "name": identity.name,
        "user_id": identity.user_id,
        "central_id": identity.central_id,
        "groups": json.dumps(sorted(identity.groups)),
        "rights": json.dumps(sorted(identity.rights)),
        "blocked": identity.blocked,
    }


def _token_values(tokens: Tokens) -> dict[str, object]:
    return {
        "access_token": tokens.access,
        "refresh_token": tokens.refresh,
        "expires_at": tokens.expires_at,
    }
