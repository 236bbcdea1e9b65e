"""Steps in the sign-in dialog."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QRadioButton, QToolButton
from pytestqt.qtbot import QtBot

from app.views.accounts.sign_in_dialog import SignInDialog
from tests.support.servers.practice_server import PracticeServer
from tests.support.window_kit import LONG, child, press


def type_address(dialog: SignInDialog, qtbot: QtBot, address: str) -> None:
    choice = child(dialog, QComboBox, "wikiChoice")
    choice.setCurrentIndex(choice.count() - 1)
    field = child(dialog, QLineEdit, "wikiAddress")
    field.setFocus()
    qtbot.keyClicks(field, address)
    press(qtbot, field, "Return")


def to_second_page(dialog: SignInDialog, qtbot: QtBot, wiki: PracticeServer) -> None:
    type_address(dialog, qtbot, wiki.base)
    qtbot.waitUntil(lambda: child(dialog, QToolButton, "otherWays").isVisible(), timeout=LONG)
    child(dialog, QToolButton, "otherWays").setChecked(True)
    qtbot.waitUntil(lambda: child(dialog, QPushButton, "signInNext").isEnabled())


def choose_token(dialog: SignInDialog, qtbot: QtBot, token: str) -> None:
    way = child(dialog, QRadioButton, "wayToken")
    if not way.isChecked():
        press(qtbot, way, "Space")
    field = child(dialog, QLineEdit, "ownerToken")
    qtbot.waitUntil(field.hasFocus)
    field.setText(token)
    press(qtbot, field, "Return")
