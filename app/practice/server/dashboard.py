"""A course of the Programs & Events Dashboard, for the events that are linked to one.

Its fields, and how it writes numbers, are read in the Dashboard's source; nothing was recorded.
"""

from datetime import UTC
from decimal import Decimal

from flask import Blueprint, Response, abort, jsonify

from app.practice.events.counted_edits import added, counted_edits, created, edited
from app.practice.events.event_records import event_name, event_row
from app.practice.wiki import current_wiki

dashboard = Blueprint("dashboard", __name__)
_LETTERS_A_WORD = 5.175
_UNITS = ((10**9, "Billion"), (10**6, "Million"), (10**3, "Thousand"))


@dashboard.get("/courses/<path:slug>/course.json")
def course(slug: str) -> Response:
    """Return a course, counted from the edits that the wiki counts for its event."""
    wiki = current_wiki()
    connection = wiki.store.read()
    found = connection.execute("SELECT event_id FROM event_extras WHERE course = ?", (slug,)).fetchone()
    if found is None:
        abort(404)
    row = event_row(connection, found["event_id"])
    rows = counted_edits(connection, row["event_id"], with_private=True, visitor_id=0)
    people = connection.execute(
        "SELECT count(*) FROM participants WHERE event_id = ? AND gone = 0", (row["event_id"],)
    ).fetchone()[0]
    return jsonify(
        course={
            "id": row["event_id"],
            "title": event_name(row),
            "slug": slug,
            "updated_at": wiki.clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "upload_count": sum(one["title"].startswith("File:") for one in rows),
            "created_count": human(created(rows)),
            "edited_count": human(edited(rows)),
            "edit_count": human(len(rows)),
            "student_count": people,
            "word_count": human(int(added(rows, "bytes") / _LETTERS_A_WORD)),
            "view_count": human(1_371 * len({one["page_id"] for one in rows})),
        }
    )


def human(count: int) -> str:
    """Write a number as Rails' number_to_human does: three digits, and a word from a thousand on."""
    for unit, word in _UNITS:
        if count >= unit:
            return f"{Decimal(f'{count / unit:.3g}').normalize():f} {word}"
    return str(count)
