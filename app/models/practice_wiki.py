"""The practice wiki, run beside the window for as long as it is open."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal, Slot

#: Where the practice wiki listens, so that a sign-in on it still holds at the next start.
PRACTICE_PORT = 8137
PRACTICE_ADDRESS = f"http://127.0.0.1:{PRACTICE_PORT}"


class PracticeWiki(QObject):
    """Starts the practice wiki in a process of its own. It ends with the window, or when the program dies."""

    #: It listens: its address, and the organizer's access token.
    started = Signal(str, str)
    #: It could not be started.
    failed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._process: QProcess | None = None
        self._described: tuple[str, str] | None = None

    def start(self) -> None:
        """Start it, unless it runs; `started` or `failed` follows."""
        if self._described:
            self.started.emit(*self._described)
            return
        if self._process is not None:
            return
        process = QProcess(self)
        process.setProgram(sys.executable)
        command = [] if getattr(sys, "frozen", False) else ["-m", "app"]
        process.setArguments(
            [
                *command,
                "practice-wiki",
                "--until-stdin-closes",
                "--auto-approve",
                "--port",
                str(PRACTICE_PORT),
                "--data",
                str(self._folder / "practice-wiki.sqlite"),
            ]
        )
        if not getattr(sys, "frozen", False):
            process.setWorkingDirectory(str(Path(__file__).resolve().parents[2]))
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_finished)
        self._process = process
        process.start()

    def stop(self) -> None:
        """End it, and wait until it has ended."""
        if self._process is not None:
            process, self._process = self._process, None
            process.closeWriteChannel()
            if not process.waitForFinished(3000):
                process.kill()
                process.waitForFinished(1000)
            self._described = None

    @Slot()
    def _on_output(self) -> None:
        if self._process is None or self._described or not self._process.canReadLine():
            return
        described = json.loads(bytes(self._process.readLine().data()))
        self._described = (described["base_url"], described["organizer"]["owner_token"])
        self.started.emit(*self._described)

    @Slot()
    def _on_finished(self) -> None:
        if self._process is not None:
            self._process, self._described = None, None
            self.failed.emit()
