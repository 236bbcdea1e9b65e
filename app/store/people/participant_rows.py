"""Participants as database rows: ids, columns, values, and writing."""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from app.domain import names
from app.domain.people.participant import NO_RESPONSE, Answer, AnswersState, Participant, Presence
from app.store.database.long_statements import places, write_rows
from app.store.erased_people import without_erased

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import ColumnElement, Connection

#: The values of a participant in the order of the table's columns.
PersonRow = tuple[Any, ...]

_ID_BITS = 32
_ID_MASK = (1 << _ID_BITS) - 1
#: The columns of `row_of`.
_WRITTEN = (
    "id, event_key, user_id, name, search_text, registered_at, private, can_email, presence, answers_state, "
    "answered, answers, answer_texts, seen_pass"
)
COLUMNS = (
    "id, user_id, name, registered_at, private, can_email, presence, answers_state, answers, answer_texts"
)


def row_id(event_key: int, participant_id: int) -> int:
    """Return the row id of a participant, which combines the event's key and the wiki's participant id."""
    return event_key << _ID_BITS | participant_id


def participant_id_of(row_id: int) -> int:
    """Return the wiki's participant id for a row id."""
    return row_id & _ID_MASK


def rows_of_event(event_key: int) -> tuple[int, int]:
    """Return the first and the last row id that an event's participants can have."""
    return row_id(event_key, 0), row_id(event_key, _ID_MASK)


def of_event(event_key: int) -> "ColumnElement[bool]":
    """Return the condition that a participant belongs to an event."""
    from app.store.database import schema

    return schema.participant.c.id.between(*rows_of_event(event_key))


def count_people(connection: "Connection", condition: "ColumnElement[bool]") -> tuple[int, int]:
    """Return how many people there are, and how many of them are private."""
    from sqlalchemy import Integer, cast, func, select

    from app.store.database import schema

    private = func.coalesce(func.sum(cast(schema.participant.c.private, Integer)), 0)
    people, of_them = connection.execute(select(func.count(), private).where(condition)).one()
    return int(people), int(of_them)


def write_people(connection: "Connection", event_key: int, rows: Sequence[PersonRow]) -> None:
    """Write at least one of `people_rows`, in the order of their ids, and update the event's counts."""
    from sqlalchemy import update

    from app.store.database import schema

    between = schema.participant.c.id.between(rows[0][0], rows[-1][0])
    before = count_people(connection, between)
    write_rows(connection, _upsert, without_erased(connection, event_key, rows))
    after = count_people(connection, between)
    connection.execute(
        update(schema.event)
        .where(schema.event.c.key == event_key)
        .values(
            participants=schema.event.c.participants + (after[0] - before[0]),
            private_participants=schema.event.c.private_participants + (after[1] - before[1]),
        )
    )


#: Columns that the wiki shows to organizers only. A credential with fewer rights, which gets neither e-mail
#: nor answers, never overwrites richer data.
_FOR_ORGANIZERS = ("can_email", "answers_state", "answered", "answers", "answer_texts")
_NOT_SHOWN = f"excluded.can_email IS NULL AND excluded.answers_state = {AnswersState.NOT_SHOWN:d}"
#: Answers that were ended here, before the wiki ends them, stay so; those of a new registration are new.
_ENDED = (
    f"participant.answers_state = {AnswersState.AGGREGATED:d} "
    "AND excluded.registered_at = participant.registered_at"
)
_ANSWERS = ("answers_state", "answered", "answers", "answer_texts")
#: Columns that are null for most people. Their values come as texts, which the driver binds at once: for each
#: None it looks for an adapter.
_MAY_BE_NULL, _EMPTY_AS_NULL = ("answers", "answer_texts"), "nullif(?, '')"


@cache
def _upsert(length: int) -> str:
    columns = _WRITTEN.split(", ")
    row = f"({', '.join(_EMPTY_AS_NULL if name in _MAY_BE_NULL else '?' for name in columns)})"
    changed = ", ".join(f"{name} = {_kept(name)}" for name in columns if name not in ("id", "event_key"))
    return (
        f"INSERT INTO participant ({_WRITTEN}) VALUES {places(length, row)} "  # noqa: S608 - our names
        f"ON CONFLICT (id) DO UPDATE SET {changed}"
    )


def _kept(name: str) -> str:
    """Return the value of a column of a person who is there already."""
    if name not in _FOR_ORGANIZERS:
        return f"excluded.{name}"
    stays = f"({_NOT_SHOWN}) OR ({_ENDED})" if name in _ANSWERS else _NOT_SHOWN
    new = f"excluded.{name}"
    if name == "answers_state":
        # After an event the wiki leaves answers out, without a word that it has summed them up (CONTRACT §3).
        gone = f"participant.{name} = {AnswersState.SHOWN:d} AND {new} = {AnswersState.NOT_SHOWN:d}"
        new = f"CASE WHEN {gone} THEN {AnswersState.AGGREGATED:d} ELSE {new} END"
    return f"CASE WHEN {stays} THEN participant.{name} ELSE {new} END"


def people_rows(event_key: int, pass_number: int, people: Sequence[Participant]) -> list[PersonRow]:
    """Return people as `write_people` takes them.

    Made where the people were fetched: the writer's thread is the one that all lanes wait for.
    """
    return [_row(event_key, pass_number, person) for person in people]


def _row(event_key: int, pass_number: int, person: Participant) -> PersonRow:
    """Return the values of a participant for `_WRITTEN`.

    Flags and enum members are plain integers, which the driver binds at once (see `_MAY_BE_NULL`).
    """
    number, user_id, name, registered_at, private, can_email, presence, state, answers, _attended = person
    options, texts, answered = _written(answers)
    return (
        event_key << _ID_BITS | number,
        event_key,
        user_id,
        name,
        names.search_text(name),
        registered_at,
        +private,
        None if can_email is None else +can_email,
        +presence,
        +state,
        answered,
        options,
        texts,
        pass_number,
    )


@lru_cache(2_000)
def _written(answers: tuple[Answer, ...]) -> tuple[str, str, int]:
    """Return the columns for answers: the options, the free texts, and whether there is any answer."""
    options = json.dumps(dict(sorted((a.question, a.option) for a in answers))) if answers else ""
    texts = {a.question: a.text for a in answers if a.text}
    answered = any(a.option != NO_RESPONSE for a in answers)
    return options, json.dumps(texts, ensure_ascii=False) if texts else "", int(answered)


def answers_of(options: str | None, texts: str | None) -> tuple[Answer, ...]:
    """Return the answers from a row's two columns."""
    if options is None:
        return ()
    plain = answers_without_words(options)
    if not texts:
        return plain
    words = json.loads(texts)
    return tuple([Answer(question, option, words.get(str(question))) for question, option, _ in plain])


@lru_cache(1_000)
def answers_without_words(options: str) -> tuple[Answer, ...]:
    """Return the answers of a row without free texts."""
    return tuple(Answer(int(q), option) for q, option in json.loads(options).items())


_PRESENCES = {int(presence): presence for presence in Presence}
_STATES = {int(state): state for state in AnswersState}
_FLAGS = {None: None, 0: False, 1: True}


def people_of(rows: list[tuple[Any, ...]]) -> list[Participant]:
    """Return the participants from rows with `COLUMNS`."""
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
            answers_of(options, texts) if options else (),
        )
        for row_id, user_id, name, registered_at, private, can_email, presence, state, options, texts in rows
    ]
