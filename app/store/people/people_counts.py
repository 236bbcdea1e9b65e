"""Counting people for the overview, the filters and Today."""

from sqlcipher3 import dbapi2 as driver

from app.domain.people.question import CONFIDENCE
from app.domain.statistics.people_counts import PeopleCounts
from app.store.people.attendance import read_attendance_counts
from app.store.people.participant_rows import rows_of_event

#: The answer to the question whether somebody has contributed, as it is stored.
CONFIDENCE_ANSWER = f"answers ->> '$.\"{CONFIDENCE.question_id}\"'"


def read_people_counts(connection: driver.Connection, event_key: int, since: int) -> PeopleCounts:
    """Return the numbers of an event's people; those who registered after `since` are new."""
    bounds = rows_of_event(event_key)
    numbers = connection.execute(
        "SELECT count(*), sum(registered_at > ?), sum(private), sum(can_email), sum(NOT can_email), "
        "sum(answered) FROM participant WHERE id BETWEEN ? AND ?",
        (since, *bounds),
    ).fetchone()
    confidence = connection.execute(
        f"SELECT {CONFIDENCE_ANSWER} AS answer, count(*) FROM participant "  # noqa: S608 - our own texts
        "WHERE id BETWEEN ? AND ? AND answered GROUP BY answer HAVING answer IS NOT NULL",
        bounds,
    ).fetchall()
    people, new, private, with_email, without_email, answered = (number or 0 for number in numbers)
    attendance = read_attendance_counts(connection, event_key)
    return PeopleCounts(
        people, new, private, with_email, without_email, answered, dict(confidence), attendance
    )
