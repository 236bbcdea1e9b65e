"""The rate limiter of a family of wikis: three requests at once, a limit per minute, changes first."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.accounts.traffic import RequestRate
from app.domain.accounts.wiki_profiles import WikiFamily, known_families
from app.wiki.http.rate_limiter import SLOTS, RateLimiter, RateLimiters
from app.wiki.http.throttle import Throttle
from tests.support.servers.practice_server import PracticeServer, practice_server

WIKIMEDIA = WikiFamily("Wikimedia", ("wikimedia.org", "wikipedia.org"), 180)


class Clock:
    """A clock that the test advances."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def ask(rate_limiter: RateLimiter, times: int = 1) -> int:
    """Acquire slots that are free at once; return how many there were."""
    acquired = 0
    for _ in range(times):
        stopped = threading.Event()
        timer = threading.Timer(0.1, stopped.set)
        timer.start()
        with rate_limiter.slot(stopped) as free:
            acquired += free
        timer.cancel()
        if not free:
            break
    return acquired


def test_no_more_than_the_limit_is_requested_in_any_minute() -> None:
    clock = Clock()
    rate_limiter = RateLimiter(10, clock)
    assert ask(rate_limiter, 4) == 4
    clock.now += 30
    assert ask(rate_limiter, 20) == 6
    clock.now += 29
    assert ask(rate_limiter, 20) == 0
    # By now the first four are more than a minute old.
    clock.now += 3
    assert ask(rate_limiter, 20) == 4


def test_without_a_limit_nothing_waits() -> None:
    assert ask(RateLimiter(None, Clock()), 400) == 400


def test_the_lower_bound_of_the_time_left_includes_the_limit() -> None:
    clock = Clock()
    rate_limiter = RateLimiter(10, clock)
    assert rate_limiter.seconds_for(10) == 0
    assert 60 <= rate_limiter.seconds_for(20) <= 63
    assert 120 <= rate_limiter.seconds_for(25) <= 126
    ask(rate_limiter, 10)
    clock.now += 20
    assert 40 <= rate_limiter.seconds_for(1) <= 42
    assert RateLimiter(None, clock).seconds_for(5000) == 0


def test_a_refusal_lowers_the_limit_which_grows_again() -> None:
    clock = Clock()
    rate_limiter = RateLimiter(100, clock)
    ask(rate_limiter, 40)
    rate_limiter.refused(7.0)
    assert rate_limiter.request_rate == RequestRate(40, 30)
    assert 6 < rate_limiter.pause_left() <= 7
    clock.now += 180
    assert rate_limiter.request_rate.most == 39
    clock.now += 1800
    assert rate_limiter.request_rate.most == 100


def test_concurrent_refusals_lower_the_limit_once() -> None:
    clock = Clock()
    rate_limiter = RateLimiter(100, clock)
    ask(rate_limiter, 40)
    for _ in range(3):
        rate_limiter.refused(None)
        clock.now += 0.1
    assert rate_limiter.request_rate.most == 30


def test_a_limit_is_learned_where_none_was_known_and_dropped_after_a_while() -> None:
    clock = Clock()
    rate_limiter = RateLimiter(None, clock)
    ask(rate_limiter, 200)
    rate_limiter.refused(None)
    assert rate_limiter.request_rate.most == 150
    clock.now += 3600
    assert rate_limiter.request_rate.most is None


def test_a_change_goes_before_waiting_reads() -> None:
    rate_limiter, order, started = RateLimiter(), [], threading.Barrier(2)
    never, release = threading.Event(), threading.Event()

    def acquire(name: str, *, change: bool) -> None:
        with rate_limiter.slot(never, change=change):
            order.append(name)

    with ThreadPoolExecutor(SLOTS + 2) as threads:

        def hold() -> None:
            with rate_limiter.slot(never):
                started.wait(5)
                release.wait(5)

        for _ in range(SLOTS):
            threads.submit(hold)
            started.wait(5)
        waiting = [
            threads.submit(acquire, "read", change=False),
            threads.submit(acquire, "change", change=True),
        ]
        while not rate_limiter._waiting_changes:
            assert not waiting[1].done()
        release.set()
        for one in waiting:
            one.result(5)
    assert order == ["change", "read"]


def test_no_request_waits_for_a_slot_after_the_stop() -> None:
    rate_limiter, stopped = RateLimiter(1), threading.Event()
    assert ask(rate_limiter) == 1
    stopped.set()
    with rate_limiter.slot(stopped) as free:
        assert not free


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("https://meta.wikimedia.org/w", "https://sw.wikipedia.org/w", True),
        ("https://meta.wikimedia.org/w", "https://wikimedia.org.example/w", False),
        ("https://wiki.example/w", "https://other.example/w", False),
    ],
)
def test_the_wikis_of_a_family_share_a_rate_limiter(one: str, other: str, shared: bool) -> None:
    rate_limiters = RateLimiters([WIKIMEDIA])
    assert (rate_limiters.of(one) is rate_limiters.of(other)) is shared


def test_wikis_that_name_each_other_as_family_share_a_rate_limiter_too() -> None:
    rate_limiters, places = RateLimiters([]), ("https://a.example", "https://b.example")
    assert rate_limiters.of(places[0], places) is rate_limiters.of(places[1], places)
    assert rate_limiters.of(places[0], places) is not rate_limiters.of("https://c.example")


def test_wikimedia_s_limit_is_in_the_list_of_wikis() -> None:
    (family,) = [one for one in known_families() if one.has("meta.wikimedia.org")]
    assert family.requests_a_minute == 180
    assert family.has("www.wikidata.org")
    assert not family.has("evilwikidata.org")


def test_too_many_requests_pause_the_whole_family(wiki_script, wiki_connect) -> None:
    rate_limiter = RateLimiter()
    wiki_script.always({}, 429, Retry_After="9")
    one = wiki_connect(wiki_script.base, tries=1, throttle=Throttle(rate_limiter))
    with pytest.raises(Exception, match="9 seconds"):
        one.registration(1)
    assert 8 < Throttle(rate_limiter).pause_left() <= 9


def test_two_attempts_for_the_same_name_are_spaced_out() -> None:
    throttle, never = Throttle(), threading.Event()
    begun = time.monotonic()
    throttle.enforce_interval("edit 1", 0.2, never)
    throttle.enforce_interval("edit 2", 0.2, never)
    assert time.monotonic() - begun < 0.15
    throttle.enforce_interval("edit 1", 0.2, never)
    assert time.monotonic() - begun >= 0.2


def test_the_wiki_counts_what_is_asked_in_a_minute() -> None:
    with practice_server() as server:
        for _ in range(7):
            server.rest("GET", "/event_registration/1")
        assert _most_in_a_minute(server) == 7


def _most_in_a_minute(server: PracticeServer) -> int:
    return int(server.traffic()["most_in_a_minute"])
