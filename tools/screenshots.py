"""Pictures of every pane and dialog, to be looked at: light and dark, full, empty, offline and in error.

Run by `python3 dev.py screenshots [DIR]`. The wiki is the practice wiki at a fixed moment, so that two runs
show the same.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QLocale, QSettings, QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import delete

from app.domain.wording import local_data_texts, network_texts, wiki_fault_texts
from app.domain.wording.local_data_texts import opened_as_copy
from app.i18n import _
from app.models.background import Jobs
from app.models.people.people_scope import PeopleScope
from app.models.sync_control import SyncPhase, SyncState
from app.models.workspace import Workspace
from app.store.events import events as stored_events
from app.store.mirror import Mirror, open_with_passphrase
from app.sync.fetching.progress import Progress
from app.sync.fetching.pull import Pull
from app.sync.wikis import Wikis
from app.views.accounts.sign_in_dialog import SignInDialog
from app.views.accounts.unlock_dialog import UnlockDialog
from app.views.events.add_event_dialog import AddEventDialog
from app.views.look.appearance import show_look
from app.views.look.colours import Accent
from app.views.look.tokens import DARK, LIGHT
from app.views.participants.export_dialog import ExportDialog
from app.views.privacy.privacy_dialog import PrivacyDialog
from app.views.reports.report_dialog import ReportDialog
from app.views.widgets.table_rows import choose_row
from app.views.window.main_window import MainWindow
from app.views.window.opening_window import OpeningWindow
from app.window import configure_application, log_qt
from tools.desk_pictures import DeskPictures
from tools.organizing_pictures import OrganizingPictures
from tools.sign_in_pictures import SignInPictures
from tools.windows_checked import screen_platform

SIZE = (1280, 800)
_SCREEN, _SCREEN_200 = (1400, 900), (2732, 1536)
PASSPHRASE = "for pictures only"


@contextmanager
def practice_wiki(*options: str) -> Iterator[dict]:
    """Give a practice wiki's description while it runs."""
    command = [sys.executable, "-m", "app.practice", "--until-stdin-closes", *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin
    assert process.stdout
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


def fill(folder: Path, wiki: dict, token: str = "owner_token") -> None:
    """Sign in and sync into a data folder."""
    mirror = open_with_passphrase(folder, PASSPHRASE)
    wikis = Wikis(mirror)
    try:
        wikis.sign_in_with_token(wikis.find(wiki["base_url"]), wiki["organizer"][token])
        reader = mirror.reader()
        from app.store.accounts import accounts

        account = accounts.read_accounts(reader)[0]
        reader.close()
        Pull(wikis, account).everything()
    finally:
        wikis.close()
        mirror.close()


class Pictures:
    """Takes the pictures of one colour scheme."""

    def __init__(self, application: QApplication, target: Path, suffix: str) -> None:
        self.application = application
        self.target = target
        self.suffix = suffix
        self.taken: list[Path] = []

    def settle(self, done: Callable[[], bool] = lambda: True) -> None:
        shortest, longest = QDeadlineTimer(150), QDeadlineTimer(5_000)
        while not longest.hasExpired() and not (shortest.hasExpired() and done()):
            self.application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 30)

    def take(self, name: str, widget: QWidget) -> None:
        self.settle()
        path = self.target / f"{name}{self.suffix}.png"
        widget.grab().save(str(path))
        self.taken.append(path)

    @contextmanager
    def window(self, folder: Path) -> Iterator[MainWindow]:
        mirror: Mirror = open_with_passphrase(folder, PASSPHRASE)
        workspace = Workspace(mirror, Jobs())
        settings = QSettings(str(folder / "pictures.ini"), QSettings.Format.IniFormat)
        settings.clear()
        settings.setValue("look/scheme", "dark" if "-dark" in self.suffix else "light")
        window = MainWindow(workspace, settings)
        window.resize(QSize(*SIZE).boundedTo(window.size()))
        window.show()
        try:
            self.settle(lambda: not window.event_pane.participants.model.gathering)
            yield window
        finally:
            window.close()
            delete(window)
            workspace.close()

    def choose(self, window: MainWindow, event_id: int, tab: int) -> None:
        workspace = window.event_list.model._workspace
        key = next(event.key for event in workspace.events if event.event_id == event_id)
        window.event_list.choose(key)
        window.event_pane.tabs.setCurrentIndex(tab)
        self.settle(lambda: not window.event_pane.participants.model.gathering)

    def panes(self, folder: Path) -> None:
        with self.window(folder) as window:
            self.settle()
            self.take("today", window)
            window.dialogs.find(window._menu_bar.actions())
            self.opened(window, "finder", "finder", lambda one: one._line.setText("al"))
            window.dialogs.preferences()
            self.opened(window, "preferences", "preferences")
            window.dialogs.guide("guide.md")
            self.opened(window, "guide", "guide")
            self.choose(window, 13, 1)
            choose_row(window.event_pane.participants.table, 4)
            self.take("participants", window)
            window.event_pane.participants.search.setText("al")
            self.settle()
            self.take("participants-search", window)
            window.event_pane.participants.search.setText("nobody at all")
            self.settle()
            self.take("participants-nobody", window)
            window.event_pane.participants.search.clear()
            self.choose(window, 1, 0)
            self.take("overview", window)
            self.choose(window, 13, 3)
            self.take("demographics", window)
            window.event_pane.demographics.verticalScrollBar().setValue(520)
            self.take("demographics-answers", window)
            self.choose(window, 11, 3)
            self.take("demographics-too-few", window)
            self.choose(window, 5, 3)
            self.take("demographics-after-the-event", window)
            self.choose(window, 8, 4)
            self.take("impact-not-read", window)
            window.event_pane.read_edits()
            self.settle(lambda: not window._workspace.jobs.running)
            self.take("impact", window)
            window.event_pane.impact.verticalScrollBar().setValue(10_000)
            self.take("impact-people", window)
            window.event_actions.dialogs.count_edits(
                window._workspace.accounts[0], window._workspace.find_event(window.event_pane.event_key)
            )
            self.settle(lambda: not window._workspace.jobs.running)
            self.opened(window, "count-edits", "countEditsDialog")
            window._files.certificates()
            self.opened(window, "certificates", "certificateDialog")
            window.dialogs.compare([one for one in window._workspace.events if one.event_id in (5, 8, 13)])
            self.settle(lambda: not window._workspace.jobs.running)
            self.opened(window, "compare", "compareDialog")
            self.choose(window, 10, 1)
            self.take("participants-odd-names", window)
            self.choose(window, 4, 1)
            self.take("participants-empty", window)
            window.event_list.focus_filter()
            window.event_list._search.setText("nowhere")
            self.take("events-nothing-found", window)

    def opened(
        self, window: MainWindow, name: str, objects: str, then: Callable[[Any], object] = lambda _: None
    ) -> None:
        """Picture a dialog of the window that was opened, after `then` has filled it, and close it."""
        self.settle()
        dialog = next(one for one in window.findChildren(QDialog, objects) if one.isVisible())
        then(dialog)
        self.take(name, dialog)
        dialog.reject()
        self.settle()

    def states(self, folder: Path) -> None:
        moment = datetime(2026, 11, 20, 13, 2, tzinfo=UTC)
        with self.window(folder) as window:
            self.choose(window, 15, 1)
            window._on_sync(
                SyncState(last_synced=moment, offline_since=datetime(2026, 11, 20, 14, 2, tzinfo=UTC))
            )
            self.take("offline", window)
            progress = Progress("Women in Science Edit-a-thon", 1, 3, 15, 1240, 3000, 318.0, 5.5)
            window._on_sync(SyncState(SyncPhase.SYNCING, moment, progress=progress))
            self.take("syncing", window)
            window._on_sync(
                SyncState(
                    last_synced=moment, trouble=wiki_fault_texts.wiki_broken("Practice Wiki", "HTTP 500")
                )
            )
            self.take("error", window)
            login = network_texts.login_page()
            window._on_sync(SyncState(last_synced=moment, offline_since=moment, trouble=login))
            self.take("login-page", window)
            window.banner.say(
                opened_as_copy("/media/stick/event-center", "Read-only file system"), Accent.WARNING
            )
            self.take("read-only", window)

    def dialogs(self, folder: Path) -> None:
        with self.window(folder) as window:
            workspace = window.event_list.model._workspace
            sign_in = SignInDialog(window.account_control, window)
            self.dialog("sign-in-wiki", sign_in)
            account = workspace.accounts[0]
            sign_in._on_found(account.wiki)
            self.take("sign-in-way", sign_in)
            sign_in._wait_heading.setText(_("Go on in your browser"))
            waiting = _(
                "Approve the sign-in on {site_name}, then come back here. This window waits for five minutes."
            )
            sign_in._waiting.setText(waiting.format(site_name="Practice Wiki"))
            sign_in._turn_to(2)
            self.take("sign-in-waiting", sign_in)
            sign_in.reject()
            add = AddEventDialog(window.account_control, workspace.accounts, window)
            self.dialog("add-event", add)
            add.reject()
            event = next(event for event in workspace.events if event.event_id == 13)
            scopes = [
                PeopleScope("chosen", 5, 1, (1, 2, 3, 4, 5)),
                PeopleScope("all", event.participants, event.private_participants),
            ]
            export = ExportDialog(workspace, event, scopes, window._settings, window)
            export._file.line.setText("/home/organizer/participants.csv")
            export._private.setChecked(True)
            self.dialog("export", export)
            export.reject()
            report = ReportDialog(workspace, [event], window._settings, window)
            report._file.line.setText("/home/organizer/report.pdf")
            report.open()
            self.settle(lambda: report._preview._pages > 0)
            self.dialog("report", report)
            report.reject()
            privacy = PrivacyDialog(workspace, window.sync.when_stopped, window)
            privacy.open()
            self.settle(lambda: privacy._table.rowCount() > 0)
            self.dialog("privacy", privacy)
            privacy.reject()
            opening = OpeningWindow(lambda: False, keyring=True)
            self.dialog("opening", opening)
            opening.reject()
            delete(opening)
            unlock = UnlockDialog(local_data_texts.no_keyring(), new=True, parent=window)
            self.dialog("passphrase-new", unlock)
            unlock.reject()
            again = UnlockDialog(local_data_texts.passphrase_needed(), new=False, parent=window)
            again.complain(local_data_texts.key_wrong())
            self.dialog("passphrase-wrong", again)
            again.reject()

    def organizing(self, folder: Path) -> None:
        with self.window(folder) as window:
            organizing = OrganizingPictures(self, window)
            organizing.forms()
            organizing.outbox()

    def desk(self, folder: Path) -> None:
        with self.window(folder) as window:
            DeskPictures(self, window).take()

    def signing_in(self, folder: Path) -> None:
        with self.window(folder) as window:
            SignInPictures(self, window).take()

    def dialog(self, name: str, dialog: QDialog) -> None:
        dialog.show()
        self.take(name, dialog)

    def other_accounts(self, empty: Path, limited: Path) -> None:
        with self.window(empty) as window:
            self.take("welcome", window)
        with self.window(limited) as window:
            self.take("rights-missing", window)

    def changed_events(self, folder: Path) -> None:
        mirror = open_with_passphrase(folder, PASSPHRASE)
        mirror.writer.do(stored_events.mark_deleted, 1, 6)
        mirror.close()
        with self.window(folder) as window:
            self.choose(window, 6, 1)
            self.take("deleted-event", window)


def take_all(target: Path) -> list[Path]:
    """Take every picture of this process's scale; return their paths."""
    scale = os.environ.get("QT_SCALE_FACTOR")
    application = QApplication.instance() or QApplication(["pictures"])
    assert isinstance(application, QApplication)
    log_qt()
    # The dates and numbers of the pictures do not depend on where they are taken.
    QLocale.setDefault(QLocale("en_GB"))
    configure_application(application)
    taken: list[Path] = []
    with (
        tempfile.TemporaryDirectory() as temporary,
        practice_wiki("--clock", "2026-11-20T12:00:00", "--participants", "3000", "--wikimedia") as wiki,
    ):
        full, empty, limited = (Path(temporary) / name for name in ("full", "empty", "limited"))
        fill(full, wiki)
        fill(limited, wiki, "limited_token")
        open_with_passphrase(empty, PASSPHRASE).close()
        for dark in (False, True):
            show_look(application, DARK if dark else LIGHT)
            pictures = Pictures(application, target, "-dark" if dark else "-light")
            if scale:
                pictures.suffix += "-200"
                pictures.panes(full)
                pictures.organizing(full)
                pictures.signing_in(full)
                pictures.desk(full)
            else:
                pictures.panes(full)
                pictures.states(full)
                pictures.dialogs(full)
                pictures.organizing(full)
                pictures.signing_in(full)
                pictures.desk(full)
                pictures.other_accounts(empty, limited)
                application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
                pictures.suffix += "-rtl"
                pictures.panes(full)
                pictures.organizing(full)
                pictures.signing_in(full)
                pictures.desk(full)
                application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
                pictures.suffix = pictures.suffix.removesuffix("-rtl")
            taken += pictures.taken
        if not scale:
            for dark in (False, True):
                show_look(application, DARK if dark else LIGHT)
                pictures = Pictures(application, target, "-dark" if dark else "-light")
                pictures.changed_events(full)
                taken += pictures.taken
    return taken


def main() -> int:
    """Take the pictures into the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Make pictures of the program in a folder.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("screenshots"))
    target: Path = parser.parse_args().folder
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as screens:
        screen = _SCREEN_200 if "QT_SCALE_FACTOR" in os.environ else _SCREEN
        os.environ["QT_QPA_PLATFORM"] = screen_platform(Path(screens), *screen)
        taken = take_all(target)
    if "QT_SCALE_FACTOR" not in os.environ:
        environment = {**os.environ, "QT_SCALE_FACTOR": "2"}
        subprocess.run([sys.executable, "-m", "tools.screenshots", str(target)], env=environment, check=True)
        print(f"{len(taken)} pictures, and those at 200 %, in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
