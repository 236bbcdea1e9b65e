"""Signing in and out: who is accepted, and what stays."""

import socket
import threading
from contextlib import closing

import pytest
import requests

from app.domain.accounts.account import OAuthClient, SignInKind
from app.domain.faults import Fault, KnownFault
from app.store.accounts import accounts
from app.sync.wikis import Wikis
from tests.support.outbox.sync_computer import Computer, same_people
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.servers.scripted_people import wiki_with
from tests.support.servers.scripted_wiki import Reply, scripted_wiki


def test_an_owner_only_token(sync_computer: Computer, sync_server: PracticeServer) -> None:
    account = sync_computer.account
    assert account.identity.name == sync_server.name()
    assert [one.kind for one in account.sign_ins] == [SignInKind.OWNER_TOKEN]
    assert account.wiki.base_url == sync_server.base
    assert not account.ended


@pytest.mark.parametrize("token", ["garbage", "with\nbreak", "ünsendable"])
def test_a_token_that_the_wiki_does_not_accept(
    sync_new_computer: Computer, sync_server: PracticeServer, token: str
) -> None:
    with pytest.raises(KnownFault) as raised:
        sync_new_computer.sign_in(sync_server.base, token)
    assert raised.value.fault is Fault.REFUSED
    assert "access token" in raised.value.sentence
    with closing(sync_new_computer.mirror.reader()) as reader:
        assert accounts.read_accounts(reader) == []


def test_another_person_cannot_sign_in_to_the_users_data(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    sync_computer.sync(1)
    before = sync_computer.rows(1)
    with pytest.raises(KnownFault) as raised:
        sync_computer.sign_in(sync_server.base, sync_server.token("co_organizer"))
    assert raised.value.fault is Fault.REFUSED
    assert sync_computer.account.identity.name == sync_server.name()
    assert sync_computer.rows(1) == before
    assert sync_computer.sync(1).troubles == ()


def test_signing_out_forgets_everything(sync_computer: Computer) -> None:
    sync_computer.sync(1)
    sync_computer.wikis.sign_out(sync_computer.account)
    with closing(sync_computer.mirror.reader()) as reader:
        assert accounts.read_accounts(reader) == []
        assert reader.execute("SELECT count(*) FROM participant").fetchone() == (0,)
        assert reader.execute("SELECT count(*) FROM event").fetchone() == (0,)


def test_a_new_name_and_new_rights_are_kept(sync_computer: Computer, sync_server: PracticeServer) -> None:
    sync_server.person(1, sync_server.name(), "rename", "Amara O.")
    sync_computer.sync(1)
    assert sync_computer.account.identity.name == "Amara O."


def test_a_wiki_without_event_registration(sync_new_computer: Computer) -> None:
    with scripted_wiki() as wiki:
        general = {"sitename": "Plain", "generator": "MediaWiki 1.45.0"}
        wiki.always({"query": {"general": general, "extensions": []}})
        with pytest.raises(KnownFault) as raised:
            sync_new_computer.wikis.find(wiki.base)
    assert raised.value.fault is Fault.REFUSED
    assert "Plain" in raised.value.sentence


def test_a_cancelled_sign_in_stores_nothing(sync_new_computer: Computer, sync_server: PracticeServer) -> None:
    cancel = threading.Event()
    client = OAuthClient("x", None, "http://127.0.0.1:18127/callback")
    with pytest.raises(KnownFault) as raised:
        sync_new_computer.wikis.sign_in_with_browser(
            sync_new_computer.wikis.find(sync_server.base), client, lambda _: cancel.set(), cancel
        )
    assert raised.value.fault is Fault.CANCELLED
    with closing(sync_new_computer.mirror.reader()) as reader:
        assert accounts.read_accounts(reader) == []


def test_malformed_labels_are_reported(sync_new_computer: Computer) -> None:
    with scripted_wiki() as wiki:
        answers = wiki_with(lambda _: Reply([]))
        wiki.answer = answers
        sync_new_computer.sign_in(wiki.base, "token")
        assert sync_new_computer.sync().events == 1
        wiki.answer = lambda asked: Reply({"²": {}}) if asked.path.endswith("questions") else answers(asked)
        with pytest.raises(KnownFault) as raised:
            sync_new_computer.sync()
        assert raised.value.fault is Fault.WIKI_BROKEN


def test_a_consumer_of_oauth_1_signs_in_and_works(sync_new_computer: Computer) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with practice_server("--auto-approve", "--redirect-port", str(port)) as server:
        consumer = server.description["oauth1_client"]
        client = OAuthClient(
            consumer["consumer_key"], consumer["consumer_secret"], consumer["callback"], oauth1=True
        )
        browsers: list[threading.Thread] = []

        def open_browser(address: str) -> None:
            browsers.append(threading.Thread(target=requests.get, args=(address,), kwargs={"timeout": 20}))
            browsers[0].start()

        sync_new_computer.wikis.sign_in_with_browser(
            sync_new_computer.wikis.find(server.base), client, open_browser
        )
        browsers[0].join()
        account = sync_new_computer.account
        assert [one.kind for one in account.sign_ins] == [SignInKind.OAUTH1]
        assert account.identity.name == server.name()
        sync_new_computer.wikis.close()
        sync_new_computer.wikis = Wikis(sync_new_computer.mirror)
        sync_new_computer.sync(1)
        assert same_people(sync_new_computer, server, 1)
        server.control("revoke", user=server.name())
        with pytest.raises(KnownFault) as told_so:
            sync_new_computer.sync(1)
        assert told_so.value.fault is Fault.SIGN_IN_ENDED
        assert sync_new_computer.account.ended
