"""Creates the sample data: accounts, OAuth clients, events with their pages and participants."""

import json
import random
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.practice.events.event_pages import save_page
from app.practice.events.event_records import set_goal
from app.practice.ground.settings import Settings
from app.practice.ground.sites import HOME, SECOND, Site
from app.practice.ground.store import Store
from app.practice.ground.timestamps import to_utc, zone_of
from app.practice.identity.access_tokens import issue_owner_token
from app.practice.identity.oauth_clients import add_client
from app.practice.identity.rights import ALL_GRANTS, SHIPPED_GRANTS
from app.practice.identity.sign_in_accounts import SIGN_IN_ACCOUNTS, add_sign_in_accounts
from app.practice.world.crowd import NameSource, RegistrationPlan, add_people, register_people
from app.practice.world.sample_contributions import add_contributions
from app.practice.world.sample_edits import EDITED_EVENTS, add_edits
from app.practice.world.sample_events import (
    AMARA,
    EVENTS_OF_SECOND_WIKI,
    ODD_NAMES_EVENT,
    SAMPLE_EVENTS,
    SAMPLE_GOALS,
    EventPlan,
)

# Role in the start-up line, name, groups, state of the e-mail address. The ids are consecutive from 2 on.
ACCOUNTS: tuple[tuple[str, str, str, str], ...] = (
    ("sysop", "Tomás Reyes", "sysop", "confirmed"),
    ("organizer", "Amara Okafor", "event-organizer", "confirmed"),
    ("co_organizer", "Ingrid Solberg", "event-organizer", "confirmed"),
    ("other_organizer", "Paweł Zieliński", "event-organizer", "confirmed"),
    ("unmailed_organizer", "Leilani Kealoha", "event-organizer", "none"),
    ("unconfirmed_organizer", "Bashir Haddad", "event-organizer", "unconfirmed"),
    ("plain_user", "Jun Watanabe", "", "confirmed"),
    ("blocked_organizer", "Vera Lindqvist", "event-organizer", "confirmed"),
    ("blocked_user", "Grumpy Heron", "", "confirmed"),
)
FIRST_ACCOUNT = 2
FIRST_PERSON = 11
POOL = 420
NOT_FOUND_PERSON = 9_999_999
SEED = 2026
_ZONES = ("Asia/Kolkata", "Africa/Nairobi", "Europe/Berlin", "America/Mexico_City", "UTC", "+05:45")
_KINDS = ("meetup", "workshop", "editing-event", "hackathon", "contest", "other")


def build_world(store: Store, settings: Settings, now: datetime) -> dict[str, Any]:
    """Fill an empty store; return the accounts and clients for the start-up line."""
    store.make_tables()
    with store.write() as connection:
        described = _accounts(connection, settings, now)
        described["oauth_client"] = add_client(
            connection, "Event Center Desktop (server)", settings, confidential=True
        )
        described["public_client"] = add_client(
            connection, "Event Center Desktop", settings, confidential=False
        )
        taken = [account[1] for account in ACCOUNTS] + [account.name for account in SIGN_IN_ACCOUNTS]
        names = NameSource(SEED, taken)
        pool = add_people(connection, FIRST_PERSON, POOL, names, now, SEED)
        _pages(connection, now)
        for plan in SAMPLE_EVENTS:
            _make_event(connection, plan, now, pool)
        for event_id, (kind, target) in SAMPLE_GOALS.items():
            set_goal(connection, event_id, kind, target)
        for number in range(1, settings.events + 1):
            _make_event(connection, _generated_plan(number), now, pool)
        described["big_event"] = None
        if settings.participants:
            crowd = add_people(connection, FIRST_PERSON + POOL, settings.participants, names, now, SEED + 1)
            described["big_event"] = _make_event(connection, _big_plan(settings), now, crowd)
        add_contributions(connection, now)
        for event_id, edits in EDITED_EVENTS.items():
            add_edits(connection, event_id, edits, now)
    store.make_indexes()
    if settings.edits and described["big_event"]:
        with store.write() as connection:
            add_edits(connection, described["big_event"], settings.edits, now)
    with store.write() as connection:
        connection.execute(
            "INSERT INTO world (name, value) VALUES ('described', ?)", (json.dumps(described),)
        )
    return described


def add_second_wiki(store: Store, now: datetime) -> None:
    """Create the pages and events of the second wiki, unless they exist."""
    with store.write() as connection:
        if connection.execute("SELECT 1 FROM pages WHERE wiki = ?", (SECOND.wiki_id,)).fetchone():
            return
        stamp = (now - timedelta(days=60)).strftime("%Y%m%d%H%M%S")
        save_page(connection, SECOND, "Main Page", FIRST_ACCOUNT, "Bienvenue au wiki d’exercice.", stamp)
        save_page(connection, SECOND, "Event:Brouillon d’atelier", AMARA, "Une page sans inscription.", stamp)
        for plan in EVENTS_OF_SECOND_WIKI:
            _make_event(connection, plan, now, range(FIRST_PERSON, FIRST_PERSON + POOL), SECOND)


def remembered_world(store: Store) -> dict[str, Any]:
    """Return the part of the start-up line that was stored by `build_world`."""
    row = store.read().execute("SELECT value FROM world WHERE name = 'described'").fetchone()
    described: dict[str, Any] = json.loads(row["value"])
    return described


def _accounts(connection: sqlite3.Connection, settings: Settings, now: datetime) -> dict[str, Any]:
    grants = ALL_GRANTS if settings.grants == "organizer" else SHIPPED_GRANTS
    registered = (now - timedelta(days=900)).strftime("%Y%m%d%H%M%S")
    described: dict[str, Any] = {}
    for user_id, (role, name, groups, mail) in enumerate(ACCOUNTS, FIRST_ACCOUNT):
        password = f"practice-{role.replace('_', '-')}"
        blocked = (now - timedelta(days=3)).strftime("%Y%m%d%H%M%S") if role.startswith("blocked") else None
        email = None if mail == "none" else f"{role.replace('_', '.')}@mail.example"
        connection.execute(
            "INSERT INTO users (user_id, name, password, groups, email, email_confirmed, editcount,"
            " registered, blocked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (user_id, name, password, groups, email, int(mail == "confirmed"), 88, registered, blocked),
        )
        described[role] = {
            "name": name,
            "password": password,
            "central_id": user_id,
            "owner_token": issue_owner_token(connection, user_id=user_id, grants=grants),
            "limited_token": issue_owner_token(connection, user_id=user_id, grants=SHIPPED_GRANTS),
        }
    described.update(add_sign_in_accounts(connection, registered))
    return described


def _pages(connection: sqlite3.Connection, now: datetime) -> None:
    stamp = (now - timedelta(days=60)).strftime("%Y%m%d%H%M%S")
    save_page(connection, HOME, "Main Page", FIRST_ACCOUNT, "Welcome to the practice wiki.", stamp)
    for title in ("Event:Idea without registration", "Event:Draft Photo Day", "Event:Draft Writing Week"):
        save_page(connection, HOME, title, AMARA, "An event page without registration.", stamp)


def _make_event(
    connection: sqlite3.Connection, plan: EventPlan, now: datetime, crowd: Sequence[int], site: Site = HOME
) -> int:
    start, end = _local(now, plan, plan.first_day, 0), _local(now, plan, plan.last_day, 1)
    opened = now + timedelta(days=min(plan.first_day, 0) - plan.opened_before)
    stamp = (opened - timedelta(days=1)).strftime("%Y%m%d%H%M%S")
    save_page(connection, site, plan.title, plan.creator, _page_text(plan.title), stamp)
    made = connection.execute(
        "INSERT INTO events (page_title, page_wiki, creator_id, status, timezone, start_local, end_local,"
        " start_utc, end_utc, types, wikis, topics, online, inperson, meeting_url, country_code, address,"
        " chat_url, is_test, tracks, deleted)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            plan.title,
            site.wiki_id,
            plan.creator,
            plan.status,
            plan.timezone,
            start,
            end,
            to_utc(start, plan.timezone),
            to_utc(end, plan.timezone),
            json.dumps(plan.types),
            json.dumps(plan.wikis),
            json.dumps(plan.topics),
            int(plan.online),
            int(plan.country is not None),
            plan.meeting_url,
            plan.country,
            plan.address,
            plan.chat_url,
            int(plan.is_test),
            int(plan.tracks),
            int(plan.deleted),
        ),
    )
    event_id = int(made.lastrowid or 0)
    for user_id in (plan.creator, *plan.others):
        connection.execute(
            "INSERT INTO organizers (event_id, user_id, role) VALUES (?, ?, ?)",
            (event_id, user_id, "creator" if user_id == plan.creator else "organizer"),
        )
    _fill(connection, event_id, plan, opened, now, crowd)
    return event_id


def _fill(
    connection: sqlite3.Connection,
    event_id: int,
    plan: EventPlan,
    opened: datetime,
    now: datetime,
    crowd: Sequence[int],
) -> None:
    if not plan.people:
        return
    rng = random.Random(SEED + event_id)
    people = list(crowd) if len(crowd) == plan.people else rng.sample(list(crowd)[:-1], plan.people)
    if event_id == ODD_NAMES_EVENT:
        people = _edge_case_people(connection, people)
    closed = min(now - timedelta(minutes=7), now + timedelta(days=plan.last_day))
    registrations = RegistrationPlan(event_id, opened, closed, plan.aggregated, SEED)
    register_people(connection, people, registrations)


def _edge_case_people(connection: sqlite3.Connection, people: list[int]) -> list[int]:
    """Add edge-case names, one suppressed and one vanished user to the participants of an event."""
    edge_cases = connection.execute(
        "SELECT user_id FROM users WHERE user_id BETWEEN ? AND ? AND (user_id - ?) % 7 = 6"
        " ORDER BY user_id LIMIT 17",
        (FIRST_PERSON, FIRST_PERSON + POOL, FIRST_PERSON),
    ).fetchall()
    hidden = FIRST_PERSON + POOL - 1
    connection.execute("UPDATE users SET hidden = 1 WHERE user_id = ?", (hidden,))
    chosen = [row["user_id"] for row in edge_cases]
    rest = [one for one in people if one not in chosen and one != hidden]
    return [*chosen, NOT_FOUND_PERSON, *rest, hidden]


def _local(now: datetime, plan: EventPlan, day: int, which: int) -> str:
    zone = zone_of(plan.timezone) or ZoneInfo("UTC")
    there = (now.astimezone(zone) + timedelta(days=day)).replace(
        hour=plan.hours[which], minute=0, second=0, microsecond=0, tzinfo=None
    )
    return there.strftime("%Y%m%d%H%M%S")


def _generated_plan(number: int) -> EventPlan:
    rng = random.Random(SEED * 31 + number)
    first_day = rng.randrange(-200, 200)
    kind = _KINDS[number % len(_KINDS)]
    return EventPlan(
        title=f"Event:Editing Afternoon {number:04d}",
        creator=AMARA,
        timezone=_ZONES[number % len(_ZONES)],
        first_day=first_day,
        last_day=first_day + rng.randrange(0, 3),
        types=(kind,),
        status="closed" if number % 9 == 0 else "open",
        people=rng.randrange(0, 13),
    )


def _big_plan(settings: Settings) -> EventPlan:
    # Edits at an event, and after it, are of the past.
    first_day = -45 if settings.edits else 30
    return EventPlan(
        title="Event:Global Celebration",
        creator=AMARA,
        timezone="UTC",
        first_day=first_day,
        last_day=first_day + 3,
        types=("conference",),
        meeting_url="https://meet.example.org/celebration",
        people=settings.participants,
    )


def _page_text(title: str) -> str:
    name = title.partition(":")[2]
    return f"'''{name}''' is an event organised on this wiki.\n\n== Programme ==\n* Opening\n* Work"
