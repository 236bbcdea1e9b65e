"""The sync bar: its sentences, progress that never goes back, and a tool tip for an elided line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton
from pytestqt.qtbot import QtBot

from app.models.sync_control import SyncPhase, SyncState
from app.sync.fetching.progress import Progress
from app.views.window.sync_bar import SyncBar
from tests.support.window_kit import child, seen

NOW = datetime.now(UTC)


@pytest.fixture
def bar(qtbot: QtBot) -> SyncBar:
    shown = SyncBar()
    qtbot.addWidget(shown)
    shown.resize(900, 48)
    shown.show()
    return shown


@pytest.mark.parametrize(
    ("state", "parts"),
    [
        (SyncState(), ["Not synced yet."]),
        (SyncState(last_synced=NOW), ["Last synced just now."]),
        (SyncState(last_synced=NOW - timedelta(minutes=5)), ["Last synced 5 minute"]),
        (SyncState(last_synced=NOW - timedelta(hours=3)), ["Last synced 3 hour"]),
        (SyncState(last_synced=NOW - timedelta(days=40)), ["Last synced 40 day"]),
        (
            SyncState(offline_since=NOW, last_synced=NOW - timedelta(hours=2)),
            ["Offline since ", "last synced 2 hour"],
        ),
        (SyncState(offline_since=NOW), ["Offline since ", "not synced yet."]),
        (SyncState(SyncPhase.STOPPING), ["Stopping…"]),
        (SyncState(SyncPhase.SYNCING), ["asking for your events"]),
        (
            SyncState(SyncPhase.SYNCING, progress=Progress("<b>A</b>", 1, 2, 9, 120, 400, 45.0, 200.0)),
            ["“<b>A</b>” (3 of 9)", "120 of about 400 people", "45 a second", "3 minute"],
        ),
        (
            SyncState(SyncPhase.SYNCING, progress=Progress("A", 1, 0, 1, 120, None, 0.4, None)),
            ["“A”", "120 people fetched"],
        ),
    ],
)
def test_sentences(bar: SyncBar, state: SyncState, parts: list[str]) -> None:
    # The parametrized states are made when pytest collects the tests.
    late = datetime.now(UTC) - NOW
    last = state.last_synced + late if state.last_synced else None
    bar.show_state(replace(state, last_synced=last))
    for part in parts:
        assert part in seen(bar.text)
    busy = state.phase is not SyncPhase.IDLE
    assert child(bar, QProgressBar, "syncProgress").isVisible() is busy
    wanted = "Stop" if busy else "Try again" if state.offline_since else "Sync"
    assert child(bar, QToolButton, "syncButton").accessibleName() == wanted


def test_progress_never_goes_back(bar: SyncBar) -> None:
    progress = child(bar, QProgressBar, "syncProgress")
    seen = []
    for done, people in ((0, 0), (0, 50), (0, 100), (1, 100), (1, 0), (1, 60), (2, 100), (2, 0), (3, 0)):
        state = SyncState(SyncPhase.SYNCING, progress=Progress("A", 1, done, 3, people, 100, 1.0, 1.0))
        bar.show_state(state)
        seen.append(progress.value())
    assert seen == sorted(seen)
    assert seen[-1] == 1000
    bar.show_state(SyncState())
    bar.show_state(SyncState(SyncPhase.SYNCING))
    bar.show_state(SyncState(SyncPhase.SYNCING, progress=Progress("A", 1, 0, 3, 0, 100)))
    assert progress.value() == 0


def test_a_long_line_is_complete_in_its_tool_tip(bar: SyncBar) -> None:
    line = child(bar, QLabel, "syncText")
    state = SyncState(SyncPhase.SYNCING, progress=Progress("<i>" + "long " * 60, 1, 0, 1, 5, None))
    bar.show_state(state)
    assert line.toolTip().startswith("<qt>")
    assert "&lt;i&gt;" in line.toolTip()
    bar.grab()
    bar.show_state(replace(state, progress=None))
    assert line.toolTip() == line.text()


def test_buttons_emit_their_signals(qtbot: QtBot, bar: SyncBar) -> None:
    button = child(bar, QToolButton, "syncButton")
    with qtbot.waitSignal(bar.sync_requested):
        button.click()
    bar.show_state(SyncState(SyncPhase.SYNCING))
    with qtbot.waitSignal(bar.stop_requested):
        button.click()
    bar.show_state(SyncState(SyncPhase.STOPPING))
    assert not button.isEnabled()
