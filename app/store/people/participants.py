"""Participants in the database, and the passes that fetch them.

A pass sees an event's whole list of people, in one or more ranges of participant ids. What it sees is kept
page by page with its cursor; who was not seen is removed only when every range has come to its end.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from app.domain import names
from app.domain.people.participant import NO_RESPONSE, Answer, AnswersState, Participant, Presence
from app.domain.people.question import SHOWN_QUESTIONS
from app.domain.statistics import statistics as rules
from app.domain.statistics.statistics import EventStatistics

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import ColumnElement, Connection

_ID_BITS = 32
_ID_MASK = (1 << _ID_BITS) - 1
_ROWS_AT_ONCE = 500
#: The columns of `_row`.
_WRITTEN = (
    "id, event_key, user_id, name, search_text, registered_at, private, can_email, presence, answers_state, "
    "answered, answers, answer_texts, seen_pass"
)
#: How many people one statement writes; its text is kept ready.
_LENGTHS = (2_000, 200, 20, 1)
_COLUMNS = (
    "id, user_id, name, registered_at, private, can_email, presence, answers_state, answers, answer_texts"
)


@dataclass(frozen=True, slots=True)
class PassRange:
    """A stretch of participant ids to fetch: those after `cursor`, up to `high` (None: to the end)."""

    low: int
    high: int | None
    cursor: int
    done: bool = False


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass over an event's people, begun or taken up again."""

    event_key: int
    number: int
    private: bool
    ranges: tuple[PassRange, ...]
    resumed: bool


def begin_pass(connection: "Connection", event_key: int, *, private: bool, lanes: int, at: int) -> Pass:
    """Begin a pass, or take up the unfinished one if it saw the same people.

    `private` tells whether private people are asked for. A first pass has one range; later ones as many as
    `lanes`, cut so that each holds about as many known people.
    """
    from sqlalchemy import delete, insert, select, update

    from app.store.database import schema

    table, ranges = schema.event, schema.pass_range
    row = connection.execute(
        select(table.c.pass_number, table.c.pass_unfinished, table.c.pass_private).where(
            table.c.key == event_key
        )
    ).one()
    if row.pass_unfinished and row.pass_private == private:
        found = connection.execute(
            select(ranges).where(ranges.c.event_key == event_key).order_by(ranges.c.low)
        )
        kept = tuple(PassRange(r.low, r.high, r.cursor, r.done) for r in found)
        return Pass(event_key, row.pass_number, private, kept, resumed=True)
    number = row.pass_number + 1
    cuts = [0, *_cuts(connection, event_key, lanes)]
    made = tuple(PassRange(low, high, low) for low, high in zip(cuts, [*cuts[1:], None], strict=True))
    connection.execute(delete(ranges).where(ranges.c.event_key == event_key))
    connection.execute(
        insert(ranges),
        [
            {"event_key": event_key, "low": r.low, "high": r.high, "cursor": r.cursor, "done": False}
            for r in made
        ],
    )
    connection.execute(
        update(table)
        .where(table.c.key == event_key)
        .values(pass_number=number, pass_unfinished=True, pass_private=private, pass_started_at=at)
    )
    return Pass(event_key, number, private, made, resumed=False)


def save_people(
    connection: "Connection",
    event_key: int,
    pass_number: int,
    low: int,
    people: Sequence[Participant],
    cursor: int,
    *,
    done: bool,
) -> None:
    """Keep people that a range has seen, and how far it has come.

    People must be in the order of their ids and reach from the range's former cursor to `cursor`.
    """
    from sqlalchemy import update

    from app.store.database import schema

    if people:
        write_people(connection, event_key, pass_number, people)
    ranges = schema.pass_range
    connection.execute(
        update(ranges)
        .where(ranges.c.event_key == event_key, ranges.c.low == low)
        .values(cursor=cursor, done=done)
    )


def write_people(
    connection: "Connection", event_key: int, pass_number: int, people: Sequence[Participant]
) -> None:
    """Write people, from one on and in the order of their ids, and count them among those of their event."""
    from sqlalchemy import update

    from app.store.database import schema

    between = schema.participant.c.id.between(
        _row_id(event_key, people[0].participant_id), _row_id(event_key, people[-1].participant_id)
    )
    before = _count(connection, between)
    _write(connection, [_row(event_key, pass_number, person) for person in people])
    after = _count(connection, between)
    connection.execute(
        update(schema.event)
        .where(schema.event.c.key == event_key)
        .values(
            participants=schema.event.c.participants + (after[0] - before[0]),
            private_participants=schema.event.c.private_participants + (after[1] - before[1]),
        )
    )


def finish_pass(connection: "Connection", event_key: int, pass_number: int) -> int:
    """End a pass whose ranges are all done: remove who was not seen; return how many.

    Raises ValueError for any other pass: nobody may be removed by a look at half the list.

    A pass that asked for public people only leaves the private ones alone. The event counts as complete as of
    the moment at which the pass began.
    """
    from sqlalchemy import and_, delete, func, select, update

    from app.store.database import schema

    people, table, ranges = schema.participant, schema.event, schema.pass_range
    row = connection.execute(
        select(
            table.c.pass_private, table.c.pass_started_at, table.c.pass_number, table.c.pass_unfinished
        ).where(table.c.key == event_key)
    ).one()
    undone = select(func.count()).where(ranges.c.event_key == event_key, ranges.c.done.is_(False))
    if (row.pass_number, row.pass_unfinished) != (pass_number, True) or connection.scalar(undone):
        raise ValueError("the pass is not the one under way, or not at its end")
    of_event = _of_event(event_key)
    unseen = and_(of_event, people.c.seen_pass != pass_number)
    if not row.pass_private:
        unseen = and_(unseen, people.c.private.is_(False))
    removed = connection.execute(delete(people).where(unseen)).rowcount
    total, private = _count(connection, of_event)
    connection.execute(
        update(table)
        .where(table.c.key == event_key)
        .values(
            participants=total,
            private_participants=private,
            participants_complete_at=row.pass_started_at,
            participants_seen_private=row.pass_private,
            # Of whom the wiki tells now has to be asked anew.
            people_told=None,
            pass_unfinished=False,
        )
    )
    connection.execute(delete(ranges).where(ranges.c.event_key == event_key))
    return int(removed)


def remove_people(connection: "Connection", event_key: int, user_ids: Sequence[int]) -> None:
    """Remove people whom the wiki has removed."""
    from sqlalchemy import and_, delete, update

    from app.store.database import schema

    if not user_ids:
        return
    people, table = schema.participant, schema.event
    theirs = and_(_of_event(event_key), people.c.user_id.in_(user_ids))
    total, private = _count(connection, theirs)
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
    """Return people in the order of the ids asked for; those who have gone are left out."""
    if not participant_ids:
        return []
    wanted = ",".join(str(_row_id(event_key, number)) for number in participant_ids)
    rows = connection.execute(f"SELECT {_COLUMNS} FROM participant WHERE id IN ({wanted})")  # noqa: S608 - ints
    found = {person.participant_id: person for person in _people(rows.fetchall())}
    return [found[number] for number in participant_ids if number in found]


def read_named(connection: driver.Connection, event_key: int, wanted: Sequence[str]) -> list[Participant]:
    """Return an event's people of these names, in no order."""
    marks = ",".join("?" * len(wanted))
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM participant WHERE event_key = ? AND name IN ({marks})",  # noqa: S608
        (event_key, *wanted),
    )
    return _people(rows.fetchall())


def stream_people(connection: driver.Connection, event_key: int, *, private: bool) -> Iterator[Participant]:
    """Yield an event's people in order of name; private ones only when asked for."""
    # The plus sorts whole rows: walking the index would fetch each from another place of the file.
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM participant WHERE id BETWEEN ? AND ? AND private <= ? "  # noqa: S608
        "ORDER BY +search_text, id",
        (_row_id(event_key, 0), _row_id(event_key, _ID_MASK), private),
    )
    while some := rows.fetchmany(_ROWS_AT_ONCE):
        yield from _people(some)


def read_statistics(connection: driver.Connection, event_key: int, zone: tzinfo) -> EventStatistics:
    """Return what may be told about an event's people (domain/statistics.py), days in the given zone."""
    bounds = (_row_id(event_key, 0), _row_id(event_key, _ID_MASK))
    groups = []
    people = private = aggregated = not_shown = 0
    for answers, state, is_private, count in connection.execute(
        "SELECT answers, answers_state, private, count(*) FROM participant WHERE id BETWEEN ? AND ? "
        "GROUP BY answers, answers_state, private",
        bounds,
    ):
        people += count
        private += count if is_private else 0
        if state == AnswersState.AGGREGATED:
            aggregated += count
        elif state == AnswersState.NOT_SHOWN:
            not_shown += count
        else:
            groups.append((_answers(answers, None), count))
    counts, seen = rules.count_answers(groups)
    hours = connection.execute(
        # Quarter hours: some zones are not whole hours away from UTC.
        "SELECT registered_at / 900 * 900, count(*) FROM participant WHERE id BETWEEN ? AND ? GROUP BY 1",
        bounds,
    )
    asked = sorted(counts.keys() | (SHOWN_QUESTIONS.keys() if seen else set()))
    return EventStatistics(
        people=people,
        public=people - private,
        private=private,
        aggregated=aggregated,
        not_shown=not_shown,
        questions=tuple(rules.question_statistics(number, counts.get(number, {}), seen) for number in asked),
        days=rules.days(hours, zone),
    )


def _row_id(event_key: int, participant_id: int) -> int:
    return event_key << _ID_BITS | participant_id


def participant_id_of(row_id: int) -> int:
    """Return the wiki's number of the participant in a row."""
    return row_id & _ID_MASK


def rows_of_event(event_key: int) -> tuple[int, int]:
    """Return the first and the last row id that an event's participants can have."""
    return _row_id(event_key, 0), _row_id(event_key, _ID_MASK)


def _of_event(event_key: int) -> "ColumnElement[bool]":
    from app.store.database import schema

    return schema.participant.c.id.between(*rows_of_event(event_key))


def _count(connection: "Connection", condition: "ColumnElement[bool]") -> tuple[int, int]:
    """Return how many people there are, and how many of them are private."""
    from sqlalchemy import Integer, cast, func, select

    from app.store.database import schema

    private = func.coalesce(func.sum(cast(schema.participant.c.private, Integer)), 0)
    people, of_them = connection.execute(select(func.count(), private).where(condition)).one()
    return int(people), int(of_them)


def _cuts(connection: "Connection", event_key: int, lanes: int) -> list[int]:
    from sqlalchemy import select

    from app.store.database import schema

    total = connection.execute(
        select(schema.event.c.participants).where(schema.event.c.key == event_key)
    ).scalar_one()
    if total < 20 * lanes:
        return []
    ids = select(schema.participant.c.id).where(_of_event(event_key)).order_by(schema.participant.c.id)
    found = [
        connection.execute(ids.limit(1).offset(total * lane // lanes)).scalar() for lane in range(1, lanes)
    ]
    return sorted({participant_id_of(row_id) for row_id in found if row_id is not None})


def _write(connection: "Connection", rows: list[tuple[Any, ...]]) -> None:
    """Write rows, most of them in long statements: while one runs, all other threads are free.

    The driver gives way after each step of a statement, and gets its turn back only milliseconds later when
    another thread is busy: with a step for each person, a sync would wait more than it writes.
    """
    start = 0
    for length in _LENGTHS:
        while start + length <= len(rows):
            values = tuple(chain.from_iterable(rows[start : start + length]))
            connection.exec_driver_sql(_upsert(length), values)
            start += length


#: What the wiki tells organizers alone. To anybody else it tells neither of the two, and what an organizer's
#: sign-in saw before is kept, as private people are.
_FOR_ORGANIZERS = ("can_email", "answers_state", "answered", "answers", "answer_texts")
_UNTOLD = f"excluded.can_email IS NULL AND excluded.answers_state = {AnswersState.NOT_SHOWN:d}"


@cache
def _upsert(length: int) -> str:
    columns = _WRITTEN.split(", ")
    row = f"({', '.join('?' * len(columns))})"
    changed = ", ".join(
        f"{name} = CASE WHEN {_UNTOLD} THEN participant.{name} ELSE excluded.{name} END"
        if name in _FOR_ORGANIZERS
        else f"{name} = excluded.{name}"
        for name in columns
        if name not in ("id", "event_key")
    )
    return (
        f"INSERT INTO participant ({_WRITTEN}) VALUES {', '.join([row] * length)} "  # noqa: S608 - our names
        f"ON CONFLICT (id) DO UPDATE SET {changed}"
    )


def _row(event_key: int, pass_number: int, person: Participant) -> tuple[Any, ...]:
    number, user_id, name, registered_at, private, can_email, presence, state, answers = person
    options, texts, answered = _OPTIONS.get(answers) or _written(answers)
    return (
        event_key << _ID_BITS | number,
        event_key,
        user_id,
        name,
        names.search_text(name),
        registered_at,
        private,
        can_email,
        int(presence),
        int(state),
        answered,
        options,
        texts,
        pass_number,
    )


#: The few ways in which people answer, each written once.
_OPTIONS: dict[tuple[Answer, ...], tuple[str | None, str | None, bool]] = {}


def _written(answers: tuple[Answer, ...]) -> tuple[str | None, str | None, bool]:
    """Return how answers are kept: the options, the own words, and whether there is any answer."""
    options = json.dumps(dict(sorted((a.question, a.option) for a in answers))) if answers else None
    texts = {a.question: a.text for a in answers if a.text}
    answered = any(a.option != NO_RESPONSE for a in answers)
    if texts:
        return options, json.dumps(texts, ensure_ascii=False), answered
    if len(_OPTIONS) < 1_000:
        _OPTIONS[answers] = options, None, answered
    return options, None, answered


def _answers(options: str | None, texts: str | None) -> tuple[Answer, ...]:
    if options is None:
        return ()
    plain = _answers_without_words(options)
    if not texts:
        return plain
    words = json.loads(texts)
    return tuple([Answer(question, option, words.get(str(question))) for question, option, _ in plain])


@lru_cache(1_000)
def _answers_without_words(options: str) -> tuple[Answer, ...]:
    return tuple(Answer(int(q), option) for q, option in json.loads(options).items())


_PRESENCES = {int(presence): presence for presence in Presence}
_STATES = {int(state): state for state in AnswersState}
_FLAGS = {None: None, 0: False, 1: True}


def _people(rows: list[tuple[Any, ...]]) -> list[Participant]:
    return [
        Participant(
            row_id & _ID_MASK,
            user_id,
            name,
            registered_at,
            private != 0,
            _FLAGS[can_email],
            _PRESENCES[presence],
            _STATES[state],
            _answers(options, texts) if options else (),
        )
        for row_id, user_id, name, registered_at, private, can_email, presence, state, options, texts in rows
    ]
