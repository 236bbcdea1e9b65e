"""Wikis and accounts in the database."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain.accounts.account import Account, Identity, OAuthClient, Secrets, SignIn, SignInKind, WikiFacts
from app.domain.faults import Fault, KnownFault
from app.domain.wikis.wiki_names import WikiNames
from app.domain.wording import sign_in_texts
from app.store.accounts.sign_ins import read_sign_ins, save_sign_in

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

_ACCOUNTS = """
SELECT account.key, base_url, site_name, wiki_id, generator, language, has_event_registration,
       event_registration_version, clock_difference,
       has_grant_ids, names, rights_of_groups, name, user_id, central_id, groups, blocked
FROM account JOIN wiki ON wiki.key = account.wiki_key ORDER BY account.key
"""


def read_accounts(connection: driver.Connection) -> list[Account]:
    """Return the accounts in the order in which they were added. An account has the same key as its wiki."""
    sign_ins, families = read_sign_ins(connection), _read_families(connection)
    accounts = []
    for row in connection.execute(_ACCOUNTS):
        key, base_url, site_name, wiki_id, generator, language, has, version, clock, grants, *rest = row
        names, rights, *person = rest
        name, user_id, central_id, groups, blocked = person
        facts = WikiFacts(
            base_url,
            site_name,
            wiki_id,
            generator,
            language,
            bool(has),
            version,
            clock,
            bool(grants),
            WikiNames.from_json(names) if names else WikiNames(),
            _groups(rights),
        )
        # Sign-ins on the account's home wiki come first.
        own = tuple(sorted(sign_ins.get(key, ()), key=lambda one: one.address != base_url))
        identity = Identity(
            name, user_id, central_id, frozenset(json.loads(groups)), _rights(own, base_url), bool(blocked)
        )
        accounts.append(Account(key, facts, identity, own, families.get(key, {})))
    return accounts


def _groups(text: str | None) -> dict[str, frozenset[str]]:
    return {right: frozenset(groups) for right, groups in json.loads(text or "{}").items()}


def _rights(sign_ins: tuple[SignIn, ...], address: str) -> frozenset[str]:
    """Return the combined rights of the sign-ins on a wiki, including ended ones.

    Changes that need an ended sign-in's right wait for the next sign-in.
    """
    return frozenset[str]().union(*(one.rights for one in sign_ins if one.address == address))


def _read_families(connection: driver.Connection) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for key, wiki_id, address in connection.execute("SELECT wiki_key, wiki_id, address FROM family_wiki"):
        found.setdefault(key, {})[wiki_id] = address
    return found


def read_family_age(connection: driver.Connection, wiki_key: int) -> int | None:
    """Return when a wiki's family was last fetched, in seconds since 1970; None if never."""
    row = connection.execute("SELECT family_read_at FROM wiki WHERE key = ?", (wiki_key,)).fetchone()
    return row[0] if row else None


def read_question_labels(connection: driver.Connection, wiki_key: int) -> dict[int, str]:
    """Return the wiki's labels of its questions, by number; empty if they were never fetched."""
    row = connection.execute("SELECT questions FROM wiki WHERE key = ?", (wiki_key,)).fetchone()
    return {int(number): label for number, label in json.loads(row[0]).items()} if row and row[0] else {}


def save_account(
    connection: "Connection",
    facts: WikiFacts,
    identity: Identity,
    kind: SignInKind,
    secrets: Secrets | None,
    client: OAuthClient | None,
    signed_in_at: int,
) -> int:
    """Save a sign-in, replacing an earlier one of the same user and kind; return the account's key.

    Raises:
        KnownFault: another user's data of that wiki is stored.
    """
    from sqlalchemy import select
    from sqlalchemy.dialects.sqlite import insert

    from app.store.database import schema

    wiki_key = save_wiki(connection, facts)
    present = connection.execute(
        select(schema.account.c.name, schema.account.c.central_id).where(
            schema.account.c.wiki_key == wiki_key
        )
    ).first()
    if present and present.central_id != identity.central_id:
        raise KnownFault(Fault.REFUSED, sign_in_texts.other_account(present.name, facts.site_name))
    values = {"key": wiki_key, "wiki_key": wiki_key, **_identity_values(identity)}
    statement = insert(schema.account).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))
    sign_in = SignIn(kind, facts.base_url, identity.rights, signed_in_at, ended=False)
    save_sign_in(connection, wiki_key, sign_in, secrets, client)
    return wiki_key


def save_wiki(connection: "Connection", facts: WikiFacts) -> int:
    """Save the facts of a wiki; return its key."""
    from sqlalchemy import select
    from sqlalchemy.dialects.sqlite import insert

    from app.store.database import schema

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
        "names": facts.names.as_json(),
        "rights_of_groups": json.dumps({name: sorted(one) for name, one in facts.rights_of_groups.items()}),
    }
    statement = insert(schema.wiki).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["base_url"], set_=values))
    found = connection.execute(select(schema.wiki.c.key).where(schema.wiki.c.base_url == facts.base_url))
    return int(found.scalar_one())


def save_identity(connection: "Connection", key: int, identity: Identity) -> None:
    """Save an account's name and groups. Its rights are stored with its sign-ins."""
    from sqlalchemy import update

    from app.store.database import schema

    connection.execute(
        update(schema.account).where(schema.account.c.key == key).values(**_identity_values(identity))
    )


def save_family(connection: "Connection", wiki_key: int, family: Mapping[str, str], at: int) -> None:
    """Replace the addresses of a wiki's family, by wiki id."""
    from sqlalchemy import delete, insert, update

    from app.store.database import schema

    table = schema.family_wiki
    connection.execute(delete(table).where(table.c.wiki_key == wiki_key))
    rows = [
        {"wiki_key": wiki_key, "wiki_id": wiki_id, "address": address} for wiki_id, address in family.items()
    ]
    if rows:
        connection.execute(insert(table), rows)
    connection.execute(update(schema.wiki).where(schema.wiki.c.key == wiki_key).values(family_read_at=at))


def save_question_labels(connection: "Connection", wiki_key: int, labels: Mapping[int, str]) -> None:
    """Save the wiki's labels of its questions."""
    from sqlalchemy import update

    from app.store.database import schema

    connection.execute(
        update(schema.wiki).where(schema.wiki.c.key == wiki_key).values(questions=json.dumps(dict(labels)))
    )


def save_events_synced(connection: "Connection", wiki_key: int, at: int) -> None:
    """Save when the complete list of events was last fetched."""
    from sqlalchemy import update

    from app.store.database import schema

    connection.execute(update(schema.wiki).where(schema.wiki.c.key == wiki_key).values(events_synced_at=at))


def remove_account(connection: "Connection", key: int) -> None:
    """Remove an account with all data that was fetched for it."""
    from sqlalchemy import delete

    from app.store.database import schema

    connection.execute(delete(schema.wiki).where(schema.wiki.c.key == key))


def _identity_values(identity: Identity) -> dict[str, object]:
    return {
        "name": identity.name,
        "user_id": identity.user_id,
        "central_id": identity.central_id,
        "groups": json.dumps(sorted(identity.groups)),
        "blocked": identity.blocked,
    }
