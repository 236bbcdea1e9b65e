"""The tour for a computer without a display: sync, list, sum up, export, and render the panes."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.application import Application, default_folder, open_mirror, read_passphrase
from app.commands import reading, syncing, words
from app.commands.arguments import parser
from app.commands.output import Output
from app.commands.run import outcome
from app.domain.events.event import Event
from app.i18n import _
from app.store.events import events as stored_events

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_PANES = ("overview", "participants", "demographics")


def main(arguments: Sequence[str]) -> int:
    """Run the tour, with the folder from the arguments as output; return the exit code."""
    options = parser().parse_args(arguments)
    output = Output(as_json=options.json)
    return outcome(lambda: _run(options.data_dir, options.passphrase_file, options.folder, output), output)


def _run(data_dir: Path | None, passphrase_file: Path | None, folder: Path, output: Output) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    passphrase = read_passphrase(passphrase_file) if passphrase_file else None
    with Application(open_mirror(data_dir or default_folder(), passphrase, for_changes=True)) as application:
        command = parser()
        output.line(words.tour_step(_("fetch your events and their participants")))
        if code := syncing.sync(application, command.parse_args(["sync"]), output):
            return code
        output.line(words.tour_step(_("list the events on this computer")))
        reading.events(application, command.parse_args(["events"]), output)
        event = _largest_event(application)
        if event is None:
            return 0
        key = f"{application.labels()[event.wiki_key]}:{event.event_id}"
        output.line(words.tour_step(_("list an event's participants")))
        reading.participants(application, command.parse_args(["participants", key, "--limit", "5"]), output)
        output.line(words.tour_step(_("sum up an event's participants")))
        reading.statistics(application, command.parse_args(["statistics", key]), output)
        output.line(words.tour_step(_("write an event's participants to a file")))
        csv = str(folder / f"participants-{event.event_id}.csv")
        export = command.parse_args(["export", key, "--format", "csv", "--output", csv])
        reading.export(application, export, output)
    output.line(words.tour_step(_("picture the panes")))
    for path in _render_panes(data_dir or default_folder(), passphrase, event.key, folder):
        output.line(str(path))
    return 0


def _largest_event(application: Application) -> Event | None:
    found = stored_events.read_events(application.reader)
    return max(found, key=lambda event: min(event.participants, 500), default=None)


def _render_panes(data: Path, passphrase: str | None, event_key: int, folder: Path) -> list[Path]:
    """Render the panes of an event offscreen; return the paths of the images."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication
    from shiboken6 import delete

    from app.models.background import Jobs
    from app.models.workspace import Workspace
    from app.views.window.main_window import MainWindow
    from app.window import configure_application, log_qt

    log_qt()
    application = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(application, QApplication)  # noqa: S101 - no other kind was created before
    configure_application(application)
    workspace = Workspace(open_mirror(data, passphrase, for_changes=True), Jobs())
    window = MainWindow(workspace, QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
    window.resize(1280, 800)
    window.show()
    window.event_list.choose(event_key)
    window.event_pane.participants.show_public_only()
    pictures = []
    for number, pane in enumerate(_PANES):
        window.event_pane.tabs.setCurrentIndex(number)
        _wait_for_background_work(application, lambda: not window.event_pane.participants.model.gathering)
        path = folder / f"{pane}.png"
        window.grab().save(str(path))
        pictures.append(path)
    window.close()
    delete(window)
    workspace.close()
    (folder / "window.ini").unlink(missing_ok=True)
    return pictures


def _wait_for_background_work(application: "QApplication", done: Callable[[], bool]) -> None:
    """Process events until background work is done, for at most three seconds."""
    from PySide6.QtCore import QDeadlineTimer, QEventLoop

    shortest, longest = QDeadlineTimer(300), QDeadlineTimer(3_000)
    while not longest.hasExpired() and not (shortest.hasExpired() and done()):
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
