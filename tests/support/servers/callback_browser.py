"""Runs the callback listener of a sign-in, while the test plays the browser."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest
import requests

from app.domain.faults import KnownFault
from app.wiki.sign_in.callback import CallbackListener

STATE = "the-state-of-this-sign-in"
Wait = Callable[..., "Future[str]"]


def free_address() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/callback"


@contextmanager
def waiting_at(redirect: str) -> Iterator[Wait]:
    """Yield a function that starts the listener."""
    with ThreadPoolExecutor(1) as threads:

        def begin(
            cancel: threading.Event | None = None,
            seconds: float = 20.0,
            kind: type[CallbackListener] = CallbackListener,
        ) -> "Future[str]":
            listener = kind(redirect, STATE, cancel)

            def work() -> str:
                with listener:
                    return listener.wait(seconds)

            return threads.submit(work)

        yield begin


def fault_of(waiting: "Future[str]") -> KnownFault:
    with pytest.raises(KnownFault) as raised:
        waiting.result(20)
    return raised.value


def port_of(redirect: str) -> int:
    return int(redirect.split(":")[2].split("/")[0])


def is_free(redirect: str) -> bool:
    with socket.socket() as other:
        return other.connect_ex(("127.0.0.1", port_of(redirect))) != 0


def connect(redirect: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port_of(redirect)), timeout=10)


def is_closed(client: socket.socket) -> bool:
    try:
        return client.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def send(redirect: str, *lines: str) -> int | None:
    """Send a raw request; return the status of the response, None if there is none."""
    with connect(redirect) as client, suppress(ConnectionError):
        client.sendall("".join(line + "\r\n" for line in lines).encode("latin-1"))
        answer = client.recv(65_536)
        return int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/") else None
    return None


def sign_in_goes_on(redirect: str, waiting: "Future[str]") -> None:
    begun = time.monotonic()
    answer = requests.get(redirect, {"code": "mine", "state": STATE}, timeout=10)
    assert answer.status_code == 200
    assert waiting.result(20) == "mine"
    assert time.monotonic() - begun < 2
