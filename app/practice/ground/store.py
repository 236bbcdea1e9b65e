"""The SQLite file of the practice wiki: its tables, and one connection for each thread."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TABLES = """
CREATE TABLE world (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE users (
    user_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, password TEXT NOT NULL,
    groups TEXT NOT NULL DEFAULT '', email TEXT, email_confirmed INTEGER NOT NULL DEFAULT 1,
    editcount INTEGER NOT NULL DEFAULT 0, registered TEXT NOT NULL, gender TEXT NOT NULL DEFAULT 'unknown',
    blocked_at TEXT, hidden INTEGER NOT NULL DEFAULT 0, has_page INTEGER NOT NULL DEFAULT 0);
CREATE TABLE pages (
    page_id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, namespace INTEGER NOT NULL,
    creator_id INTEGER NOT NULL, text TEXT NOT NULL, wiki TEXT NOT NULL, UNIQUE (wiki, title));
CREATE TABLE revisions (
    revision_id INTEGER PRIMARY KEY AUTOINCREMENT, page_id INTEGER NOT NULL, user_id INTEGER NOT NULL,
    parent_id INTEGER NOT NULL, made_at TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX revisions_of_page ON revisions (page_id, revision_id);
CREATE TABLE events (
    event_id INTEGER PRIMARY KEY AUTOINCREMENT, page_title TEXT NOT NULL, page_wiki TEXT NOT NULL,
    creator_id INTEGER NOT NULL,
    status TEXT NOT NULL, timezone TEXT NOT NULL, start_local TEXT NOT NULL, end_local TEXT NOT NULL,
    start_utc TEXT NOT NULL, end_utc TEXT NOT NULL, types TEXT NOT NULL, wikis TEXT NOT NULL,
    topics TEXT NOT NULL,
    online INTEGER NOT NULL, inperson INTEGER NOT NULL, meeting_url TEXT, country_code TEXT, address TEXT,
    chat_url TEXT, is_test INTEGER NOT NULL DEFAULT 0, tracks INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER NOT NULL DEFAULT 0);
CREATE INDEX events_of_page ON events (page_title);
CREATE TABLE organizers (
    organizer_id INTEGER PRIMARY KEY AUTOINCREMENT, event_id INTEGER NOT NULL, user_id INTEGER NOT NULL,
    role TEXT NOT NULL, gone INTEGER NOT NULL DEFAULT 0, UNIQUE (event_id, user_id));
CREATE INDEX events_of_organizer ON organizers (user_id, event_id);
CREATE TABLE participants (
    participant_id INTEGER PRIMARY KEY AUTOINCREMENT, event_id INTEGER NOT NULL, user_id INTEGER NOT NULL,
    registered_at TEXT NOT NULL, private INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0,
    gender INTEGER NOT NULL DEFAULT 0, age INTEGER NOT NULL DEFAULT 0, profession INTEGER NOT NULL DEFAULT 0,
    confidence INTEGER NOT NULL DEFAULT 0, affiliate INTEGER NOT NULL DEFAULT 0, affiliate_other TEXT,
    first_answer_at TEXT, aggregated INTEGER NOT NULL DEFAULT 0);
CREATE TABLE contributions (
    contribution_id INTEGER PRIMARY KEY AUTOINCREMENT, event_id INTEGER NOT NULL, wiki TEXT NOT NULL,
    revision_id INTEGER NOT NULL, user_id INTEGER NOT NULL);
CREATE TABLE mails (
    mail_id INTEGER PRIMARY KEY AUTOINCREMENT, event_id INTEGER NOT NULL, sender_id INTEGER NOT NULL,
    subject TEXT NOT NULL, message TEXT NOT NULL, recipients TEXT NOT NULL, copy_to_sender INTEGER NOT NULL,
    sent_at REAL NOT NULL);
CREATE TABLE oauth_clients (
    client_id TEXT PRIMARY KEY, secret TEXT NOT NULL, name TEXT NOT NULL, confidential INTEGER NOT NULL,
    redirect_uri TEXT NOT NULL, grants TEXT NOT NULL);
CREATE TABLE oauth_codes (
    code TEXT PRIMARY KEY, client_id TEXT NOT NULL, user_id INTEGER NOT NULL, redirect_uri TEXT,
    challenge TEXT, method TEXT, grants TEXT NOT NULL, expires REAL NOT NULL,
    used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE oauth_tokens (
    access_token TEXT PRIMARY KEY, refresh_token TEXT UNIQUE, client_id TEXT NOT NULL,
    user_id INTEGER NOT NULL, grants TEXT NOT NULL, access_expires REAL,
    refresh_expires REAL, revoked INTEGER NOT NULL DEFAULT 0);
"""

# Databases of earlier versions do not have these.
LATER_TABLES = """
CREATE TABLE IF NOT EXISTS event_extras (event_id INTEGER PRIMARY KEY, grant_id TEXT, course TEXT);
CREATE TABLE IF NOT EXISTS event_goals (
    event_id INTEGER PRIMARY KEY, kind TEXT NOT NULL, target INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS unasked (event_id INTEGER NOT NULL, user_id INTEGER NOT NULL,
    PRIMARY KEY (event_id, user_id));
CREATE TABLE IF NOT EXISTS aggregated_answers (event_id INTEGER NOT NULL, question INTEGER NOT NULL,
    answer INTEGER NOT NULL, people INTEGER NOT NULL, PRIMARY KEY (event_id, question, answer));
CREATE TABLE IF NOT EXISTS agreements (event_id INTEGER NOT NULL, user_id INTEGER NOT NULL,
    PRIMARY KEY (event_id, user_id));
CREATE TABLE IF NOT EXISTS article_lists (page_id INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS listed_articles (
    article_id INTEGER PRIMARY KEY AUTOINCREMENT, page_id INTEGER NOT NULL, wiki TEXT NOT NULL,
    title TEXT NOT NULL, listed_at TEXT NOT NULL, UNIQUE (page_id, wiki, title));
CREATE TABLE IF NOT EXISTS oauth_refreshed (access_token TEXT PRIMARY KEY, first_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS oauth1_consumers (
    consumer_key TEXT PRIMARY KEY, secret TEXT NOT NULL, name TEXT NOT NULL, callback TEXT NOT NULL,
    is_prefix INTEGER NOT NULL, grants TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS oauth1_requests (
    token TEXT PRIMARY KEY, secret TEXT NOT NULL, consumer_key TEXT NOT NULL, callback TEXT NOT NULL,
    expires REAL NOT NULL, user_id INTEGER, verifier TEXT, used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS oauth1_tokens (
    token TEXT PRIMARY KEY, secret TEXT NOT NULL, consumer_key TEXT NOT NULL, user_id INTEGER NOT NULL,
    grants TEXT NOT NULL, UNIQUE (consumer_key, user_id));
CREATE TABLE IF NOT EXISTS revision_details (
    revision_id INTEGER PRIMARY KEY, comment TEXT NOT NULL DEFAULT '', minor INTEGER NOT NULL DEFAULT 0,
    tags TEXT NOT NULL DEFAULT '', author_hidden INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS address_blocks (
    block_id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, made_at TEXT NOT NULL,
    expires TEXT NOT NULL, reason TEXT NOT NULL, anonymous_only INTEGER NOT NULL, blockee TEXT);
"""

# Blocks of earlier versions were made on the one wiki there was, and all stopped new accounts.
_LATER_COLUMNS_OF_BLOCKS = """
ALTER TABLE address_blocks ADD COLUMN wiki TEXT NOT NULL DEFAULT 'practicewiki';
ALTER TABLE address_blocks ADD COLUMN allows_accounts INTEGER NOT NULL DEFAULT 0;
"""

# In earlier versions all pages and events were on one wiki.
_HOMES = """
ALTER TABLE events ADD COLUMN page_wiki TEXT NOT NULL DEFAULT 'practicewiki';
ALTER TABLE pages RENAME TO homeless_pages;
CREATE TABLE pages (
    page_id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, namespace INTEGER NOT NULL,
    creator_id INTEGER NOT NULL, text TEXT NOT NULL, wiki TEXT NOT NULL, UNIQUE (wiki, title));
INSERT INTO pages (page_id, title, namespace, creator_id, text, wiki)
    SELECT page_id, title, namespace, creator_id, text, 'practicewiki' FROM homeless_pages;
DROP TABLE homeless_pages;
"""

# Created after the bulk insert: building an index once is cheaper than updating it for 200,000 rows.
INDEXES = """
CREATE INDEX revisions_of_user ON revisions (user_id, made_at, revision_id);
CREATE INDEX participants_in_order ON participants (event_id, participant_id);
CREATE UNIQUE INDEX one_registration ON participants (event_id, user_id);
CREATE INDEX events_of_participant ON participants (user_id, event_id);
"""


class Store:
    """The database: each thread reads with its own connection; writes are serialized."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._own = threading.local()
        self._writing = threading.RLock()

    def read(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self.path, isolation_level=None, timeout=30)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("PRAGMA case_sensitive_like=ON")
            self._own.connection = connection
        return connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Run a write transaction; an exception rolls it back."""
        connection = self.read()
        with self._writing:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def is_new(self) -> bool:
        """Return whether the database is empty."""
        found = self.read().execute("SELECT 1 FROM sqlite_master WHERE name = 'world'").fetchone()
        return found is None

    def make_tables(self) -> None:
        """Create the tables, without the indexes of the participants."""
        self.read().executescript(TABLES)
        self.make_later_tables()

    def make_indexes(self) -> None:
        """Create the indexes of the participants."""
        self.read().executescript(INDEXES)

    def make_later_tables(self) -> None:
        """Create what a database of an earlier version lacks."""
        connection = self.read()
        connection.executescript(LATER_TABLES)
        columns = [row["name"] for row in connection.execute("PRAGMA table_info(events)")]
        if "page_wiki" not in columns:
            connection.executescript(_HOMES)
        columns = [row["name"] for row in connection.execute("PRAGMA table_info(address_blocks)")]
        if "allows_accounts" not in columns:
            connection.executescript(_LATER_COLUMNS_OF_BLOCKS)

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is not None:
            connection.close()
            self._own.connection = None
