"""Three parallel lanes: together they fetch everybody once, and report a fault once."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.faults import Fault, KnownFault
from tests.support.examples import examples
from tests.support.outbox.sync_computer import Computer, same_people, when
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.scripted_people import page_of, wiki_with
from tests.support.servers.scripted_wiki import Asked, Reply, scripted_wiki

EVENTS = count(1)


@pytest.fixture
def scripted(sync_new_computer: Computer):
    with scripted_wiki() as wiki:
        wiki.answer = wiki_with(lambda _: Reply([]))
        sync_new_computer.sign_in(wiki.base, "token")
        yield wiki, sync_new_computer


def test_lanes_ask_side_by_side_and_no_more_than_three(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    sync_computer.sync(sync_server.big_event)
    sync_server.forget_requests()
    sync_computer.sync(sync_server.big_event)
    # The last page of each lane may be incomplete, and the last request is for newcomers.
    assert sync_server.asked("/participants") <= 250 // 20 + 3 + 1
    assert sync_server.traffic()["most_at_once"] <= 3
    assert same_people(sync_computer, sync_server, sync_server.big_event)


ids = st.lists(st.integers(1, 40), min_size=0, max_size=150).map(
    lambda gaps: {sum(gaps[: place + 1]) for place in range(len(gaps))}
)


@given(before=ids, data=st.data())
@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
def test_lanes_cover_exactly_everybody(scripted, before: set[int], data: st.DataObject) -> None:
    wiki, computer = scripted
    event = next(EVENTS)
    gone = data.draw(st.sets(st.sampled_from(sorted(before)))) if before else set()
    after = before - gone | data.draw(st.sets(st.integers(1, 7_000), max_size=60))
    present = [before]
    wiki.answer = wiki_with(lambda asked: Reply(page_of(present[0], asked)))
    computer.sync(event)
    assert set(computer.people(event)) == before
    present[0] = after
    wiki.asked.clear()
    pulled = computer.sync(event)
    assert set(computer.people(event)) == after
    assert pulled.people == len(after)
    asked = [
        one.query.get("last_participant_id", "0") for one in wiki.asked if one.path.endswith("/participants")
    ]
    # A pass that would remove most people fetches everybody again.
    rounds = 2 if len(before - after) > len(after) else 1
    assert sorted(asked) == sorted([*set(asked)] * rounds)
    assert len(set(asked)) <= len(after) // 20 + 3


def test_two_lanes_that_fail_at_once_raise_one_fault(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    event = sync_server.big_event
    sync_computer.sync(event)
    before = sync_computer.rows(event)
    for kind, fault in (("drop", Fault.OFFLINE), ("500", Fault.WIKI_BROKEN)):
        trouble = when(lambda present: present.people >= 40, lambda kind=kind: sync_server.fault(kind))
        with pytest.raises(KnownFault) as raised:
            sync_computer.pull(trouble).some([event])
        assert raised.value.fault is fault
        assert sync_computer.rows(event) == before
        assert sync_computer.events()[event].pass_unfinished
        sync_server.calm()
    sync_computer.sync(event)
    assert not sync_computer.events()[event].pass_unfinished
    assert same_people(sync_computer, sync_server, event)


def test_endless_pages_stop_the_pass(scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    wiki, computer = scripted
    monkeypatch.setattr("app.sync.fetching.people_pass._MOST_PAGES", 30)

    def endless(asked: Asked) -> Reply:
        after = int(asked.query.get("last_participant_id", 0))
        return Reply(page_of(range(after + 1, after + 21), asked))

    wiki.answer = wiki_with(endless)
    with pytest.raises(KnownFault) as raised:
        computer.sync(1)
    assert raised.value.fault is Fault.WIKI_BROKEN
    assert "do not end" in raised.value.sentence
    assert computer.events()[1].pass_unfinished
    wiki.answer = wiki_with(lambda _: Reply([]))
    computer.sync(1)
    assert len(computer.people(1)) == 600


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_repeated_page_stops_the_pass(scripted, repeat: int) -> None:
    wiki, computer = scripted
    whole = set(range(1, 200))
    wiki.answer = wiki_with(lambda asked: Reply(page_of(whole, asked)))
    for _ in range(repeat):
        computer.sync(1)
    first = Asked("GET", "", {}, {}, "")
    wiki.answer = wiki_with(lambda _: Reply(page_of(whole, first)))
    with pytest.raises(KnownFault) as raised:
        computer.sync(1)
    assert "out of order" in raised.value.sentence
    assert len(computer.people(1)) >= (199 if repeat else 20)
    wiki.answer = wiki_with(lambda asked: Reply(page_of(whole, asked)))
    computer.sync(1)
    assert set(computer.people(1)) == whole


def test_hostile_names_are_kept_and_harmless(scripted) -> None:
    wiki, computer = scripted
    names = ["<b>x</b>", "\u202eevil", "a\x00b", "'; DROP TABLE wiki", "=cmd()", "\ud83d", "😀" * 200, " "]

    def people(asked: Asked) -> Reply:
        page = page_of(range(1, len(names) + 1), asked)
        return Reply([{**person, "user_name": names[person["participant_id"] - 1]} for person in page])

    wiki.answer = wiki_with(people)
    assert computer.sync(1).troubles == ()
    kept = [person.name for _, person in sorted(computer.people(1).items())]
    assert kept == [name.replace("\ud83d", "\ufffd") for name in names]


@pytest.mark.parametrize("body", [{"user_name": "x" * 600_000}, {"participant_id": -1}, {"user_id": True}])
def test_a_hostile_page_loses_nothing(scripted, body: dict) -> None:
    wiki, computer = scripted
    wiki.answer = wiki_with(lambda asked: Reply(page_of(range(1, 50), asked)))
    computer.sync(1)
    before = computer.rows(1)
    wiki.answer = wiki_with(lambda asked: Reply([{**one, **body} for one in page_of(range(1, 50), asked)]))
    with pytest.raises(KnownFault) as raised:
        computer.sync(1)
    assert raised.value.fault is Fault.WIKI_BROKEN
    assert computer.rows(1) == before
    pulled = computer.sync(1, 2)
    assert pulled.events == 0
    assert len(pulled.troubles) == 2
