"""Clicks in the real window; prints for each click the milliseconds until its effect was painted."""

import json
import sys
from pathlib import Path
from time import monotonic

from PySide6.QtWidgets import QWidget

from benchmarks.window.open_window import OpenWindow, rest, spin
from benchmarks.window.painted import Painted

#: Closes and reopens registration in turn: each click changes the title line, the list of events, the
#: overview and the number of changes.
_CLICKS = 40


def main(folder: str, file: str) -> None:
    """Click, and print the milliseconds."""
    window = OpenWindow(Path(folder), Path(file))
    main_window = window.window
    # Nothing must be sent while the clicks are measured: there is no wiki.
    main_window.sync._soon.setInterval(10**9)
    main_window.event_pane.tabs.setCurrentIndex(0)
    rest(lambda: not window.tab.model.gathering)
    listed = main_window.event_list.view.viewport()
    painted: list[float] = []
    ready = [False]
    watch = Painted(painted.append, lambda: ready[0])
    watch.watch(listed)
    main_window.outbox.queued.connect(lambda _number: _seen(ready, listed))
    figures = []
    for _ in range(_CLICKS):
        painted.clear()
        ready[0] = False
        begun = monotonic()
        main_window.event_actions.close.trigger()
        spin(lambda: bool(painted))
        figures.append(1000 * (painted[0] - begun))
        rest(lambda: True, 0.05)
    window.close()
    # The first click also loads the modules for writing.
    print(json.dumps(figures[1:]))


def _seen(ready: list[bool], listed: QWidget) -> None:
    """Wait for the paint event that shows the change: all panes are painted together."""
    ready[0] = True
    listed.update()


main(*sys.argv[1:])
