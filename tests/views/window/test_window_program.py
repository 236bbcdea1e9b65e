"""Starting the program: opening the data, asking for the key, settings, and closing."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app import window as program
from app.domain.wording import local_data_texts
from app.store.database.folder import FolderLock, prepare
from app.store.mirror import open_with_keyring, open_with_passphrase
from app.views.accounts.unlock_dialog import UnlockDialog
from app.views.window.main_window import MainWindow
from app.views.window.opening_window import OpeningWindow
from tests.support.window_kit import add_account, add_event, child, open_workspace, press, registration


def answering(kind: type, answer: Callable[[object], None]) -> QTimer:
    """Answer a dialog each time that it opens."""
    timer = QTimer()

    def look() -> None:
        shown = QApplication.activeModalWidget()
        if isinstance(shown, kind):
            answer(shown)

    timer.timeout.connect(look)
    timer.start(20)
    return timer


def opened(folder: Path, file: Path | None = None):
    return program._open(program._Opening(folder, file), program._early_settings(folder))


def test_with_a_keyring_no_dialog_is_shown(qtbot: QtBot, tmp_path: Path, memory_keyring: object) -> None:
    mirror = opened(tmp_path / "data")
    assert mirror is not None
    assert mirror.folder == tmp_path / "data"
    mirror.close()
    assert qtbot
    assert memory_keyring


def test_without_a_keyring_a_new_passphrase_is_asked(
    qtbot: QtBot, tmp_path: Path, memory_keyring: object
) -> None:
    memory_keyring.locked = True  # type: ignore[attr-defined]

    def answer(dialog: object) -> None:
        assert isinstance(dialog, UnlockDialog)
        for name in ("passphrase", "passphraseAgain"):
            child(dialog, QLineEdit, name).setText("four plain words here")
        press(qtbot, dialog, "Return")

    timer = answering(UnlockDialog, answer)
    mirror = opened(tmp_path / "data")
    timer.stop()
    assert mirror is not None
    mirror.close()
    open_with_passphrase(tmp_path / "data", "four plain words here").close()


def test_a_wrong_passphrase_is_asked_for_again(qtbot: QtBot, tmp_path: Path) -> None:
    open_with_passphrase(tmp_path / "data", "right").close()
    tried: list[str] = []

    def answer(dialog: object) -> None:
        assert isinstance(dialog, UnlockDialog)
        typed = "right" if tried else "wrong"
        tried.append(typed)
        child(dialog, QLineEdit, "passphrase").setText(typed)
        press(qtbot, dialog, "Return")

    timer = answering(UnlockDialog, answer)
    mirror = opened(tmp_path / "data")
    timer.stop()
    assert mirror is not None
    mirror.close()
    assert tried == ["wrong", "right"]


def test_a_session_that_saves_nothing(qtbot: QtBot, tmp_path: Path, memory_keyring: object) -> None:
    memory_keyring.locked = True  # type: ignore[attr-defined]

    def answer(dialog: object) -> None:
        assert isinstance(dialog, UnlockDialog)
        child(dialog, QPushButton, "keepNothing").click()

    timer = answering(UnlockDialog, answer)
    mirror = opened(tmp_path / "data")
    timer.stop()
    assert mirror is not None
    assert mirror.keeps_nothing
    folder = mirror.folder
    mirror.close()
    assert not folder.exists()
    assert qtbot


def test_a_locked_keyring_is_tried_again(qtbot: QtBot, tmp_path: Path, memory_keyring: object) -> None:
    open_with_keyring(tmp_path / "data").close()
    memory_keyring.locked = True  # type: ignore[attr-defined]
    tried: list[bool] = []

    def answer(dialog: object) -> None:
        assert isinstance(dialog, UnlockDialog)
        memory_keyring.locked = not tried  # type: ignore[attr-defined]
        tried.append(True)
        press(qtbot, dialog, "Return")

    timer = answering(UnlockDialog, answer)
    mirror = opened(tmp_path / "data")
    timer.stop()
    assert mirror is not None
    mirror.close()
    assert len(tried) == 2


class SlowKeyring(KeyringBackend):
    """A keyring that waits until the user types its password."""

    priority = 5  # type: ignore[assignment]
    kept: dict[tuple[str, str], str] = {}  # noqa: RUF012 - one for the length of a test
    free = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.free.wait()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def slow_keyring(memory_keyring: object, tmp_path: Path) -> Iterator[SlowKeyring]:
    """Return a keyring with the key of existing data, which does not answer yet."""
    slow = SlowKeyring()
    keyring.set_keyring(slow)
    slow.free.set()
    open_with_keyring(tmp_path / "data").close()
    slow.free.clear()
    yield slow
    slow.free.set()
    slow.kept.clear()


def test_a_window_shows_that_the_keyring_is_waited_for(
    qtbot: QtBot, tmp_path: Path, slow_keyring: SlowKeyring
) -> None:
    texts: list[str] = []

    def answer(window: object) -> None:
        assert isinstance(window, OpeningWindow)
        texts.append(child(window, QLabel, "openingText").text())
        slow_keyring.free.set()

    timer = answering(OpeningWindow, answer)
    mirror = opened(tmp_path / "data")
    timer.stop()
    assert mirror is not None
    mirror.close()
    assert "Waiting for this computer’s keyring" in texts[0]
    assert qtbot


def test_quitting_does_not_wait_for_a_keyring(
    qtbot: QtBot, tmp_path: Path, slow_keyring: SlowKeyring
) -> None:
    timer = answering(OpeningWindow, lambda window: press(qtbot, window, "Esc"))  # type: ignore[arg-type]
    assert opened(tmp_path / "data") is None
    timer.stop()
    assert not slow_keyring.free.is_set()


def test_cancelling_opens_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    open_with_passphrase(tmp_path / "data", "right").close()
    timer = answering(UnlockDialog, lambda dialog: press(qtbot, dialog, "Esc"))  # type: ignore[arg-type]
    assert opened(tmp_path / "data") is None
    timer.stop()


def test_a_second_program_shows_a_message(qtbot: QtBot, tmp_path: Path, memory_keyring: object) -> None:
    assert memory_keyring
    prepare(tmp_path / "data")
    texts: list[str] = []

    def answer(box: object) -> None:
        assert isinstance(box, QMessageBox)
        texts.append(box.text())
        press(qtbot, box, "Return")

    timer = answering(QMessageBox, answer)
    with FolderLock(tmp_path / "data"):
        assert opened(tmp_path / "data") is None
    timer.stop()
    assert texts == [local_data_texts.data_in_use()]


@pytest.mark.parametrize(
    ("arguments", "folder", "file"),
    [
        (["--data-dir", "/a"], "/a", None),
        (["--data-dir=/a", "--passphrase-file", "/b"], "/a", "/b"),
        (["window", "--passphrase-file=/b", "--data-dir", "/a"], "/a", "/b"),
    ],
)
def test_options(arguments: list[str], folder: str, file: str | None) -> None:
    assert program._options(arguments) == (Path(folder), Path(file) if file else None)


_PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from app import window
begin = window._schedule_startup_work
def begin_and_end(opened, workspace):
    begin(opened, workspace)
    QTimer.singleShot(1800, opened.close)
window._schedule_startup_work = begin_and_end
sys.exit(window.main(sys.argv[1:]))
"""


def test_from_start_to_end(tmp_path: Path) -> None:
    folder, file = tmp_path / "data", tmp_path / "passphrase"
    file.write_text("four plain words here")
    file.chmod(0o600)
    command = [sys.executable, "-c", _PROGRAM, "--data-dir", str(folder), "--passphrase-file", str(file)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert (folder / "window.ini").exists()
    assert (
        "bug" not in (folder / "event-center.log").read_text()
        if (folder / "event-center.log").exists()
        else True
    )


# The system's network state comes over a connection that is open as long as the process.
@pytest.mark.keeps_connections
def test_old_data_is_synced_automatically(qtbot: QtBot, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "data") as workspace:
        add_event(workspace, add_account(workspace), registration(1))
        window = MainWindow(workspace, program.window_settings(workspace.mirror.folder))
        with qtbot.waitSignal(window.sync.state_changed, timeout=10_000):
            program._schedule_startup_work(window, workspace)
        qtbot.waitUntil(lambda: window.sync.state.offline_since is not None, timeout=20_000)
        window.close()
        workspace.jobs._pool.waitForDone()
        delete(window)
