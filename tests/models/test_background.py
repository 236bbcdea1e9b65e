"""Jobs on other threads: their callbacks, unexpected exceptions, and owners that are deleted."""

import logging
import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.domain.faults import Fault, KnownFault
from app.models.background import Jobs


def _raise(error: Exception) -> None:
    raise error


def test_done_is_called_on_the_windows_thread(qtbot: QtBot) -> None:
    jobs, calls = Jobs(), []
    here = QThread.currentThread()
    jobs.run(jobs, lambda: 7, lambda value: calls.append((value, QThread.currentThread() is here)))
    qtbot.waitUntil(lambda: calls == [(7, True)])


def test_ended_is_called_last_after_any_result(qtbot: QtBot) -> None:
    jobs, calls = Jobs(), []
    refused = KnownFault(Fault.REFUSED, "no")
    jobs.run(jobs, lambda: 1, lambda _: calls.append("done"), None, lambda: calls.append("ended"))
    qtbot.waitUntil(lambda: calls == ["done", "ended"])
    calls.clear()
    jobs.run(
        jobs,
        lambda: _raise(refused),
        lambda _: calls.append("done"),
        lambda fault: calls.append(fault.sentence),
        lambda: calls.append("ended"),
    )
    qtbot.waitUntil(lambda: calls == ["no", "ended"])


def test_a_bug_is_reported_and_logged_without_its_text(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    jobs, calls = Jobs(), []
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(jobs.bug_found):
        error = ValueError("Amara's answer")
        jobs.run(jobs, lambda: _raise(error), calls.append, calls.append, lambda: calls.append("ended"))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: calls == ["ended"])
    assert "ValueError" in caplog.text
    assert "Amara" not in caplog.text


def test_a_deleted_owner_gets_no_callback(qtbot: QtBot) -> None:
    jobs, calls, go = Jobs(), [], threading.Event()
    owner = QObject()
    jobs.run(owner, go.wait, calls.append, None, lambda: calls.append("ended"))
    delete(owner)
    go.set()
    jobs.run(jobs, lambda: 1, lambda _: calls.append("later"))
    qtbot.waitUntil(lambda: calls == ["later"])


def test_nothing_starts_after_wait(qtbot: QtBot) -> None:
    jobs, calls = Jobs(), []
    jobs.run(jobs, lambda: calls.append("before"), lambda _: None)
    jobs.wait()
    before = list(calls)
    jobs.run(jobs, lambda: calls.append("after"), lambda _: None)
    assert calls == before
    assert jobs.running == 0
    assert qtbot


class _Witness:
    def __init__(self, seen: list[bool]) -> None:
        self.seen = seen

    def __del__(self) -> None:
        self.seen.append(threading.current_thread() is threading.main_thread())


def test_what_a_job_refers_to_is_let_go_on_the_windows_thread(qtbot: QtBot) -> None:
    """What it refers to may be a widget, and would be deleted on the job's thread."""
    jobs, seen = Jobs(), []
    for _ in range(200):
        witness = _Witness(seen)
        jobs.run(jobs, partial(id, witness), lambda _, held=witness: None)  # type: ignore[misc]
        del witness
    qtbot.waitUntil(lambda: len(seen) == 200)
    assert all(seen)
