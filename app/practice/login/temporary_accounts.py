"""Accounts that the wiki makes for people who edit without one (CONTRACT §6, temporary accounts)."""

import secrets
import sqlite3

from flask import g

from app.practice.identity.visitors import TEMPORARY, Account, read_account
from app.practice.wiki import PracticeWiki, begin_session

MATCH_PATTERNS = ("~$1",)


def make_temporary_account(wiki: PracticeWiki, connection: sqlite3.Connection) -> Account:
    """Make an account under the next free name and sign the present browser in to it (1247)."""
    year = wiki.clock.now().year
    last, made = connection.execute(
        "SELECT max(user_id), sum(groups = ?) FROM users", (TEMPORARY,)
    ).fetchone()
    # Nobody knows the password: the cookies alone lead to the account.
    row = connection.execute(
        "INSERT INTO users (user_id, name, password, groups, registered) VALUES (?, ?, ?, ?, ?) RETURNING *",
        (last + 1, f"~{year}-{made + 1}", secrets.token_hex(32), TEMPORARY, wiki.clock.stamp()),
    ).fetchone()
    account = read_account(row)
    wiki.sessions.sign_in(begin_session(), account.user_id)
    g.signed_in = account
    return account
