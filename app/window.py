"""Opening the window: the data first, then what is seen, then everything that can wait."""

import logging
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.application import default_folder, open_mirror, read_passphrase, start_log
from app.domain import times, wording
from app.domain.faults import Fault, KnownFault, log_bug
from app.i18n import use_language
from app.store.mirror import Mirror, open_temporary

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from app.models.workspace import Workspace
    from app.views.accounts.unlock_dialog import UnlockDialog
    from app.views.window.main_window import MainWindow

ORGANIZATION = "event-center"
PROGRAM = "event-center-desktop"
_AUTOMATIC_SYNC_AFTER = 600
#: Data that opens sooner needs no window of its own to wait in.
_SECONDS_UNSEEN = 0.5


def main(arguments: Sequence[str]) -> int:
    """Open the window; return the exit code when it is closed."""
    folder, passphrase_file = _options(arguments)
    opening = _Opening(folder, passphrase_file)
    from PySide6.QtWidgets import QApplication
    from shiboken6 import delete

    application = QApplication([PROGRAM])
    log_qt()
    dress(application, _chosen_language(folder))
    # Loaded while the data is being opened.
    from app.models.background import Jobs
    from app.models.workspace import Workspace
    from app.views.window.main_window import MainWindow

    mirror = _open(opening)
    if mirror is None:
        return 5
    start_log(mirror.folder)
    jobs = Jobs()

    def on_bug(error: BaseException) -> None:
        log_bug(error)
        jobs.bug_found.emit()

    sys.excepthook = lambda _kind, error, _trace: on_bug(error)
    workspace = Workspace(mirror, jobs)
    window = MainWindow(workspace, window_settings(mirror.folder))
    window.show()
    _begin_later(window, workspace)
    code = application.exec()
    if not workspace.close():
        # The data is closed. Whoever quits must not wait for what hangs, and Python would.
        logging.shutdown()
        os._exit(code)
    # Before the application, whichever of the two Python would let go first.
    delete(window)
    return code


def log_qt() -> None:
    """Send Qt's own messages to the log instead of the terminal."""
    from PySide6.QtCore import qInstallMessageHandler

    qt_log = logging.getLogger("app.qt")
    qInstallMessageHandler(lambda _kind, _context, message: qt_log.info("%s", message))


def dress(application: "QApplication", language: str = "") -> None:
    """Give the application its names, its icon and its language: a chosen one, or else the system's."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    if language:
        QLocale.setDefault(QLocale(language))
    use_language([language] if language else [])
    application.setOrganizationName(ORGANIZATION)
    application.setApplicationName(PROGRAM)
    application.setApplicationDisplayName("Event Center")
    application.setDesktopFileName(PROGRAM)
    locale, translator = QLocale(), QTranslator(application)
    # What Qt itself says: the buttons of its dialogs, and the menus of its fields.
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    application.setLayoutDirection(locale.textDirection())


def window_settings(folder: Path) -> "QSettings":
    """Return the settings of the window's shape: sizes and columns, nothing about people."""
    from PySide6.QtCore import QSettings

    file = folder / "window.ini"
    file.touch(mode=0o600)
    return QSettings(str(file), QSettings.Format.IniFormat)


def _chosen_language(folder: Path) -> str:
    """Return the language that was chosen in View → Language, empty for the system's."""
    from PySide6.QtCore import QSettings

    file = folder / "window.ini"
    if not file.is_file():
        return ""
    return str(QSettings(str(file), QSettings.Format.IniFormat).value("language") or "")


class _Opening:
    """Opens the data while Qt is being loaded: deriving a key takes a third of a second."""

    def __init__(self, folder: Path, passphrase_file: Path | None) -> None:
        self.folder = folder
        self._passphrase_file = passphrase_file
        self._mirror: Mirror | None = None
        self._error: Exception | None = None
        # A keyring may never answer: whoever quits does not wait for this thread.
        self._thread = threading.Thread(target=self._run, name="opening", daemon=True)
        self._thread.start()

    @property
    def in_keyring(self) -> bool:
        """Whether it is the keyring that is waited for."""
        return self._passphrase_file is None

    def ended(self, seconds: float = 0.0) -> bool:
        """Return whether the data is open, or cannot be opened, within so many seconds."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def result(self) -> Mirror:
        """Return the open data. Raises KnownFault."""
        self._thread.join()
        if self._error:
            raise self._error
        assert self._mirror is not None  # noqa: S101 - the thread sets one of the two
        return self._mirror

    def _run(self) -> None:
        try:
            file = self._passphrase_file
            passphrase = read_passphrase(file) if file else None
            self._mirror = open_mirror(self.folder, passphrase, for_changes=True)
        except Exception as error:  # noqa: BLE001 - reported to whoever asks for the result
            self._error = error


def _open(opening: _Opening) -> Mirror | None:
    """Return the open data; where it needs a passphrase ask for it, and where it cannot be opened say why."""
    if not opening.ended(_SECONDS_UNSEEN) and not _wait_for(opening):
        return None
    try:
        return opening.result()
    except KnownFault as fault:
        if fault.fault in (Fault.NO_KEYRING, Fault.KEY_WRONG):
            return _ask(opening.folder, fault)
        _tell(fault.sentence)
        return None
    except Exception as error:  # noqa: BLE001 - there is no window yet that could show it
        start_log(opening.folder)
        log_bug(error)
        _tell(wording.bug())
        return None


def _wait_for(opening: _Opening) -> bool:
    """Show what is waited for until it has come; return whether it has, or was given up."""
    from shiboken6 import delete

    from app.views.window.opening_window import OpeningWindow

    window = OpeningWindow(opening.ended, keyring=opening.in_keyring)
    try:
        return bool(window.exec())
    finally:
        # Here and now: Python's collector may come by on another thread, where no window may go.
        delete(window)


def _ask(folder: Path, fault: KnownFault) -> Mirror | None:
    from shiboken6 import delete

    from app.store.database.key import KeySource, place_of
    from app.views.accounts.unlock_dialog import UnlockDialog

    try:
        place = place_of(folder)
    except KnownFault as damaged:
        _tell(damaged.sentence)
        return None
    in_keyring = place is not None and place.source is KeySource.KEYRING
    dialog = UnlockDialog(fault.sentence, new=place is None, in_keyring=in_keyring)
    try:
        return _unlocked(folder, dialog, in_keyring=in_keyring)
    finally:
        delete(dialog)


def _unlocked(folder: Path, dialog: "UnlockDialog", *, in_keyring: bool) -> Mirror | None:
    """Return the data that a dialog's answer opens, None where it was given up or cannot be opened."""
    from app.views.accounts.unlock_dialog import Unlocking

    while dialog.exec():
        try:
            if dialog.chosen is Unlocking.KEEP_NOTHING:
                return open_temporary()
            if not in_keyring:
                return open_mirror(folder, dialog.passphrase, for_changes=True)
            again = _Opening(folder, None)
            if not again.ended(_SECONDS_UNSEEN) and not _wait_for(again):
                return None
            return again.result()
        except KnownFault as wrong:
            if wrong.fault not in (Fault.KEY_WRONG, Fault.NO_KEYRING):
                _tell(wrong.sentence)
                return None
            dialog.complain(wrong.sentence)
    return None


def _tell(sentence: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Warning, "Event Center", sentence)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()


def _begin_later(window: "MainWindow", workspace: "Workspace") -> None:
    """Once the window is seen: notice the network's return, and bring old data up to date."""
    from PySide6.QtCore import QTimer

    def begin() -> None:
        from PySide6.QtNetwork import QNetworkInformation
        from shiboken6 import isValid

        if QNetworkInformation.loadDefaultBackend():
            information = QNetworkInformation.instance()
            away = QNetworkInformation.Reachability.Disconnected

            def on_network(now: QNetworkInformation.Reachability) -> None:
                if isValid(window):
                    window.sync.network_lost() if now == away else window.sync.network_returned()

            information.reachabilityChanged.connect(on_network)
            on_network(information.reachability())
        if workspace.mirror.read_only:
            return
        window.account_control.resume_practice()
        last = workspace.last_synced()
        if workspace.accounts and (last is None or times.now() - last.timestamp() > _AUTOMATIC_SYNC_AFTER):
            window.sync.sync_everything()
        else:
            window.sync.send_now()

    QTimer.singleShot(1500, window, begin)


def _options(arguments: Sequence[str]) -> tuple[Path, Path | None]:
    """Return the data folder and the passphrase file, without the full parser's imports."""
    values: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        name, given, value = argument.partition("=")
        if name in ("--data-dir", "--passphrase-file"):
            values[name] = value if given else next(rest, "")
    folder = Path(values["--data-dir"]) if values.get("--data-dir") else default_folder()
    file = values.get("--passphrase-file")
    return folder, Path(file) if file else None
