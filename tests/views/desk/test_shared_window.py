"""A shared desk in the window: set up once with its notice, and live beside another desk."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.desk.open_desk import OpenDesk
from app.domain.desk.shared_desk import ServerEvent
from app.models.desk.shared_desks import SharedDeskSetup
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.views.desk.check_in.desk_window import DeskWindow
from app.views.desk.shared_desk_dialog import SharedDeskDialog
from app.views.widgets.banner import Banner
from app.views.widgets.pill import Pill
from tests.support.servers.postgresql import PostgreSQL
from tests.support.servers.postgresql import server as server
from tests.support.servers.postgresql import started_postgresql as started_postgresql
from tests.support.shared_desks import DeskComputer
from tests.support.window_kit import LONG, add_account, add_event, child, person, registration, store_people


@pytest.fixture
def event_key(workspace: Workspace) -> int:
    key = add_event(workspace, add_account(workspace), registration(1, "Photo walk", days=0.01))
    store_people(workspace, key, [person(1, "Ann"), person(2, "Bo")])
    workspace.reload()
    return key


@pytest.fixture
def other() -> Iterator[DeskComputer]:
    computer = DeskComputer()
    yield computer
    computer.close()


def test_nothing_is_kept_before_the_notice_is_accepted(
    qtbot: QtBot, workspace: Workspace, event_key: int, show_window: Callable
) -> None:
    window = show_window()
    event = workspace.find_event(event_key)
    dialog = SharedDeskDialog(workspace, event, window)
    qtbot.addWidget(dialog)
    dialog.show()
    save = child(dialog, QPushButton, "sharedDeskSave")
    address = child(dialog, QLineEdit, "sharedDeskAddress")
    address.setText("no address")
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    fault = child(dialog, Banner, "sharedDeskFault")
    qtbot.waitUntil(fault.isVisible)
    address.setText("postgresql+psycopg://desk@db.example.org:5432/events")
    assert not save.isEnabled()
    assert "db.example.org" in child(dialog, QLabel, "sharedDeskNotice").text()
    assert SharedDeskSetup(workspace, event).settings() is None
    child(dialog, QCheckBox, "sharedDeskAccepted").setChecked(True)
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    settings = SharedDeskSetup(workspace, event).settings()
    assert settings is not None
    assert settings.accepted_at is not None


def test_two_desks_see_each_other(
    qtbot: QtBot, workspace: Workspace, event_key: int, server: PostgreSQL, other: DeskComputer
) -> None:
    event = workspace.find_event(event_key)
    setup = SharedDeskSetup(workspace, event)
    settings = server.settings()
    setup.save(str(settings.address), settings.password, None, lambda _none: None, print)
    qtbot.waitUntil(lambda: setup.settings() is not None and setup.settings().accepted_at is not None)
    window = DeskWindow(workspace, SyncControl(workspace), OpenDesk((event_key,)))
    with qtbot.waitExposed(window):
        window.show()
    try:
        pill = child(window, Pill, "deskShared")
        qtbot.waitUntil(lambda: "connected" in pill.text(), timeout=LONG)
        other.server_event = ServerEvent.of(workspace.accounts[0], event)
        other.share(setup.settings())
        window.page.field.setText("ann")
        QTest.keyClick(window.page.field, Qt.Key.Key_Return)
        ann, bo = (one.user_id for one in (person(1), person(2)))
        other.merge_until(lambda: other.here == {ann})
        other.check_in(bo)
        qtbot.waitUntil(lambda: window.control.counts().arrived == 2, timeout=LONG)
        window.page.field.setText("bo")
        assert window.page.hits.hits.hit(0).inside
    finally:
        window._leaving = True
        window.control.shared.stop()
        window.close()
