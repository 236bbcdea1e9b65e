"""Which edits a wiki counts for an event: read with the edits themselves, and held against its own data."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from app.domain.changes.operations import WikiEdit
from app.domain.impact.figures import span_of
from app.store.impact.counted_edits import (
    UncountedEdit,
    mark_counted,
    mark_refused,
    read_uncounted,
    save_counted,
)
from app.store.impact.edits import read_reading
from app.sync.edits import EditsPull, usual_since
from app.sync.fetching.pull import Pull
from tests.support.outbox.sync_computer import Computer
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.sign_in.session_making import sign_in_with_session

#: The sample contest that goes on.
CONTEST = 8


class World(NamedTuple):
    server: PracticeServer
    path: Path

    def rows(self, query: str) -> list[tuple]:
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        with closing(connection):
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module", params=["1.45", "1.47"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    path = tmp_path_factory.mktemp("wiki") / "wiki.sqlite"
    with practice_server("--mediawiki", request.param, "--data", str(path)) as server:
        yield World(server, path)


@pytest.fixture
def computer(sync_new_computer: Computer, world: World) -> Computer:
    sign_in_with_session(sync_new_computer.wikis, world.server)
    Pull(sync_new_computer.wikis, sync_new_computer.account).some([CONTEST])
    return sync_new_computer


NOW = 1_800_000_000


def uncounted(
    computer: Computer, pending: set[WikiEdit] = frozenset(), now: int = NOW
) -> list[UncountedEdit]:
    event = computer.events()[CONTEST]
    with closing(computer.mirror.reader()) as reader:
        return read_uncounted(reader, event.key, span_of(event), (), pending, now)


def read(computer: Computer) -> None:
    event = computer.events()[CONTEST]
    assert EditsPull(computer.wikis, computer.account, event).run(usual_since(event)).people


def test_what_the_wiki_does_not_count_equals_its_own_data(computer: Computer, world: World) -> None:
    read(computer)
    expected = world.rows(
        "SELECT r.revision_id FROM revisions r JOIN pages p USING (page_id) "
        "JOIN participants q ON q.user_id = r.user_id AND q.event_id = 8 AND q.gone = 0 AND q.private = 0 "
        "JOIN users u ON u.user_id = r.user_id AND u.hidden = 0 "
        "JOIN events e ON e.event_id = 8 AND r.made_at BETWEEN e.start_utc AND e.end_utc "
        "WHERE p.wiki = 'practicewiki' AND NOT EXISTS "
        "(SELECT 1 FROM contributions c WHERE c.event_id = 8 AND c.revision_id = r.revision_id)"
    )
    found = uncounted(computer)
    assert {one.revision for one in found} == {revision for (revision,) in expected}
    assert len(found) > 20
    assert [one.at for one in found] == sorted(one.at for one in found)


def test_what_is_counted_or_waits_is_not_listed_again(computer: Computer) -> None:
    read(computer)
    key, first, second, *rest = computer.events()[CONTEST].key, *uncounted(computer)
    write = computer.mirror.writer.do
    write(mark_counted, key, [first.edit], NOW)
    assert uncounted(computer, {second.edit}) == rest
    # The wiki's page shows it only some minutes later.
    write(save_counted, key, [], NOW + 60)
    assert first not in uncounted(computer)
    # It was taken out of the event again on the wiki.
    write(save_counted, key, [], NOW + 3_600)
    assert first in uncounted(computer)
    with closing(computer.mirror.reader()) as reader:
        reading = read_reading(reader, key)
    assert reading is not None
    assert reading.counted_read_at == NOW + 3_600


def test_what_the_wiki_has_refused_is_not_listed_for_a_day(computer: Computer) -> None:
    read(computer)
    first = uncounted(computer)[0]
    computer.mirror.writer.do(mark_refused, computer.events()[CONTEST].key, first.edit, NOW)
    assert first not in uncounted(computer, now=NOW + 3_600)
    assert first in uncounted(computer, now=NOW + 2 * 86_400)


def test_an_ended_session_is_told_but_is_no_gap_in_the_figures(computer: Computer, world: World) -> None:
    read(computer)
    event = computer.events()[CONTEST]
    world.server.control("end-sessions", user=world.server.name(), remembered=True)
    found = EditsPull(computer.wikis, computer.account, event).run(usual_since(event))
    assert found.not_counted
    # One of the contest's wikis is not known here.
    assert [problem for problem in found.problems if "enwiki" not in problem] == []
