"""The practice wiki, running in a child process while the window is open."""

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Slot

from app.domain.accounts.account import Account
from app.domain.places import RESTART_COMMAND

#: A fixed port, so that a sign-in on the practice wiki is still valid at the next start.
PRACTICE_PORT = 8137
_PRACTICE_ID = "practicewiki"
PRACTICE_ADDRESS = f"http://127.0.0.1:{PRACTICE_PORT}"


def is_practice(account: Account) -> bool:
    """Return whether an account is on the practice wiki, where nothing is real."""
    return account.wiki.wiki_id == _PRACTICE_ID


class PracticeWiki(QObject):
    """Starts the practice wiki in a child process, which ends with the window or when the program crashes."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._process: QProcess | None = None
        self._described: tuple[str, str] | None = None
        self._started: Callable[[str, str], None] = lambda _address, _token: None
        self._failed: Callable[[], None] = lambda: None

    def start(self, started: Callable[[str, str], None], failed: Callable[[], None]) -> None:
        """Start it unless it runs; then call `started` with its address and the organizer's access token."""
        if self._described:
            started(*self._described)
            return
        self._started, self._failed = started, failed
        if self._process is not None:
            return
        self._process = process = QProcess(self)
        program, *arguments = RESTART_COMMAND
        process.setProgram(program)
        process.setArguments([*arguments, "practice-wiki", *self._options()])
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_ended)
        process.errorOccurred.connect(self._on_ended)
        process.start()

    def stop(self) -> None:
        """Stop it, and wait until the process has ended."""
        process, self._process, self._described = self._process, None, None
        if process is not None:
            process.closeWriteChannel()
            if not process.waitForFinished(3000):
                process.kill()
                process.waitForFinished(1000)
            process.deleteLater()

    def _options(self) -> list[str]:
        data = str(self._folder / "practice-wiki.sqlite")
        return ["--until-stdin-closes", "--auto-approve", "--port", str(PRACTICE_PORT), "--data", data]

    @Slot()
    def _on_output(self) -> None:
        if self._process is None or self._described or not self._process.canReadLine():
            return
        described = json.loads(bytes(self._process.readLine().data()))
        self._described = (described["base_url"], described["organizer"]["owner_token"])
        self._started(*self._described)

    @Slot()
    def _on_ended(self) -> None:
        if self._process is not None:
            process, self._process, self._described = self._process, None, None
            process.deleteLater()
            self._failed()
