"""Two organizers, the web interface and bad weather: in any order, nothing is lost and nothing done twice.

EVENT_CENTER_LONG_RUN=N tries N times as many runs.
"""

import os
import random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from outbox_machine import (
    ORGANIZERS,
    POOL,
    REGISTERED_FIRST,
    THIRD,
    UNIQUE_FIELDS,
    OrganizersDesk,
    WebInterface,
    Witness,
    unique_value,
)
from practice_server import PracticeServer, practice_server

_LONG = max(1, int(os.environ.get("EVENT_CENTER_LONG_RUN") or "1"))
_EXAMPLES, _STEPS = 30, 35
#: "429" and "delay" make everybody wait for seconds.
_WEATHER = ("lose", "lose", "cut", "drop", "500", "503", "not-json", "wrong-shape", "readonly")

somebody = st.sampled_from(ORGANIZERS)
fields = st.sampled_from(sorted(UNIQUE_FIELDS))
person = st.sampled_from(POOL)
which = st.integers(0, 5)
places = st.sets(st.integers(0, len(POOL) - 1), min_size=1, max_size=3)


class OutboxMachine(RuleBasedStateMachine):
    """Two desks and a wiki. Who does not send is offline."""

    server: PracticeServer

    def __init__(self) -> None:
        super().__init__()
        self.desks: dict[str, OrganizersDesk] = {}
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
            self.desks[role] = OrganizersDesk(self.witness, role)

    def teardown(self) -> None:
        self.server.calm()
        try:
            if self.desks:
                self.all_is_settled()
        finally:
            for desk in self.desks.values():
                desk.close()

    def all_is_settled(self) -> None:
        """Everybody is online, decides what is asked, sends all and syncs."""
        for desk in self.desks.values():
            desk.settle(self.chance)
        for desk in self.desks.values():
            desk.sync()
        self.witness.look()
        for desk in self.desks.values():
            desk.check_all_is_done_once()
            desk.check_mirror()
        for pair, count in self.witness.became.items():
            if pair not in self.witness.first and pair[0] != "status":
                hers = [
                    one.hers
                    for desk in self.desks.values()
                    for one in desk.queued.values()
                    if pair in one.values.items()
                ]
                assert count <= 1 + sum(hers)
        assert not any(self.witness.became[pair] for pair in self.witness.first if pair[0] != "status")

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    # At the desks

    @rule(role=somebody, name=fields)
    def edits_a_field(self, role: str, name: str) -> None:
        self.desks[role].edit(name, unique_value(name, self.number()))

    @rule(role=somebody)
    def closes_or_reopens(self, role: str) -> None:
        self.desks[role].turn_status()

    @rule(role=somebody, chosen=places)
    def removes_participants(self, role: str, chosen: set[int]) -> None:
        self.desks[role].remove(chosen)

    @rule(role=somebody)
    def adds_or_removes_the_third_organizer(self, role: str) -> None:
        self.desks[role].change_third()

    @rule(role=somebody)
    def writes_an_email(self, role: str) -> None:
        self.desks[role].email(f"Programme {self.number()}")

    @rule(role=somebody, place=which)
    def takes_a_change_back(self, role: str, place: int) -> None:
        if changes := self.desks[role].open_changes():
            self.desks[role].take_back(changes[place % len(changes)])

    @rule(role=somebody, place=which, choice=st.integers(0, 1))
    def decides(self, role: str, place: int, choice: int) -> None:
        if stuck := self.desks[role].stuck():
            self.desks[role].decide(stuck[place % len(stuck)], choice)

    @rule(role=somebody)
    def syncs(self, role: str) -> None:
        self.desks[role].sync()

    @rule(role=somebody)
    def sends(self, role: str) -> None:
        self.desks[role].send()

    @rule(
        role=somebody,
        kind=st.sampled_from(_WEATHER),
        rate=st.sampled_from((0.3, 0.6, 1.0)),
        seed=st.integers(0, 99),
        changes_only=st.booleans(),
    )
    def sends_in_bad_weather(self, role: str, kind: str, rate: float, seed: int, changes_only: bool) -> None:
        self.server.fault(kind, rate, seed, changes_only=changes_only)
        try:
            self.desks[role].send()
        finally:
            self.server.calm()

    @rule(role=somebody, arrives=st.booleans(), noted=st.booleans())
    def dies_while_sending(self, role: str, arrives: bool, noted: bool) -> None:
        self.desks[role].die_while_sending(arrives=arrives, noted=noted)

    # On the wiki

    @rule(name=fields)
    def the_web_edits_a_field(self, name: str) -> None:
        self.web.put({UNIQUE_FIELDS[name]: unique_value(name, self.number())})
        self.witness.look()

    @rule()
    def the_web_closes_or_reopens(self) -> None:
        self.web.turn_status()
        self.witness.look()

    @rule(user_id=person)
    def somebody_registers(self, user_id: int) -> None:
        self.web.register(user_id)

    @rule(place=which)
    def somebody_who_was_removed_registers_again(self, place: int) -> None:
        removed = {
            one for desk in self.desks.values() for queued in desk.queued.values() for one in queued.removed
        }
        if gone := sorted(removed - self.witness.present):
            self.web.register(gone[place % len(gone)])

    @rule(user_id=person)
    def the_web_removes_somebody(self, user_id: int) -> None:
        self.web.remove(user_id)
        self.witness.look()

    @rule(there=st.booleans())
    def the_web_changes_the_third_organizer(self, there: bool) -> None:
        self.web.organizers(self.server.name(role) for role in (*ORGANIZERS, *([THIRD] if there else [])))


def run_machine(server: PracticeServer, examples: int) -> None:
    class Machine(OutboxMachine):
        pass

    Machine.server = server
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


def test_in_any_order_nothing_is_lost_and_nothing_done_twice(outbox_wiki: PracticeServer) -> None:
    run_machine(outbox_wiki, _EXAMPLES)


@pytest.mark.skipif(_LONG < 2, reason="EVENT_CENTER_LONG_RUN is not set")
def test_a_long_run() -> None:
    # The journal of one wiki holds so many changes.
    for _ in range(_LONG - 1):
        with practice_server("--auto-approve") as server:
            run_machine(server, 2 * _EXAMPLES)
