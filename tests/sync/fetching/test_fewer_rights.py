"""A sign-in without organizer rights: only public people are fetched, and earlier private ones stay."""

from app.domain.accounts.account import SignInLack
from tests.support.outbox.sync_computer import Computer, wiki_rows
from tests.support.servers.practice_server import PracticeServer, practice_server

EVENT = 1


def test_shipped_grants_bring_public_people_only(sync_new_computer: Computer) -> None:
    with practice_server("--grants", "shipped") as server:
        sync_new_computer.sign_in(server.base, server.token())
        assert sync_new_computer.account.lack() is SignInLack.GRANT
        pulled = sync_new_computer.sync(EVENT)
        assert pulled.troubles == ()
        event = sync_new_computer.events()[EVENT]
        assert sync_new_computer.rows(EVENT) == wiki_rows(server.people(EVENT, private=False))
        assert (event.private_participants, event.participants_seen_private) == (0, False)
        assert event.participants_complete_at is not None


def test_private_people_fetched_earlier_stay(sync_computer: Computer, sync_server: PracticeServer) -> None:
    sync_computer.sync(EVENT)
    before = sync_computer.people(EVENT)
    private = {number for number, person in before.items() if person.private}
    assert private
    sync_computer.sign_in(sync_server.base, sync_server.token(kind="limited_token"))
    leaves, hides = [person for person in before.values() if person.name and not person.private][:2]
    sync_server.person(EVENT, leaves.name or "", "remove")
    sync_server.person(EVENT, hides.name or "", "make-private")
    pulled = sync_computer.sync(EVENT)
    after = sync_computer.people(EVENT)
    assert set(after) == set(before) - {leaves.participant_id, hides.participant_id}
    assert {number for number, person in after.items() if person.private} == private
    assert sync_computer.events()[EVENT].private_participants == len(private)
    assert not sync_computer.events()[EVENT].participants_seen_private
    assert len(pulled.troubles) == 1
    assert "fetched earlier are kept" in pulled.troubles[0]

    sync_computer.sign_in(sync_server.base, sync_server.token())
    assert sync_computer.sync(EVENT).troubles == ()
    assert sync_computer.rows(EVENT) == wiki_rows(sync_server.people(EVENT))
    assert sync_computer.events()[EVENT].participants_seen_private


def test_an_event_of_somebody_else(sync_computer: Computer, sync_server: PracticeServer) -> None:
    own = {
        entry["event_id"]
        for role, number in (("organizer", 3), ("co_organizer", 4))
        for entry in sync_server.rest("GET", f"/organizer/{number}/event_registrations", role=role).json()
    }
    foreign = next(
        number
        for number in range(1, 40)
        if number not in own
        and sync_server.rest("GET", f"/event_registration/{number}").status_code == 200
        and sync_server.people(number, private=False)
    )
    pulled = sync_computer.sync(foreign)
    assert pulled.troubles == ()
    assert sync_computer.rows(foreign) == wiki_rows(sync_server.people(foreign, private=False))
    assert not sync_computer.events()[foreign].participants_seen_private
    assert sync_computer.sync(foreign).troubles == ()
