"""From the first start to the participants, on the practice wiki."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.models.sync_control import SyncPhase
from app.models.workspace import Workspace
from app.views.accounts.sign_in_dialog import SignInDialog
from tests.support.servers.practice_server import PracticeServer
from tests.support.sign_in.sign_in_dialog import choose_token, to_second_page
from tests.support.window_kit import LONG, Show, child, press


@pytest.mark.parametrize("fetched", [False, True])
def test_from_the_first_start_to_the_participants(
    qtbot: QtBot,
    workspace: Workspace,
    show_window: Show,
    practice_wiki: PracticeServer,
    fetched: bool,
) -> None:
    window = show_window()
    press(qtbot, child(window, QPushButton, "welcomeButton"), "Return")
    dialog = child(window, SignInDialog, "signInDialog")
    to_second_page(dialog, qtbot, practice_wiki)
    choose_token(dialog, qtbot, practice_wiki.token())
    qtbot.waitUntil(lambda: window.sync.state.phase is SyncPhase.SYNCING, timeout=LONG)
    qtbot.waitUntil(lambda: not window.findChildren(SignInDialog))
    window.activateWindow()
    qtbot.waitUntil(lambda: window.event_list.view.hasFocus())
    if not fetched:
        press(qtbot, window, "Esc")
        qtbot.waitUntil(lambda: window.sync.state.phase is SyncPhase.IDLE, timeout=LONG)
        return
    qtbot.waitUntil(lambda: window.sync.state.phase is SyncPhase.IDLE, timeout=LONG)
    assert window.today.isVisible()
    window.event_list.choose_first()
    assert window.sync_bar.text == "Last synced just now."
    assert workspace.events
    practice_wiki.control("fault", kind="drop")
    press(qtbot, window, "F5")
    qtbot.waitUntil(lambda: "Offline since" in window.sync_bar.text, timeout=LONG)
    assert "last synced" in window.sync_bar.text
    assert child(window, QToolButton, "syncButton").accessibleName() == "Try again"
    practice_wiki.calm()
    qtbot.mouseClick(child(window, QToolButton, "syncButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.sync_bar.text.startswith("Last synced"), timeout=LONG)
