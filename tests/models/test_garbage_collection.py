"""Garbage that jobs on other threads make, among it widgets."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.models.background import Jobs
from app.models.garbage_collection import GarbageCollection, collect_if_due


@pytest.fixture(autouse=True)
def python_collects() -> Iterator[None]:
    gc.enable()
    yield
    gc.disable()


class _Widget(QWidget):
    """Refers to itself, so that only the garbage collector deletes it."""

    def __init__(self) -> None:
        super().__init__()
        self.top: QWidget = self


def _make_garbage() -> None:
    for _ in range(5 * gc.get_threshold()[0]):
        held: list[object] = []
        held.append(held)


def test_a_widget_is_never_deleted_on_another_thread(qtbot: QtBot) -> None:
    jobs, owner = Jobs(), QObject()
    GarbageCollection(owner)
    deleted_on = []
    widget = _Widget()
    widget.top.destroyed.connect(
        lambda: deleted_on.append(threading.current_thread()), Qt.ConnectionType.DirectConnection
    )
    del widget
    jobs.run(owner, _make_garbage, lambda _: None)
    qtbot.waitUntil(lambda: not jobs.running)
    assert not deleted_on
    collect_if_due()
    assert deleted_on == [threading.main_thread()]
