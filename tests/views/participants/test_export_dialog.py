"""The dialog that exports a list of people."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.participants.export_dialog import ExportDialog
from app.views.window.main_window import MainWindow
from app.window import window_settings
from tests.support.window_kit import (
    LONG,
    Show,
    add_account,
    add_event,
    child,
    crowd,
    dialog_gone,
    everybody,
    fault,
    names_shown,
    person,
    press,
    registration,
    settled,
    shown_dialog,
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
    settings = window_settings(workspace.mirror.folder)
    dialog = ExportDialog(workspace, event, everybody(event), settings)
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
        with path.open(encoding="utf-8-sig", newline="") as file:
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
    child(dialog, QLineEdit, "exportPath").setText(str(path))
    for name in ("formulaGuard", "provenance"):
        child(dialog, QCheckBox, name).toggle()
    separator = child(dialog, QComboBox, "exportSeparator")
    separator.setCurrentIndex(separator.findData("semicolon"))
    with qtbot.waitSignal(dialog.written, timeout=LONG):
        qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == '"Name"'
    assert '"=SUM(A1)"' in lines
    assert "Example Wiki" in lines[-2]


def test_the_choices_are_remembered_but_private_people_are_asked_for_again(
    qtbot: QtBot, workspace: Workspace, exported: int, tmp_path: Path
) -> None:
    dialog = export_dialog(qtbot, workspace, exported)
    child(dialog, QLineEdit, "exportPath").setText(str(tmp_path / "people.csv"))
    child(dialog, QCheckBox, "includePrivate").setChecked(True)
    child(dialog, QCheckBox, "column-user-id").setChecked(False)
    separator = child(dialog, QComboBox, "exportSeparator")
    separator.setCurrentIndex(separator.findData("tab"))
    with qtbot.waitSignal(dialog.written, timeout=LONG):
        press(qtbot, dialog, "Return")
    dialog = export_dialog(qtbot, workspace, exported)
    path = Path(child(dialog, QLineEdit, "exportPath").text())
    assert (path.parent, path.suffix) == (tmp_path, ".csv")
    assert not child(dialog, QCheckBox, "includePrivate").isChecked()
    assert not child(dialog, QCheckBox, "column-user-id").isChecked()
    assert child(dialog, QCheckBox, "column-name").isChecked()
    assert child(dialog, QComboBox, "exportSeparator").currentData() == "tab"


def test_the_name_of_the_file_and_its_kind_agree(
    qtbot: QtBot, workspace: Workspace, exported: int, tmp_path: Path
) -> None:
    dialog = export_dialog(qtbot, workspace, exported)
    field, kind = child(dialog, QLineEdit, "exportPath"), child(dialog, QComboBox, "exportFormat")
    field.setText(str(tmp_path / "people.csv"))
    assert kind.currentData() == "csv"
    assert child(dialog, QComboBox, "exportSeparator").isVisible()
    kind.setCurrentIndex(kind.findData("xlsx"))
    assert field.text() == str(tmp_path / "people.xlsx")
    assert not child(dialog, QComboBox, "exportSeparator").isVisible()
    with qtbot.waitSignal(dialog.written, timeout=LONG):
        press(qtbot, dialog, "Return")
    assert (tmp_path / "people.xlsx").read_bytes().startswith(b"PK")


def exported_names(qtbot: QtBot, window: MainWindow, path: Path, *, private: bool = False) -> list[str]:
    """Export with the dialog as it opens; return the names in the file."""
    press(qtbot, window, "Ctrl+E")
    dialog = shown_dialog(qtbot, window, ExportDialog)
    child(dialog, QLineEdit, "exportPath").setText(str(path))
    child(dialog, QCheckBox, "includePrivate").setChecked(private)
    button = child(dialog, QPushButton, "exportAccept")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog_gone(qtbot, window, ExportDialog)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[0] for row in csv.reader(file)][1:]


def test_a_file_holds_whom_the_table_shows(
    qtbot: QtBot, show_window: Show, workspace: Workspace, events: list[int], tmp_path: Path
) -> None:
    names = ("Zoë", "Åsa", "Amara", "Anna")
    people = [person(number, name, private=name == "Anna") for number, name in enumerate(names, 1)]
    store_people(workspace, events[1], people)
    workspace.reload(events[1])
    window = show_window()
    window.event_list.choose(events[1])
    settled(qtbot, window)
    path = tmp_path / "people.csv"
    assert sorted(exported_names(qtbot, window, path)) == ["Amara", "Zoë", "Åsa"]
    qtbot.keyClicks(child(window, QLineEdit, "participantSearch"), "a")
    settled(qtbot, window)
    shown = names_shown(window)
    assert exported_names(qtbot, window, path, private=True) == shown == ["Amara", "Anna", "Åsa"]
    assert exported_names(qtbot, window, path) == ["Amara", "Åsa"]
    window.event_pane.participants.table.selectAll()
    press(qtbot, window, "Ctrl+E")
    dialog = shown_dialog(qtbot, window, ExportDialog)
    texts = [button.text() for button in dialog.findChildren(QRadioButton)]
    assert texts == [
        "3 chosen (1 of them private)",
        "3 shown in the table (1 of them private)",
        "All 4 of the event (1 of them private)",
    ]
    assert child(dialog, QRadioButton, "scope-chosen").isChecked()
    assert child(dialog, QPushButton, "exportAccept").text() == "Export 2 people"
    child(dialog, QCheckBox, "includePrivate").setChecked(True)
    assert child(dialog, QPushButton, "exportAccept").text() == "Export 3 people"
    child(dialog, QRadioButton, "scope-all").setChecked(True)
    assert not child(dialog, QCheckBox, "includePrivate").isChecked()
    assert child(dialog, QPushButton, "exportAccept").text() == "Export 3 people"
    press(qtbot, dialog, "Esc")


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
    assert Path(child(dialog, QLineEdit, "exportPath").text()).name == f"{name}.xlsx"
