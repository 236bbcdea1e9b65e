"""The dialog that writes certificates."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.reports.certificate_dialog import CertificateDialog
from app.window import window_settings
from tests.support.window_kit import (
    LONG,
    add_account,
    add_event,
    child,
    person,
    registration,
    store_people,
    wiki_facts,
)


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace) -> CertificateDialog:
    key = add_event(workspace, add_account(workspace, wiki_facts()), registration(4, "Photo Walk"))
    store_people(workspace, key, [person(1, "Ann", private=False), person(2, "Bo", private=True)])
    workspace.reload()
    event = workspace.find_event(key)
    assert event is not None
    made = CertificateDialog(workspace, event, window_settings(workspace.mirror.folder))
    qtbot.addWidget(made)
    made.open()
    return made


def test_nobody_who_did_not_come_gets_one_unless_chosen(
    qtbot: QtBot, dialog: CertificateDialog, tmp_path: Path
) -> None:
    told, save = child(dialog, QLabel, "certificateTold"), child(dialog, QPushButton, "certificateSave")
    qtbot.waitUntil(lambda: told.text() != "", timeout=LONG)
    assert not save.isEnabled()
    private = child(dialog, QCheckBox, "certificatePrivate")
    assert not private.isChecked()
    child(dialog, QComboBox, "certificateWhom").setCurrentIndex(1)
    qtbot.waitUntil(save.isEnabled, timeout=LONG)
    assert told.text().startswith("1 ")
    private.setChecked(True)
    qtbot.waitUntil(lambda: told.text().startswith("2 "), timeout=LONG)
    path = tmp_path / "certificates.pdf"
    child(dialog, QLineEdit, "certificatePath").setText(str(path))
    with qtbot.waitSignal(dialog.written, timeout=LONG):
        save.click()
    assert path.read_bytes().startswith(b"%PDF-")
