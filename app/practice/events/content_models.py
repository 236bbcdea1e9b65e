"""Content models of pages: wikitext, or article list."""

import sqlite3

LIST_MODEL, TEXT_MODEL = "worklist", "wikitext"
CONTENT_FORMATS = {LIST_MODEL: "application/json", TEXT_MODEL: "text/x-wiki"}


def content_model(connection: sqlite3.Connection, page_id: int) -> str:
    """Return the content model of a page."""
    row = connection.execute("SELECT 1 FROM article_lists WHERE page_id = ?", (page_id,)).fetchone()
    return LIST_MODEL if row else TEXT_MODEL


def set_content_model(connection: sqlite3.Connection, page_id: int, model: str) -> None:
    """Set the content model of a page."""
    if model == LIST_MODEL:
        connection.execute("INSERT OR IGNORE INTO article_lists (page_id) VALUES (?)", (page_id,))
    else:
        connection.execute("DELETE FROM article_lists WHERE page_id = ?", (page_id,))
        connection.execute("DELETE FROM listed_articles WHERE page_id = ?", (page_id,))
