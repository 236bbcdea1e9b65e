"""A wiki in trouble: reads are tried again, and what cannot be mended is told as what it is."""

import threading
from urllib.parse import parse_qs

import pytest

from app.domain.accounts.account import WikiFacts
from app.domain.faults import Fault, KnownFault
from tests.support.practice_server import PracticeServer
from tests.support.scripted_wiki import Asked, Reply, ScriptedWiki

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
def test_a_lasting_trouble_is_told_after_some_tries(
    wiki_server: PracticeServer, wiki_connect, kind: str, fault: Fault, words: str, tries: int
) -> None:
    wiki_server.fault(kind)
    connection = wiki_connect(wiki_server.base, wiki_server.token())
    with pytest.raises(KnownFault) as told:
        connection.registration(EVENT)
    wiki_server.calm()
    assert told.value.fault is fault
    assert words in told.value.sentence
    # A login page is the network’s: it says nothing of any wiki.
    assert ("127.0.0.1" in told.value.sentence) is (fault is not Fault.NETWORK)
    assert wiki_server.asked("event_registration/{id}") == tries


@pytest.mark.parametrize("kind", ["cut", "500", "503", "not-json"])
def test_passing_trouble_is_not_felt(wiki_server: PracticeServer, wiki_connect, kind: str) -> None:
    connection = wiki_connect(wiki_server.base, wiki_server.token())
    calm = connection.participants(wiki_server.big_event, 0, private=True)
    wiki_server.fault(kind, rate=0.3, seed=5)
    for _ in range(6):
        assert connection.participants(wiki_server.big_event, 0, private=True) == calm
    assert connection.identity().name == wiki_server.name()


def test_a_dropped_connection_is_made_again(wiki_server: PracticeServer, wiki_connect) -> None:
    connection = wiki_connect(wiki_server.base, wiki_server.token())
    wiki_server.fault("drop", rate=0.3, seed=1)
    for _ in range(4):
        assert connection.registration(EVENT).event_id == EVENT


def test_a_slow_answer_is_an_answer(wiki_server: PracticeServer, wiki_connect) -> None:
    wiki_server.fault("delay")
    assert wiki_connect(wiki_server.base).registration(EVENT).event_id == EVENT
    assert wiki_server.asked("event_registration/{id}") == 1


def test_too_fast_is_told_with_the_wait(wiki_server: PracticeServer, wiki_connect) -> None:
    wiki_server.fault("429")
    connection = wiki_connect(wiki_server.base, wiki_server.token(), tries=2)
    with pytest.raises(KnownFault) as told:
        connection.registration(EVENT)
    wiki_server.calm()
    assert told.value.fault is Fault.TOO_FAST
    assert "wait 1 seconds" in told.value.sentence
    assert wiki_server.asked("event_registration/{id}") == 2


def test_reads_go_on_while_the_wiki_takes_no_changes(wiki_server: PracticeServer, wiki_connect) -> None:
    wiki_server.fault("readonly")
    connection = wiki_connect(wiki_server.base, wiki_server.token())
    assert connection.registration(EVENT).event_id == EVENT
    assert connection.identity().name == wiki_server.name()


def test_a_refusal_is_not_asked_again(wiki_server: PracticeServer, wiki_connect) -> None:
    connection = wiki_connect(wiki_server.base, wiki_server.token("plain_user"))
    with pytest.raises(KnownFault) as told:
        connection.participants(EVENT, 0, private=True)
    assert told.value.fault is Fault.NOT_ALLOWED
    assert told.value.error_key == "campaignevents-rest-list-participants-cannot-see-private"
    assert wiki_server.asked("/participants") == 1


def test_nobody_listens(wiki_connect, wiki_script) -> None:
    free = wiki_script.base.replace(str(wiki_script.port), "1")
    with pytest.raises(KnownFault) as told:
        wiki_connect(free).registration(EVENT)
    assert told.value.fault is Fault.OFFLINE


def test_work_that_was_stopped_asks_nothing(wiki_script, wiki_connect) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(KnownFault) as told:
        wiki_connect(wiki_script.base, cancel=cancel).registration(EVENT)
    assert told.value.fault is Fault.CANCELLED
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
