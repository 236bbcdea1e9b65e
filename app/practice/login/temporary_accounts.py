"""Temporary accounts, which the wiki creates for anonymous editors (CONTRACT §6, temporary accounts)."""

import secrets
import sqlite3

from flask import g

from app.practice.identity.visitors import TEMPORARY, Account, read_account
from app.practice.wiki import PracticeWiki, begin_session

MATCH_PATTERNS = ("~$1",)


def make_temporary_account(wiki: PracticeWiki, connection: sqlite3.Connection) -> Account:
    """Create an account with the next free name and sign the current browser in to it (1247)."""
    year = wiki.clock.now().year
    last, made = connection.execute(
        "SELECT max(user_id), sum(groups = ?) FROM users", (TEMPORARY,)
    ).fetchone()
    # A random password: the account can be used through its cookies only.
    row = connection.execute(
        "INSERT INTO users (user_id, name, password, groups, registered) VALUES (?, ?, ?, ?, ?) RETURNING *",
        (last + 1, f"~{year}-{made + 1}", secrets.token_hex(32), TEMPORARY, wiki.clock.stamp()),
    ).fetchone()
    account = read_account(row)
    wiki.sessions.sign_in(begin_session(), account.user_id)
    g.signed_in = account
    return account
