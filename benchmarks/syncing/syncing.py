"""The first sync of a large event and a full check after it, in the real window, against bare requests."""

import json
import time
from pathlib import Path
from typing import Any

import requests

from benchmarks.data import mirrors, worlds
from benchmarks.data.fixtures import Fixtures
from benchmarks.figures import Limit, Row, Sizes, answer

_REST = "/rest.php/campaignevents/v0"
_PAGE = 20


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure both on a practice wiki that delays every answer."""
    options = ("--participants", sizes.synced, "--latency-ms", sizes.latency_ms)
    with worlds.practice_wiki(*options) as practice:
        folder = fixtures.folder / "synced"
        mirror = mirrors.open_mirror(folder)
        mirrors.sign_in(mirror, practice["base_url"], practice)
        mirror.close()
        file = mirrors.passphrase_file(fixtures.folder)
        synced = json.loads(answer("benchmarks.syncing.sync_driver", folder, file))
        events = _events(folder)
        loop, people = _bare_loop(practice, events)
    assert people == synced["people"], (people, synced["people"])
    first, again = synced["seconds"]
    count = f"{sizes.synced:,}"
    return [
        Row(
            "sync-first",
            f"full first sync of {count} (practice wiki, {sizes.latency_ms} ms a request)",
            "s",
            first,
            loop,
            Limit.RATIO,
            1.1,
            "bare requests loop over the same pages that keeps nothing",
        ),
        Row(
            "sync-again",
            f"full check of the same {count}, three lanes",
            "s",
            again,
            first,
            Limit.RATIO,
            0.5,
            "the first sync",
        ),
        Row(
            "sync-stall",
            "longest stall of the event loop during that sync",
            "ms",
            max(synced["stalls"]),
            None,
            Limit.VALUE,
            50.0,
            note=f"first sync {synced['stalls'][0]:.0f} ms, full check {synced['stalls'][1]:.0f} ms; "
            f"the same window at rest {synced['stall_at_rest']:.0f} ms",
        ),
    ]


def _events(folder: Path) -> list[int]:
    """Return the ids of the events that the sync has fetched."""
    from app.store.events.events import read_events

    mirror = mirrors.open_mirror(folder)
    reader = mirror.reader()
    try:
        return [event.event_id for event in read_events(reader) if event.participants_complete_at]
    finally:
        reader.close()
        mirror.close()


def _bare_loop(practice: dict[str, Any], events: list[int]) -> tuple[float, int]:
    """Fetch every page of every event's people one after another; return the seconds and the people."""
    people = 0
    begun = time.perf_counter()
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {practice['organizer']['owner_token']}"
        for event in events:
            address = f"{practice['base_url']}{_REST}/event_registration/{event}/participants"
            query: dict[str, object] = {"include_private": "true", "uselang": "qqx"}
            while True:
                page = session.get(address, params=query, timeout=30).json()
                people += len(page)
                if len(page) < _PAGE:
                    break
                query["last_participant_id"] = page[-1]["participant_id"]
    return time.perf_counter() - begun, people
