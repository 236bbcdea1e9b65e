"""Answers that the wiki no longer shows: after the event's end, and after it has summed them up."""

from app.domain.people.participant import AnswersState
from tests.support.outbox.sync_computer import Computer
from tests.support.servers.practice_server import PracticeServer


def test_answers_go_with_the_end_of_the_event(sync_computer: Computer, sync_server: PracticeServer) -> None:
    event = sync_server.big_event
    sync_computer.sync(event)
    assert {person.answers_state for person in sync_computer.people(event).values()} == {AnswersState.SHOWN}
    sync_server.control("clock", advance=60 * 86_400)
    assert sync_computer.sync(event).troubles == ()
    people = sync_computer.people(event).values()
    assert len(people) == 250
    # The wiki leaves them out; here they are summed up.
    assert {person.answers_state for person in people} == {AnswersState.AGGREGATED}
    assert not any(person.answers for person in people)
    assert any(person.can_email for person in people)


def test_answers_that_were_summed_up(sync_computer: Computer, sync_server: PracticeServer) -> None:
    event = sync_server.big_event
    sync_computer.sync(event)
    person = next(one for one in sync_computer.people(event).values() if one.name and one.answered)
    sync_server.person(event, person.name or "", "aggregate")
    sync_computer.sync(event)
    after = sync_computer.people(event)[person.participant_id]
    assert after.answers_state is AnswersState.AGGREGATED
    assert after.answers == ()
    assert not after.answered
