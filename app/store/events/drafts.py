"""The user's drafts: e-mails to participants, and a template for event pages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


@dataclass(frozen=True)
class EmailDraft:
    """An e-mail that is not yet in the outbox."""

    subject: str
    message: str
    copy_to_me: bool


def read_draft(connection: driver.Connection, event_key: int) -> EmailDraft | None:
    """Return the e-mail draft of an event, or None."""
    row = connection.execute(
        "SELECT subject, message, copy_to_me FROM email_draft WHERE event_key = ?", (event_key,)
    ).fetchone()
    return EmailDraft(row[0], row[1], bool(row[2])) if row else None


def read_draft_keys(connection: driver.Connection) -> list[int]:
    """Return the keys of the events with an e-mail draft, the newest first."""
    rows = connection.execute("SELECT event_key FROM email_draft ORDER BY saved_at DESC")
    return [row[0] for row in rows]


def save_draft(connection: "Connection", event_key: int, draft: EmailDraft | None, at: int) -> None:
    """Save the e-mail draft of an event; None or an empty draft removes it."""
    if draft is None or not (draft.subject.strip() or draft.message.strip()):
        connection.exec_driver_sql("DELETE FROM email_draft WHERE event_key = ?", (event_key,))
        return
    connection.exec_driver_sql(
        "INSERT INTO email_draft (event_key, subject, message, copy_to_me, saved_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (event_key) DO UPDATE SET subject = excluded.subject, message = excluded.message, "
        "copy_to_me = excluded.copy_to_me, saved_at = excluded.saved_at",
        (event_key, draft.subject, draft.message, draft.copy_to_me, at),
    )


def read_page_template(connection: driver.Connection) -> str | None:
    """Return the user's own template for event pages, or None."""
    row = connection.execute("SELECT text FROM page_template WHERE key = 1").fetchone()
    return str(row[0]) if row else None


def save_page_template(connection: "Connection", text: str | None) -> None:
    """Save the user's own template for event pages; None removes it."""
    connection.exec_driver_sql("DELETE FROM page_template")
    if text is not None:
        connection.exec_driver_sql("INSERT INTO page_template (key, text) VALUES (1, ?)", (text,))
