"""Generated users in large numbers: accounts, and their registrations with answers and dates."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.practice.events.aggregation import keep_counts
from app.practice.world.people_names import believable_names, edge_case_names

PASSWORD = "practice-people"
PRIVATE_SHARE = 0.12
NO_ADDRESS_SHARE = 0.15
_AFFILIATES = (
    "Wikimedia India",
    "Wikimedia Kenya",
    "Wikimedia México",
    "Wikimedia Deutschland",
    'WikiDonne, "Italia"',
    "Wikimedians of Nepal",
    '=HYPERLINK("http://x")',
    "Wikimedia Indonesia",
    None,
)
# The weights of each question's options; the first one is for no answer.
_GENDER = (22, 33, 36, 1, 5, 3)
_AGE = (20, 24, 22, 14, 9, 6, 3, 1, 1)
_PROFESSION = (26, 6, 12, 10, 4, 6, 7, 8, 7, 12, 2)
_CONFIDENCE = (18, 26, 24, 22, 10)
_AFFILIATE = (34, 16, 50)


@dataclass(frozen=True)
class RegistrationPlan:
    """The registration period of an event, and whether its answers are aggregated."""

    event_id: int
    opened: datetime
    closed: datetime
    aggregated: bool = False
    seed: int = 0


class NameSource:
    """Iterates over names for new accounts; the first ones include edge cases."""

    def __init__(self, seed: int, taken: Sequence[str]) -> None:
        self._taken = set(taken)
        self._edge_cases = edge_case_names()
        self._names = believable_names(seed)
        self._given = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self._given += 1
        if self._edge_cases and self._given % 7 == 0:
            return self._edge_cases.pop(0)
        return next(name for name in self._names if name not in self._taken)


def add_people(
    connection: sqlite3.Connection, first_id: int, count: int, names: Iterator[str], now: datetime, seed: int
) -> range:
    """Create accounts with the user ids from `first_id` on."""
    rng = random.Random(seed)
    registered = [(now - timedelta(days=day)).strftime("%Y%m%d%H%M%S") for day in range(60, 3600, 37)]
    genders = ("unknown", "unknown", "unknown", "male", "female")

    def rows() -> Iterator[tuple[object, ...]]:
        for user_id in range(first_id, first_id + count):
            chance = rng.random()
            email = None if chance < NO_ADDRESS_SHARE - 0.03 else f"person{user_id}@mail.example"
            yield (
                user_id,
                next(names),
                PASSWORD,
                email,
                int(not NO_ADDRESS_SHARE - 0.03 <= chance < NO_ADDRESS_SHARE),
                int(rng.expovariate(0.004)),
                registered[user_id % len(registered)],
                genders[user_id % len(genders)],
                int(rng.random() < 0.2),
            )

    connection.executemany(
        "INSERT INTO users (user_id, name, password, email, email_confirmed, editcount, registered, gender,"
        " has_page) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows(),
    )
    return range(first_id, first_id + count)


def register_people(connection: sqlite3.Connection, people: Sequence[int], plan: RegistrationPlan) -> None:
    """Register users for an event, in the order of `people`."""
    rng = random.Random(plan.seed * 7919 + plan.event_id)
    span = max(1.0, (plan.closed - plan.opened).total_seconds())
    # More register near the end than at the beginning.
    moments = sorted(span * rng.random() ** 0.6 for _ in people)
    columns = [
        rng.choices(range(len(weights)), weights, k=len(people))
        for weights in (_GENDER, _AGE, _PROFESSION, _CONFIDENCE, _AFFILIATE)
    ]

    if plan.aggregated:
        keep_counts(
            connection,
            plan.event_id,
            (
                {question: column[place] for question, column in enumerate(columns, 1) if column[place]}
                for place in range(len(people))
            ),
        )

    def rows() -> Iterator[tuple[object, ...]]:
        for place, user_id in enumerate(people):
            stamp = (plan.opened + timedelta(seconds=moments[place])).strftime("%Y%m%d%H%M%S")
            answers = (0,) * 5 if plan.aggregated else tuple(column[place] for column in columns)
            other = rng.choice(_AFFILIATES) if answers[4] == 1 else None
            yield (
                plan.event_id,
                user_id,
                stamp,
                int(rng.random() < PRIVATE_SHARE),
                *answers,
                other,
                stamp if any(answers) else None,
                int(plan.aggregated),
            )

    connection.executemany(
        "INSERT INTO participants (event_id, user_id, registered_at, private, gender, age, profession,"
        " confidence, affiliate, affiliate_other, first_answer_at, aggregated)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows(),
    )
