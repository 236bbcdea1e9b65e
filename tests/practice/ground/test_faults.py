"""Fault injection and latency."""

import socket
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

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


def test_a_rate_and_a_seed_give_the_same_sequence_of_failures(wiki, failing):
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


def test_a_lagging_wiki_refuses_requests_with_maxlag(wiki, failing):
    failing("maxlag")
    query = {"action": "query", "meta": "siteinfo", "format": "json", "formatversion": "2"}
    assert "query" in requests.get(f"{wiki.base}/api.php", query, timeout=20).json()
    answer = requests.get(f"{wiki.base}/api.php", {**query, "maxlag": "7"}, timeout=20)
    assert answer.status_code == 200
    assert answer.json()["error"]["code"] == "maxlag"
    assert answer.headers["Retry-After"] == "7"
    assert answer.headers["MediaWiki-API-Error"] == "maxlag"
    assert wiki.rest(EVENT).status_code == 200


JOIN = f"{EVENT}/participants/self"


def joined(wiki) -> bool:
    return wiki.rest(JOIN).status_code == 200


@pytest.fixture
def outsider(wiki):
    """Make sure that the organizer does not take part, before and after the test."""
    yield
    wiki.control("fault", {})
    wiki.rest(JOIN, method="DELETE", json={})
    assert not joined(wiki)


@pytest.mark.parametrize(
    "location", ["https://elsewhere.example/", "https://127.0.0.1:1/rest.php", "http://["]
)
def test_a_change_is_made_and_then_redirected(wiki, failing, outsider, location):
    failing("redirect-after", location=location, changes_only=True)
    # Not with requests, which parses the location even if it does not follow it, and fails on "http://[".
    headers = {
        "Authorization": f"Bearer {wiki.description['organizer']['owner_token']}",
        "Content-Type": "application/json",
    }
    with closing(HTTPConnection(urlsplit(wiki.base).netloc, timeout=20)) as connection:
        path = f"/rest.php/campaignevents/v0{JOIN}"
        connection.request("PUT", path, body='{"is_private": false}', headers=headers)
        answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (302, location)
    assert joined(wiki)


def test_a_redirect_leads_somewhere(wiki):
    answer = requests.post(f"{wiki.base}/practice/fault", json={"kind": "redirect-after"}, timeout=20)
    assert answer.status_code == 400
    assert "location" in answer.json()["error"]


@pytest.mark.parametrize(("body", "given"), [(None, {}), ("[]", []), ("{}", {}), ("null", None)])
def test_an_intermediary_answers_a_change_that_is_not_made(wiki, failing, outsider, body, given):
    failing("answered-200", **({} if body is None else {"body": body}))
    answer = wiki.rest(JOIN, method="PUT", json={"is_private": False})
    assert (answer.status_code, answer.json()) == (200, given)
    assert answer.headers["Content-Type"] == "application/json"
    assert not joined(wiki)


def test_an_intermediary_answers_that_nobody_takes_part(wiki, failing):
    path = f"{EVENT}/participants?include_private=true"
    failing("answered-200")
    assert wiki.rest(path).json() == []
    assert wiki.rest(EVENT).json()["id"] == 1
    failing("answered-200", changes_only=True)
    assert wiki.rest(path).json() != []


@pytest.mark.parametrize("kind", ["slow-headers", "slow-body"])
def test_a_slow_answer_comes_whole_in_the_end(wiki, failing, kind):
    expected = wiki.rest(EVENT).json()
    failing(kind, seconds=0.5)
    begun = time.monotonic()
    assert wiki.rest(EVENT).json() == expected
    assert 0.5 <= time.monotonic() - begun < 5


@pytest.mark.parametrize("kind", ["slow-headers", "slow-body"])
def test_a_slow_answer_comes_byte_by_byte(wiki, failing, kind):
    failing(kind)
    with asked(wiki) as connection:
        pieces = [connection.recv(4096) for _ in range(4)]
    head = pieces.pop(0)
    assert head[:1] == b"H"
    assert (b"\r\n\r\n" in head) == (kind == "slow-body")
    assert [len(piece) for piece in pieces] == [1, 1, 1]


@pytest.mark.parametrize("kind", ["slow-headers", "slow-body"])
def test_a_slow_answer_ends_when_the_client_disconnects(run_wiki, kind):
    wiki = run_wiki("--threads", "1")
    wiki.control("fault", {"kind": kind, "seconds": 60})
    with asked(wiki) as connection:
        assert connection.recv(1)
    begun = time.monotonic()
    assert requests.get(f"{wiki.base}/practice/requests", timeout=20).status_code == 200
    assert time.monotonic() - begun < 5


def test_a_slow_answer_ends_when_the_fault_is_switched_off(wiki, failing):
    failing("slow-body")
    with asked(wiki) as connection:
        assert connection.recv(1)
        wiki.control("fault", {})
        rest = b"".join(iter(lambda: connection.recv(65536), b""))
    assert rest.endswith(b"}")


def asked(wiki) -> socket.socket:
    """Return a connection on which an event was requested, with the answer unread."""
    address = urlsplit(wiki.base)
    connection = socket.create_connection((address.hostname, address.port), timeout=20)
    path = f"/rest.php/campaignevents/v0{EVENT}"
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: practice\r\nConnection: close\r\n\r\n".encode())
    return connection


def test_faults_do_not_affect_pages_and_the_admin_api(wiki, failing):
    failing("500")
    assert requests.get(f"{wiki.base}/wiki/Event:Nairobi_Photo_Walk", timeout=20).status_code == 200
    assert requests.get(f"{wiki.base}/practice/requests", timeout=20).status_code == 200


def test_an_unknown_fault_gets_an_error_message(wiki):
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
