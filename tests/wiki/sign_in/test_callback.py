"""The listener for the browser's callback of a sign-in."""

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from app.domain.faults import Fault, KnownFault
from app.wiki.sign_in.callback import CallbackListener, VerifierListener
from tests.support.servers.callback_browser import STATE, Wait, fault_of, free_address, is_free, waiting_at


@pytest.fixture
def redirect() -> str:
    return free_address()


@pytest.fixture
def wait(redirect: str) -> Iterator[Wait]:
    """Return a function that waits for the browser on another thread."""
    with waiting_at(redirect) as begin:
        yield begin


def test_the_code_is_returned(redirect: str, wait: Wait) -> None:
    waiting = wait()
    page = requests.get(redirect, {"code": "abc/+=é", "state": STATE}, timeout=10)
    assert waiting.result(20) == "abc/+=é"
    assert page.status_code == 200
    assert "signed in" in page.text
    assert "abc" not in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert is_free(redirect)


@pytest.mark.parametrize(
    "stranger",
    [
        {"code": "stolen", "state": "another"},
        {"code": "stolen"},
        {"code": "stolen", "state": ""},
        {"state": STATE},
        {"error": "access_denied", "state": "another"},
        {"code": "stolen", "state": "ß→"},
        {},
    ],
)
def test_an_answer_of_another_sign_in_is_not_used(
    redirect: str, wait: Wait, stranger: dict[str, str]
) -> None:
    waiting = wait()
    page = requests.get(redirect, stranger, timeout=10)
    assert "not used" in page.text
    requests.get(redirect, {"code": "mine", "state": STATE}, timeout=10)
    assert waiting.result(20) == "mine"


def test_the_verifier_of_the_older_protocol_is_returned(redirect: str, wait: Wait) -> None:
    waiting = wait(kind=VerifierListener)
    page = requests.get(redirect, {"oauth_verifier": "abc+=", "oauth_token": STATE}, timeout=10)
    assert waiting.result(20) == "abc+="
    assert "signed in" in page.text
    assert "abc" not in page.text
    assert is_free(redirect)


@pytest.mark.parametrize(
    "stranger",
    [
        {"oauth_verifier": "stolen", "oauth_token": "another"},
        {"oauth_verifier": "stolen"},
        {"oauth_verifier": "stolen", "oauth_token": ""},
        {"oauth_verifier": "stolen", "state": STATE},
        {"oauth_token": STATE},
        {"code": "stolen", "oauth_token": STATE},
        {"code": "stolen", "state": STATE},
        {"error": "access_denied", "oauth_token": "another"},
    ],
)
def test_a_verifier_for_another_request_is_not_used(
    redirect: str, wait: Wait, stranger: dict[str, str]
) -> None:
    waiting = wait(kind=VerifierListener)
    assert "not used" in requests.get(redirect, stranger, timeout=10).text
    requests.get(redirect, {"oauth_verifier": "mine", "oauth_token": STATE}, timeout=10)
    assert waiting.result(20) == "mine"


def test_other_addresses_are_not_answered(redirect: str, wait: Wait) -> None:
    waiting = wait()
    root = redirect.removesuffix("/callback")
    for path in ("/favicon.ico", "/", "/callback/x", "/%2e%2e/callback"):
        answer = requests.get(root + path, {"code": "x", "state": STATE}, timeout=10)
        assert answer.status_code == 404
    assert requests.post(redirect, {"code": "x", "state": STATE}, timeout=10).status_code == 501
    requests.get(redirect, {"code": "mine", "state": STATE}, timeout=10)
    assert waiting.result(20) == "mine"


@pytest.mark.parametrize("more", [{}, {"state": STATE}])
@pytest.mark.parametrize("error", ["unauthorized_client", "access_denied"])
def test_cancel_on_the_wiki_is_a_cancel(redirect: str, wait: Wait, error: str, more: dict[str, str]) -> None:
    waiting = wait()
    requests.get(redirect, {"error": error, "error_description": "<b>no</b>", **more}, timeout=10)
    fault = fault_of(waiting)
    assert fault.fault is Fault.CANCELLED
    assert "Nothing was changed" in fault.sentence


@pytest.mark.parametrize("error", ["invalid_scope", "<script>alert(1)</script>", "\u202egnp.exe"])
def test_another_refusal_is_reported_without_foreign_text(redirect: str, wait: Wait, error: str) -> None:
    waiting = wait()
    page = requests.get(redirect, {"error": error}, timeout=10)
    fault = fault_of(waiting)
    assert fault.fault is Fault.REFUSED
    assert fault.wiki_said == ("invalid_scope" if error == "invalid_scope" else "")
    assert error not in page.text + fault.sentence


def test_a_redirect_from_the_wiki_is_accepted(redirect: str, wait: Wait) -> None:
    headers = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "cross-site"}
    waiting = wait()
    requests.get(redirect, {"code": "mine", "state": STATE}, headers=headers, timeout=10)
    assert waiting.result(20) == "mine"
    waiting = wait()
    requests.get(redirect, {"error": "unauthorized_client"}, headers=headers, timeout=10)
    assert fault_of(waiting).fault is Fault.CANCELLED


def test_a_port_in_use_is_reported(redirect: str, wait: Wait) -> None:
    cancel = threading.Event()
    waiting = wait(cancel)
    with pytest.raises(KnownFault) as caught:
        CallbackListener(redirect, STATE)
    cancel.set()
    fault_of(waiting)
    assert caught.value.fault is Fault.REFUSED
    assert redirect.split(":")[2].split("/")[0] in caught.value.sentence
    with CallbackListener(redirect, STATE):
        pass


def test_a_missing_callback_times_out(wait: Wait, redirect: str) -> None:
    fault = fault_of(wait(seconds=0.05))
    assert fault.fault is Fault.REFUSED
    assert "No answer came back" in fault.sentence
    assert is_free(redirect)


def test_the_user_stops_waiting(wait: Wait, redirect: str) -> None:
    cancel = threading.Event()
    waiting = wait(cancel)
    cancel.set()
    assert fault_of(waiting).fault is Fault.CANCELLED
    assert is_free(redirect)


@pytest.mark.parametrize("address", ["http://0.0.0.0:8127/callback", "https://example.org/callback", "x"])
def test_it_listens_on_this_computer_only(address: str) -> None:
    with pytest.raises(KnownFault) as caught:
        CallbackListener(address, STATE)
    assert caught.value.fault is Fault.USAGE


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_it_listens_on_the_ipv6_loopback_too() -> None:
    try:
        with socket.socket(socket.AF_INET6) as free:
            free.bind(("::1", 0))
            port = free.getsockname()[1]
    except OSError:
        pytest.skip("no IPv6 here")
    with (
        CallbackListener(f"http://[::1]:{port}/callback", STATE) as listener,
        ThreadPoolExecutor(1) as threads,
    ):
        waiting = threads.submit(listener.wait, 20.0)
        requests.get(f"http://[::1]:{port}/callback", {"code": "mine", "state": STATE}, timeout=10)
        assert waiting.result(20) == "mine"


@pytest.mark.parametrize("address", ["http://127.0.0.1:99999/callback", "https://127.0.0.1:8127/callback"])
def test_an_address_that_cannot_be_listened_on_is_reported(address):
    with pytest.raises(KnownFault) as caught:
        CallbackListener(address, "state")
    assert caught.value.fault is Fault.USAGE
