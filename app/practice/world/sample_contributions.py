"""Sample edits that count for events: articles created and changed by participants."""

import random
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.practice.events.event_pages import save_page
from app.practice.ground.sites import HOME

_SENTENCE = "The [[river]] was mapped in 1884 and has carried three names since. "


@dataclass(frozen=True)
class ContributionPlan:
    """The edits for an event: how many, by how many participants, on how many articles."""

    event_id: int
    article: str
    people: int
    edits: int
    articles: int
    seed: int


#: The first plan has more edits than a page of the table shows.
PLANS = (
    ContributionPlan(event_id=8, article="Contest article", people=14, edits=64, articles=11, seed=88),
    ContributionPlan(event_id=3, article="Backlog article", people=5, edits=12, articles=4, seed=33),
)


def add_contributions(connection: sqlite3.Connection, now: datetime) -> None:
    """Add edits of participants for their events; existing data does not change."""
    for plan in PLANS:
        _add(connection, plan, now)


def _add(connection: sqlite3.Connection, plan: ContributionPlan, now: datetime) -> None:
    rng = random.Random(plan.seed)
    event = connection.execute("SELECT start_utc FROM events WHERE event_id = ?", (plan.event_id,)).fetchone()
    begun = datetime.strptime(event["start_utc"], "%Y%m%d%H%M%S").replace(tzinfo=now.tzinfo)
    people = [
        row["user_id"]
        for row in connection.execute(
            "SELECT user_id FROM participants WHERE event_id = ? ORDER BY participant_id LIMIT ?",
            (plan.event_id, plan.people),
        )
    ]
    span = (now - begun).total_seconds()
    lengths: dict[str, int] = {}
    for place in range(plan.edits):
        stamp = (begun + timedelta(seconds=span * (place + 1) / (plan.edits + 2))).strftime("%Y%m%d%H%M%S")
        # New articles are created throughout the event.
        begin, others = divmod(place, plan.edits // plan.articles)
        begin = min(begin, plan.articles - 1)
        title = f"{plan.article} {rng.randrange(begin + 1) if others else begin}"
        # Some edits make an article shorter.
        change = rng.randrange(1, 9) if title not in lengths or rng.random() < 0.85 else -1
        lengths[title] = max(1, lengths.get(title, 0) + change)
        user_id = people[place % len(people)]
        _, _, revision_id = save_page(connection, HOME, title, user_id, _SENTENCE * lengths[title], stamp)
        connection.execute(
            "INSERT INTO contributions (event_id, wiki, revision_id, user_id) VALUES (?, ?, ?, ?)",
            (plan.event_id, HOME.wiki_id, revision_id, user_id),
        )
