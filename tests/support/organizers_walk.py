"""A window on a practice wiki, for tests of one task after the other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes.change import ChangeState
from app.models.sync_control import SyncPhase
from app.views.accounts.sign_in_dialog import SignInDialog
from app.views.organizing.event_dialog import EventDialog
from app.views.window.main_window import MainWindow
from tests.support.servers.practice_server import PracticeServer
from tests.support.sign_in.sign_in_dialog import choose_token, to_second_page
from tests.support.window_kit import LONG, child, dialog_gone, press, settled, shown_dialog

LEFT = Qt.MouseButton.LeftButton
_MOST_TABS = 60


class Walk:
    """A window, its wiki, and the event that the organizer works on."""

    def __init__(self, qtbot: QtBot, window: MainWindow, wiki: PracticeServer, event: int) -> None:
        self.qtbot = qtbot
        self.window = window
        self.wiki = wiki
        self.event = event

    def rest(self) -> None:
        """Wait until all is sent and fetched."""
        self.qtbot.waitUntil(lambda: self.window.sync.state.phase is SyncPhase.IDLE, timeout=LONG)
        settled(self.qtbot, self.window)

    def all_sent(self) -> None:
        """Wait until the wiki has all changes."""
        settled(self.qtbot, self.window)
        changes = self.window._workspace
        self.qtbot.waitUntil(
            lambda: all(one.state in (ChangeState.DONE, ChangeState.UNDONE) for one in changes.changes),
            timeout=LONG,
        )
        self.rest()

    def click(self, parent: object, name: str) -> None:
        self.qtbot.mouseClick(child(parent, QPushButton, name), LEFT)  # type: ignore[arg-type] # a widget

    def open_menu(self, name: str, kind: type) -> EventDialog:
        """Do something of the event's menu, and return its dialog."""
        next(one for one in self.window._menu_bar.actions() if one.objectName() == name).trigger()
        return shown_dialog(self.qtbot, self.window, kind)

    @property
    def focus(self) -> QWidget:
        """What has the focus."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def key(self, keys: str) -> None:
        """Press keys where the focus is."""
        press(self.qtbot, self.focus, keys)

    def tab_to(self, *names: str) -> None:
        """Press Tab until one of these fields has the focus."""
        for _unused in range(_MOST_TABS):
            if self.focus.objectName() in names:
                return
            self.key("Tab")
        raise AssertionError(f"Tab does not lead to {names}")

    def sign_in(self, wiki: PracticeServer) -> None:
        dialog = shown_dialog(self.qtbot, self.window, SignInDialog)
        to_second_page(dialog, self.qtbot, wiki)
        choose_token(dialog, self.qtbot, wiki.token())
        dialog_gone(self.qtbot, self.window, SignInDialog)
        self.rest()
