"""Work on other threads: its endings, its bugs, and owners that go meanwhile."""

import logging
import threading

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.domain.faults import Fault, KnownFault
from app.models.background import Jobs


def _raise(error: Exception) -> None:
    raise error


def test_done_comes_on_the_windows_thread(qtbot: QtBot) -> None:
    jobs, said = Jobs(), []
    here = QThread.currentThread()
    jobs.run(jobs, lambda: 7, lambda value: said.append((value, QThread.currentThread() is here)))
    qtbot.waitUntil(lambda: said == [(7, True)])


def test_ended_comes_last_however_it_went(qtbot: QtBot) -> None:
    jobs, said = Jobs(), []
    refused = KnownFault(Fault.REFUSED, "no")
    jobs.run(jobs, lambda: 1, lambda _: said.append("done"), None, lambda: said.append("ended"))
    qtbot.waitUntil(lambda: said == ["done", "ended"])
    said.clear()
    jobs.run(
        jobs,
        lambda: _raise(refused),
        lambda _: said.append("done"),
        lambda fault: said.append(fault.sentence),
        lambda: said.append("ended"),
    )
    qtbot.waitUntil(lambda: said == ["no", "ended"])


def test_a_bug_is_told_and_logged_without_its_text(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    jobs, said = Jobs(), []
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(jobs.bug_found):
        error = ValueError("Amara's answer")
        jobs.run(jobs, lambda: _raise(error), said.append, said.append, lambda: said.append("ended"))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: said == ["ended"])
    assert "ValueError" in caplog.text
    assert "Amara" not in caplog.text


def test_an_owner_that_has_gone_hears_nothing(qtbot: QtBot) -> None:
    jobs, said, go = Jobs(), [], threading.Event()
    owner = QObject()
    jobs.run(owner, go.wait, said.append, None, lambda: said.append("ended"))
    delete(owner)
    go.set()
    jobs.run(jobs, lambda: 1, lambda _: said.append("later"))
    qtbot.waitUntil(lambda: said == ["later"])


def test_nothing_starts_after_the_end(qtbot: QtBot) -> None:
    jobs, said = Jobs(), []
    jobs.run(jobs, lambda: said.append("before"), lambda _: None)
    jobs.wait()
    before = list(said)
    jobs.run(jobs, lambda: said.append("after"), lambda _: None)
    assert said == before
    assert jobs.running == 0
    assert qtbot
