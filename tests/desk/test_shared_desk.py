"""Desks that several computers share through a real PostgreSQL server."""

import time
from statistics import median

from app.desk import shared_desk
from app.domain.desk.acts import ActKind, DeskRecord, PersonKey
from app.domain.desk.walk_ins import WalkIn
from app.store.desk.desks import save_desks
from app.store.desk.server_statements import TABLES
from tests.support.servers.postgresql import PAGE, PostgreSQL
from tests.support.shared_desks import PATIENCE, rows

ANN = 900_000


def test_three_desks_see_each_other_within_two_seconds(shared) -> None:
    desks = [shared(), shared(), shared()]
    seconds = []
    for at, desk in enumerate(desks * 2):
        desk.check_in(at)
        others = [other for other in desks if other is not desk]
        seconds += [other.merge_until(lambda other=other, at=at: at in other.here) for other in others]
    # Not the longest: other tests may keep this computer busy.
    assert median(seconds) < 2.0
    assert {desk.desk.counts().arrived for desk in desks} == {6}


def test_what_was_taken_back_elsewhere_is_taken_back_here(shared) -> None:
    a, b = shared(), shared()
    a.check_in(1)
    b.merge_until(lambda: b.here == {1})
    a.desk.undo()
    b.merge_until(lambda: not b.here)


def test_names_and_clocks_of_desks_come_along(shared) -> None:
    a, b = shared(), shared()
    number = a.desk.own_desk().number
    a.check_in(1)
    b.merge_until(lambda: b.here == {1})
    named = DeskRecord(number, "North door", 5_400_000, 1_795_000_000_000)
    a.mirror.writer.do(save_desks, [named])
    b.merge_until(lambda: b.desk.log.desks.get(number) == named)


def test_events_on_one_server_do_not_see_each_other(shared, server: PostgreSQL) -> None:
    a, b = shared(), shared()
    b.leave()
    b.server_event = b.server_event._replace(event_id=8)
    b.share(server.settings())
    b.merge_until(b.is_connected)
    a.check_in(1)
    b.check_in(2)
    a.merge_until(lambda: len(rows(server)) == 2)
    a.leave()
    a.share(server.settings())
    a.merge_until(a.is_connected)
    assert (a.here, b.here) == ({1}, {2})


def test_a_desk_that_was_away_for_a_day_catches_up_and_is_caught_up_with(shared, computers, server) -> None:
    away = computers()
    yesterday = 86_400_000
    for number in range(0, 300, 3):
        away.check_in(number)
    away.desk.note([], ActKind.CHECK_OUT)
    a, b = shared(), shared()
    a.check_in(*range(1, 3_000, 3))
    b.check_in(*range(2, 3_000, 3))
    first = away.desk.latest_mark(PersonKey.of_user(0))
    away.desk.correct_time(first, first.moment - yesterday)
    away.share(server.settings())
    for desk in (away, a, b):
        desk.merge_until(lambda desk=desk: len(desk.here) == 2_100)
    assert away.numbers == a.numbers == b.numbers == rows(server)
    known = [desk.desk.today.everybody() for desk in (away, a, b)]
    assert known[0] == known[1] == known[2]


def test_what_was_noted_last_is_sent_before_the_desk_closes(shared, server: PostgreSQL) -> None:
    desk = shared()
    desk.check_in(1)
    begun = time.monotonic()
    desk.leave()
    assert time.monotonic() - begun < 1.0
    assert rows(server) == desk.numbers


def names_on(server: PostgreSQL) -> set[str]:
    return {text for (text,) in server.execute("SELECT text FROM desk_act WHERE text <> ''")}


def test_an_erased_person_is_gone_from_the_server_and_not_brought_back(shared, server: PostgreSQL) -> None:
    a, b, away = shared(), shared(), shared()
    a.check_in(ANN, 2)
    a.desk.set_note(PersonKey.of_user(ANN), "vegetarian")
    for desk in (b, away):
        desk.merge_until(lambda desk=desk: len(desk.numbers) == 3)
    away.leave()
    away.check_in(ANN)
    b.desk.erase(PersonKey.of_user(ANN))
    a.merge_until(lambda: a.here == {2})
    away.share(server.settings())
    away.merge_until(lambda: away.here == {2})
    away.check_in(3)
    a.merge_until(lambda: 3 in a.here)
    about = server.execute("SELECT kind, text FROM desk_act WHERE person = %s", f"u:{ANN}")
    assert about == [(ActKind.ERASE, "")]
    for desk in (a, b, away):
        desk.merge_until(lambda desk=desk: 3 in desk.here)
        desk.open()
        assert names_on(server) == {act.text for act in desk.desk.log if act.text} == {"Person 2", "Person 3"}


def test_somebody_erased_who_asks_to_be_checked_in_again_is_there_on_every_desk(shared, server) -> None:
    a, away = shared(), shared()
    a.check_in(ANN)
    away.merge_until(lambda: away.here == {ANN})
    away.leave()
    away.desk.set_note(PersonKey.of_user(ANN), "vegetarian")
    a.desk.erase(PersonKey.of_user(ANN))
    a.check_in(ANN)
    a.merge_until(lambda: a.desk.log.latest in rows(server))
    away.share(server.settings())
    late = shared()
    for desk in (away, late):
        desk.merge_until(lambda desk=desk: a.desk.log.latest in desk.numbers)
        desk.leave()
        desk.open()
        assert desk.here == {ANN}
        assert desk.desk.log.note(PersonKey.of_user(ANN)) == ""
    assert names_on(server) == {f"Person {ANN}"}


def test_somebody_erased_again_after_they_came_back_can_come_back_again(shared, server) -> None:
    a, b = shared(), shared()
    for desk, other in ((a, b), (b, a)):
        desk.check_in(ANN)
        other.merge_until(lambda other=other: other.here == {ANN})
        desk.desk.erase(PersonKey.of_user(ANN))
        other.merge_until(lambda other=other: other.here == set())
    b.check_in(ANN)
    b.desk.set_note(PersonKey.of_user(ANN), "vegetarian")
    for desk in (a, shared()):
        desk.merge_until(lambda desk=desk: b.desk.log.latest in desk.numbers)
        assert desk.here == {ANN}
        assert desk.desk.log.note(PersonKey.of_user(ANN)) == "vegetarian"


def test_the_walk_in_that_somebody_erased_was_is_gone_from_the_server_too(shared, server) -> None:
    a, b = shared(), shared()
    walk_in = b.desk.add_walk_in(WalkIn("Ann"), "vegetarian")
    b.desk.match(walk_in, ANN)
    b.merge_until(lambda: rows(server) == b.numbers)
    assert "vegetarian" in names_on(server)
    # a has not merged it yet.
    a.desk.erase(PersonKey.of_user(ANN))
    a.merge_until(lambda: not names_on(server))
    b.desk.add_walk_in(WalkIn("Cem"))
    # Nothing waits until what was merged is handed over again.
    assert a.merge_until(lambda: len(a.desk.log.walk_ins()) == 1) < PATIENCE / 3
    b.merge_until(lambda: b.here == {None})


def test_what_could_not_be_merged_is_handed_over_again(shared, server: PostgreSQL, monkeypatch) -> None:
    monkeypatch.setattr(shared_desk, "_MERGE_SECONDS", 0.5)
    a, b = shared(), shared()
    a.check_in(1)
    # As if b's disk were full.
    assert b.next_fetched()
    b.merge_until(lambda: b.here == {1})


def test_no_more_is_handed_over_than_is_merged(shared, computers, server: PostgreSQL) -> None:
    a = shared()
    a.check_in(*range(3_500))
    a.merge_until(lambda: len(rows(server)) == 3_500)
    b = computers()
    b.share(server.settings())
    first = b.next_fetched()
    # Meanwhile something is noted here, which does not wait.
    b.check_in(5_000)
    assert b.has_fetched_no_more
    b.desk.merge(*first)
    b.merge_until(lambda: len(b.here) == 3_501)
    a.merge_until(lambda: 5_000 in a.here)


def test_a_letter_that_the_server_cannot_hold_keeps_nothing_back(shared, server: PostgreSQL) -> None:
    a, b = shared(), shared()
    a.desk.add_walk_in(WalkIn("Cem\0"), "with\0 Ann")
    a.check_in(1)
    b.merge_until(lambda: 1 in b.here and len(b.numbers) == 4)


def test_acts_of_a_later_version_are_left_where_they_are(shared, server: PostgreSQL) -> None:
    a = shared()
    server.execute(
        "INSERT INTO desk_act (wiki, event_id, number, person, day, kind, moment, desk, after, undoes, text) "
        "VALUES (%s, %s, 'f', 'u:1', '', 'badge', 1, 'd', '', '', '')",
        *a.server_event,
    )
    a.check_in(2)
    b = shared()
    b.merge_until(lambda: b.here == {2})
    assert (len(rows(server)), len(b.numbers)) == (2, 1)


def test_the_page_for_those_who_run_a_server_has_the_program_s_tables() -> None:
    assert TABLES.strip() in PAGE.read_text("utf-8")
