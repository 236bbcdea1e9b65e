"""Works at a real desk; prints the milliseconds of each key, check-in, write and search for near names."""

import json
import os
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from time import monotonic, perf_counter

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.application import open_mirror, read_passphrase
from app.domain.desk.open_desk import OpenDesk
from app.models.background import Jobs
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.store.people.participants import stream_people
from app.views.desk.check_in.desk_window import DeskWindow
from app.window import configure_application
from benchmarks.window.keystroke_driver import TYPED, Typing
from benchmarks.window.open_window import rest, spin
from benchmarks.window.painted import Painted

_CHECK_INS, _WRITES = 60, 30
#: Names with an error or two, as they are typed in a hurry.
_NEAR = (
    "mria garcia",
    "wikki",
    "jonh smtih",
    "anan",
    "atlsa",
    "inse slva",
    "zoee",
    "migeul",
    "priay",
    "oluwseun",
)


def main(folder: str, file: str) -> None:
    """Measure, and print the figures."""
    application = QApplication(["measured"])
    configure_application(application)
    workspace = Workspace(open_mirror(Path(folder), read_passphrase(Path(file)), for_changes=True), Jobs())
    key = max(workspace.events, key=lambda one: one.participants).key
    window = DeskWindow(workspace, SyncControl(workspace), OpenDesk((key,)))
    window.resize(1280, 800)
    window.show()
    spin(lambda: window.control.ready)
    rest(lambda: True)
    # The page below the field and around the hits: it is painted together with them.
    typing = Typing(window.page.field, window.page.findChild(QScrollArea).widget())
    typing.type(TYPED)
    figures = {
        "keys": typing.milliseconds,
        "check_ins": _check_ins(window, workspace, key),
        "writes": _writes(Path(folder)),
        "near": _near(window, workspace, key),
    }
    window._leaving = True
    window.close()
    workspace.close()
    print(json.dumps(figures))


def _check_ins(window: DeskWindow, workspace: Workspace, key: int) -> list[float]:
    """Check people in by their whole names, each found alone."""
    with closing(workspace.mirror.reader()) as reader:
        people = stream_people(reader, key, private=True)
        named = [one.name for one, _number in zip(people, range(20 * _CHECK_INS), strict=False) if one.name]
    painted: list[float] = []
    watch = Painted(painted.append, window.page.confirmation.isVisible)
    watch.watch(window.page.confirmation)
    figures: list[float] = []
    for name in named[::10]:
        window.page.field.setText(f"User:{name}")
        rest(lambda: True, 0.03)
        if window.page.hits.chosen is None:
            continue
        painted.clear()
        begun = monotonic()
        _press(window.page.field)
        spin(lambda: bool(painted))
        figures.append(1000 * (painted[0] - begun))
        if len(figures) > _CHECK_INS:
            break
    # The first one also loads the modules for writing.
    return figures[1:]


def _press(field: QWidget) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
    QApplication.sendEvent(field, event)


def _writes(folder: Path) -> list[float]:
    """Write a page to the disk, and wait for it."""
    figures = []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(_WRITES):
            begun = perf_counter()
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            figures.append(1000 * (perf_counter() - begun))
    return figures


def _near(window: DeskWindow, workspace: Workspace, key: int) -> list[float]:
    """Search near names, as the background does; making the lists of words is done once."""
    search = window.control._search
    assert search is not None
    search.near(workspace.reader, _NEAR[0], 8, key)
    figures = []
    for _ in range(4):
        for typed in _NEAR:
            begun = perf_counter()
            search.near(workspace.reader, typed, 8, key)
            figures.append(1000 * (perf_counter() - begun))
    return figures


if __name__ == "__main__":
    main(*sys.argv[1:])
