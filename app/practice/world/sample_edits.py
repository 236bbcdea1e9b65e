"""Sample edits of an event's participants before, during and after it, which no event counts yet."""

import random
import sqlite3
from datetime import UTC, datetime, timedelta

from app.practice.events.edit_tags import add_tag
from app.practice.events.event_pages import save_page
from app.practice.ground.sites import HOME

#: The sample events whose people have made further edits, and how many: one is over, the other goes on.
EDITED_EVENTS = {5: 240, 8: 90}
_SEED = 5_407
_SENTENCE = "A library lends more than books. "
#: The share of edits before, during and after the event, and over how many days before and after.
_WHEN = ((0.15, -10.0), (0.55, 0.0), (0.30, 90.0))
_NEWCOMERS = 0.2


def add_edits(connection: sqlite3.Connection, event_id: int, edits: int, now: datetime) -> None:
    """Add edits of an event's people: few make many; some have new accounts; some edits are reverted."""
    rng = random.Random(_SEED + event_id)
    row = connection.execute(
        "SELECT start_utc, end_utc FROM events WHERE event_id = ?", (event_id,)
    ).fetchone()
    begins, ends = (
        datetime.strptime(row[name], "%Y%m%d%H%M%S").replace(tzinfo=UTC) for name in ("start_utc", "end_utc")
    )
    people = [
        one["user_id"]
        for one in connection.execute(
            "SELECT user_id FROM participants WHERE event_id = ? AND gone = 0 ORDER BY participant_id",
            (event_id,),
        )
    ]
    # A third of the people never edit.
    editors = people[: max(1, len(people) * 2 // 3)]
    weights = [1 / (place + 3) for place in range(len(editors))]
    rng.shuffle(weights)
    newcomers = set(editors[:: round(1 / _NEWCOMERS)])
    for user_id in sorted(newcomers):
        made = begins - timedelta(hours=rng.randrange(1, 200))
        connection.execute(
            "UPDATE users SET registered = ?, editcount = 0 WHERE user_id = ?",
            (made.strftime("%Y%m%d%H%M%S"), user_id),
        )
    articles = max(5, edits // 12)
    made_by: dict[int, int] = {}
    for moment in sorted(_moments(rng, begins, ends, edits, now)):
        user_id = rng.choices(editors, weights)[0]
        if user_id in newcomers and moment < begins:
            continue
        is_file = rng.random() < 0.06
        title = (
            f"File:Library {event_id}-{rng.randrange(10**6)}.jpg"
            if is_file
            else f"Library {event_id}-{int(articles * rng.random() ** 2)}"
        )
        text = _SENTENCE * rng.randrange(1, 6)
        stamp = moment.strftime("%Y%m%d%H%M%S")
        _page, _before, revision = save_page(connection, HOME, title, user_id, text, stamp)
        made_by[user_id] = made_by.get(user_id, 0) + 1
        if rng.random() < 0.03:
            add_tag(connection, revision, "mw-reverted")
    connection.executemany(
        "UPDATE users SET editcount = editcount + ? WHERE user_id = ?",
        [(number, user_id) for user_id, number in made_by.items()],
    )


def _moments(
    rng: random.Random, begins: datetime, ends: datetime, edits: int, now: datetime
) -> list[datetime]:
    found = []
    for share, days in _WHEN:
        first, last = (
            (begins + timedelta(days=days), begins)
            if days < 0
            else (begins, ends)
            if not days
            else (ends, min(now, ends + timedelta(days=days)))
        )
        if first > now:
            continue
        seconds = max(1.0, (min(last, now) - first).total_seconds())
        found += [first + timedelta(seconds=seconds * rng.random()) for _edit in range(round(edits * share))]
    return found
