"""The tests run with a Secret Service of their own where the system has one."""

import os
import sys

import pytest

import dev
from tools.development import checks


def test_with_a_keyring_pytest_runs_inside_a_bus_of_its_own(ready, monkeypatch):
    started = []
    monkeypatch.setattr(checks, "has_keyring", lambda: True)
    monkeypatch.setattr(checks, "call", lambda command, extra: started.append((command, extra)) or 0)
    assert dev.main(["test", "-k", "names"]) == 0
    [(command, settings)] = started
    assert command[:2] == ["dbus-run-session", "--"]
    assert command[-5:] == [sys.executable, "-m", "pytest", "-k", "names"]
    assert settings["EVENT_CENTER_SECRET_SERVICE"] == "1"


def test_without_one_pytest_runs_plainly(ready, monkeypatch):
    started = []
    monkeypatch.setattr(checks, "has_keyring", lambda: False)
    monkeypatch.setattr(checks, "call", lambda command, extra: started.append((command, extra)) or 0)
    assert dev.main(["test"]) == 0
    assert started == [([sys.executable, "-m", "pytest"], {"QT_QPA_PLATFORM": "offscreen"})]


@pytest.mark.skipif("EVENT_CENTER_SECRET_SERVICE" not in os.environ, reason="no Secret Service here")
def test_the_keyring_of_the_tests_keeps_a_secret():
    import keyring

    keyring.set_password("event-center-test", "dev", "kept")
    assert keyring.get_password("event-center-test", "dev") == "kept"
    keyring.delete_password("event-center-test", "dev")
