"""A sync fetches only what may have changed: newcomers at once, everybody if counts do not match."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.domain import times
from app.domain.changes.operations import RemoveParticipants
from app.domain.events.event import Event
from app.domain.events.sync_schedule import is_due, wants_full_check
from app.domain.faults import Fault, KnownFault
from app.store.mirror import open_temporary
from app.sync.fetching.event_pull import EventPull
from app.sync.fetching.sync_context import FetchedEvent
from app.wiki.event_registration import EventRegistration
from app.wiki.http.rate_limiter import SLOTS
from tests.support.data.event_making import api, join, make_event
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.outbox.sync_computer import Computer, same_people
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.sign_in.session_making import sign_in_with_session

BIG = 250


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with practice_server("--participants", str(BIG), "--auto-approve") as running:
        yield running


@pytest.fixture(params=["token", "session"])
def computer(request: pytest.FixtureRequest, sync_new_computer: Computer, server: PracticeServer) -> Computer:
    """Return an organizer's data folder with OAuth only, or with a session, which reads the counts."""
    sync_new_computer.sign_in(server.base, server.token())
    if request.param == "session":
        sign_in_with_session(sync_new_computer.wikis, server)
    sync_new_computer.sync()
    server.forget_requests()
    return sync_new_computer


def people_asked(server: PracticeServer) -> int:
    """Return how many pages of the large event's people were requested."""
    path = f"GET /rest.php/campaignevents/v0/event_registration/{server.big_event}/participants"
    return int(server.traffic()["paths"].get(path, 0))


def newcomers(server: PracticeServer, count: int) -> list[str]:
    """Register new people for the large event; return their names."""
    came = strangers(server)[:count]
    for name in came:
        server.person(server.big_event, name, "register")
    return came


def strangers(server: PracticeServer) -> list[str]:
    """Return the names of people who are not registered for the large event."""
    there = {one.get("user_name") for one in server.people(server.big_event)}
    others = [one["user_name"] for one in server.people(2) if one.get("user_name")]
    return [name for name in others if name not in there]


def some_of(computer: Computer, event: int, count: int) -> list[str]:
    people = [one for one in computer.people(event).values() if one.name and not one.private]
    return [str(one.name) for one in people[10 : 10 + count]]


def is_over(event: Event) -> bool:
    return event.registration.ends_at().timestamp() < times.now() - 86_400


def age(computer: Computer, event: int, column: str, seconds: int) -> None:
    """Set a time of an event to `seconds` ago."""
    change(computer, event, f"{column} = ?", times.now() - seconds)


def change(computer: Computer, event: int, what: str, *values: object) -> None:
    key = computer.events()[event].key
    computer.mirror.writer.do(
        lambda connection: connection.exec_driver_sql(
            f"UPDATE event SET {what} WHERE key = ?",  # noqa: S608
            (*values, key),
        )
    )


def pages_asked(server: PracticeServer, computer: Computer) -> int:
    """Sync, and return how many pages of the large event's people were requested."""
    server.forget_requests()
    assert computer.sync().troubles == ()
    return people_asked(server)


def test_without_newcomers_one_request_is_sent(computer: Computer, server: PracticeServer) -> None:
    assert pages_asked(server, computer) == 1
    assert same_people(computer, server, server.big_event)


def test_newcomers_are_fetched_at_once(computer: Computer, server: PracticeServer) -> None:
    came = newcomers(server, 5)
    assert pages_asked(server, computer) == 1
    assert same_people(computer, server, server.big_event)
    assert set(came) <= {one.name for one in computer.people(server.big_event).values()}
    assert computer.events()[server.big_event].participants == BIG + 5
    # The next sync must know that they are there.
    assert pages_asked(server, computer) == 1


def test_people_who_left_are_noticed_by_the_count(computer: Computer, server: PracticeServer) -> None:
    event = server.big_event
    for name in some_of(computer, event, 2):
        server.person(event, name, "remove")
    newcomers(server, 1)
    assert pages_asked(server, computer) > BIG // 20
    assert same_people(computer, server, event)


def test_people_who_came_back_are_noticed_by_the_count(computer: Computer, server: PracticeServer) -> None:
    event = server.big_event
    (name,) = some_of(computer, event, 1)
    server.person(event, name, "remove")
    computer.sync()
    assert same_people(computer, server, event)
    # Who registers again keeps the old participant id (CONTRACT §4.6), so nobody follows the last one.
    server.control("clock", advance=3_600)
    server.person(event, name, "register")
    computer.sync()
    assert same_people(computer, server, event)


CHANGES = {
    "renamed": lambda server, event, name: server.person(event, name, "rename", "A New Name"),
    "private": lambda server, event, name: server.person(event, name, "make-private"),
    "hidden": lambda server, event, name: server.person(event, name, "hide"),
}


@pytest.mark.parametrize("how", CHANGES)
def test_changes_with_an_unchanged_count_are_found_by_the_next_full_check(
    computer: Computer, server: PracticeServer, how: str
) -> None:
    event = server.big_event
    (name,) = some_of(computer, event, 1)
    CHANGES[how](server, event, name)
    assert pages_asked(server, computer) == 1
    assert not same_people(computer, server, event)
    age(computer, event, "participants_complete_at", 86_400)
    assert pages_asked(server, computer) > BIG // 20
    assert same_people(computer, server, event)


def test_changed_answers_are_found_by_the_next_full_check(computer: Computer, server: PracticeServer) -> None:
    event = server.big_event
    join(server, event, "plain_user", answers={"confidence": {"value": 1}})
    computer.sync()
    join(server, event, "plain_user", answers={"confidence": {"value": 4}})
    own = next(one for one in computer.people(event).values() if one.name == server.name("plain_user"))
    assert [one.option for one in own.answers][:1] == ["none"]
    computer.sync(event)
    own = computer.people(event)[own.participant_id]
    assert [one.option for one in own.answers][:1] == ["confident"]


def test_a_manual_sync_fetches_everybody(computer: Computer, server: PracticeServer) -> None:
    computer.sync(server.big_event)
    assert people_asked(server) > BIG // 20


def test_everybody_is_fetched_before_the_event_begins(computer: Computer, server: PracticeServer) -> None:
    event = server.big_event
    begin = int(computer.events()[event].registration.starts_at().timestamp())
    change(computer, event, "participants_complete_at = ?", begin - 5 * 3_600)
    kept = computer.events()[event]
    assert not wants_full_check(kept, now=begin - 4 * 3_600)
    assert wants_full_check(kept, now=begin - 2 * 3_600)
    checked = replace(kept, participants_complete_at=begin - 2 * 3_600)
    assert not wants_full_check(checked, now=begin + 3_600)


def test_a_quick_check_removes_nobody(computer: Computer, server: PracticeServer) -> None:
    """Only a complete pass removes people, even if a quick check finds few."""
    server.fault("answered-200", 1.0)
    with contextlib.suppress(KnownFault):
        computer.sync()
    server.calm()
    assert len(computer.people(server.big_event)) == BIG
    computer.sync()
    assert same_people(computer, server, server.big_event)


def test_private_newcomers_hidden_from_a_sign_in_cause_no_full_check(
    sync_new_computer: Computer, server: PracticeServer
) -> None:
    computer, event = sync_new_computer, server.big_event
    computer.sign_in(server.base, server.token(kind="limited_token"))
    computer.sync()
    for _ in range(2):
        (name,) = newcomers(server, 1)
        server.person(event, name, "make-private")
        assert pages_asked(server, computer) <= 2
    server.person(event, some_of(computer, event, 1)[0], "remove")
    assert pages_asked(server, computer) > BIG // 20


def offline(*_: object, **__: object) -> None:
    raise KnownFault(Fault.OFFLINE, "offline")


def test_a_sign_in_that_sees_more_people_triggers_a_full_check(
    sync_new_computer: Computer, server: PracticeServer
) -> None:
    computer = sync_new_computer
    computer.sign_in(server.base, server.token(kind="limited_token"))
    computer.sync()
    over = {one.event_id for one in computer.events().values() if is_over(one)}
    for event in over:
        age(computer, event, "looked_at", 10)
    sign_in_with_session(computer.wikis, server)
    computer.sync()
    assert same_people(computer, server, server.big_event)
    assert over
    assert all(same_people(computer, server, event) for event in over)


def test_people_who_registered_before_the_end_are_not_missed(
    computer: Computer, server: PracticeServer
) -> None:
    """Settings were fetched after the end, people before it, for example by an interrupted sync."""
    event = next(one for one in computer.events().values() if is_over(one))
    end = int(event.registration.ends_at().timestamp())
    change(
        computer,
        event.event_id,
        "fetched_at = ?, looked_at = ?, participants_complete_at = ?",
        end + 60,
        end - 60,
        end - 60,
    )
    kept = computer.events()[event.event_id]
    assert is_due(kept, summed_up=True, signed_in_at=0, now=end + 3_600)
    looked = replace(kept, looked_at=end + 60)
    assert not is_due(looked, summed_up=True, signed_in_at=0, now=end + 3_600)
    assert wants_full_check(replace(looked, participants=BIG), now=end + 3_600)


def test_a_clock_that_was_set_back_does_not_stop_syncing(computer: Computer) -> None:
    event = next(one for one in computer.events().values() if is_over(one))
    ahead = replace(event, looked_at=times.now() + 29 * 86_400)
    assert is_due(ahead, summed_up=True, signed_in_at=0, now=times.now())


def test_people_who_left_are_noticed_after_an_interrupted_sync(
    computer: Computer, server: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = server.big_event
    leave = some_of(computer, event, 5)
    newcomers(server, 5)
    for cut_short in (lambda: computer.look(event), lambda: computer.sync(event)):
        with monkeypatch.context() as patch:
            patch.setattr(EventRegistration, "reported_participants", offline)
            patch.setattr(EventRegistration, "my_events", offline)
            with contextlib.suppress(KnownFault):
                cut_short()
        server.person(event, leave.pop(), "remove")
        computer.sync()
        assert same_people(computer, server, event)


@pytest.mark.parametrize("fault", [Fault.WIKI_BROKEN, Fault.NETWORK, Fault.TOO_FAST])
def test_unreadable_pages_do_not_fail_the_sync(
    computer: Computer, server: PracticeServer, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    def away(*_: object) -> None:
        raise KnownFault(fault, "a page in between")

    monkeypatch.setattr(EventRegistration, "reported_participants", away)
    monkeypatch.setattr(EventRegistration, "my_events", away)
    newcomers(server, 2)
    assert pages_asked(server, computer) == 1
    assert same_people(computer, server, server.big_event)
    computer.sync(server.big_event)
    assert same_people(computer, server, server.big_event)


def test_the_count_comes_from_the_list_if_the_page_has_none(
    sync_new_computer: Computer, server: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    computer, event = sync_new_computer, server.big_event
    monkeypatch.setattr(EventRegistration, "reported_participants", lambda *_: None)
    computer.sign_in(server.base, server.token())
    sign_in_with_session(computer.wikis, server)
    computer.sync()
    # The first list was read before it was known that there is a large event.
    computer.sync()
    assert pages_asked(server, computer) == 1
    server.person(event, some_of(computer, event, 1)[0], "remove")
    assert pages_asked(server, computer) > BIG // 20
    assert same_people(computer, server, event)
    assert pages_asked(server, computer) == 1


def test_a_newcomer_between_two_requests_causes_no_full_check(
    computer: Computer, server: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, come = EventRegistration.reported_participants, iter(strangers(server))

    def count_after_arrival(self: EventRegistration, event_id: int) -> int | None:
        if event_id == server.big_event:
            server.person(event_id, next(come), "register")
        return number(self, event_id)

    monkeypatch.setattr(EventRegistration, "reported_participants", count_after_arrival)
    server.person(server.big_event, next(come), "register")
    for _ in range(3):
        assert pages_asked(server, computer) <= 2
    monkeypatch.undo()
    assert pages_asked(server, computer) == 1
    assert same_people(computer, server, server.big_event)


def test_an_own_removal_causes_no_full_check(server: PracticeServer) -> None:
    computer, event = OutboxComputer(open_temporary()), server.big_event
    computer.sign_in(server.base, server.token())
    computer.sync()
    one = next(person for person in computer.people(event).values() if person.name and not person.private)
    computer.queue(RemoveParticipants(computer.chosen(event, one.user_id)), computer.events()[event].key)
    computer.send()
    assert pages_asked(server, computer) == 1
    assert same_people(computer, server, event)
    computer.wikis.close()
    computer.mirror.close()


def test_nobody_is_counted_twice(computer: Computer, server: PracticeServer) -> None:
    event = server.big_event
    server.person(event, some_of(computer, event, 1)[0], "remove")
    newcomers(server, 5)
    assert computer.look(event).people == BIG + 4


def test_a_bug_in_one_event_stops_the_others(
    computer: Computer, server: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch, begun = EventPull.fetch, []

    def fetch_or_fail(self: EventPull, event_id: int) -> FetchedEvent:
        begun.append(event_id)
        if len(begun) == 2:
            raise RuntimeError("a bug")
        return fetch(self, event_id)

    monkeypatch.setattr(EventPull, "fetch", fetch_or_fail)
    with pytest.raises(RuntimeError, match="a bug"):
        computer.sync()
    assert len(begun) <= 2 * SLOTS
    monkeypatch.undo()
    computer.sync()
    assert same_people(computer, server, server.big_event)


def test_past_events_are_not_fetched_every_time(computer: Computer, server: PracticeServer) -> None:
    over = [one.event_id for one in computer.events().values() if is_over(one)]
    assert over
    server.forget_requests()
    computer.sync()
    routes = server.traffic()["routes"]
    running = len(computer.events()) - len(over)
    assert routes["GET /rest.php/campaignevents/v0/event_registration/{id}"] <= running
    for event in over:
        age(computer, event, "looked_at", 31 * 86_400)
    server.forget_requests()
    computer.sync()
    routes = server.traffic()["routes"]
    assert routes["GET /rest.php/campaignevents/v0/event_registration/{id}"] >= len(over)


def test_an_event_of_another_name_has_changed(computer: Computer, server: PracticeServer) -> None:
    over = next(one for one in computer.events().values() if is_over(one))
    change(computer, over.event_id, "registration = json_set(registration, '$.name', ?)", "Old name")
    computer.sync()
    assert computer.events()[over.event_id].registration.name == over.registration.name


def test_an_event_made_elsewhere_is_fetched_whole(computer: Computer, server: PracticeServer) -> None:
    assert api(server, action="query", meta="userinfo")
    event = make_event(server)
    computer.sync()
    assert computer.events()[event].participants_complete_at is not None
