"""Cookie sessions: sign-in, reading pages, changes with a CSRF token (CONTRACT §5)."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.domain.accounts.account import SessionSecrets, SignInLack
from app.domain.accounts.sign_in_form import REMEMBER, FieldKind, SignInStep
from app.domain.faults import Fault, KnownFault
from app.wiki.event_changes import EventChanges, OrganizerNames
from app.wiki.event_registration import EventRegistration
from app.wiki.http.client import WikiClient
from app.wiki.sign_in.credentials import SessionCredentials
from app.wiki.sign_in.session_sign_in import SessionSignIn
from tests.contract.replay.described_wiki import ContractEvent, DescribedWiki


def filled_in(wiki: DescribedWiki, step: SignInStep, role: str, password: str) -> dict[str, str]:
    names = {field.name for field in step.fields}
    if not {"username", "password"} <= names or "captchaWord" in names:
        pytest.skip(f"the wiki asks for more than a name and a password: {sorted(names)}")
    return {"username": wiki.part(role, "name"), "password": password}


@pytest.fixture
def session(contract_wiki_under_test: DescribedWiki) -> Iterator[EventRegistration]:
    """Return a connection with a cookie session of the organizer."""
    wiki = contract_wiki_under_test
    with closing(SessionSignIn(wiki.base)) as talk:
        given = filled_in(wiki, talk.begin(), "organizer", wiki.part("organizer", "password"))
        step = talk.answer({**given, REMEMBER: "1"})
        if step is not None:
            pytest.skip(f"clientlogin of the organizer did not pass: {step.message}")
        secrets = talk.secrets
    credentials = SessionCredentials(wiki.base, secrets, save=lambda _: None, ended=lambda: None)
    with closing(WikiClient(wiki.base, credentials)) as client:
        yield EventRegistration(client)


def test_the_wiki_describes_what_it_asks_for(contract_wiki_under_test: DescribedWiki) -> None:
    with closing(SessionSignIn(contract_wiki_under_test.base)) as talk:
        fields = {field.name: field for field in talk.begin().fields}
    assert fields["username"].kind is FieldKind.TEXT
    assert fields["password"].is_secret
    assert fields[REMEMBER].kind is FieldKind.TICK
    assert fields[REMEMBER].optional


def test_a_wrong_password_is_refused_with_the_fields_anew(contract_wiki_under_test: DescribedWiki) -> None:
    wiki = contract_wiki_under_test
    with closing(SessionSignIn(wiki.base)) as talk:
        step = talk.answer(filled_in(wiki, talk.begin(), "plain_user", "certainly the wrong password"))
    assert step is not None
    assert step.refused
    assert step.message
    assert {"username", "password"} <= {field.name for field in step.fields}


def test_a_session_carries_the_organizers_rights(
    contract_wiki_under_test: DescribedWiki, session: EventRegistration
) -> None:
    identity = session.identity()
    assert identity.name == contract_wiki_under_test.part("organizer", "name")
    assert identity.lack(session.facts()) is SignInLack.NOTHING


def test_a_session_sees_private_people_and_answers(
    session: EventRegistration, contract_event: ContractEvent
) -> None:
    people = {
        person.name: person for person in session.participants(contract_event.event_id, 0, private=True)
    }
    assert people[contract_event.plain_user].private
    assert people[contract_event.co_organizer].answers


def test_my_events_lists_the_organizers_events(
    session: EventRegistration, contract_event: ContractEvent
) -> None:
    listed = {one.event_id: one.name for one in session.my_events()}
    assert listed[contract_event.event_id] == contract_event.title.partition(":")[2]
    assert len(listed) == len(session.my_events())


def test_an_event_to_come_has_no_statistics(
    session: EventRegistration, contract_event: ContractEvent
) -> None:
    assert session.statistics(contract_event.event_id) is None
    assert session.contributions(contract_event.event_id) is None


def test_a_change_takes_a_token_and_another_when_that_is_stale(
    session: EventRegistration, contract_event: ContractEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = OrganizerNames((contract_event.organizer, contract_event.co_organizer))
    changing = EventChanges(session.client)
    changing.set_organizers(contract_event.event_id, names)
    tokens = iter(["stale+\\"])
    real = WikiClient._csrf_token
    monkeypatch.setattr(
        WikiClient, "_csrf_token", lambda client, signer: next(tokens, None) or real(client, signer)
    )
    changing.set_organizers(contract_event.event_id, names)
    assert next(tokens, None) is None


def test_a_session_that_nobody_knows_has_ended(
    contract_wiki_under_test: DescribedWiki, contract_event: ContractEvent
) -> None:
    wiki = contract_wiki_under_test
    ended: list[bool] = []
    nobody = SessionCredentials(
        wiki.base, SessionSecrets(()), save=lambda _: None, ended=lambda: ended.append(True)
    )
    with closing(WikiClient(wiki.base, nobody)) as client:
        reading, event_id = EventRegistration(client), contract_event.event_id
        names = OrganizerNames((contract_event.organizer,))
        for operation in (
            reading.identity,
            reading.my_events,
            lambda: reading.statistics(event_id),
            lambda: reading.participants(event_id, 0, private=True),
            lambda: EventChanges(client).set_organizers(event_id, names),
        ):
            with pytest.raises(KnownFault) as raised:
                operation()
            assert raised.value.fault is Fault.SIGN_IN_ENDED
    assert len(ended) >= 4


def test_a_wiki_lists_its_family_or_has_none(
    contract_wiki_under_test: DescribedWiki, session: EventRegistration
) -> None:
    family = session.family(session.identity())
    assert all(address.startswith(("https://", "http://127.0.0.1")) for address in family.values())
    assert not family or contract_wiki_under_test.base in family.values()
