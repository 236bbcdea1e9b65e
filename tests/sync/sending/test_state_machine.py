"""Two organizers, the web interface and injected faults: nothing is lost or done twice, in any order.

EVENT_CENTER_LONG_RUN=N runs N times as many examples.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from app.domain.changes.change import ChangeState
from app.domain.changes.operations import CreateEvent, RemoveParticipants
from app.domain.events import sync_schedule
from app.domain.events.event_fields import EventFields
from app.domain.faults import KnownFault
from app.store.changes import outbox
from tests.support.data.event_making import add_people, make_event, make_page, new_title, person_name
from tests.support.examples import LONG_RUN, examples
from tests.support.outbox.organizers_computer import OrganizersComputer
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.outbox.outbox_witness import (
    ORGANIZERS,
    POOL,
    REGISTERED_FIRST,
    THIRD,
    UNIQUE_FIELDS,
    WebInterface,
    Witness,
    unique_value,
)
from tests.support.servers.practice_server import PracticeServer, practice_server

_EXAMPLES, _STEPS = 35, 35
_QUEUED = (*sorted(UNIQUE_FIELDS), "status", "third organizer", "e-mail", "e-mail", "removal", "removal")
_WHAT_HAPPENS_NEXT = (
    "waits",
    "waits",
    "is sent",
    "arrives, unheard",
    "arrives, and they come back",
    "never arrives",
)
_ON_THE_WIKI = (
    *sorted(UNIQUE_FIELDS),
    "status",
    "third organizer",
    "again",
    "again",
    "registers",
    "removed",
    "membership",
)
#: Without "429" and "delay", which cause waits of seconds.
_FAULT_KINDS = ("lose", "lose", "cut", "drop", "500", "503", "not-json", "wrong-shape", "readonly")

somebody = st.sampled_from(ORGANIZERS)
which = st.integers(0, len(POOL) - 1)
faults_to_inject = st.just({}) | st.fixed_dictionaries(
    {
        "kind": st.sampled_from(_FAULT_KINDS),
        "rate": st.sampled_from((0.4, 0.7, 1.0)),
        "seed": st.integers(0, 99),
        "changes_only": st.booleans(),
    }
)
places = st.sets(st.integers(0, len(POOL) - 1), min_size=1, max_size=3)


class OutboxMachine(RuleBasedStateMachine):
    """Two data folders and a wiki. An organizer who does not send is offline."""

    server: PracticeServer
    #: Whether the second organizer can be removed from the organizers, and added again.
    places_change = False

    def __init__(self) -> None:
        super().__init__()
        self.computers: dict[str, OrganizersComputer] = {}
        self.numbers = 0

    @initialize(seed=st.integers(0, 999))
    def an_event_begins(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.witness = Witness(self.server)
        self.web = WebInterface(self.witness)
        self.web.organizers(self.server.name(role) for role in ORGANIZERS)
        for user_id in POOL[:REGISTERED_FIRST]:
            self.web.register(user_id)
        for role in ORGANIZERS:
            self.computers[role] = OrganizersComputer(self.witness, role)

    def teardown(self) -> None:
        self.server.calm()
        try:
            if self.computers:
                self.all_is_settled()
        finally:
            for computer in self.computers.values():
                computer.close()

    def all_is_settled(self) -> None:
        """All organizers are online, decide all questions, send everything and sync."""
        if self.places_change:
            self.web.organizers(self.server.name(role) for role in ORGANIZERS)
        for computer in self.computers.values():
            computer.settle(self.chance)
        for computer in self.computers.values():
            computer.sync()
        self.witness.look()
        for computer in self.computers.values():
            computer.check_all_is_done_once()
            computer.check_mirror()
        for pair, count in self.witness.became.items():
            if pair not in self.witness.first and pair[0] != "status":
                kept_own = [
                    one.kept_own
                    for computer in self.computers.values()
                    for one in computer.queued.values()
                    if pair in one.values.items()
                ]
                assert count <= 1 + sum(kept_own)
        assert not any(self.witness.became[pair] for pair in self.witness.first if pair[0] != "status")

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    @rule(
        role=somebody,
        whats=st.lists(st.sampled_from(_QUEUED), min_size=1, max_size=3),
        chosen=places,
        then=st.sampled_from(_WHAT_HAPPENS_NEXT),
    )
    def queues(self, role: str, whats: list[str], chosen: set[int], then: str) -> None:
        computer = self.computers[role]
        if then not in ("waits", "is sent"):
            computer.send()  # so that what is queued now is the next to be sent
        for what in whats:
            if what in UNIQUE_FIELDS:
                computer.edit(what, unique_value(what, self.number()))
            elif what == "status":
                computer.turn_status()
            elif what == "third organizer":
                computer.change_third()
            elif what == "e-mail":
                computer.email(f"Programme {self.number()}")
            else:
                computer.remove(chosen)
        if then == "is sent":
            computer.send()
        elif then != "waits":
            computer.crash_while_sending(arrives=then != "never arrives", noted=True)
        if then == "arrives, and they come back":
            for user_id in sorted(self.removed() - self.witness.present):
                self.web.register(user_id)

    @rule(role=somebody, injected_fault=faults_to_inject)
    def sends(self, role: str, injected_fault: dict[str, Any]) -> None:
        self.computers[role].send(**injected_fault)

    @rule(role=somebody, arrives=st.booleans(), noted=st.booleans())
    def crashes_while_sending(self, role: str, arrives: bool, noted: bool) -> None:
        self.computers[role].crash_while_sending(arrives=arrives, noted=noted)

    @rule(
        role=somebody,
        what=st.sampled_from(("takes back", "decides", "syncs", "looks")),
        place=which,
        choice=which,
    )
    def handles_outbox(self, role: str, what: str, place: int, choice: int) -> None:
        computer = self.computers[role]
        if what == "syncs":
            computer.sync()
        elif what == "looks":
            computer.look()
        elif what == "decides" and (stuck := computer.stuck()):
            computer.decide(stuck[place % len(stuck)], choice)
        elif what == "takes back" and (changes := computer.open_changes()):
            computer.take_back(changes[place % len(changes)])

    @rule(what=st.sampled_from(_ON_THE_WIKI), place=which, there=st.booleans())
    def the_wiki_changes(self, what: str, place: int, there: bool) -> None:
        gone = sorted(self.removed() - self.witness.present)
        if what in UNIQUE_FIELDS:
            self.web.put({UNIQUE_FIELDS[what]: unique_value(what, self.number())})
        elif what == "status":
            self.web.turn_status()
        elif what == "third organizer":
            self.web.organizers(self.server.name(role) for role in (*ORGANIZERS, *([THIRD] if there else [])))
        elif what == "again" and gone:
            self.web.register(gone[place % len(gone)])
        elif what == "registers":
            self.web.register(POOL[place])
        elif what == "removed":
            self.web.remove(POOL[place])
        elif what == "membership" and self.places_change:
            self.web.organizers(self.server.name(role) for role in (ORGANIZERS if there else ORGANIZERS[:1]))
        self.witness.look()

    def removed(self) -> set[int]:
        """Return everybody who was ever removed by a change."""
        return {
            one
            for computer in self.computers.values()
            for queued in computer.queued.values()
            for one in queued.removed
        }


@pytest.fixture(autouse=True)
def quick_syncs_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use quick checks already for events with a handful of people."""
    monkeypatch.setattr(sync_schedule, "_SMALL_EVENT", 2)


def run_machine(practice: PracticeServer, examples: int, *, places: bool = False) -> None:
    class Machine(OutboxMachine):
        server = practice
        places_change = places

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=_STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )


def test_nothing_is_lost_or_done_twice_in_any_order(outbox_wiki: PracticeServer) -> None:
    run_machine(outbox_wiki, examples(_EXAMPLES))


def test_nothing_is_lost_or_done_twice_while_an_organizer_is_removed_and_added(
    outbox_wiki: PracticeServer,
) -> None:
    run_machine(outbox_wiki, examples(_EXAMPLES // 3), places=True)


@pytest.mark.skipif(LONG_RUN < 2, reason="EVENT_CENTER_LONG_RUN is not set")
def test_a_long_run() -> None:
    # The journal of one wiki is limited.
    for _ in range(LONG_RUN - 1):
        with practice_server("--auto-approve") as server:
            run_machine(server, 2 * _EXAMPLES)


# Regressions found by the machine, step by step


def test_a_refused_check_after_a_lost_answer_does_not_make_it_a_first_attempt(
    outbox_computers: Callable[[str], OutboxComputer], outbox_wiki: PracticeServer
) -> None:
    """A removal arrives, its answer is lost; the organizer is removed, refused, added again, and retries."""
    event = make_event(outbox_wiki)
    removed, *_ = add_people(outbox_wiki, event, 3)
    set_organizers(outbox_wiki, event, *ORGANIZERS)
    computer = outbox_computers("co_organizer")
    computer.sync(event)
    number = computer.queue(RemoveParticipants(computer.chosen(event, removed)), computer.events()[event].key)
    keep = computer.mirror.writer.do_durably
    assert keep(outbox.begin_sending, number, 5)
    path = f"/event_registration/{event}/participants"
    outbox_wiki.rest("DELETE", path, {"user_ids": [removed]}, "co_organizer")
    outbox_wiki.control("clock", advance=5)
    outbox_wiki.person(event, person_name(outbox_wiki, removed), "reregister")
    set_organizers(outbox_wiki, event, "organizer")
    computer.send()
    set_organizers(outbox_wiki, event, *ORGANIZERS)
    change = computer.change(number)
    if change.state is ChangeState.FAILED:
        assert keep(outbox.retry, number, change.progress)
        computer.send()
    assert removed in {one["user_id"] for one in outbox_wiki.people(event)}


def test_a_contribution_with_the_number_of_an_event_is_not_a_change_of_it(
    outbox_wiki: PracticeServer,
) -> None:
    """The witness mistook a request for contribution (or edit) 151 for a change of event 151."""
    event = make_event(outbox_wiki)
    outbox_wiki.rest("DELETE", f"/event_contributions/{event}", {})
    assert outbox_wiki.changes(event) == []
    outbox_wiki.rest("DELETE", f"/event_registration/{event}/participants", {"user_ids": [1]})
    assert len(outbox_wiki.changes(event)) == 1


def test_an_event_whose_title_was_taken_is_made_under_another(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    """The wiki refuses the page of somebody else; the user chooses another title."""
    taken, free = new_title(), new_title()
    make_page(outbox_wiki, taken, "co_organizer")
    fields = EventFields(
        page=taken,
        timezone="UTC",
        start="20370305100000",
        end="20370306180000",
        types=("meetup",),
        online=True,
        tracks_contributions=False,
    )
    number = outbox_computer.queue(CreateEvent(fields, "Text"))
    assert outbox_computer.send().stuck == 1
    assert outbox_computer.change(number).error_field == "title"
    operation = CreateEvent(replace(fields, page=free), "Text")
    assert outbox_computer.mirror.writer.do_durably(outbox.replace_operation, number, operation)
    outbox_computer.send()
    change = outbox_computer.change(number)
    assert change.state is ChangeState.DONE, change.sentence


def test_an_edit_that_can_never_be_read_back_does_not_stop_the_outbox(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    """The edit is made, its result cannot be read yet; then somebody deletes the registration."""
    first, second = make_event(outbox_wiki), make_event(outbox_wiki)
    outbox_computer.sync(first)
    outbox_computer.sync(second)
    made = outbox_computer.edit(first, chat_url="https://chat.example.org/made")
    beside = outbox_computer.edit(second, status="closed")
    # The state after the PUT was answered and the network failed before the result was read.
    keep = outbox_computer.mirror.writer.do_durably
    assert keep(outbox.begin_sending, made, 5)
    keep(outbox.note_progress, made, {"applied": True}, 5)
    keep(outbox.mark_unanswered, made, "offline")
    outbox_wiki.rest("DELETE", f"/event_registration/{first}", {})
    with suppress(KnownFault):
        outbox_computer.send()
    assert outbox_computer.change(beside).state is ChangeState.DONE
    assert outbox_computer.change(made).state is not ChangeState.SENDING


def set_organizers(server: PracticeServer, event: int, *roles: str) -> None:
    body = {"organizer_usernames": [server.name(role) for role in roles]}
    answer = server.rest("PUT", f"/event_registration/{event}/organizers", body)
    assert answer.status_code == 204, answer.text
