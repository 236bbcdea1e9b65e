"""A sync asks for what can have changed: who came at once, everybody where something does not fit."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from event_making import api, join, make_event
from practice_server import PracticeServer, practice_server
from session_making import sign_in_with_session
from sync_desk import Desk, same_people

from app.domain import times
from app.domain.faults import KnownFault
from app.domain.sync_schedule import wants_full_check
from app.domain.wiki_profiles import WikiFamily
from app.store.mirror import open_passing
from app.sync.wikis import Wikis

BIG = 250


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with practice_server("--participants", str(BIG), "--auto-approve") as running:
        yield running


@pytest.fixture(params=["token", "session"])
def desk(request: pytest.FixtureRequest, sync_new_desk: Desk, server: PracticeServer) -> Desk:
    """Return a desk of an organizer with OAuth alone, or with a session, which reads the list of numbers."""
    sync_new_desk.sign_in(server.base, server.token())
    if request.param == "session":
        sign_in_with_session(sync_new_desk.wikis, server)
    sync_new_desk.sync()
    server.forget_requests()
    return sync_new_desk


def people_asked(server: PracticeServer) -> int:
    """Return how many pages of the large event's people were asked for."""
    path = f"GET /rest.php/campaignevents/v0/event_registration/{server.big_event}/participants"
    return int(server.traffic()["paths"].get(path, 0))


def newcomers(server: PracticeServer, count: int) -> list[str]:
    """Let people register whom the large event does not have; return their names."""
    there = {one.get("user_name") for one in server.people(server.big_event)}
    others = [one["user_name"] for one in server.people(2) if one.get("user_name")]
    came = [name for name in others if name not in there][:count]
    for name in came:
        server.person(server.big_event, name, "register")
    return came


def some_of(desk: Desk, event: int, count: int) -> list[str]:
    people = [one for one in desk.people(event).values() if one.name and not one.private]
    return [str(one.name) for one in people[10 : 10 + count]]


def age(desk: Desk, event: int, column: str, seconds: int) -> None:
    """Let an event have been fetched so many seconds ago."""
    change(desk, event, f"{column} = ?", times.now() - seconds)


def change(desk: Desk, event: int, what: str, *values: object) -> None:
    key = desk.events()[event].key
    desk.mirror.writer.do(
        lambda connection: connection.exec_driver_sql(
            f"UPDATE event SET {what} WHERE key = ?",  # noqa: S608
            (*values, key),
        )
    )


def pages_asked(server: PracticeServer, desk: Desk) -> int:
    """Sync, and return how many pages of the large event's people were asked for."""
    server.forget_requests()
    assert desk.sync().troubles == ()
    return people_asked(server)


def test_nobody_came_takes_one_request(desk: Desk, server: PracticeServer) -> None:
    assert pages_asked(server, desk) == 1
    assert same_people(desk, server, server.big_event)


def test_who_came_is_there_at_once(desk: Desk, server: PracticeServer) -> None:
    came = newcomers(server, 5)
    assert pages_asked(server, desk) == 1
    assert same_people(desk, server, server.big_event)
    assert set(came) <= {one.name for one in desk.people(server.big_event).values()}
    assert desk.events()[server.big_event].participants == BIG + 5
    # And the next sync knows that they are there.
    assert pages_asked(server, desk) == 1


def test_who_left_is_noticed_by_the_number(desk: Desk, server: PracticeServer) -> None:
    event = server.big_event
    for name in some_of(desk, event, 2):
        server.person(event, name, "remove")
    newcomers(server, 1)
    assert pages_asked(server, desk) > BIG // 20
    assert same_people(desk, server, event)


def test_who_came_back_is_noticed_by_the_number(desk: Desk, server: PracticeServer) -> None:
    event = server.big_event
    (name,) = some_of(desk, event, 1)
    server.person(event, name, "remove")
    desk.sync()
    assert same_people(desk, server, event)
    # Whoever comes back has the old number (CONTRACT §4.6): nobody came after the last one.
    server.control("clock", advance=3_600)
    server.person(event, name, "register")
    desk.sync()
    assert same_people(desk, server, event)


CHANGES = {
    "renamed": lambda server, event, name: server.person(event, name, "rename", "A New Name"),
    "private": lambda server, event, name: server.person(event, name, "make-private"),
    "hidden": lambda server, event, name: server.person(event, name, "hide"),
}


@pytest.mark.parametrize("how", CHANGES)
def test_what_no_number_tells_is_right_after_the_next_full_check(
    desk: Desk, server: PracticeServer, how: str
) -> None:
    event = server.big_event
    (name,) = some_of(desk, event, 1)
    CHANGES[how](server, event, name)
    assert pages_asked(server, desk) == 1
    assert not same_people(desk, server, event)
    age(desk, event, "participants_complete_at", 86_400)
    assert pages_asked(server, desk) > BIG // 20
    assert same_people(desk, server, event)


def test_answers_that_changed_are_right_after_the_next_full_check(desk: Desk, server: PracticeServer) -> None:
    event = server.big_event
    join(server, event, "plain_user", answers={"confidence": {"value": 1}})
    desk.sync()
    join(server, event, "plain_user", answers={"confidence": {"value": 4}})
    own = next(one for one in desk.people(event).values() if one.name == server.name("plain_user"))
    assert [one.option for one in own.answers][:1] == ["none"]
    desk.sync(event)
    own = desk.people(event)[own.participant_id]
    assert [one.option for one in own.answers][:1] == ["confident"]


def test_a_sync_that_is_asked_for_fetches_everybody(desk: Desk, server: PracticeServer) -> None:
    desk.sync(server.big_event)
    assert people_asked(server) > BIG // 20


def test_everybody_is_fetched_before_the_event_begins(desk: Desk, server: PracticeServer) -> None:
    event = server.big_event
    begin = int(desk.events()[event].registration.starts_at().timestamp())
    change(desk, event, "participants_complete_at = ?", begin - 5 * 3_600)
    kept = desk.events()[event]
    assert not wants_full_check(kept, now=begin - 4 * 3_600)
    assert wants_full_check(kept, now=begin - 2 * 3_600)
    checked = replace(kept, participants_complete_at=begin - 2 * 3_600)
    assert not wants_full_check(checked, now=begin + 3_600)


def test_nobody_is_removed_by_a_quick_look(desk: Desk, server: PracticeServer) -> None:
    """However little it finds: only a complete pass removes anybody."""
    server.fault("answered-200", 1.0)
    with contextlib.suppress(KnownFault):
        desk.sync()
    server.calm()
    assert len(desk.people(server.big_event)) == BIG
    desk.sync()
    assert same_people(desk, server, server.big_event)


def test_private_newcomers_whom_a_sign_in_does_not_see_cost_one_full_check(
    sync_new_desk: Desk, server: PracticeServer
) -> None:
    desk, event = sync_new_desk, server.big_event
    desk.sign_in(server.base, server.token(kind="limited_token"))
    desk.sync()
    (name,) = newcomers(server, 1)
    server.person(event, name, "make-private")
    assert pages_asked(server, desk) > 5
    assert pages_asked(server, desk) == 1


def test_quiet_events_that_are_over_are_left_alone(desk: Desk, server: PracticeServer) -> None:
    over = [
        one.event_id
        for one in desk.events().values()
        if one.registration.ends_at().timestamp() < times.now() - 86_400
    ]
    assert over
    server.forget_requests()
    desk.sync()
    routes = server.traffic()["routes"]
    running = len(desk.events()) - len(over)
    assert routes["GET /rest.php/campaignevents/v0/event_registration/{id}"] <= running
    for event in over:
        age(desk, event, "fetched_at", 31 * 86_400)
    server.forget_requests()
    desk.sync()
    routes = server.traffic()["routes"]
    assert routes["GET /rest.php/campaignevents/v0/event_registration/{id}"] >= len(over)


def test_an_event_of_another_name_has_changed(desk: Desk, server: PracticeServer) -> None:
    over = next(
        one for one in desk.events().values() if one.registration.ends_at().timestamp() < times.now() - 86_400
    )
    change(desk, over.event_id, "registration = json_set(registration, '$.name', ?)", "Old name")
    desk.sync()
    assert desk.events()[over.event_id].registration.name == over.registration.name


def test_an_event_made_elsewhere_is_fetched_whole(desk: Desk, server: PracticeServer) -> None:
    assert api(server, action="query", meta="userinfo")
    event = make_event(server)
    desk.sync()
    assert desk.events()[event].participants_complete_at is not None


def test_whatever_is_asked_of_a_wiki_counts_for_its_pace(server: PracticeServer) -> None:
    """Finding it, signing in and syncing are of one program, and the wiki counts the program."""
    desk = Desk(open_passing())
    desk.wikis = Wikis(desk.mirror, [WikiFamily("All of this computer's", ("127.0.0.1",), 1_000)])
    server.forget_requests()
    desk.sign_in(server.base, server.token())
    sign_in_with_session(desk.wikis, server)
    desk.sync(1)
    counted, told = desk.wikis.pressure(desk.account).requests, server.traffic()["total"]
    desk.wikis.close()
    desk.mirror.close()
    assert counted == told
