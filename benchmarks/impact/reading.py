"""Reading the edits of an event's participants against bare requests, and counting them against bare SQL."""

import json
import sqlite3
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from app.domain import times
from app.domain.impact.edits import ARTICLES, FILES
from app.domain.impact.figures import Period, span_of
from app.store.accounts.accounts import read_accounts
from app.store.events.events import read_events
from app.store.impact.edits import read_looked_at
from app.store.impact.figures import read_impact
from app.store.mirror import Mirror
from app.sync.edits import usual_since
from app.sync.fetching.pull import Pull
from app.sync.wikis import Wikis
from app.wiki.http.rate_limiter import SLOTS
from app.wiki.user_edits import NAMES
from benchmarks.data import mirrors, worlds
from benchmarks.data.fixtures import Fixtures
from benchmarks.figures import Limit, Row, Sizes, alternately, answer, median

_PEOPLE, _EDITS, _NEW_EDITS = 2_000, 100_000, 100
_PROPERTIES = "ids|title|timestamp|sizediff|flags|tags"


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure reading, reading again, and the figures."""
    edits = _EDITS if sizes.large >= 100_000 else _EDITS // 10
    folder, data = fixtures.folder / "impact", fixtures.folder / "practice.sqlite"
    options = ("--participants", _PEOPLE, "--edits", edits, "--data", data, "--latency-ms", sizes.latency_ms)
    with worlds.practice_wiki(*options) as practice:
        names, since = _synced(folder, practice)
        file = mirrors.passphrase_file(fixtures.folder)
        bare, read = _bare_loop(practice, names, since)
        first = json.loads(answer("benchmarks.impact.reading_driver", folder, file))
        _add_edits(data)
        again = json.loads(answer("benchmarks.impact.reading_driver", folder, file))
    mirror = mirrors.open_mirror(folder)
    try:
        figures, sql, kept = _figures(mirror, max(3, sizes.repetitions // 2))
    finally:
        mirror.close()
    assert kept == read + _NEW_EDITS, (kept, read)
    of = f"{len(names):,} people with {read:,} edits"
    return [
        Row(
            "impact-first",
            f"reading {of} (practice wiki, {sizes.latency_ms} ms a request)",
            "s",
            first["seconds"],
            bare,
            Limit.RATIO,
            1.1,
            f"bare requests loop over the same pages in {SLOTS} lanes that keeps nothing",
        ),
        Row(
            "impact-again",
            f"reading again with {_NEW_EDITS} new edits",
            "s",
            again["seconds"],
            first["seconds"],
            Limit.RATIO,
            0.4,
            "the first reading",
        ),
        Row(
            "impact-stall",
            "longest stall of the event loop while reading",
            "ms",
            max(first["stall"], again["stall"]),
            None,
            Limit.VALUE,
            50.0,
            note=f"first {first['stall']:.0f} ms, again {again['stall']:.0f} ms",
        ),
        Row(
            "impact-figures",
            f"all figures of {of}",
            "ms",
            1000 * figures,
            None,
            Limit.VALUE,
            300.0,
        ),
        Row(
            "impact-figures-sql",
            "the same",
            "ms",
            1000 * figures,
            1000 * sql,
            Limit.RATIO,
            3.0,
            "bare SQL: sums by person, by page and by quarter of an hour",
        ),
    ]


def _synced(folder: Path, practice: dict[str, Any]) -> tuple[list[str], int]:
    """Fetch the event with its people; return their names, and from when on edits are read."""
    mirror = mirrors.open_mirror(folder)
    wikis = Wikis(mirror)
    try:
        key = wikis.sign_in_with_token(wikis.find(practice["base_url"]), practice["organizer"]["owner_token"])
        with closing(mirror.reader()) as reader:
            account = next(one for one in read_accounts(reader) if one.key == key)
        Pull(wikis, account, lambda _progress: None).some([practice["big_event"]])
        with closing(mirror.reader()) as reader:
            event = read_events(reader)[0]
            people = read_looked_at(reader, event.key, ())
        return [one.name for one in people], usual_since(event)
    finally:
        wikis.close()
        mirror.close()


def _bare_loop(practice: dict[str, Any], names: Sequence[str], since: int) -> tuple[float, int]:
    """Fetch the same pages; return the seconds and the number of edits."""
    address = f"{practice['base_url']}/api.php"
    start = datetime.fromtimestamp(since, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = f"Bearer {practice['organizer']['owner_token']}"

    def ask(query: dict[str, object]) -> dict[str, Any]:
        form = {"action": "query", "format": "json", "formatversion": "2", **query}
        answer: dict[str, Any] = session.post(address, data=form, timeout=30).json()
        return answer

    def read(batch: Sequence[str]) -> int:
        users, edits = "|".join(batch), 0
        ask({"list": "users", "ususers": users, "usprop": "registration|editcount"})
        query: dict[str, object] = {"list": "usercontribs", "ucuser": users, "ucprop": _PROPERTIES}
        query |= {"uclimit": "max", "ucdir": "newer", "ucstart": start}
        following: dict[str, object] = {}
        while True:
            page = ask({**query, **following})
            edits += len(page["query"]["usercontribs"])
            if "continue" not in page:
                return edits
            following = page["continue"]

    begun = time.perf_counter()
    with session, ThreadPoolExecutor(SLOTS) as lanes:
        batches = [names[place : place + NAMES] for place in range(0, len(names), NAMES)]
        edits = sum(lanes.map(read, batches))
    return time.perf_counter() - begun, edits


def _add_edits(data: Path) -> None:
    """Let some participants edit, as seen by the running wiki."""
    stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    with closing(sqlite3.connect(data, timeout=30)) as connection, connection:
        people = connection.execute(
            "SELECT user_id FROM participants WHERE event_id = (SELECT max(event_id) FROM participants) "
            "AND private = 0 AND gone = 0 LIMIT ?",
            (_NEW_EDITS,),
        ).fetchall()
        page, text = connection.execute("SELECT page_id, text FROM revisions LIMIT 1").fetchone()
        connection.executemany(
            "INSERT INTO revisions (page_id, user_id, parent_id, made_at, text) VALUES (?, ?, 1, ?, ?)",
            [(page, user_id, stamp, text) for (user_id,) in people],
        )


def _figures(mirror: Mirror, repetitions: int) -> tuple[float, float, int]:
    """Return the seconds of all figures, those of bare SQL, and the number of edits that are kept."""
    with closing(mirror.reader()) as reader:
        event = read_events(reader)[0]
        span = span_of(event)
        period = Period(span.begins - 10 * 86_400, span.ends + 90 * 86_400)

        def figures() -> float:
            begun = time.perf_counter()
            read_impact(reader, event.key, span, period, UTC, (ARTICLES, FILES), times.now())
            return time.perf_counter() - begun

        def bare() -> float:
            begun = time.perf_counter()
            for group in ("user_id", "wiki, page", "at / 900"):
                reader.execute(
                    "SELECT count(*), sum(max(size_diff, 0)), sum(min(size_diff, 0)), sum(is_new), "
                    "count(DISTINCT user_id) FROM edit "
                    f"WHERE event_key = ? AND at BETWEEN ? AND ? AND namespace IN (0, 6) GROUP BY {group}",
                    (event.key, period.first, period.last),
                ).fetchall()
            return time.perf_counter() - begun

        ours, sql = alternately(repetitions, figures, bare)
        (kept,) = reader.execute("SELECT count(*) FROM edit").fetchone()
    return median(ours), median(sql), kept
