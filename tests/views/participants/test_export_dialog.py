"""The dialog that exports a list of people."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.participants.export_dialog import ExportDialog
from tests.support.window_kit import (
    LONG,
    add_account,
    add_event,
    child,
    crowd,
    fault,
    person,
    press,
    registration,
    store_people,
    wiki_facts,
)


@pytest.fixture
def exported(workspace: Workspace) -> int:
    account = add_account(workspace, wiki_facts())
    key = add_event(workspace, account, registration(4, "Walk <1>: a/b\u202e" + "字" * 100))
    store_people(workspace, key, [*crowd(30), person(31, "=SUM(A1)")])
    workspace.reload()
    return key


def export_dialog(qtbot: QtBot, workspace: Workspace, key: int) -> ExportDialog:
    event = workspace.find_event(key)
    assert event is not None
    dialog = ExportDialog(workspace, event)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_export_leaves_private_people_out_until_chosen(
    qtbot: QtBot, workspace: Workspace, exported: int, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    for private, rows in ((False, 25), (True, 31)):
        dialog = export_dialog(qtbot, workspace, exported)
        box = child(dialog, QCheckBox, "includePrivate")
        assert not box.isChecked()
        box.setChecked(private)
        assert (fault(dialog, "privateWarning") != "") is private
        child(dialog, QLineEdit, "exportPath").setText(str(path))
        assert child(dialog, QLabel, "fileExists").isVisible() is private
        with qtbot.waitSignal(dialog.written, timeout=LONG) as written:
            press(qtbot, dialog, "Return")
        assert written.args == [rows, str(path)]
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        assert len(lines) == rows + 1
        assert "'=SUM(A1)" in [line[0] for line in lines]


def test_export_options(qtbot: QtBot, workspace: Workspace, exported: int, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    dialog = export_dialog(qtbot, workspace, exported)
    for box in dialog.findChildren(QCheckBox):
        if box.objectName().startswith("column-"):
            box.setChecked(False)
    accept = child(dialog, QPushButton, "exportAccept")
    assert not accept.isEnabled()
    child(dialog, QCheckBox, "column-name").setChecked(True)
    for name in ("formulaGuard", "byteOrderMark", "provenance"):
        child(dialog, QCheckBox, name).toggle()
    child(dialog, QLineEdit, "exportPath").setText(str(path))
    with qtbot.waitSignal(dialog.written, timeout=LONG):
        qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Name"
    assert "=SUM(A1)" in lines
    assert "Example Wiki" in lines[-2]


@pytest.mark.parametrize("typed", ["", "relative.csv", "~nobody-here/x.csv", "/nowhere/at/all/x.csv", "/"])
def test_export_to_nowhere(qtbot: QtBot, workspace: Workspace, exported: int, typed: str) -> None:
    dialog = export_dialog(qtbot, workspace, exported)
    child(dialog, QLineEdit, "exportPath").setText(typed)
    press(qtbot, dialog, "Return")
    qtbot.waitUntil(lambda: bool(fault(dialog, "exportFault")), timeout=LONG)
    qtbot.waitUntil(child(dialog, QPushButton, "exportAccept").isEnabled)
    assert dialog.isVisible()


def test_a_cancelled_export_leaves_no_file(
    qtbot: QtBot, workspace: Workspace, exported: int, tmp_path: Path
) -> None:
    store_people(workspace, exported, crowd(8_000))
    path = tmp_path / "people.csv"
    path.write_text("former content")
    dialog = export_dialog(qtbot, workspace, exported)
    child(dialog, QLineEdit, "exportPath").setText(str(path))
    press(qtbot, dialog, "Return")
    press(qtbot, dialog, "Esc")
    workspace.jobs.wait()
    assert path.read_text() == "former content"
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["people.csv"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a/b:c?", "a b c"),
        ("x\u202egpj", "xgpj"),
        ("...", "event-4"),
        ("con", "event-4"),
        ("字" * 100, "字" * 60),
        ("😀" * 85, "😀" * 45),
    ],
)
def test_file_names(qtbot: QtBot, workspace: Workspace, title: str, name: str) -> None:
    key = add_event(workspace, add_account(workspace), registration(4, title))
    dialog = export_dialog(qtbot, workspace, key)
    assert Path(child(dialog, QLineEdit, "exportPath").text()).name == f"{name}.csv"
