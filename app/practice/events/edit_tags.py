"""Automatic tags of edits, and undoing an edit (CONTRACT §7)."""

import sqlite3

UNDO, REVERTED, BLANKED, REPLACED = "mw-undo", "mw-reverted", "mw-blank", "mw-replace"
# An edit that keeps less than this share of a page's text is tagged as a replacement.
_SHARE_LEFT = 0.1


def written(tags: list[str]) -> str:
    """Return tags as stored: one per line, since some contain spaces."""
    return "\n".join(tags)


def tags_of_change(before: str, after: str) -> list[str]:
    """Return the automatic tags of an edit."""
    if before and not after:
        return [BLANKED]
    taken = len(after.encode()) < len(before.encode()) * _SHARE_LEFT
    return [REPLACED] if taken else []


def add_tag(connection: sqlite3.Connection, revision_id: int, tag: str) -> None:
    """Add a tag to an edit."""
    connection.execute("INSERT OR IGNORE INTO revision_details (revision_id) VALUES (?)", (revision_id,))
    row = connection.execute(
        "SELECT tags FROM revision_details WHERE revision_id = ?", (revision_id,)
    ).fetchone()
    tags = row["tags"].splitlines()
    if tag not in tags:
        connection.execute(
            "UPDATE revision_details SET tags = ? WHERE revision_id = ?",
            (written([*tags, tag]), revision_id),
        )


def text_before(connection: sqlite3.Connection, page_id: int, revision_id: int) -> str | None:
    """Return the text before a page's latest edit, None if the edit cannot be undone.

    MediaWiki also undoes earlier edits by merging texts; no recording needs that.
    """
    row = connection.execute(
        "SELECT r.revision_id, before.text AS old FROM revisions r"
        " LEFT JOIN revisions before ON before.revision_id = r.parent_id"
        " WHERE r.page_id = ? ORDER BY r.revision_id DESC LIMIT 1",
        (page_id,),
    ).fetchone()
    if row is None or row["revision_id"] != revision_id or row["old"] is None:
        return None
    return str(row["old"])
