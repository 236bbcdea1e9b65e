import socket

import pytest

from app.domain.faults import Fault
from app.models.accounts.account_control import AccountControl
from app.models.accounts.practice_wiki import PRACTICE_PORT


@pytest.fixture
def control(workspace, qtbot):
    made = AccountControl(workspace)
    yield made
    made.close()
    workspace.jobs.wait()


def test_choosing_the_practice_wiki_starts_it_and_signs_in(control, workspace, qtbot):
    keys, faults = [], []
    control.practise(control, keys.append, faults.append, lambda: None)
    qtbot.waitUntil(lambda: bool(keys or faults), timeout=20_000)
    assert not faults
    assert workspace.account(keys[0]).wiki.site_name == "Practice Wiki"
    again = []
    control.practise(control, again.append, faults.append, lambda: None)
    qtbot.waitUntil(lambda: bool(again or faults), timeout=20_000)
    assert again == keys


def test_a_port_in_use_is_reported(control, qtbot):
    faults = []
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", PRACTICE_PORT))
        taken.listen()
        control.practise(control, lambda _key: None, faults.append, lambda: None)
        qtbot.waitUntil(lambda: bool(faults), timeout=20_000)
    assert faults[0].fault is Fault.REFUSED
    assert str(PRACTICE_PORT) in faults[0].sentence
