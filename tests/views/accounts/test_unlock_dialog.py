"""The dialog that unlocks the data: passphrase and keyring."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.views.accounts.unlock_dialog import UnlockDialog, Unlocking
from tests.support.window_kit import child, fault, press


def test_a_new_passphrase_is_typed_twice(qtbot: QtBot) -> None:
    dialog = UnlockDialog("No keyring here.", new=True)
    qtbot.addWidget(dialog)
    dialog.open()
    first, second = child(dialog, QLineEdit, "passphrase"), child(dialog, QLineEdit, "passphraseAgain")
    qtbot.waitUntil(first.hasFocus)
    press(qtbot, first, "Return")
    assert "Type a passphrase" in fault(dialog, "unlockFault")
    qtbot.keyClicks(first, "four plain words here")
    qtbot.keyClicks(second, "four plain words hear")
    press(qtbot, second, "Return")
    assert "differ" in fault(dialog, "unlockFault")
    assert second.text() == ""
    assert first.hasFocus()
    qtbot.keyClicks(first, "again")
    qtbot.keyClicks(second, "again")
    press(qtbot, second, "Return")
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.chosen is Unlocking.PASSPHRASE
    assert dialog.passphrase == "again"


def test_a_known_passphrase_is_typed_once(qtbot: QtBot) -> None:
    dialog = UnlockDialog("Protected.", new=False)
    qtbot.addWidget(dialog)
    dialog.open()
    assert not child(dialog, QLineEdit, "passphraseAgain").isVisible()
    dialog.complain("Wrong.")
    assert fault(dialog, "unlockFault") == "Wrong."
    nothing = child(dialog, QPushButton, "keepNothing")
    qtbot.mouseClick(nothing, Qt.MouseButton.LeftButton)
    assert dialog.chosen is Unlocking.KEEP_NOTHING
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_locked_keyring_is_tried_again(qtbot: QtBot) -> None:
    dialog = UnlockDialog("…", new=False, in_keyring=True)
    qtbot.addWidget(dialog)
    dialog.open()
    assert not child(dialog, QLineEdit, "passphrase").isVisible()
    accept = child(dialog, QPushButton, "unlockAccept")
    assert accept.text() == "Try again"
    press(qtbot, dialog, "Return")
    assert dialog.result() == QDialog.DialogCode.Accepted
