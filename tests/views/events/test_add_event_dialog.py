"""The dialog that adds an event by its link or number."""

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.models.accounts.account_control import AccountControl
from app.models.workspace import Workspace
from app.views.events.add_event_dialog import AddEventDialog
from tests.support.servers.practice_server import PracticeServer
from tests.support.window_kit import LONG, child, fault, press


def test_adding_an_event(qtbot: QtBot, workspace: Workspace, practice_wiki: PracticeServer) -> None:

    workspace.wikis().sign_in_with_token(workspace.wikis().find(practice_wiki.base), practice_wiki.token())
    workspace.reload()
    owner = QWidget()
    dialog = AddEventDialog(AccountControl(workspace, workspace), workspace.accounts, owner)
    dialog.open()
    field, add = child(dialog, QLineEdit, "eventLink"), child(dialog, QPushButton, "addEventAccept")
    assert not add.isEnabled()
    for typed, message in (
        ("999999", "no event with the number"),
        ("https://elsewhere.org/wiki/Event:X", "none of your accounts is on that wiki"),
    ):
        field.clear()
        qtbot.keyClicks(field, typed)
        press(qtbot, field, "Return")
        assert not add.isEnabled()
        qtbot.waitUntil(lambda message=message: message in fault(dialog, "addEventFault"), timeout=LONG)
        qtbot.waitUntil(add.isEnabled)
    field.setText(f"{practice_wiki.base}/index.php?title=Special:EventDetails/{practice_wiki.big_event}")
    with qtbot.waitSignal(dialog.added, timeout=LONG) as added:
        press(qtbot, field, "Return")
    assert added.args is not None
    event = workspace.find_event(added.args[0])
    assert event is not None
    assert event.event_id == practice_wiki.big_event
    owner.deleteLater()
