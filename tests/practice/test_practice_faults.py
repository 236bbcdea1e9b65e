"""Failures on purpose, and the pace of answers."""

import threading
import time

import pytest
import requests

EVENT = "/event_registration/1"


@pytest.fixture
def failing(wiki):
    yield lambda kind, **more: wiki.control("fault", {"kind": kind, **more})
    wiki.control("fault", {})


@pytest.mark.parametrize(("kind", "status"), [("429", 429), ("500", 500), ("503", 503)])
def test_refusals(wiki, failing, kind, status):
    failing(kind)
    answer = wiki.rest(EVENT)
    assert answer.status_code == status
    assert answer.headers.get("Retry-After") == ("1" if status == 429 else None)


@pytest.mark.parametrize("kind", ["drop", "cut"])
def test_broken_connections(wiki, failing, kind):
    failing(kind)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        wiki.rest(EVENT)


def test_html_in_place_of_json(wiki, failing):
    failing("not-json")
    answer = wiki.rest(EVENT)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")


def test_json_of_another_shape(wiki, failing):
    failing("wrong-shape")
    assert "id" not in wiki.rest(EVENT).json()


def test_a_rate_and_a_seed_make_the_same_row_of_failures(wiki, failing):
    def row() -> list[int]:
        failing("503", rate=0.5, seed=11)
        return [wiki.rest(EVENT).status_code for _ in range(12)]

    first = row()
    assert set(first) == {200, 503}
    assert row() == first


def test_a_read_only_wiki_reads_and_does_not_write(wiki, failing):
    failing("readonly")
    assert wiki.rest(EVENT).status_code == 200
    answer = wiki.rest(f"{EVENT}/participants/self", method="PUT", json={"is_private": True})
    assert answer.status_code == 500
    assert "DBReadOnlyError" in answer.json()["message"]


def test_a_wiki_that_lags_refuses_those_who_would_rather_wait(wiki, failing):
    failing("maxlag")
    query = {"action": "query", "meta": "siteinfo", "format": "json", "formatversion": "2"}
    assert "query" in requests.get(f"{wiki.base}/api.php", query, timeout=20).json()
    answer = requests.get(f"{wiki.base}/api.php", {**query, "maxlag": "7"}, timeout=20)
    assert answer.status_code == 200
    assert answer.json()["error"]["code"] == "maxlag"
    assert answer.headers["Retry-After"] == "7"
    assert answer.headers["MediaWiki-API-Error"] == "maxlag"
    assert wiki.rest(EVENT).status_code == 200


def test_pages_and_the_control_door_do_not_fail(wiki, failing):
    failing("500")
    assert requests.get(f"{wiki.base}/wiki/Event:Nairobi_Photo_Walk", timeout=20).status_code == 200
    assert requests.get(f"{wiki.base}/practice/requests", timeout=20).status_code == 200


def test_an_unknown_fault_is_explained(wiki):
    answer = requests.post(f"{wiki.base}/practice/fault", json={"kind": "flood"}, timeout=20)
    assert answer.status_code == 400
    assert "no such fault" in answer.json()["error"]


def test_waiting_overlaps_between_clients(run_wiki):
    wiki = run_wiki("--latency-ms", "150")
    threads = [threading.Thread(target=wiki.rest, args=(EVENT,)) for _ in range(6)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0.15 <= time.monotonic() - begun < 0.8
    seen = requests.get(f"{wiki.base}/practice/requests", timeout=20).json()
    assert seen["most_at_once"] >= 3
    assert seen["routes"] == {"GET /rest.php/campaignevents/v0/event_registration/{id}": 6}
