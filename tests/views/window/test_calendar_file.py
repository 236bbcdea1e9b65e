"""Writing a calendar file from the File menu."""

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.widgets.banner import Banner
from tests.support.window_kit import LONG, Show, child, settled, shown_dialog


def test_one_event_or_all_upcoming_ones_are_offered_and_written(
    qtbot: QtBot, workspace: Workspace, show_window: Show, events: list[int], tmp_path: Path
) -> None:
    window = show_window()
    window.event_list.choose(events[2])
    settled(qtbot, window)
    window.findChild(QAction, "calendar").trigger()
    box = shown_dialog(qtbot, window, QMessageBox)
    offered = [button.text() for button in box.findChildren(QPushButton)]
    assert any("2 upcoming" in text for text in offered)
    box.reject()
    path = tmp_path / "events.ics"
    upcoming = [one for one in workspace.events if one.key != events[2]]
    window._files.write_calendar(path, upcoming)
    banner = child(window, Banner, "windowBanner")
    qtbot.waitUntil(lambda: str(path) in banner.text, timeout=LONG)
    assert path.read_bytes().count(b"BEGIN:VEVENT") == 2
