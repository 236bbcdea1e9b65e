"""Two organizers, the web interface and bad weather: in any order, nothing is lost and nothing done twice.

EVENT_CENTER_LONG_RUN=N tries N times as many runs.
"""

import os
import random
from typing import Any

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
_EXAMPLES, _STEPS = 35, 35
_QUEUED = (*sorted(UNIQUE_FIELDS), "status", "third organizer", "e-mail", "e-mail", "removal", "removal")
_THEN = ("waits", "waits", "is sent", "arrives, unheard", "arrives, and they come back", "never arrives")
_ON_THE_WIKI = (*sorted(UNIQUE_FIELDS), "status", "third organizer", "again", "again", "registers", "removed")
#: "429" and "delay" make everybody wait for seconds.
_WEATHER = ("lose", "lose", "cut", "drop", "500", "503", "not-json", "wrong-shape", "readonly")

somebody = st.sampled_from(ORGANIZERS)
which = st.integers(0, len(POOL) - 1)
weathers = st.just({}) | st.fixed_dictionaries(
    {
        "kind": st.sampled_from(_WEATHER),
        "rate": st.sampled_from((0.4, 0.7, 1.0)),
        "seed": st.integers(0, 99),
        "changes_only": st.booleans(),
    }
)
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

    @rule(
        role=somebody,
        whats=st.lists(st.sampled_from(_QUEUED), min_size=1, max_size=3),
        chosen=places,
        then=st.sampled_from(_THEN),
    )
    def queues(self, role: str, whats: list[str], chosen: set[int], then: str) -> None:
        desk = self.desks[role]
        if then not in ("waits", "is sent"):
            desk.send()  # so that what is queued now is the next to be sent
        for what in whats:
            if what in UNIQUE_FIELDS:
                desk.edit(what, unique_value(what, self.number()))
            elif what == "status":
                desk.turn_status()
            elif what == "third organizer":
                desk.change_third()
            elif what == "e-mail":
                desk.email(f"Programme {self.number()}")
            else:
                desk.remove(chosen)
        if then == "is sent":
            desk.send()
        elif then != "waits":
            desk.die_while_sending(arrives=then != "never arrives", noted=True)
        if then == "arrives, and they come back":
            for user_id in sorted(self.removed() - self.witness.present):
                self.web.register(user_id)

    @rule(role=somebody, weather=weathers)
    def sends(self, role: str, weather: dict[str, Any]) -> None:
        self.desks[role].send(**weather)

    @rule(role=somebody, arrives=st.booleans(), noted=st.booleans())
    def dies_while_sending(self, role: str, arrives: bool, noted: bool) -> None:
        self.desks[role].die_while_sending(arrives=arrives, noted=noted)

    @rule(role=somebody, what=st.sampled_from(("takes back", "decides", "syncs")), place=which, choice=which)
    def minds_her_outbox(self, role: str, what: str, place: int, choice: int) -> None:
        desk = self.desks[role]
        if what == "syncs":
            desk.sync()
        elif what == "decides" and (stuck := desk.stuck()):
            desk.decide(stuck[place % len(stuck)], choice)
        elif what == "takes back" and (changes := desk.open_changes()):
            desk.take_back(changes[place % len(changes)])

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
        self.witness.look()

    def removed(self) -> set[int]:
        """Return who was ever removed from a desk."""
        return {
            one for desk in self.desks.values() for queued in desk.queued.values() for one in queued.removed
        }


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
