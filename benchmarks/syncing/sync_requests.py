"""The requests of a sync, and their rate: unchanged events, new people, many events, a rate limit."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import requests

from app.domain.accounts.wiki_profiles import WikiFamily
from app.domain.faults import Fault, KnownFault
from app.store.accounts import accounts
from app.store.mirror import Mirror
from app.sync.fetching.pull import Pull
from app.sync.session_login import SessionLogin
from app.sync.wikis import Wikis
from benchmarks.data import mirrors, worlds
from benchmarks.data.fixtures import Fixtures
from benchmarks.figures import Limit, Row, Sizes

_REST = "/rest.php/campaignevents/v0/event_registration"
_UPCOMING, _PAST = 6, 65
_NEWCOMERS = 5
_MANY, _PEOPLE_OF_EACH, _SLOW_MS = 60, 60, 200
_A_MINUTE_LIMIT, _BUSY_SECONDS = 180, 75.0


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure all four cases, each on its own practice wiki."""
    folder = fixtures.folder / "asked"
    folder.mkdir()
    return [
        _quiet(folder),
        *_newcomers(sizes, folder),
        _many(sizes, folder),
        *_limited(folder),
    ]


class _Organizer:
    """An organizer who is signed in on a practice wiki, and the wiki's own count of requests.

    The session also reads the wiki's pages: all events if there are more than the API lists, and the number
    of people of each.
    """

    def __init__(self, practice: dict[str, Any], folder: Path, requests_a_minute: int | None = None) -> None:
        self.base = str(practice["base_url"])
        self.token = str(practice["organizer"]["owner_token"])
        self.mirror: Mirror = mirrors.open_mirror(folder)
        families = [WikiFamily("Measured", ("127.0.0.1",), requests_a_minute)] if requests_a_minute else []
        self.wikis = Wikis(self.mirror, families=families)
        facts = self.wikis.find(self.base)
        self.wikis.sign_in_with_token(facts, self.token)
        login = SessionLogin(self.wikis, facts)
        login.begin()
        login.answer(
            {"username": practice["organizer"]["name"], "password": practice["organizer"]["password"]}
        )

    def sync(self, cancel: threading.Event | None = None) -> float:
        """Sync everything; return the seconds."""
        with closing(self.mirror.reader()) as reader:
            (account,) = accounts.read_accounts(reader)
        begun = time.perf_counter()
        assert Pull(self.wikis, account, cancel=cancel).everything().troubles == ()
        return time.perf_counter() - begun

    def traffic(self) -> dict[str, Any]:
        """Return the requests since `reset`, as the wiki counted them."""
        return dict(requests.get(f"{self.base}/practice/requests", timeout=30).json())

    def reset(self) -> None:
        """Reset the wiki's count."""
        requests.delete(f"{self.base}/practice/requests", timeout=30)


@contextmanager
def _organizer(folder: Path, *options: object, limit: int | None = None) -> Iterator[_Organizer]:
    with worlds.practice_wiki(*options) as practice:
        organizer = _Organizer(practice, folder, limit)
        try:
            yield organizer
        finally:
            organizer.wikis.close()
            organizer.mirror.close()


def _quiet(folder: Path) -> Row:
    world = folder / "quiet.sqlite"
    worlds.build(world, upcoming=_UPCOMING, past=_PAST, people=15)
    with _organizer(folder / "quiet", "--data", world) as organizer:
        organizer.sync()
        first = organizer.traffic()["total"]
        organizer.reset()
        organizer.sync()
        asked = organizer.traffic()["total"]
    return Row(
        "sync-quiet",
        f"requests of a sync of {_UPCOMING + _PAST} quiet events, {_PAST} of them past",
        "requests",
        asked,
        first,
        Limit.VALUE,
        40,
        "the first sync of them",
    )


def _newcomers(sizes: Sizes, folder: Path) -> list[Row]:
    world = folder / "large.sqlite"
    with worlds.practice_wiki("--data", world, "--participants", sizes.synced) as practice:
        event = int(practice["big_event"])
    worlds.leave_one(world, event)
    with _organizer(folder / "large", "--data", world, "--latency-ms", sizes.latency_ms) as organizer:
        full = organizer.sync()
        for number in range(_NEWCOMERS):
            person = {"event": event, "user_name": _person(organizer.base, 20 + number), "do": "register"}
            done = requests.post(f"{organizer.base}/practice/person", json=person, timeout=30)
            assert done.ok, done.text
        organizer.reset()
        seconds = organizer.sync()
        traffic = organizer.traffic()
        with closing(organizer.mirror.reader()) as reader:
            people = reader.execute("SELECT sum(participants) FROM event").fetchone()[0]
    assert people == sizes.synced + _NEWCOMERS, people
    of_people = sum(
        count
        for path, count in traffic["paths"].items()
        if path.endswith("/participants") or "Special:" in path or "/index.php" in path
    )
    what = f"sync of an event of {sizes.synced:,} where {_NEWCOMERS} came ({sizes.latency_ms} ms a request)"
    return [
        Row("sync-new-people", f"{what}: requests for people", "requests", of_people, None, Limit.VALUE, 3),
        Row("sync-new-all", f"{what}: all requests", "requests", traffic["total"], None, Limit.VALUE, 12),
        Row("sync-new", what, "s", seconds, full, Limit.VALUE, 1.0, "the full sync of it"),
    ]


def _person(base: str, user_id: int) -> str:
    asked = {"action": "query", "list": "users", "ususerids": str(user_id), "format": "json"}
    answer = requests.get(f"{base}/api.php", params=asked, timeout=30).json()
    return str(answer["query"]["users"][0]["name"])


def _many(sizes: Sizes, folder: Path) -> Row:
    events = _MANY if sizes.synced >= 20_000 else _MANY // 5
    world = folder / "many.sqlite"
    worlds.build(world, upcoming=events, past=0, people=_PEOPLE_OF_EACH)
    with _organizer(folder / "many", "--data", world, "--latency-ms", _SLOW_MS) as organizer:
        organizer.reset()
        ours = organizer.sync()
        asked = organizer.traffic()["paths"]
        organizer.reset()
        loop = _bare_loop(organizer, asked)
        again = organizer.traffic()["paths"]
    assert again == asked, (again, asked)
    return Row(
        "sync-many",
        f"first sync of {events} events of {_PEOPLE_OF_EACH} ({_SLOW_MS} ms a request)",
        "s",
        ours,
        loop,
        Limit.RATIO,
        0.45,
        "bare requests loop over the same requests, one after the other, that keeps nothing",
    )


def _bare_loop(organizer: _Organizer, asked: dict[str, int]) -> float:
    """Make the same requests one after another; return the seconds."""
    begun = time.perf_counter()
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {organizer.token}"
        for path, count in asked.items():
            method, _, address = path.partition(" ")
            query = {"action": "query", "meta": "userinfo", "format": "json"}
            if address.startswith(_REST):
                query = {"include_private": "true", "uselang": "qqx"}
            for _ in range(count):
                answer = session.request(method, organizer.base + address, params=query, timeout=30)
                if address.endswith("/participants") and (page := answer.json()):
                    query["last_participant_id"] = str(page[-1]["participant_id"])
    return time.perf_counter() - begun


def _limited(folder: Path) -> list[Row]:
    """Sync for more than a minute, with far more requests than the limit allows in one."""
    world = folder / "limited.sqlite"
    worlds.build(world, upcoming=120, past=0, people=60)
    with _organizer(folder / "limited", "--data", world, limit=_A_MINUTE_LIMIT) as organizer:
        cancel = threading.Event()
        threading.Timer(_BUSY_SECONDS, cancel.set).start()
        try:
            organizer.sync(cancel)
        except KnownFault as fault:
            if fault.fault is not Fault.CANCELLED:
                raise
        most = organizer.traffic()["most_in_a_minute"]
    what = f"requests in the busiest minute of a sync that may make {_A_MINUTE_LIMIT} a minute"
    return [
        Row("sync-pace", what, "requests", most, None, Limit.VALUE, _A_MINUTE_LIMIT),
        Row(
            "sync-pace-unused",
            "of them not made in that minute",
            "requests",
            _A_MINUTE_LIMIT - most,
            None,
            Limit.VALUE,
            10,
        ),
    ]
