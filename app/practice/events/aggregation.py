"""Aggregated answers: the wiki keeps their sums and deletes the answers themselves (CONTRACT §3).

A participant's answers are aggregated by a request to the admin API, or 90 days after the first answer.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from app.practice.events.people_json import is_aggregated
from app.practice.ground.vocabulary import QUESTIONS

#: By question, the number of times that each answer was given.
Counts = dict[int, Counter[int]]
_COLUMNS = {number: str(question["name"]) for number, question in QUESTIONS.items()}


def answers_of(row: sqlite3.Row) -> dict[int, int]:
    """Return the answers of a participant by question, without skipped ones."""
    return {number: row[column] for number, column in _COLUMNS.items() if row[column]}


def keep_counts(connection: sqlite3.Connection, event_id: int, answers: Iterable[Mapping[int, int]]) -> None:
    """Add answers of participants to the sums of an event."""
    counts = Counter(answer for one in answers for answer in one.items())
    connection.executemany(
        "INSERT INTO aggregated_answers (event_id, question, answer, people) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (event_id, question, answer) DO UPDATE SET people = people + excluded.people",
        [(event_id, *answer, people) for answer, people in counts.items()],
    )


def aggregate_person(connection: sqlite3.Connection, event_id: int, user_id: int) -> None:
    """Aggregate and delete the answers of one participant."""
    row = connection.execute(
        "SELECT * FROM participants WHERE event_id = ? AND user_id = ?", (event_id, user_id)
    ).fetchone()
    if row is None:
        return
    keep_counts(connection, event_id, [answers_of(row)])
    connection.execute(
        "UPDATE participants SET aggregated = 1, gender = 0, age = 0, profession = 0, confidence = 0,"
        " affiliate = 0, affiliate_other = NULL WHERE participant_id = ?",
        (row["participant_id"],),
    )


def aggregated_counts(connection: sqlite3.Connection, event_id: int, now: datetime) -> tuple[Counts, bool]:
    """Return the sums of an event, and whether it has answers that are not aggregated yet."""
    counts: Counts = {number: Counter() for number in QUESTIONS}
    waiting = False
    for row in connection.execute("SELECT * FROM aggregated_answers WHERE event_id = ?", (event_id,)):
        counts[row["question"]][row["answer"]] += row["people"]
    people = connection.execute(
        "SELECT * FROM participants WHERE event_id = ? AND aggregated = 0 AND first_answer_at IS NOT NULL",
        (event_id,),
    )
    for row in people:
        answers = answers_of(row)
        if is_aggregated(row, now):
            for question, answer in answers.items():
                counts[question][answer] += 1
        elif answers and not row["gone"]:
            waiting = True
    return counts, waiting
