"""Throttling: few requests at once, a user agent, and pauses when the wiki asks for them."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from app.domain.faults import Fault, KnownFault
from app.wiki.event_registration import EventRegistration
from app.wiki.http import client
from app.wiki.http.answers import Answer
from app.wiki.http.rate_limiter import SLOTS
from app.wiki.http.throttle import Throttle
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.servers.scripted_wiki import Reply, ScriptedWiki


def test_at_most_three_requests_at_once_however_many_threads(wiki_connect) -> None:
    with practice_server("--latency-ms", "25", "--participants", "300") as server:
        connection = wiki_connect(server.base, server.token())
        works = [EventRegistration(connection.client.with_cancel(threading.Event())) for _ in range(4)]
        with ThreadPoolExecutor(12) as threads:
            pages = threads.map(
                lambda number: works[number % 4].participants(server.big_event, number, private=True),
                range(40),
            )
            assert all(pages)
        assert server.traffic()["most_at_once"] == SLOTS


def test_the_program_identifies_itself(wiki_server: PracticeServer, wiki_script, wiki_connect) -> None:
    wiki_script.always({}, 500)
    with pytest.raises(KnownFault):
        wiki_connect(wiki_script.base).identity()
    asked = wiki_script.asked[0]
    assert asked.headers["user-agent"].startswith("EventCenterDesktop/")
    assert "https://" in asked.headers["user-agent"]
    assert asked.query["maxlag"] == "5"


def test_all_requests_wait_when_the_wiki_asks_one_to_wait(wiki_script: ScriptedWiki, wiki_connect) -> None:
    answers = [Reply({}, 429, {"Retry-After": "1"}), Reply([])]
    wiki_script.answer = lambda _: answers.pop(0)
    one = wiki_connect(wiki_script.base, tries=1)
    other = EventRegistration(one.client.with_cancel(threading.Event()))
    begun = time.monotonic()
    with pytest.raises(KnownFault):
        one.participants(1, 0, private=False)
    assert other.participants(1, 0, private=False) == []
    assert time.monotonic() - begun >= 0.95


@pytest.mark.parametrize("status", [429, 503])
def test_all_requests_pause_after_one_was_refused_by_a_failing_wiki(
    wiki_script: ScriptedWiki, wiki_connect, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_FIRST_PAUSE", 1.0)
    wiki_script.always({}, status)
    throttle = Throttle()
    one = wiki_connect(wiki_script.base, tries=2, throttle=throttle)
    other = wiki_connect(wiki_script.base, throttle=throttle)
    cancel = threading.Event()
    stopped = EventRegistration(one.client.with_cancel(cancel))
    with ThreadPoolExecutor(1) as threads:
        failing = threads.submit(stopped.participants, 1, 0, private=False)
        while not throttle.pause_left():
            assert not failing.done()
        # No request, with any sign-in, is sent before the pause is over.
        assert other.client.throttle.pause_left() > 0.3
        cancel.set()
        with pytest.raises(KnownFault):
            failing.result()
    assert throttle.traffic.requests == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_requested_wait_ends_when_the_user_stops_the_operation(
    wiki_script: ScriptedWiki, wiki_connect, status: int
) -> None:
    cancel = threading.Event()

    def answer(_: object) -> Reply:
        threading.Timer(0.05, cancel.set).start()
        return Reply({}, status, {"Retry-After": "50"})

    wiki_script.answer = answer
    begun = time.monotonic()
    with pytest.raises(KnownFault) as caught:
        wiki_connect(wiki_script.base, cancel=cancel).registration(1)
    assert caught.value.fault is Fault.CANCELLED
    assert time.monotonic() - begun < 10
    assert len(wiki_script.asked) == 1


def test_a_too_long_wait_is_reported_at_once(wiki_script: ScriptedWiki, wiki_connect) -> None:
    wiki_script.always({}, 429, Retry_After="900")
    with pytest.raises(KnownFault) as caught:
        wiki_connect(wiki_script.base).registration(1)
    assert caught.value.fault is Fault.TOO_FAST
    assert "900 seconds" in caught.value.sentence
    assert len(wiki_script.asked) == 1


def test_a_lagging_database_is_waited_for(wiki_script: ScriptedWiki, wiki_connect) -> None:
    lag = Reply({"error": {"code": "maxlag", "info": "Waiting for 10.0.0.1"}}, 200, {"Retry-After": "1"})
    answers = [lag, Reply({"query": {"userinfo": {"id": 3, "name": "Amara", "groups": [], "rights": []}}})]
    wiki_script.answer = lambda _: answers.pop(0)
    assert wiki_connect(wiki_script.base).identity().name == "Amara"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7.0), (" 7 ", 7.0), ("", None), ("soon", None), ("-3", None), ("²", None), ("9" * 400, 86_400.0)],
)
def test_retry_after_in_any_form(value: str, seconds: float | None) -> None:
    assert Answer(429, {"retry-after": value}, b"").retry_after == seconds


def test_retry_after_as_a_date() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    wait = Answer(429, {"retry-after": at}, b"").retry_after
    assert wait is not None
    assert 30 < wait <= 40
    past = format_datetime(datetime.now(UTC) - timedelta(days=3), usegmt=True)
    assert Answer(429, {"retry-after": past}, b"").retry_after == 0
