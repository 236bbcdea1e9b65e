"""Answers that are only summed up: the wiki deletes individual answers, and so does this program, by itself.

A trigger (migration 0013) adds a person's answers to the sums when their state becomes "aggregated", whether
the wiki said so or `end_answers` did.
"""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain import times
from app.domain.events.event import Event
from app.domain.people.participant import NO_RESPONSE, AnswersState
from app.store.database.leftovers import BACKUPS, note
from app.store.people.participant_rows import answers_of, rows_of_event

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

#: The wiki keeps individual answers for so long, or until the event ends (CONTRACT §3).
ANSWERS_SECONDS = 90 * 86_400
_EVERYBODY = 0


def add_summed_answers(connection: driver.Connection, event_key: int, counts: dict[int, Counter[str]]) -> int:
    """Add the sums of an event to people by question and option; return whose answers are in the sums."""
    people = 0
    for question, option, number in connection.execute(
        "SELECT question, option, people FROM summed_answer WHERE event_key = ?", (event_key,)
    ):
        if question == _EVERYBODY:
            people = number
        else:
            of_question = counts.setdefault(question, Counter())
            if option != NO_RESPONSE:
                of_question[option] += number
    return people


def add_sums(connection: "Connection", event_key: int, groups: Mapping[str | None, int]) -> None:
    """Add answers that are about to be deleted to an event's sums; `groups` counts people by answers."""
    sums: Counter[tuple[int, str]] = Counter()
    for answers, people in groups.items():
        sums[(_EVERYBODY, "")] += people
        for answer in answers_of(answers, None):
            sums[(answer.question, answer.option)] += people
    if sums:
        connection.exec_driver_sql(
            "INSERT INTO summed_answer (event_key, question, option, people) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (event_key, question, option) DO UPDATE SET people = people + excluded.people",
            [(event_key, question, option, people) for (question, option), people in sums.items()],
        )


def answers_are_due(connection: driver.Connection, event: Event, at: int) -> bool:
    """Return whether an event has answers that the wiki does not keep any longer."""
    found = connection.execute(
        "SELECT 1 FROM participant WHERE id BETWEEN ? AND ? AND answers_state = ? "
        "AND (? OR registered_at < ?) LIMIT 1",
        (*rows_of_event(event.key), int(AnswersState.SHOWN), *_due(event, at)),
    ).fetchone()
    return found is not None


def _due(event: Event, at: int) -> tuple[int, int]:
    """Return whether the answers of all are due, and before which registration those of single people are."""
    ended = at >= times.zoned_seconds(event.registration.end, event.registration.timezone)
    return int(ended), at - ANSWERS_SECONDS


def end_answers(connection: "Connection", event: Event, at: int) -> int:
    """Replace the answers of an event that the wiki does not keep any longer by sums; return of how many.

    Nothing of them stays on the disk once `Mirror.erase_leftovers` has ended.
    """
    done = connection.exec_driver_sql(
        "UPDATE participant SET answers_state = ?, answered = 0, answers = NULL, answer_texts = NULL "
        "WHERE id BETWEEN ? AND ? AND answers_state = ? AND (? OR registered_at < ?)",
        (
            int(AnswersState.AGGREGATED),
            *rows_of_event(event.key),
            int(AnswersState.SHOWN),
            *_due(event, at),
        ),
    )
    if done.rowcount:
        note(connection, BACKUPS)
    return int(done.rowcount)
