"""Faults of a wiki: reads are retried, and permanent faults are reported with their cause."""

import threading
from urllib.parse import parse_qs

import pytest

from app.domain.accounts.account import WikiFacts
from app.domain.faults import Fault, KnownFault
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.scripted_wiki import Asked, Reply, ScriptedWiki

EVENT = 1
TROUBLES = [
    ("drop", Fault.OFFLINE, "cannot be reached", 3),
    ("cut", Fault.WIKI_BROKEN, "cut off", 5),
    ("500", Fault.WIKI_BROKEN, "HTTP 500", 5),
    ("503", Fault.WIKI_BROKEN, "HTTP 503", 5),
    ("not-json", Fault.NETWORK, "login page", 3),
    ("wrong-shape", Fault.WIKI_BROKEN, "makes no sense", 1),
]


@pytest.mark.parametrize(("kind", "fault", "words", "tries"), TROUBLES)
def test_a_permanent_fault_is_reported_after_some_attempts(
    wiki_server: PracticeServer, wiki_connect, kind: str, fault: Fault, words: str, tries: int
) -> None:
    wiki_server.fault(kind)
    connection = wiki_connect(wiki_server.base, wiki_server.token())
    with pytest.raises(KnownFault) as caught:
        connection.registration(EVENT)
    wiki_server.calm()
    assert caught.value.fault is fault
    assert words in caught.value.sentence
    # A login page belongs to the network, so its sentence does not name the wiki.
    assert ("127.0.0.1" in caught.value.sentence) is (fault is not Fault.NETWORK)
    assert wiki_server.asked("event_registration/{id}") == tries


@pytest.mark.parametrize("kind", ["cut", "500", "503", "not-json"])
def test_transient_faults_are_retried_until_success(
    wiki_server: PracticeServer, wiki_connect, kind: str
) -> None:
    connection = wiki_connect(wiki_server.base, wiki_server.token())
    calm = connection.participants(wiki_server.big_event, 0, private=True)
    wiki_server.fault(kind, rate=0.3, seed=5)
    for _ in range(6):
        assert connection.participants(wiki_server.big_event, 0, private=True) == calm
    assert connection.identity().name == wiki_server.name()


def test_a_dropped_connection_is_retried(wiki_server: PracticeServer, wiki_connect) -> None:
    connection = wiki_connect(wiki_server.base, wiki_server.token())
    wiki_server.fault("drop", rate=0.3, seed=1)
    for _ in range(4):
        assert connection.registration(EVENT).event_id == EVENT


def test_a_slow_response_is_accepted(wiki_server: PracticeServer, wiki_connect) -> None:
    wiki_server.fault("delay")
    assert wiki_connect(wiki_server.base).registration(EVENT).event_id == EVENT
    assert wiki_server.asked("event_registration/{id}") == 1


def test_a_rate_limit_is_reported_with_the_wait(wiki_server: PracticeServer, wiki_connect) -> None:
    wiki_server.fault("429")
    connection = wiki_connect(wiki_server.base, wiki_server.token(), tries=2)
    with pytest.raises(KnownFault) as caught:
        connection.registration(EVENT)
    wiki_server.calm()
    assert caught.value.fault is Fault.TOO_FAST
    assert "wait 1 seconds" in caught.value.sentence
    assert wiki_server.asked("event_registration/{id}") == 2


def test_reads_work_while_the_wiki_is_read_only(wiki_server: PracticeServer, wiki_connect) -> None:
    wiki_server.fault("readonly")
    connection = wiki_connect(wiki_server.base, wiki_server.token())
    assert connection.registration(EVENT).event_id == EVENT
    assert connection.identity().name == wiki_server.name()


def test_a_refused_request_is_not_repeated(wiki_server: PracticeServer, wiki_connect) -> None:
    connection = wiki_connect(wiki_server.base, wiki_server.token("plain_user"))
    with pytest.raises(KnownFault) as caught:
        connection.participants(EVENT, 0, private=True)
    assert caught.value.fault is Fault.NOT_ALLOWED
    assert caught.value.error_key == "campaignevents-rest-list-participants-cannot-see-private"
    assert wiki_server.asked("/participants") == 1


def test_a_closed_port_is_offline(wiki_connect, wiki_script) -> None:
    free = wiki_script.base.replace(str(wiki_script.port), "1")
    with pytest.raises(KnownFault) as caught:
        wiki_connect(free).registration(EVENT)
    assert caught.value.fault is Fault.OFFLINE


def test_a_stopped_operation_sends_no_request(wiki_script, wiki_connect) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(KnownFault) as caught:
        wiki_connect(wiki_script.base, cancel=cancel).registration(EVENT)
    assert caught.value.fault is Fault.CANCELLED
    assert wiki_script.asked == []


def test_a_long_query_goes_by_post_and_is_retried_as_any_read(
    wiki_script: ScriptedWiki, wiki_connect
) -> None:
    names = ["Участница" * 12 + str(number) for number in range(50)]
    wiki = WikiFacts(wiki_script.base, "Test", "testwiki", "MediaWiki 1.47.0", "ru", True, None, 0)

    def answer(asked: Asked) -> Reply:
        if len(wiki_script.asked) == 1:
            return Reply({}, 503)
        sent = (parse_qs(asked.body).get("ususers") or [asked.query["ususers"]])[0].split("|")
        return Reply({"query": {"users": [{"name": name, "userid": n + 1} for n, name in enumerate(sent)]}})

    wiki_script.answer = answer
    found = wiki_connect(wiki_script.base).named(names, wiki)
    assert [one.name for one in found] == names
    assert [one.method for one in wiki_script.asked] == ["POST", "POST"]
    assert not wiki_script.asked[1].query
    wiki_connect(wiki_script.base).named(names[:1], wiki)
    assert wiki_script.asked[2].method == "GET"
