"""Counting edits on later wikis: they report whether it is new, and organizers can count others' edits."""

import threading
from collections.abc import Iterator

import pytest

from app.domain.changes.change import Change, ChangeState
from app.domain.changes.edit_count import EditCount
from app.domain.changes.operations import AssociateEdit, CountEdits, Operation, WikiEdit
from app.domain.faults import Fault
from app.domain.wording.change_texts import change_note
from app.sync.sending import contribution_handlers
from tests.support.data.event_making import api, join, make_event
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.servers.scripted_wiki import fault_of

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


def queue(computer: OutboxComputer, event: int, operation: Operation) -> int:
    computer.sync(event)
    return computer.queue(operation, computer.events()[event].key)


def counted(computer: OutboxComputer, event: int, revision: int) -> Change:
    number = queue(computer, event, AssociateEdit("practicewiki", revision))
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


@pytest.fixture
def without_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contribution_handlers, "_SECONDS_BETWEEN_EDITS", 0.0)


def participant_edits(wiki: PracticeServer, title: str, number: int) -> tuple[WikiEdit, ...]:
    """Make so many pages as a participant; return the edits."""
    revisions = (edit_page(wiki, "plain_user", f"{title} {place}") for place in range(number))
    return tuple(WikiEdit("practicewiki", revision) for revision in revisions)


@pytest.mark.usefixtures("without_pause")
def test_edits_are_counted_one_by_one_and_refused_ones_are_left_out(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    event = running_contest(wiki, "plain_user")
    good = participant_edits(wiki, "Good", 3)
    stranger = edit_page(wiki, "organizer", "Of a passer-by")
    wiki.rest("PUT", f"/event_registration/{event}/edits/practicewiki/{good[0].revision_id}", {})
    strange = (WikiEdit("practicewiki", revision) for revision in (stranger, 999_999_999))
    number = queue(computer, event, CountEdits((good[0], *strange, *good[1:])))
    computer.send()
    assert computer.change(number).state is ChangeState.WAITING
    computer.send_what_takes_minutes()
    change = computer.change(number)
    assert change.state is ChangeState.DONE
    assert change.sentence == (
        "2 edits count now. 1 was counted before. "
        "Not counted: 1 (by people who take no part any more). Not counted: 1 (no longer on the wiki)."
    )


@pytest.mark.usefixtures("without_pause")
def test_counting_holds_nothing_back_and_goes_on_where_it_was_stopped(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    event = running_contest(wiki, "plain_user")
    edits = participant_edits(wiki, "Stopped", 4)
    number = queue(computer, event, CountEdits(edits))
    edited = computer.edit(event, chat_url="https://chat.example.org/a")
    cancel = threading.Event()
    moves: list[int] = []

    def stop_after_some() -> None:
        moves.append(EditCount.of(computer.change(number).progress).tried)
        if moves[-1] == 2:
            cancel.set()

    fault = fault_of(lambda: computer.send_what_takes_minutes(cancel, stop_after_some))
    assert fault.fault is Fault.CANCELLED
    stopped = computer.change(number)
    assert (stopped.state, EditCount.of(stopped.progress).counted) == (ChangeState.WAITING, 2)
    computer.send()
    assert computer.change(edited).state is ChangeState.DONE
    assert computer.change(number).state is ChangeState.WAITING
    computer.send_what_takes_minutes()
    assert computer.change(number).sentence == "4 edits count now."


@pytest.mark.usefixtures("without_pause")
def test_what_is_left_when_the_event_ends_is_refused_and_said(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    event = running_contest(wiki, "plain_user")
    edits = participant_edits(wiki, "Late", 3)
    number = queue(computer, event, CountEdits(edits))

    def end_after_one() -> None:
        if EditCount.of(computer.change(number).progress).tried == 1:
            wiki.control("clock", now="2031-01-01T00:00:00Z")

    computer.send_what_takes_minutes(on_progress=end_after_one)
    change = computer.change(number)
    assert change.state is ChangeState.FAILED
    assert change.error_key == "campaignevents-event-contribution-event-not-active"
    assert change_note(change, blocked=False).startswith("1 of 3 done. ")


@pytest.mark.usefixtures("without_pause")
def test_edits_whose_answers_were_lost_are_counted_once(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    event = running_contest(wiki, "plain_user")
    edits = participant_edits(wiki, "Lost", 6)
    number = queue(computer, event, CountEdits(edits))
    wiki.fault("lose", rate=0.5, seed=3, changes_only=True)
    for _run in range(20):
        computer.send_what_takes_minutes()
    wiki.calm()
    assert computer.change(number).sentence == "6 edits count now."


@pytest.mark.usefixtures("without_pause")
def test_an_edit_on_a_wiki_that_is_none_holds_no_other_up(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    event = running_contest(wiki, "plain_user")
    good = participant_edits(wiki, "After a strange one", 1)
    number = queue(computer, event, CountEdits((WikiEdit("nowhere", 1), *good)))
    computer.send_what_takes_minutes()
    change = computer.change(number)
    assert change.state is ChangeState.DONE, change.sentence
    assert change.sentence == "1 edit counts now. Not counted: 1 (refused by the wiki)."


@pytest.mark.usefixtures("without_pause")
def test_after_lost_answers_a_change_waits_and_can_be_discarded(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    event = running_contest(wiki, "plain_user")
    edits = participant_edits(wiki, "Away", 2)
    number = queue(computer, event, CountEdits(edits))
    wiki.fault("lose", changes_only=True)
    computer.send_what_takes_minutes()
    wiki.calm()
    waiting = computer.change(number)
    assert waiting.state is ChangeState.WAITING
    # The other edit goes first the next time.
    assert EditCount.of(waiting.progress).left(edits) == edits[::-1]
    computer.send_what_takes_minutes()
    assert computer.change(number).sentence == "2 edits count now."
