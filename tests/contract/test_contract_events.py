"""Reading events, organizers, participants and questions (CONTRACT §3)."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from app.domain.faults import Fault, KnownFault
from app.domain.people.participant import AnswersState, Presence
from app.domain.wikis.links import KnownWiki
from app.domain.wikis.wiki_names import WikiNames
from app.wiki.event_registration import LIST_LIMIT, is_deleted
from app.wiki.link_targets import find_event
from tests.contract.replay.described_wiki import ContractEvent, DescribedWiki

UNKNOWN_EVENT = 2_000_000_000


def test_the_facts_of_a_registration(
    contract_wiki_under_test: DescribedWiki, contract_event: ContractEvent
) -> None:
    with contract_wiki_under_test.connected_as("organizer") as connection:
        found = connection.registration(contract_event.event_id)
        facts = connection.facts()
    assert found.event_id == contract_event.event_id
    assert found.name == contract_event.title.partition(":")[2]
    assert found.page.partition(":")[2] == found.name
    assert found.page_wiki == facts.wiki_id
    assert (found.status, found.timezone) == ("open", "Asia/Kolkata")
    assert found.types == (("meetup",) if "types" in contract_wiki_under_test.known else ())
    assert (found.online, found.in_person) == (True, False)
    assert found.is_test is ("is_test_event" in contract_wiki_under_test.known)
    assert found.meeting_url == "https://meet.example.org/contract"
    assert found.ends_at() - found.starts_at() == timedelta(days=1)
    assert set(found.questions) == {1, 2, 3, 4, 5}
    assert found.tracks_contributions in (None, False)


def test_the_organizers(contract_wiki_under_test: DescribedWiki, contract_event: ContractEvent) -> None:
    with contract_wiki_under_test.connected_as("organizer") as connection:
        found = connection.organizers(contract_event.event_id)
        own = connection.identity()
    assert {person.name for person in found} == {contract_event.organizer, contract_event.co_organizer}
    creator = next(person for person in found if "creator" in person.roles)
    assert (creator.name, creator.user_id) == (contract_event.organizer, own.central_id)


def test_my_events(contract_wiki_under_test: DescribedWiki, contract_event: ContractEvent) -> None:
    with contract_wiki_under_test.connected_as("organizer") as connection:
        listed = connection.organized_by(connection.identity().central_id)
    assert len(listed) <= LIST_LIMIT
    mine = {entry.event_id: entry for entry in listed}
    if contract_event.event_id not in mine:
        assert len(listed) == LIST_LIMIT
        pytest.skip("the organizer has more events than the wiki lists")
    assert mine[contract_event.event_id].name == contract_event.title.partition(":")[2]
    assert not mine[contract_event.event_id].deleted


def test_an_organizer_sees_everybody_with_their_answers(
    contract_wiki_under_test: DescribedWiki, contract_event: ContractEvent
) -> None:
    with contract_wiki_under_test.connected_as("organizer") as connection:
        people = connection.participants(contract_event.event_id, 0, private=True)
    found = {person.name: person for person in people}
    assert set(found) == {contract_event.co_organizer, contract_event.plain_user}
    public, private = found[contract_event.co_organizer], found[contract_event.plain_user]
    assert (public.private, private.private) == (False, True)
    for person in people:
        assert person.presence is Presence.NAMED
        assert person.answers_state is AnswersState.SHOWN
        assert person.can_email is not None
        assert person.registered_at > 1_700_000_000
    answers = {(answer.question, answer.option, answer.text) for answer in public.answers}
    assert answers == {(4, "some-not-confident", None), (5, "no-response", None)}
    answers = {(answer.question, answer.option, answer.text) for answer in private.answers}
    assert answers == {(4, "no-response", None), (5, "affiliate", "Wikimedia Østlandet: a (b)")}


def test_a_plain_user_sees_public_people_and_no_answers(
    contract_wiki_under_test: DescribedWiki, contract_event: ContractEvent
) -> None:
    with contract_wiki_under_test.connected_as("plain_user") as connection:
        with pytest.raises(KnownFault) as raised:
            connection.participants(contract_event.event_id, 0, private=True)
        assert raised.value.fault is Fault.NOT_ALLOWED
        assert raised.value.error_key == "campaignevents-rest-list-participants-cannot-see-private"
        people = connection.participants(contract_event.event_id, 0, private=False)
    assert [person.name for person in people] == [contract_event.co_organizer]
    assert people[0].answers_state is AnswersState.NOT_SHOWN
    assert people[0].can_email is None


def test_the_cursor_leads_to_the_end_and_past_it(
    contract_wiki_under_test: DescribedWiki, contract_event: ContractEvent
) -> None:
    with contract_wiki_under_test.connected_as("organizer") as connection:
        people = connection.participants(contract_event.event_id, 0, private=True)
        first, last = (person.participant_id for person in people)
        assert first < last
        assert connection.participants(contract_event.event_id, first, private=True) == people[1:]
        assert connection.participants(contract_event.event_id, first - 1, private=True) == people
        for past in (last, last + 5, 2**31):
            assert connection.participants(contract_event.event_id, past, private=True) == []


def test_a_repeated_registration_keeps_the_participant_id(contract_wiki_under_test: DescribedWiki) -> None:
    wiki = contract_wiki_under_test
    wiki.part("plain_user", "owner_token")
    with wiki.event() as (event_id, _), wiki.connected_as("organizer") as connection:
        assert connection.participants(event_id, 0, private=True) == []
        wiki.join(event_id, "plain_user", private=False, answers={})
        before = connection.participants(event_id, 0, private=True)
        own = f"/event_registration/{event_id}/participants/self"
        assert wiki.rest("DELETE", own, {}, "plain_user").status_code == 200
        assert connection.participants(event_id, 0, private=True) == []
        wiki.join(event_id, "plain_user", private=True, answers={})
        after = connection.participants(event_id, 0, private=True)
    assert [person.participant_id for person in after] == [person.participant_id for person in before]
    assert after[0].private


def test_a_deleted_registration(contract_wiki_under_test: DescribedWiki) -> None:
    wiki = contract_wiki_under_test
    with wiki.event() as (event_id, _):
        assert wiki.rest("DELETE", f"/event_registration/{event_id}", {}).status_code == 204
        with wiki.connected_as("organizer") as connection, pytest.raises(KnownFault) as raised:
            connection.registration(event_id)
    assert raised.value.fault is Fault.NOT_FOUND
    assert is_deleted(raised.value)
    assert "deleted" in raised.value.sentence


def test_an_unknown_event(contract_wiki_under_test: DescribedWiki) -> None:
    with contract_wiki_under_test.connected() as connection:
        for read in (
            lambda: connection.registration(UNKNOWN_EVENT),
            lambda: connection.organizers(UNKNOWN_EVENT),
            lambda: connection.participants(UNKNOWN_EVENT, 0, private=False),
        ):
            with pytest.raises(KnownFault) as raised:
                read()
            assert raised.value.fault is Fault.NOT_FOUND
            assert raised.value.error_key == "campaignevents-rest-event-not-found"
            assert not is_deleted(raised.value)


def test_an_event_behind_its_link(
    contract_wiki_under_test: DescribedWiki, contract_event: ContractEvent
) -> None:
    wiki, title = contract_wiki_under_test, contract_event.title.replace(" ", "_")
    links = [
        f"{wiki.base}/index.php?title={title}",
        f"{wiki.base}/index.php?title=Special:EventDetails/{contract_event.event_id}",
    ]
    home = KnownWiki("home", wiki.base, WikiNames())
    with wiki.connected_as("organizer") as connection:
        general = connection.client.api(action="query", meta="siteinfo")["query"]["general"]
        article = f"{general['server']}{general['articlepath']}".replace("$1", title)
        if urlsplit(article).netloc == urlsplit(wiki.base).netloc and "/wiki/" in article:
            links.append(article if "://" in article else f"https:{article}")
        for link in links:
            assert find_event(connection.client, home, (), link) == contract_event.event_id
        with pytest.raises(KnownFault) as raised:
            find_event(connection.client, home, (), f"{wiki.base}/index.php?title={title}_without")
        assert raised.value.fault is Fault.NOT_FOUND


def test_the_wikis_messages_for_its_questions(contract_wiki_under_test: DescribedWiki) -> None:
    with contract_wiki_under_test.connected() as connection:
        labels = connection.question_labels()
    assert {1, 2, 3, 4, 5} <= set(labels)
    assert all(label.strip() for label in labels.values())
