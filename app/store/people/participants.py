"""Participants in the database."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain.people.participant import AnswersState, Participant
from app.domain.people.question import SHOWN_QUESTIONS
from app.domain.statistics import statistics as rules
from app.domain.statistics.release import NOBODY_MOVED, Moved, moved_since, released
from app.domain.statistics.statistics import EventStatistics
from app.store.people.attendance import with_attendance
from app.store.people.participant_rows import (
    COLUMNS,
    answers_of,
    count_people,
    of_event,
    people_of,
    row_id,
    rows_of_event,
)
from app.store.people.releases import read_releases
from app.store.people.summed_answers import add_summed_answers

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

_ROWS_AT_ONCE = 500


def remove_people(connection: "Connection", event_key: int, user_ids: Sequence[int]) -> None:
    """Remove people whom the wiki has removed."""
    from sqlalchemy import and_, delete, update

    from app.store.database import schema

    if not user_ids:
        return
    people, table = schema.participant, schema.event
    theirs = and_(of_event(event_key), people.c.user_id.in_(user_ids))
    total, private = count_people(connection, theirs)
    connection.execute(delete(people).where(theirs))
    connection.execute(
        update(table)
        .where(table.c.key == event_key)
        .values(
            participants=table.c.participants - total,
            private_participants=table.c.private_participants - private,
            people_told=table.c.people_told - total,
        )
    )


def read_people(
    connection: driver.Connection, event_key: int, participant_ids: Sequence[int]
) -> list[Participant]:
    """Return people in the order of `participant_ids`; those who are no longer stored are left out."""
    if not participant_ids:
        return []
    wanted = ",".join(str(row_id(event_key, number)) for number in participant_ids)
    rows = connection.execute(f"SELECT {COLUMNS} FROM participant WHERE id IN ({wanted})")  # noqa: S608 - ints
    people = with_attendance(connection, event_key, people_of(rows.fetchall()))
    found = {person.participant_id: person for person in people}
    return [found[number] for number in participant_ids if number in found]


def people_of_ids(
    connection: driver.Connection, event_key: int, participant_ids: Sequence[int]
) -> Iterator[Participant]:
    """Yield people as `read_people` returns them, some at a time."""
    for start in range(0, len(participant_ids), _ROWS_AT_ONCE):
        yield from read_people(connection, event_key, participant_ids[start : start + _ROWS_AT_ONCE])


def read_named(connection: driver.Connection, event_key: int, wanted: Sequence[str]) -> list[Participant]:
    """Return an event's people with these names, in no particular order."""
    marks = ",".join("?" * len(wanted))
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM participant WHERE event_key = ? AND name IN ({marks})",  # noqa: S608
        (event_key, *wanted),
    )
    return people_of(rows.fetchall())


def read_by_user_ids(
    connection: driver.Connection, event_key: int, user_ids: Sequence[int]
) -> list[Participant]:
    """Return an event's people with these user ids, in no particular order."""
    marks = ",".join("?" * len(user_ids))
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM participant WHERE id BETWEEN ? AND ? AND user_id IN ({marks})",  # noqa: S608
        (*rows_of_event(event_key), *user_ids),
    )
    return people_of(rows.fetchall())


def stream_people(connection: driver.Connection, event_key: int, *, private: bool) -> Iterator[Participant]:
    """Yield an event's people in order of name; private ones only if requested."""
    # The plus disables the index: reading rows in its order would access them all over the file.
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM participant WHERE id BETWEEN ? AND ? AND private <= ? "  # noqa: S608
        "ORDER BY +search_text, id",
        (*rows_of_event(event_key), private),
    )
    while some := rows.fetchmany(_ROWS_AT_ONCE):
        yield from with_attendance(connection, event_key, people_of(some))


def read_statistics(connection: driver.Connection, event_key: int, zone: tzinfo) -> EventStatistics:
    """Return the publishable statistics of an event (domain/statistics.py), with days in the given zone."""
    bounds = rows_of_event(event_key)
    before = read_releases(connection, event_key)
    groups: Counter[str] = Counter()
    quarters: Counter[int] = Counter()
    latest = people = private = aggregated = not_shown = 0
    # Quarter hours, because some zones differ from UTC by a fraction of an hour. As one text, counted here:
    # three times as fast as row by row, or as SQLite, which sorts what it groups.
    (text,) = connection.execute(
        "SELECT group_concat((registered_at / 900) || ' ' || answers_state || ' ' || private || ' ' || "
        "coalesce(answers, ''), char(10)) FROM participant WHERE id BETWEEN ? AND ?",
        bounds,
    ).fetchone()
    for line, count in Counter(text.split("\n") if text else ()).items():
        quarter, state, is_private, answers = line.split(" ", 3)
        people += count
        quarters[int(quarter)] += count
        private += count if is_private == "1" else 0
        if int(state) == AnswersState.NOT_SHOWN:
            not_shown += count
            continue
        latest = max(latest, int(quarter) * 900 + 899)
        if int(state) == AnswersState.AGGREGATED:
            aggregated += count
        else:
            groups[answers] += count
    if not people:
        # Of an event whose personal data was erased, the numbers stay.
        kept = connection.execute(
            "SELECT participants, private_participants FROM event JOIN erased_event ON event_key = key "
            "WHERE key = ?",
            (event_key,),
        ).fetchone()
        people, private = kept or (0, 0)
    counts, seen = rules.count_answers(
        (answers_of(answers or None, None), count) for answers, count in groups.items()
    )
    seen += add_summed_answers(connection, event_key, counts)
    asked = sorted(counts.keys() | (SHOWN_QUESTIONS.keys() if seen else set()))
    questions, releases = [], {}
    for number in asked:
        chosen = rules.all_options(number, counts.get(number, {}))
        known = before.get(number)
        moved = Moved(seen, 0)
        if known is not None:
            moved = moved_since(known, seen, _registered_since(connection, event_key, known.latest))
        release = released(known, chosen, seen, latest, moved)
        if release is not None and release is not known:
            releases[number], moved = release, NOBODY_MOVED
        questions.append(rules.question_statistics(number, chosen, seen, release, moved))
    return EventStatistics(
        people=people,
        public=people - private,
        private=private,
        aggregated=aggregated,
        not_shown=not_shown,
        questions=tuple(questions),
        days=rules.days(((quarter * 900, count) for quarter, count in quarters.items()), zone),
        releases=releases,
    )


def _registered_since(connection: driver.Connection, event_key: int, moment: int) -> int:
    """Return how many of those whose answers are shown registered after a moment."""
    (number,) = connection.execute(
        "SELECT count(*) FROM participant WHERE id BETWEEN ? AND ? AND answers_state = ? "
        "AND registered_at > ?",
        (*rows_of_event(event_key), int(AnswersState.SHOWN), moment),
    ).fetchone()
    return int(number)
