"""Counting edits on later wikis: they report whether it is new, and organizers can count others' edits."""

from collections.abc import Iterator

import pytest

from app.domain.changes.change import Change, ChangeState
from app.domain.changes.operations import AssociateEdit
from tests.support.data.event_making import api, join, make_event
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.servers.practice_server import PracticeServer, practice_server

CONTEST = {"types": ["contest"], "wikis": ["*"], "tracks_contributions": True}


@pytest.fixture(scope="module", params=["1.46", "1.47"])
def wiki(request: pytest.FixtureRequest) -> Iterator[PracticeServer]:
    with practice_server("--mediawiki", request.param) as server:
        yield server


@pytest.fixture
def computer(sync_new_computer_with_outbox: OutboxComputer, wiki: PracticeServer) -> OutboxComputer:
    sync_new_computer_with_outbox.sign_in(wiki.base, wiki.token())
    return sync_new_computer_with_outbox


def running_contest(wiki: PracticeServer, *roles: str) -> int:
    """Return a running event in which these people take part."""
    event = coming_contest(wiki)
    for role in roles:
        join(wiki, event, role, show_contribution_association_prompt=True)
    # Edits count only during the event.
    wiki.control("clock", now=f"{begin_of(wiki, event)}Z")
    return event


def coming_contest(wiki: PracticeServer) -> int:
    wiki.control("clock", now="2026-11-29T12:00:00Z")
    return make_event(wiki, **CONTEST)


def begin_of(wiki: PracticeServer, event: int) -> str:
    stamp = wiki.rest("GET", f"/event_registration/{event}").json()["start_time"]
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:]}"


def edit_page(wiki: PracticeServer, role: str, title: str) -> int:
    made = api(wiki, role, action="edit", title=title, text=f"Text of {title}", summary="")
    return int(made["edit"]["newrevid"])


def counted(computer: OutboxComputer, event: int, revision: int) -> Change:
    computer.sync(event)
    number = computer.queue(AssociateEdit("practicewiki", revision), computer.events()[event].key)
    computer.send()
    return computer.change(number)


def test_an_edit_is_counted_and_the_change_ends(computer: OutboxComputer, wiki: PracticeServer) -> None:
    event = running_contest(wiki, "organizer")
    change = counted(computer, event, edit_page(wiki, "organizer", "Counted"))
    assert (change.state, change.sentence) == (ChangeState.DONE, None)


def test_an_edit_that_was_counted_before_is_reported_as_such(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    event = running_contest(wiki, "organizer")
    revision = edit_page(wiki, "organizer", "Counted before")
    path = f"/event_registration/{event}/edits/practicewiki/{revision}"
    assert wiki.rest("PUT", path, {}).json() == {"modified": True}
    change = counted(computer, event, revision)
    assert change.state is ChangeState.DONE
    assert "already" in str(change.sentence)


def test_an_organizer_counts_the_edit_of_a_participant(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    event = running_contest(wiki, "plain_user")
    change = counted(computer, event, edit_page(wiki, "plain_user", "Of a participant"))
    assert change.state is ChangeState.DONE, change.sentence


def test_the_edit_of_somebody_who_takes_no_part_is_refused(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    event = running_contest(wiki)
    change = counted(computer, event, edit_page(wiki, "plain_user", "Of a stranger"))
    assert change.state is ChangeState.FAILED
    assert change.error_key == "campaignevents-event-contribution-not-participant"


def test_a_refused_edit_is_not_tried_for_another_event_at_once(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    """The wiki would report that the edit belongs to the other event, which is wrong (CONTRACT §6)."""
    other = coming_contest(wiki)
    event = running_contest(wiki, "plain_user")
    revision = edit_page(wiki, "plain_user", "For two")
    computer.sync(event)
    computer.sync(other)
    numbers = [
        computer.queue(AssociateEdit("practicewiki", revision), computer.events()[one].key)
        for one in (other, event)
    ]
    computer.send()
    refused, done = map(computer.change, numbers)
    assert refused.state is ChangeState.FAILED
    assert done.state is ChangeState.DONE, done.sentence
