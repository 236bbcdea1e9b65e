"""Reads what participants of the only event edited, in the real window; prints its seconds and stall."""

import json
import sys
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEventLoop, QTimer

from benchmarks.syncing.heartbeat import Heartbeat
from benchmarks.window.open_window import OpenWindow, rest


def main(folder: str, file: str) -> None:
    """Read, and print the figures."""
    window = OpenWindow(Path(folder), Path(file))
    rest(lambda: True, 1.0)
    pane = window.window.event_pane
    pane.show_event(window.workspace.events[0].key)
    heartbeat = Heartbeat()
    pane.impact.show_event(window.workspace.events[0])
    rest(lambda: not window.workspace.jobs.running, 1.0)
    heartbeat.restart()
    begun = monotonic()
    pane.read_edits()
    seconds = 0.0
    while window.workspace.jobs.running:
        # Waits in Qt: a loop of Python's would take time from the lanes.
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()
        if not seconds and not pane.impact.is_reading:
            # What follows are the figures, which are measured apart.
            seconds = monotonic() - begun
    print(json.dumps({"seconds": seconds, "stall": heartbeat.milliseconds()}))
    window.close()


main(*sys.argv[1:])
