"""The whole program, started and closed on a network that does not respond."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.servers.behaviour import Behaviour
from tests.support.servers.network_kit import CLOSE_SECONDS
from tests.support.servers.network_processes import arguments, environment, run
from tests.support.servers.scripted_proxy import ScriptedProxy

#: Opens the window, and closes it when a line arrives. With an argument, host lookups hang.
_PROGRAM = """
import socket, sys, threading
from app import window

def hang(*_, **__):
    print("met", flush=True)
    threading.Event().wait()

def close_later():
    sys.stdin.readline()
    from PySide6.QtCore import QMetaObject, Qt
    from PySide6.QtWidgets import QApplication
    QMetaObject.invokeMethod(QApplication.instance(), "closeAllWindows", Qt.ConnectionType.QueuedConnection)

if sys.argv[1] == "hosts-hang":
    socket.getaddrinfo = hang
threading.Thread(target=close_later, daemon=True).start()
sys.exit(window.main(sys.argv[2:]))
"""
_SECONDS_TO_START = 30


@contextmanager
def started(folder: Path, hosts: str, proxy: ScriptedProxy) -> Iterator["subprocess.Popen[str]"]:
    """Start the program; it starts a sync automatically, since it was never synced."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    command = [sys.executable, "-c", _PROGRAM, hosts, *arguments(folder)]
    variables = environment(folder, HTTPS_PROXY=proxy.address, QT_QPA_PLATFORM="offscreen")
    with subprocess.Popen(command, text=True, env=variables, **pipes) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.kill()


def close(process: "subprocess.Popen[str]") -> float:
    """Close the window; return how long the process took to end."""
    began = time.monotonic()
    assert process.stdin
    process.stdin.write("close\n")
    process.stdin.flush()
    assert process.wait(CLOSE_SECONDS + 7) == 0
    return time.monotonic() - began


@pytest.mark.parametrize("behaviour", [Behaviour.HANG_CONNECT, Behaviour.HANG, Behaviour.TRICKLE_HEADERS])
def test_closes_in_the_middle_of_a_sync(data: Path, proxy: ScriptedProxy, behaviour: Behaviour) -> None:
    proxy.switch(behaviour)
    with started(data, "hosts-answer", proxy) as process:
        assert proxy.has_met.wait(_SECONDS_TO_START)
        assert close(process) < CLOSE_SECONDS
    proxy.switch(Behaviour.OPEN)
    # The data was closed properly.
    ran = run(data, "sync", HTTPS_PROXY=proxy.address)
    assert (ran.code, ran.err) == (0, "")


def test_closes_while_a_host_is_looked_up(data: Path, proxy: ScriptedProxy) -> None:
    with started(data, "hosts-hang", proxy) as process:
        assert process.stdout
        assert process.stdout.readline() == "met\n"
        assert close(process) < CLOSE_SECONDS
    ran = run(data, "sync", HTTPS_PROXY=proxy.address)
    assert (ran.code, ran.err) == (0, "")
