"""What participants edited: read from the wiki, and counted as an independent count of its data does."""

import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from app.domain import times
from app.domain.faults import Fault
from app.domain.impact.edits import ARTICLES, FILES
from app.domain.impact.figures import DAY_SECONDS, STAYED, Impact, Period, span_of
from app.store.impact.edits import end_reading, read_private, read_reading
from app.store.impact.figures import read_impact
from app.sync.edits import EditsPull, ReadEdits, usual_since
from tests.support.outbox.sync_computer import Computer
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.servers.scripted_wiki import fault_of

PEOPLE, EDITS = 120, 1_600


class World(NamedTuple):
    server: PracticeServer
    path: Path

    @property
    def event(self) -> int:
        return self.server.big_event


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return a practice wiki whose data can be read beside it."""
    path = tmp_path_factory.mktemp("wiki") / "wiki.sqlite"
    options = ("--participants", str(PEOPLE), "--edits", str(EDITS), "--data", str(path))
    with practice_server(*options) as server:
        yield World(server, path)


@pytest.fixture
def computer(sync_new_computer: Computer, world: World) -> Computer:
    sync_new_computer.sign_in(world.server.base, world.server.token())
    sync_new_computer.sync(world.event)
    return sync_new_computer


def pull(computer: Computer, number: int, cancel: threading.Event | None = None, **more: bool) -> ReadEdits:
    event = computer.events()[number]
    reading = EditsPull(computer.wikis, computer.account, event, cancel=cancel)
    agreed = private_ids(computer, number) if more.get("with_private", True) else frozenset[int]()
    return reading.run(usual_since(event), agreed)


def private_ids(computer: Computer, number: int) -> frozenset[int]:
    with closing(computer.mirror.reader()) as reader:
        return read_private(reader, computer.events()[number].key)


def impact(computer: Computer, number: int, *, with_private: bool = True) -> Impact:
    event = computer.events()[number]
    span = span_of(event)
    with closing(computer.mirror.reader()) as reader:
        reading = read_reading(reader, event.key)
        return read_impact(
            reader,
            event.key,
            span,
            Period(span.begins, span.ends),
            UTC,
            (ARTICLES, FILES),
            reading.read_at or 0 if reading else 0,
            agreed=read_private(reader, event.key) if with_private else (),
        )


def rows_of_wiki(world: World, *, with_private: bool) -> list[sqlite3.Row]:
    """Return all edits of the event's participants, from the wiki's own data."""
    connection = sqlite3.connect(f"file:{world.path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    with closing(connection):
        return connection.execute(
            "SELECT r.*, p.title, p.namespace, length(r.text) - coalesce((SELECT length(b.text) FROM "
            "revisions b WHERE b.revision_id = r.parent_id), 0) AS diff, coalesce(d.tags, '') AS tags "
            "FROM revisions r JOIN pages p USING (page_id) LEFT JOIN revision_details d USING (revision_id) "
            "JOIN participants q ON q.user_id = r.user_id AND q.event_id = ? AND q.gone = 0 "
            "JOIN users u ON u.user_id = r.user_id AND u.hidden = 0 WHERE q.private <= ?",
            (world.event, with_private),
        ).fetchall()


def moment(row: sqlite3.Row) -> int:
    return int(datetime.strptime(row["made_at"], "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize("with_private", [True, False])
def test_all_figures_equal_a_count_over_the_wikis_own_data(computer, world, with_private) -> None:
    assert pull(computer, world.event).problems == ()
    found = impact(computer, world.event, with_private=with_private)
    span = span_of(computer.events()[world.event])
    rows = rows_of_wiki(world, with_private=with_private)
    inside = [row for row in rows if span.begins <= moment(row) <= span.ends]
    assert len(inside) > EDITS // 3
    totals = found.totals
    assert totals.edits == len(inside)
    assert totals.editors == len({row["user_id"] for row in inside})
    assert totals.pages_made == len(
        {row["page_id"] for row in inside if not row["parent_id"] and row["namespace"] == 0}
    )
    assert totals.pages_edited == len(
        {row["page_id"] for row in inside if row["parent_id"] and row["namespace"] == 0}
    )
    assert totals.bytes_added == sum(max(row["diff"], 0) for row in inside)
    assert totals.bytes_removed == -sum(min(row["diff"], 0) for row in inside)
    assert totals.uploads == sum(not row["parent_id"] and row["namespace"] == 6 for row in inside)
    assert totals.reverted == sum("mw-reverted" in row["tags"] for row in inside) > 0
    days = Counter(datetime.fromtimestamp(moment(row), UTC).date() for row in inside)
    assert dict(found.days) == days
    most = Counter(row["title"] for row in inside).most_common(1)[0]
    assert (found.pages[0].title, found.pages[0].edits) == most or found.pages[0].edits == most[1]
    assert [(one.edits, one.editors) for one in found.wikis] == [(totals.edits, totals.editors)]
    by_person: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_person[row["user_id"]].append(moment(row))
    for place, (first, last) in enumerate(STAYED):
        begins, ends = span.ends + first * DAY_SECONDS, span.ends + (last + 1) * DAY_SECONDS
        again = {user for user, at in by_person.items() if any(begins <= one < ends for one in at)}
        assert {one.user_id for one in found.persons if one.stayed[place]} == again
        if times.now() > ends:
            assert found.stayed[place].people == len(again)
        else:
            assert found.stayed[place].people is None


def test_newcomers_and_experience_follow_the_accounts(computer, world) -> None:
    pull(computer, world.event)
    found = impact(computer, world.event)
    span = span_of(computer.events()[world.event])
    rows = rows_of_wiki(world, with_private=True)
    since = Counter(row["user_id"] for row in rows if moment(row) >= span.begins)
    connection = sqlite3.connect(f"file:{world.path}?mode=ro", uri=True)
    with closing(connection):
        accounts = {
            user: (registered, count)
            for user, registered, count in connection.execute(
                "SELECT user_id, registered, editcount FROM users"
            )
        }
    first = datetime.fromtimestamp(span.begins, UTC) - timedelta(days=14)
    last = datetime.fromtimestamp(span.ends, UTC)
    people = {one.user_id: one for one in found.persons}
    new = {user for user in people if f"{first:%Y%m%d%H%M%S}" <= accounts[user][0] <= f"{last:%Y%m%d%H%M%S}"}
    assert found.newcomers == len(new) > 10
    assert found.newcomers_edited == sum(people[user].edits > 0 for user in new)
    for user, person in people.items():
        assert person.edits_before == accounts[user][1] - since[user]
    assert sum(found.experience) == len(people)
    assert found.experience[0] == sum(person.edits_before == 0 for person in people.values())


def test_a_second_look_reads_only_what_is_newer_and_what_was_reverted(computer, world) -> None:
    pull(computer, world.event)
    before = impact(computer, world.event)
    stands = next(row for row in rows_of_wiki(world, with_private=True) if "mw-reverted" not in row["tags"])
    world.server.control("edit", revision=stands["revision_id"], do="tag", tag="mw-reverted")
    world.server.forget_requests()
    pull(computer, world.event)
    first = -(-PEOPLE // 50) + -(-EDITS // 500)
    assert world.server.asked("usercontribs") <= 2 * -(-PEOPLE // 50) < first + 3
    after = impact(computer, world.event)
    span = span_of(computer.events()[world.event])
    inside = span.begins <= moment(stands) <= span.ends and stands["namespace"] in (0, 6)
    assert after.totals == before.totals._replace(reverted=before.totals.reverted + inside)


def test_private_people_are_asked_about_only_if_wanted(computer, world) -> None:
    private = {person.name for person in computer.people(world.event).values() if person.private}
    assert private
    read = pull(computer, world.event, with_private=False)
    assert read.people == PEOPLE - len(private)
    found = impact(computer, world.event)
    assert not [one for one in found.persons if one.private and one.edits]


def test_a_stopped_reading_goes_on_where_it_was(computer, world) -> None:
    stopped = threading.Event()
    event = computer.events()[world.event]

    def progress(_done: int, _all: int, _wiki: str) -> None:
        stopped.set()

    reading = EditsPull(computer.wikis, computer.account, event, progress, stopped)
    fault = fault_of(lambda: reading.run(usual_since(event), private_ids(computer, world.event)))
    assert fault is not None
    assert fault.fault is Fault.CANCELLED
    with closing(computer.mirror.reader()) as reader:
        unfinished = read_reading(reader, event.key)
    assert unfinished is not None
    assert unfinished.read_at is None
    pull(computer, world.event)
    assert impact(computer, world.event).totals.edits == len(
        [
            row
            for row in rows_of_wiki(world, with_private=True)
            if span_of(event).begins <= moment(row) <= span_of(event).ends
        ]
    )


def test_without_any_wiki_that_can_be_read_there_are_no_figures(computer, world) -> None:
    # The only wiki that this sample event names is not here.
    computer.sync(2)
    fault = fault_of(lambda: pull(computer, 2))
    assert fault is not None
    assert fault.fault is Fault.NOT_FOUND
    assert "commonswiki" in fault.sentence
    with closing(computer.mirror.reader()) as reader:
        unfinished = read_reading(reader, computer.events()[2].key)
    assert unfinished is not None
    assert unfinished.read_at is None


@pytest.fixture(scope="module")
def family_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return two wikis of a family, of the version that tells accounts of all wikis together."""
    path = tmp_path_factory.mktemp("family") / "wiki.sqlite"
    size = ("--participants", "60", "--edits", "300", "--data", str(path))
    with practice_server("--family", "--mediawiki", "1.47", *size) as server:
        yield World(server, path)


@pytest.mark.parametrize("wikis", [("practicewiki", "practicefr", "nowhere"), ("*",)])
def test_several_wikis_are_read_with_accounts_of_all_together(sync_new_computer, family_world, wikis) -> None:
    """The accounts of all wikis are played from CentralAuth's source (CONTRACT §7)."""
    computer, world = sync_new_computer, family_world
    computer.sign_in(world.server.base, world.server.token())
    computer.sync(world.event)
    known = computer.events()[world.event]
    event = replace(known, registration=replace(known.registration, wikis=wikis))
    read = EditsPull(computer.wikis, computer.account, event).run(
        usual_since(event), private_ids(computer, world.event)
    )
    assert len(read.problems) == wikis.count("nowhere")
    assert all("nowhere" in problem for problem in read.problems)
    found = impact(computer, world.event)
    span = span_of(known)
    rows = rows_of_wiki(world, with_private=True)
    assert found.totals.edits == sum(span.begins <= moment(row) <= span.ends for row in rows)
    since = Counter(row["user_id"] for row in rows if moment(row) >= span.begins)
    connection = sqlite3.connect(f"file:{world.path}?mode=ro", uri=True)
    with closing(connection):
        counts = dict(connection.execute("SELECT user_id, editcount FROM users").fetchall())
    # Not twice: the account of all wikis together has all edits.
    assert all(one.edits_before == counts[one.user_id] - since[one.user_id] for one in found.persons)


def test_a_wiki_that_is_away_is_said_and_the_other_is_read(sync_new_computer, family_world) -> None:
    computer, world = sync_new_computer, family_world
    computer.sign_in(world.server.base, world.server.token())
    computer.sync(world.event)
    known = computer.events()[world.event]
    event = replace(known, registration=replace(known.registration, wikis=("practicewiki", "practicefr")))
    account = replace(
        computer.account, family={**computer.account.family, "practicefr": "http://127.0.0.1:9"}
    )
    read = EditsPull(computer.wikis, account, event).run(
        usual_since(event), private_ids(computer, world.event)
    )
    assert len(read.problems) == 1
    assert "127.0.0.1:9" in read.problems[0]
    assert impact(computer, world.event).totals.edits > 50


def kept(computer: Computer) -> tuple[int, int]:
    """Return how many edits and accounts are on the disk."""
    with closing(computer.mirror.reader()) as reader:
        (edits,) = reader.execute("SELECT count(*) FROM edit").fetchone()
        (editors,) = reader.execute("SELECT count(*) FROM editor").fetchone()
    return edits, editors


def test_what_is_erased_while_it_is_read_does_not_come_back(computer, world) -> None:
    event = computer.events()[world.event]
    erased = threading.Event()

    def progress(_done: int, _all: int, _wiki: str) -> None:
        if not erased.is_set():
            erased.set()
            computer.mirror.erase_event(event.key)

    EditsPull(computer.wikis, computer.account, event, progress).run(usual_since(event))
    assert kept(computer) == (0, 0)


def test_who_stayed_is_not_said_of_days_that_were_not_read(computer, world) -> None:
    pull(computer, world.event)
    event = computer.events()[world.event]
    # As if it had been read a month after the event, and is looked at now.
    early = span_of(event).ends + 31 * DAY_SECONDS
    computer.mirror.writer.do(end_reading, event.key, early, [])
    assert [one.people is None for one in impact(computer, world.event).stayed] == [False, True, True]


def test_a_stopped_reading_of_earlier_days_keeps_the_figures(computer, world) -> None:
    pull(computer, world.event)
    before = impact(computer, world.event)
    event = computer.events()[world.event]
    stopped = threading.Event()
    stopped.set()
    reading = EditsPull(computer.wikis, computer.account, event, cancel=stopped)
    agreed = private_ids(computer, world.event)
    assert fault_of(lambda: reading.run(usual_since(event) - 60 * DAY_SECONDS, agreed)) is not None
    after = impact(computer, world.event)
    assert (after.totals, after.experience) == (before.totals, before.experience)
    # It is not said to be whole.
    assert [one.people for one in after.stayed] == [None, None, None]


def test_people_who_are_gone_leave_no_edits(computer, world) -> None:
    pull(computer, world.event)
    pull(computer, world.event, with_private=False)
    private = private_ids(computer, world.event)
    with closing(computer.mirror.reader()) as reader:
        rows = reader.execute("SELECT user_id FROM edit UNION SELECT user_id FROM editor").fetchall()
    assert rows
    assert not private & {user_id for (user_id,) in rows}


def test_a_reading_that_fails_leaves_what_was_complete_as_of_then(computer, world) -> None:
    pull(computer, world.event)
    event = computer.events()[world.event]
    with closing(computer.mirror.reader()) as reader:
        complete = read_reading(reader, event.key)
        agreed = read_private(reader, event.key)
    world.server.fault("500")
    assert fault_of(lambda: pull(computer, world.event)) is not None
    world.server.calm()
    with closing(computer.mirror.reader()) as reader:
        assert read_reading(reader, event.key) == complete
    # Others are to be asked about: what was complete is not any more.
    cancel = threading.Event()
    cancel.set()
    reading = EditsPull(computer.wikis, computer.account, event, cancel=cancel)
    fault_of(lambda: reading.run(usual_since(event), list(agreed)[:1]))
    with closing(computer.mirror.reader()) as reader:
        assert read_reading(reader, event.key).read_at is None
