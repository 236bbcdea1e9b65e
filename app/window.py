"""Opens the window: loads the data, shows the window, then starts deferred work."""

import builtins
import gc
import logging
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app import APPLICATION_ID
from app.application import default_folder, open_mirror, read_passphrase, start_log
from app.domain import times
from app.domain.faults import Fault, KnownFault, log_bug
from app.domain.wording import local_data_texts
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
#: Seconds until a window is shown that waits for the data to open.
_SECONDS_WITHOUT_WINDOW = 0.5


def main(arguments: Sequence[str]) -> int:
    """Open the window; return the exit code when it is closed."""
    # What a start makes stays: to look for garbage among it takes a twentieth of the start.
    gc.disable()
    folder, passphrase_file = _options(arguments)
    opening = _Opening(folder, passphrase_file)
    from PySide6.QtWidgets import QApplication
    from shiboken6 import delete

    _remove_import_hook()
    application = QApplication([PROGRAM])
    log_qt()
    early = _early_settings(folder)
    configure_application(application, str(early.value("language") or ""))
    # Imported here, while another thread opens the data.
    from app.models.background import Jobs
    from app.models.garbage_collection import GarbageCollection
    from app.models.workspace import Workspace
    from app.views.window.main_window import MainWindow

    mirror = _open(opening, early)
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
    if not window.desk_opener.reopen():
        window.show()
    GarbageCollection(window)
    _schedule_startup_work(window, workspace)
    code = application.exec()
    if not workspace.close():
        # The data is closed. Python would wait for hanging threads, the user must not.
        logging.shutdown()
        os._exit(code)
    # The window must be deleted before the application; Python's order of deletion is undefined.
    delete(window)
    return code


def _remove_import_hook() -> None:
    """Restore Python's own import function.

    PySide replaces it to look through every imported module for `from __feature__ import`, which this program
    does not use: 17 ms of each start. The name it keeps the original under is private, and may go.
    """
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original


def log_qt() -> None:
    """Write Qt's messages to the log instead of the terminal."""
    from PySide6.QtCore import qInstallMessageHandler

    qt_log = logging.getLogger("app.qt")
    qInstallMessageHandler(lambda _kind, _context, message: qt_log.info("%s", message))


def configure_application(application: "QApplication", language: str = "") -> None:
    """Set the application's names, icon and language: the chosen one, or else the system's."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    if language:
        QLocale.setDefault(QLocale(language))
    use_language([language] if language else [])
    application.setOrganizationName(ORGANIZATION)
    application.setApplicationName(PROGRAM)
    application.setApplicationDisplayName("Event Center")
    application.setDesktopFileName(APPLICATION_ID)
    locale, translator = QLocale(), QTranslator(application)
    # Qt's own texts: the buttons of its dialogs, and the menus of its fields.
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    application.setLayoutDirection(locale.textDirection())


def window_settings(folder: Path) -> "QSettings":
    """Return the window's settings: sizes and columns, nothing about people."""
    from PySide6.QtCore import QSettings

    file = folder / "window.ini"
    file.touch(mode=0o600)
    return QSettings(str(file), QSettings.Format.IniFormat)


def _early_settings(folder: Path) -> "QSettings":
    """Return the window's settings before the data is open, to be read only."""
    from PySide6.QtCore import QSettings

    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


class _Opening:
    """Opens the data while Qt is being loaded: key derivation takes a third of a second."""

    def __init__(self, folder: Path, passphrase_file: Path | None) -> None:
        self.folder = folder
        self._passphrase_file = passphrase_file
        self._mirror: Mirror | None = None
        self._error: Exception | None = None
        # A keyring may never respond: as a daemon thread it does not keep the process from ending.
        self._thread = threading.Thread(target=self._run, name="opening", daemon=True)
        self._thread.start()

    @property
    def in_keyring(self) -> bool:
        """Whether the key comes from the keyring."""
        return self._passphrase_file is None

    def ended(self, seconds: float = 0.0) -> bool:
        """Wait up to `seconds`; return whether opening has succeeded or failed."""
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
        except Exception as error:  # noqa: BLE001 - raised again by result()
            self._error = error


def _open(opening: _Opening, early: "QSettings") -> Mirror | None:
    """Return the open data; ask for the passphrase if needed; show why if it cannot be opened."""
    from app.views.look.appearance import Appearance

    if not opening.ended(_SECONDS_WITHOUT_WINDOW):
        Appearance(early).apply()
        if not _wait_for(opening):
            return None
    try:
        return opening.result()
    except KnownFault as fault:
        Appearance(early).apply()
        if fault.fault in (Fault.NO_KEYRING, Fault.KEY_WRONG):
            return _ask(opening.folder, fault)
        _show_message(fault.sentence)
        return None
    except Exception as error:  # noqa: BLE001 - there is no window yet to show it
        start_log(opening.folder)
        log_bug(error)
        _show_message(local_data_texts.bug())
        return None


def _wait_for(opening: _Opening) -> bool:
    """Show a waiting window until opening has ended; return False if the user cancels."""
    from shiboken6 import delete

    from app.views.window.opening_window import OpeningWindow

    window = OpeningWindow(opening.ended, keyring=opening.in_keyring)
    try:
        return bool(window.exec())
    finally:
        # Delete it now: Python's garbage collector may run on another thread, where Qt must not delete it.
        delete(window)


def _ask(folder: Path, fault: KnownFault) -> Mirror | None:
    from shiboken6 import delete

    from app.store.database.key import KeySource, place_of
    from app.views.accounts.unlock_dialog import UnlockDialog

    try:
        place = place_of(folder)
    except KnownFault as damaged:
        _show_message(damaged.sentence)
        return None
    in_keyring = place is not None and place.source is KeySource.KEYRING
    dialog = UnlockDialog(fault.sentence, new=place is None, in_keyring=in_keyring)
    try:
        return _unlocked(folder, dialog, in_keyring=in_keyring)
    finally:
        delete(dialog)


def _unlocked(folder: Path, dialog: "UnlockDialog", *, in_keyring: bool) -> Mirror | None:
    """Return the data opened with the dialog's input, None if cancelled or if it cannot be opened."""
    from app.views.accounts.unlock_dialog import Unlocking

    while dialog.exec():
        try:
            if dialog.chosen is Unlocking.KEEP_NOTHING:
                return open_temporary()
            if not in_keyring:
                return open_mirror(folder, dialog.passphrase, for_changes=True)
            again = _Opening(folder, None)
            if not again.ended(_SECONDS_WITHOUT_WINDOW) and not _wait_for(again):
                return None
            return again.result()
        except KnownFault as wrong:
            if wrong.fault not in (Fault.KEY_WRONG, Fault.NO_KEYRING):
                _show_message(wrong.sentence)
                return None
            dialog.complain(wrong.sentence)
    return None


def _show_message(sentence: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Warning, "Event Center", sentence)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()


def _schedule_startup_work(window: "MainWindow", workspace: "Workspace") -> None:
    """Shortly after the window is shown: watch the network's state, erase what is due, sync old data."""
    from PySide6.QtCore import QTimer

    def begin() -> None:
        from PySide6.QtNetwork import QNetworkInformation
        from shiboken6 import isValid

        from app.models.privacy.privacy_control import PrivacyControl

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
        # What is due must be erased before a sync begins.
        PrivacyControl(workspace, window.sync.when_stopped, window).erase_due(sync)

    def sync() -> None:
        last = workspace.last_synced()
        is_old = last is None or times.now() - last.timestamp() > _AUTOMATIC_SYNC_AFTER
        if workspace.accounts and is_old and window.syncs_by_itself:
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
