"""Syncs everything in the real window, then checks the large event; prints the duration of each.

Also prints how long the event loop was blocked meanwhile.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from app.models.sync_control import SyncPhase
from benchmarks.syncing.heartbeat import Heartbeat
from benchmarks.window.open_window import OpenWindow, rest


def main(folder: str, file: str) -> None:
    """Sync and check, and print the figures."""
    window = OpenWindow(Path(folder), Path(file))
    rest(lambda: True, 1.0)
    heartbeat = Heartbeat()
    rest(lambda: True, 3.0)
    at_rest = heartbeat.milliseconds()
    seconds, stalls = [], []
    control = window.window.sync
    for begin in (control.sync_everything, lambda: control.sync_event(_largest(window))):
        heartbeat.restart()
        begun = monotonic()
        _sync(window, begin)
        seconds.append(monotonic() - begun)
        rest(lambda: not window.tab.model.gathering)
        stalls.append(heartbeat.milliseconds())
    people = sum(event.participants for event in window.workspace.events)
    print(json.dumps({"seconds": seconds, "stalls": stalls, "stall_at_rest": at_rest, "people": people}))
    window.close()


def _largest(window: OpenWindow) -> int:
    return max(window.workspace.events, key=lambda event: event.participants).key


def _sync(window: OpenWindow, begin: Callable[[], None]) -> None:
    control = window.window.sync
    begin()
    assert control.state.phase is SyncPhase.SYNCING
    window.application.processEvents()
    control.state_changed.connect(
        lambda state: window.application.quit() if state.phase is SyncPhase.IDLE else None
    )
    if control.state.phase is not SyncPhase.IDLE:
        window.application.exec()
    assert not control.state.trouble, control.state.trouble
    assert control.state.offline_since is None


main(*sys.argv[1:])
