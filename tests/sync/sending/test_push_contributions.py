"""Associating edits with events, and removing them again."""

from app.domain.changes.change import ChangeState
from app.domain.changes.operations import AssociateEdit, RemoveContribution
from app.domain.wording.refusal_texts import refused
from tests.support.data.event_making import api, join, make_event
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.servers.practice_server import PracticeServer

CONTEST = {"types": ["contest"], "wikis": ["*"], "tracks_contributions": True}


def edit_page(server: PracticeServer, role: str = "organizer") -> int:
    made = api(server, role, action="edit", title="Practice article", text=f"Text by {role}", summary="")
    again = api(server, role, action="edit", title="Practice article", text="More text", summary="")
    return int(again["edit"].get("newrevid") or made["edit"]["newrevid"])


def contest(server: PracticeServer) -> int:
    event = make_event(server, **CONTEST)
    join(server, event, "organizer")
    return event


def associated(server: PracticeServer, event: int, revision: int) -> bool:
    """Return whether an edit belongs to an event: then another event cannot have it."""
    other = contest(server)
    response = server.rest("PUT", f"/event_registration/{other}/edits/practicewiki/{revision}", {})
    return response.status_code == 400 and "already-associated" in response.json()["errorKey"]


def numbers(server: PracticeServer) -> list[int]:
    """Return the numbers of all contributions: for these, somebody else's removal is refused."""
    tried = {n: server.rest("DELETE", f"/event_contributions/{n}", {}, "plain_user") for n in range(1, 60)}
    return [n for n, response in tried.items() if response.status_code == 403]


def test_an_edit_is_associated_once(outbox_computer: OutboxComputer, outbox_wiki: PracticeServer) -> None:
    event, revision = contest(outbox_wiki), edit_page(outbox_wiki)
    outbox_computer.sync(event)
    key = outbox_computer.events()[event].key
    outbox_wiki.fault("lose", changes_only=True)
    number = outbox_computer.queue(AssociateEdit("practicewiki", revision), key)
    outbox_computer.send()
    outbox_wiki.calm()
    outbox_computer.send()
    assert outbox_computer.change(number).state is ChangeState.DONE
    assert associated(outbox_wiki, event, revision)


def test_somebody_elses_edit_is_refused_in_words(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event, revision = contest(outbox_wiki), edit_page(outbox_wiki, "plain_user")
    outbox_computer.sync(event)
    number = outbox_computer.queue(
        AssociateEdit("practicewiki", revision), outbox_computer.events()[event].key
    )
    outbox_computer.send()
    change = outbox_computer.change(number)
    assert change.state is ChangeState.FAILED
    assert change.sentence == refused("campaignevents-event-contribution-not-owner")
    assert "your own edits" in str(change.wiki_said)


def test_removing_a_removed_contribution_again_succeeds_after_a_lost_answer(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event, revision = contest(outbox_wiki), edit_page(outbox_wiki)
    path = f"/event_registration/{event}/edits/practicewiki/{revision}"
    assert outbox_wiki.rest("PUT", path, {}).status_code == 202
    outbox_computer.sync(event)
    key = outbox_computer.events()[event].key
    present = numbers(outbox_wiki)
    outbox_wiki.fault("lose", changes_only=True)
    number = outbox_computer.queue(RemoveContribution(present[-1]), key)
    outbox_computer.send()
    outbox_wiki.calm()
    outbox_computer.send()
    assert outbox_computer.change(number).state is ChangeState.DONE
    again = outbox_computer.queue(RemoveContribution(present[-1]), key)
    outbox_computer.send()
    assert outbox_computer.change(again).state is ChangeState.FAILED
