"""Events and accounts in the mirror: their stored values, and the events' listings."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.accounts.account import (
    Cookie,
    Identity,
    OAuthClient,
    SessionSecrets,
    SignIn,
    SignInKind,
    Tokens,
)
from app.domain.events.event import Event, ListedEvent, Listing, Organizer, Registration
from app.domain.faults import Fault, KnownFault
from app.store.accounts import accounts, sign_ins
from app.store.events import events
from tests.support.data.store_samples import (
    AMARA,
    TOKENS,
    WIKI,
    add_account,
    add_event,
    names_of,
    person,
    registration,
    see,
)
from tests.support.examples import examples

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS, lambda inner: st.lists(inner, max_size=3)
)


def read(mirror, key: int) -> Event:
    reader = mirror.reader()
    event = events.read_event(reader, key)
    reader.close()
    assert event is not None
    return event


def listing(mirror, key: int) -> Listing:
    return read(mirror, key).listing


def listed(*numbers: int, deleted: tuple[int, ...] = ()) -> list[ListedEvent]:
    return [ListedEvent(number, f"Event {number}", number in deleted) for number in numbers]


@pytest.fixture
def wiki_key(mirror) -> int:
    return add_account(mirror)


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.builds(
        registration,
        st.just(7),
        TEXTS,
        types=st.tuples(TEXTS),
        wikis=st.tuples(TEXTS, TEXTS),
        online=st.booleans(),
        meeting_url=st.none() | TEXTS,
        address=st.none() | TEXTS,
        tracks_contributions=st.none() | st.booleans(),
        tracking_tools=st.tuples(st.dictionaries(TEXTS, JSON, max_size=3)),
        questions=st.tuples(st.integers(1, 9)),
        unknown=st.dictionaries(TEXTS, JSON, max_size=3),
    )
)
def test_a_registration_is_read_as_it_was_saved(mirror, event_key, kept: Registration):
    key = mirror.writer.do(events.save_event, 1, kept, [], 5)
    assert key == event_key
    assert read(mirror, key).registration == kept


def test_a_field_of_a_later_version_is_ignored(mirror, event_key):
    def add_field(connection):
        (text,) = connection.exec_driver_sql("SELECT registration FROM event").one()
        text = json.dumps({**json.loads(text), "goal_type": "edits"})
        connection.exec_driver_sql("UPDATE event SET registration = ?", (text,))

    mirror.writer.do(add_field)
    assert read(mirror, event_key).registration.name == "Meetup"


def test_organizers_are_read_in_the_wikis_order_with_hidden_names(mirror, event_key):
    reader = mirror.reader()
    found = events.read_organizers(reader, event_key)
    reader.close()
    assert found == [Organizer(1, 3, "Amara Okafor", ("creator",)), Organizer(2, 4, None, ("organizer",))]


def test_an_event_fetched_by_number_counts_as_added(mirror, event_key):
    assert listing(mirror, event_key) is Listing.ADDED


def test_an_added_event_that_the_wiki_lists_is_listed(mirror, wiki_key, event_key):
    mirror.writer.do(events.save_list, wiki_key, listed(7), complete=True)
    assert listing(mirror, event_key) is Listing.LISTED


def test_an_event_missing_from_a_complete_list_is_no_longer_listed(mirror, wiki_key, event_key):
    mirror.writer.do(events.save_list, wiki_key, listed(7), complete=True)
    mirror.writer.do(events.save_list, wiki_key, listed(8), complete=True)
    assert listing(mirror, event_key) is Listing.NO_LONGER_LISTED
    mirror.writer.do(events.save_list, wiki_key, listed(7, 8), complete=True)
    assert listing(mirror, event_key) is Listing.LISTED


def test_a_list_of_the_fifty_oldest_does_not_affect_the_others(mirror, wiki_key, event_key):
    mirror.writer.do(events.save_list, wiki_key, listed(7), complete=True)
    mirror.writer.do(events.save_list, wiki_key, listed(*range(100, 150)), complete=False)
    assert listing(mirror, event_key) is Listing.LISTED


def test_an_added_event_never_counts_as_no_longer_listed(mirror, wiki_key, event_key):
    mirror.writer.do(events.save_list, wiki_key, listed(), complete=True)
    assert listing(mirror, event_key) is Listing.ADDED


def test_a_deleted_event_keeps_its_people(mirror, wiki_key, event_key):
    see(mirror, event_key, [person(1)])
    mirror.writer.do(events.save_list, wiki_key, listed(7, deleted=(7,)), complete=True)
    assert listing(mirror, event_key) is Listing.DELETED
    assert names_of(mirror, event_key) == ["Person 1"]
    mirror.writer.do(events.save_list, wiki_key, listed(), complete=True)
    assert listing(mirror, event_key) is Listing.DELETED


def test_an_event_can_be_marked_deleted_and_added_again(mirror, wiki_key, event_key):
    mirror.writer.do(events.mark_deleted, wiki_key, 7)
    assert listing(mirror, event_key) is Listing.DELETED
    add_event(mirror, wiki_key)
    assert listing(mirror, event_key) is Listing.ADDED


def test_lists_of_two_wikis_do_not_affect_each_other(mirror, wiki_key, event_key):
    other_key = mirror.writer.do(accounts.save_wiki, replace(WIKI, base_url="https://x.example"))
    theirs = add_event(mirror, other_key, 7)
    mirror.writer.do(events.save_list, wiki_key, listed(7, deleted=(7,)), complete=True)
    assert listing(mirror, theirs) is Listing.ADDED


def test_a_removed_event_removes_its_people(mirror, event_key):
    see(mirror, event_key, [person(1)])
    mirror.writer.do(events.remove_event, event_key)
    assert names_of(mirror, event_key) == []
    reader = mirror.reader()
    assert events.read_events(reader) == []
    assert events.read_organizers(reader, event_key) == []
    reader.close()


def test_an_account_is_read_with_its_secrets(mirror):
    client = OAuthClient("id", "secret", "http://127.0.0.1:8127/callback")
    key = mirror.writer.do(accounts.save_account, WIKI, AMARA, SignInKind.OAUTH2, TOKENS, client, 9)
    reader = mirror.reader()
    (account,) = accounts.read_accounts(reader)
    assert (account.key, account.wiki, account.identity, account.ended) == (key, WIKI, AMARA, False)
    (sign_in,) = account.sign_ins
    assert sign_ins.read_secrets(reader, key, sign_in) == (TOKENS, client)
    mirror.writer.do(sign_ins.mark_ended, key, sign_in)
    assert accounts.read_accounts(reader)[0].ended
    # Secrets from a last response do not reactivate an ended sign-in.
    mirror.writer.do(sign_ins.save_secrets, key, sign_in, Tokens("new"))
    assert accounts.read_accounts(reader)[0].ended
    assert sign_ins.read_secrets(reader, key, sign_in)[0] == Tokens("new")
    reader.close()


def test_signing_in_again_does_not_remove_data(mirror, event_key):
    see(mirror, event_key, [person(1)])
    assert add_account(mirror) == 1
    assert names_of(mirror, event_key) == ["Person 1"]


def test_another_person_on_the_same_wiki_is_refused(mirror, event_key):
    bert = Identity("Bert", 32, 4, frozenset(), frozenset())
    with pytest.raises(KnownFault, match="Amara Okafor") as caught:
        mirror.writer.do(accounts.save_account, WIKI, bert, SignInKind.OWNER_TOKEN, TOKENS, None, 5)
    assert caught.value.fault is Fault.REFUSED
    reader = mirror.reader()
    assert accounts.read_accounts(reader)[0].identity == AMARA
    reader.close()


def test_signing_out_removes_all_data(mirror, event_key):
    see(mirror, event_key, [person(1)])
    mirror.writer.do(accounts.remove_account, 1)
    reader = mirror.reader()
    tables = [row[0] for row in reader.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    left = {name: reader.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}  # noqa: S608
    reader.close()
    assert {name for name, count in left.items() if count} == {"alembic_version"}


def test_a_removed_account_has_no_secrets(mirror):
    gone = SignIn(SignInKind.OAUTH2, WIKI.base_url, frozenset(), 0, ended=False)
    reader = mirror.reader()
    assert sign_ins.read_secrets(reader, 99, gone) == (None, None)
    reader.close()


def test_the_rights_of_a_session_and_of_oauth_are_combined(mirror):
    client = OAuthClient("id", None, "http://127.0.0.1:8127/callback")
    cookies = SessionSecrets((Cookie("wiki_session", "secret", "wiki.example.org", "/", True, None),))
    outside = replace(AMARA, rights=frozenset(("edit",)))
    organizing = replace(AMARA, rights=frozenset(("campaignevents-organize-events",)))
    save = accounts.save_account
    key = mirror.writer.do(save, WIKI, organizing, SignInKind.SESSION, cookies, None, 5)
    mirror.writer.do(save, WIKI, outside, SignInKind.OAUTH2, TOKENS, client, 9)
    reader = mirror.reader()
    (account,) = accounts.read_accounts(reader)
    assert [one.kind for one in account.sign_ins] == [SignInKind.OAUTH2, SignInKind.SESSION]
    assert account.identity.rights == {"edit", "campaignevents-organize-events"}
    assert sign_ins.read_secrets(reader, key, account.sign_ins[1]) == (cookies, None)
    mirror.writer.do(sign_ins.mark_ended, key, account.sign_ins[1])
    (account,) = accounts.read_accounts(reader)
    assert not account.ended
    assert not account.has_session
    mirror.writer.do(save, WIKI, outside, SignInKind.OWNER_TOKEN, TOKENS, None, 10)
    (account,) = accounts.read_accounts(reader)
    assert [one.kind for one in account.sign_ins] == [SignInKind.OWNER_TOKEN, SignInKind.SESSION]
    reader.close()


def test_the_wikis_own_labels_of_questions_are_saved(mirror, wiki_key):
    reader = mirror.reader()
    assert accounts.read_question_labels(reader, wiki_key) == {}
    mirror.writer.do(accounts.save_question_labels, wiki_key, {4: "Wie sicher?", 5: "所属"})
    assert accounts.read_question_labels(reader, wiki_key) == {4: "Wie sicher?", 5: "所属"}
    reader.close()


def test_secrets_are_not_shown():
    assert "secret" not in repr(TOKENS)
    assert "hush" not in repr(OAuthClient("id", "hush", "http://127.0.0.1:1/"))
