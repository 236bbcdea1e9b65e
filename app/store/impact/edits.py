"""The edits of an event's participants, and how far they were read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sqlcipher3 import dbapi2 as driver

from app.domain.events.article_list import ListedArticle
from app.domain.events.event import Event
from app.domain.impact.edits import AccountFacts, Edit
from app.domain.impact.figures import Span, is_due
from app.domain.people.participant import Presence
from app.store.database.long_statements import places, write_rows
from app.store.people.participant_rows import rows_of_event

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

#: Stands for all wikis of a family together.
EVERYWHERE = "*"

_COLUMNS = "event_key, wiki, revision, user_id, page, namespace, title, at, size_diff, is_new, reverted"


class LookedAt(NamedTuple):
    """A participant whose edits can be asked for; `row` is their row's id."""

    row: int
    user_id: int
    name: str
    private: bool


class EditsReading(NamedTuple):
    """The latest reading: from when on edits were read, and when the event began then.

    `agreed`: the user ids of the private participants about whom wikis may be asked. `read_at` is None if it
    was stopped; `problems` are sentences about what is missing. `counted_read_at`: when it was last read
    which of them the wiki counts for the event.
    """

    since: int
    begins: int
    agreed: frozenset[int]
    read_at: int | None
    problems: tuple[str, ...]
    counted_read_at: int | None = None


def due_looks(connection: driver.Connection, events: Iterable[Event], now: int) -> tuple[int, ...]:
    """Return the keys of events whose edits were read before a time was over in which people could stay."""
    read = dict(
        connection.execute(
            "SELECT event_key, read_at FROM edits_reading WHERE read_at IS NOT NULL"
        ).fetchall()
    )
    return tuple(event.key for event in events if event.key in read and is_due(event, read[event.key], now))


#: Who is looked at: people with a name, public ones and those private ones about whom the user has agreed.
LOOKED_AT = (
    "id BETWEEN ? AND ? AND presence = ? AND name IS NOT NULL "
    "AND (NOT private OR user_id IN (SELECT value FROM json_each(?)))"
)


def looked_at(event_key: int, agreed: Iterable[int]) -> tuple[object, ...]:
    """Return the values of `LOOKED_AT`."""
    return (*rows_of_event(event_key), int(Presence.NAMED), json.dumps(sorted(agreed)))


def read_looked_at(connection: driver.Connection, event_key: int, agreed: Iterable[int]) -> list[LookedAt]:
    """Return the participants that are looked at, in a fixed order."""
    rows = connection.execute(
        f"SELECT id, user_id, name, private FROM participant WHERE {LOOKED_AT} ORDER BY id",  # noqa: S608 - ours
        looked_at(event_key, agreed),
    )
    return [LookedAt(row, user_id, name, bool(private)) for row, user_id, name, private in rows]


def read_private(connection: driver.Connection, event_key: int) -> frozenset[int]:
    """Return the user ids of the private participants with a name."""
    rows = connection.execute(
        "SELECT user_id FROM participant WHERE id BETWEEN ? AND ? AND presence = ? AND name IS NOT NULL "
        "AND private",
        (*rows_of_event(event_key), int(Presence.NAMED)),
    )
    return frozenset(user_id for (user_id,) in rows)


def read_reading(connection: driver.Connection, event_key: int) -> EditsReading | None:
    """Return the latest reading of an event's edits, None if there was none."""
    row = connection.execute(
        "SELECT since, begins, agreed, read_at, problems, counted_read_at FROM edits_reading "
        "WHERE event_key = ?",
        (event_key,),
    ).fetchone()
    if row is None:
        return None
    since, begins, agreed, read_at, problems, counted_read_at = row
    return EditsReading(
        since, begins, frozenset(json.loads(agreed)), read_at, tuple(json.loads(problems)), counted_read_at
    )


def read_person(connection: driver.Connection, event_key: int, user_id: int) -> tuple[int, int | None]:
    """Return how many edits of a person are kept, and when their account was made, as far as was read."""
    (edits,) = connection.execute(
        "SELECT count(*) FROM edit WHERE event_key = ? AND user_id = ?", (event_key, user_id)
    ).fetchone()
    (made,) = connection.execute(
        "SELECT min(registered_at) FROM editor WHERE event_key = ? AND user_id = ?", (event_key, user_id)
    ).fetchone()
    return edits, made


def read_wikis(connection: driver.Connection, event_key: int) -> list[str]:
    """Return the ids of the wikis that were read for an event."""
    rows = connection.execute(
        "SELECT DISTINCT wiki FROM editor WHERE event_key = ? AND wiki != ? ORDER BY wiki",
        (event_key, EVERYWHERE),
    )
    return [wiki for (wiki,) in rows]


def read_title_edits(
    connection: driver.Connection, event_key: int, span: Span, agreed: Iterable[int]
) -> dict[ListedArticle, tuple[int, int]]:
    """Return how many edits were made in each page during an event, and by how many people.

    Only of who is looked at: publicly registered, or `agreed`.
    """
    rows = connection.execute(
        "SELECT wiki, max(title), count(*), count(DISTINCT user_id) FROM edit WHERE event_key = ? "  # noqa: S608
        f"AND at BETWEEN ? AND ? AND user_id IN (SELECT user_id FROM participant WHERE {LOOKED_AT}) "
        "GROUP BY wiki, page",
        (event_key, *span, *looked_at(event_key, agreed)),
    )
    return {ListedArticle(wiki, title): (edits, people) for wiki, title, edits, people in rows}


def read_marks(connection: driver.Connection, event_key: int, wiki: str) -> dict[int, int]:
    """Return until when the edits of people on a wiki were read, by their user ids."""
    rows = connection.execute(
        "SELECT user_id, read_until FROM editor WHERE event_key = ? AND wiki = ?", (event_key, wiki)
    )
    return dict(rows.fetchall())


def begin_reading(
    connection: "Connection", event_key: int, since: int, begins: int, agreed: Iterable[int]
) -> None:
    """Note that edits are read from a moment on, for an event that `begins` then.

    Nothing stays of people who are not looked at any more. If the event began at another time before, the
    accounts are read anew; if edits were read from a later moment on, the earlier ones are read too.
    """
    run = connection.exec_driver_sql
    for table in ("edit", "editor"):
        run(
            f"DELETE FROM {table} WHERE event_key = ? AND user_id NOT IN "  # noqa: S608 - ours
            f"(SELECT user_id FROM participant WHERE {LOOKED_AT})",
            (event_key, *looked_at(event_key, agreed)),
        )
    before = run("SELECT since, begins FROM edits_reading WHERE event_key = ?", (event_key,)).first()
    if before is not None and before[1] != begins:
        run("DELETE FROM editor WHERE event_key = ?", (event_key,))
    elif before is not None and since < before[0]:
        run("UPDATE editor SET read_until = min(read_until, ?) WHERE event_key = ?", (since, event_key))
    run(
        "INSERT INTO edits_reading (event_key, since, begins, agreed, read_at, problems) "
        "VALUES (?, ?, ?, ?, NULL, '[]') ON CONFLICT (event_key) DO UPDATE SET "
        "since = min(since, excluded.since), begins = excluded.begins, agreed = excluded.agreed, "
        # What was complete stays so, as of then, if this reading does not come to its end.
        "read_at = CASE WHEN since <= excluded.since AND begins = excluded.begins "
        "AND agreed = excluded.agreed THEN read_at END",
        (event_key, since, begins, json.dumps(sorted(agreed))),
    )


def end_reading(connection: "Connection", event_key: int, at: int, problems: Sequence[str]) -> None:
    """Note that everything was read, but for what the sentences say."""
    connection.exec_driver_sql(
        "UPDATE edits_reading SET read_at = ?, problems = ? WHERE event_key = ?",
        (at, json.dumps(list(problems)), event_key),
    )


def save_edits(
    connection: "Connection", event_key: int, wiki: str, people: Sequence[LookedAt], edits: Iterable[Edit]
) -> None:
    """Save edits of some people; those of others, and of people who are not here any more, are left out."""
    here = _here(connection, people)
    ids = {one.name: one.user_id for one in people if one.user_id in here}
    rows = [(event_key, wiki, edit.revision, ids[edit.user], *edit[2:]) for edit in edits if edit.user in ids]
    write_rows(connection, _statement, rows)


def _here(connection: "Connection", people: Sequence[LookedAt]) -> set[int]:
    """Return who of some people takes part now: they may have been erased since they were asked about."""
    marks = ",".join("?" * len(people))
    found = connection.exec_driver_sql(
        f"SELECT user_id FROM participant WHERE id IN ({marks})",  # noqa: S608 - placeholders
        tuple(one.row for one in people),
    )
    return set(found.scalars())


@cache
def _statement(length: int) -> str:
    row = f"({', '.join('?' * len(_COLUMNS.split(', ')))})"
    return (
        f"INSERT INTO edit ({_COLUMNS}) VALUES {places(length, row)} "  # noqa: S608 - our names
        "ON CONFLICT (event_key, wiki, revision) "
        "DO UPDATE SET reverted = excluded.reverted OR reverted, title = excluded.title, "
        "namespace = excluded.namespace"
    )


def mark_reverted(connection: "Connection", event_key: int, wiki: str, revisions: Iterable[int]) -> None:
    """Note that edits are known to be reverted."""
    rows = [(event_key, wiki, revision) for revision in revisions]
    if rows:
        connection.exec_driver_sql(
            "UPDATE edit SET reverted = 1 WHERE event_key = ? AND wiki = ? AND revision = ?", rows
        )


def save_read(
    connection: "Connection", event_key: int, wiki: str, user_ids: Iterable[int], until: int
) -> None:
    """Note until when the edits of people were read whose accounts are known."""
    connection.exec_driver_sql(
        "UPDATE editor SET read_until = ? WHERE event_key = ? AND wiki = ? AND user_id = ?",
        [(until, event_key, wiki, user_id) for user_id in user_ids],
    )


def save_accounts(
    connection: "Connection",
    event_key: int,
    wiki: str,
    people: Sequence[LookedAt],
    accounts: Iterable[tuple[int, AccountFacts]],
    since: Mapping[int, int],
    begins: int,
    until: int,
) -> None:
    """Save accounts of some people with the numbers of their edits before the event.

    `accounts` holds user ids; `since` how many of the edits that the wiki counts were made since the event
    `begins`: nobody whose account was made later had any before. `until`: until when their edits were read.
    """
    here = _here(connection, people)
    rows = [
        (
            event_key,
            wiki,
            user_id,
            until,
            -1 if one.registered_at is None else one.registered_at,
            _edits_before(one, since.get(user_id, 0), begins),
            one.missing,
        )
        for user_id, one in accounts
        if user_id in here
    ]
    if rows:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO editor (event_key, wiki, user_id, read_until, registered_at, "
            "edits_before, missing) VALUES (?, ?, ?, ?, nullif(?, -1), nullif(?, -1), ?)",
            rows,
        )


def _edits_before(account: AccountFacts, since: int, begins: int) -> int:
    """Return how many edits an account had before an event, -1 if that is not known."""
    if account.registered_at is not None and account.registered_at >= begins:
        return 0
    return -1 if account.edit_count is None else max(0, account.edit_count - since)


def count_since(connection: driver.Connection, event_key: int, begins: int) -> dict[int, int]:
    """Return how many edits of each participant on all wikis that were read were made since a moment."""
    rows = connection.execute(
        "SELECT user_id, count(*) FROM edit WHERE event_key = ? AND at >= ? GROUP BY user_id",
        (event_key, begins),
    )
    return dict(rows.fetchall())
