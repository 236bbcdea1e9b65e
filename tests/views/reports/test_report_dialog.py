"""The dialog that writes reports, and the charts that can be passed on."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.events.event_checks import Problem
from app.domain.people.participant import Answer, AnswersState
from app.domain.wording.organizing_texts import problem_sentence
from app.models.workspace import Workspace
from app.store.people.releases import read_releases
from app.views.demographics.chart_box import ChartBox
from app.views.demographics.demographics_tab import DemographicsTab
from app.views.reports.report_dialog import ReportDialog
from app.window import window_settings
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
def events(workspace: Workspace) -> tuple[int, int]:
    """Return the keys of two events, of which the first has answers."""
    account = add_account(workspace, wiki_facts())
    first = add_event(workspace, account, registration(4, "Photo Walk 2025"))
    second = add_event(workspace, account, registration(5, "Photo Walk 2026"))
    answered = [
        person(n, answers_state=AnswersState.SHOWN, answers=(Answer(4, "none" if n < 20 else "confident"),))
        for n in range(1, 31)
    ]
    store_people(workspace, first, answered)
    store_people(workspace, second, crowd(30))
    workspace.reload()
    return first, second


Opened = Callable[..., ReportDialog]


@pytest.fixture
def opened(qtbot: QtBot, workspace: Workspace) -> Opened:
    def open_dialog(*keys: int) -> ReportDialog:
        chosen = [event for event in workspace.events if event.key in keys]
        dialog = ReportDialog(workspace, chosen, window_settings(workspace.mirror.folder))
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return open_dialog


def drawn(dialog: ReportDialog) -> str:
    return child(dialog, QLabel, "reportCount").text()


def test_a_report_is_previewed_and_saved_with_the_keyboard_alone(
    qtbot, workspace, events, opened, tmp_path
) -> None:
    dialog = opened(events[0])
    qtbot.waitUntil(lambda: "Page 1 of" in drawn(dialog), timeout=LONG)
    path = tmp_path / "report.json"
    child(dialog, QLineEdit, "reportPath").setText(str(path))
    # What the file is called decides what it is.
    assert child(dialog, QComboBox, "reportFormat").currentText() == "JSON for other programs"
    with closing(workspace.mirror.reader()) as reader:
        assert not read_releases(reader, events[0])
        with qtbot.waitSignal(dialog.written, timeout=LONG) as written:
            press(qtbot, dialog, "Return")
        assert written.args == [str(path)]
        # What it tells of answers is remembered.
        assert set(read_releases(reader, events[0])) == {4}
    assert json.loads(path.read_text("utf-8"))["title"] == "Photo Walk 2025"


def test_the_choice_is_remembered_for_the_next_event(qtbot, workspace, events, opened, tmp_path) -> None:
    dialog = opened(events[0])
    child(dialog, QCheckBox, "reportPart-registrations").setChecked(False)
    child(dialog, QLineEdit, "reportPath").setText(str(tmp_path / "one.wikitext"))
    with qtbot.waitSignal(dialog.written, timeout=LONG):
        press(qtbot, dialog, "Return")
    other = opened(events[1])
    assert not child(other, QCheckBox, "reportPart-registrations").isChecked()
    assert child(other, QLineEdit, "reportPath").text() == str(tmp_path / "Photo Walk 2026.wikitext")
    with qtbot.waitSignal(other.written, timeout=LONG):
        press(qtbot, other, "Return")
    assert "Photo Walk 2026" in (tmp_path / "Photo Walk 2026.wikitext").read_text("utf-8")


def test_private_people_are_named_only_if_chosen_each_time(qtbot, events, opened) -> None:
    dialog = opened(events[1])
    private = child(dialog, QCheckBox, "reportPrivate")
    assert private.isHidden()
    child(dialog, QCheckBox, "reportPart-participants").setChecked(True)
    assert not private.isHidden()
    assert not private.isChecked()
    qtbot.waitUntil(lambda: "registered publicly" in fault(dialog, "reportPersonalData"), timeout=LONG)
    private.setChecked(True)
    qtbot.waitUntil(lambda: "registered privately" in fault(dialog, "reportPersonalData"), timeout=LONG)
    # A wiki page is read by everybody.
    chosen = child(dialog, QComboBox, "reportFormat")
    chosen.setCurrentIndex(chosen.findText("Wikitext for a wiki page"))
    assert private.isHidden()
    assert not private.isChecked()


def test_a_series_is_chosen_at_once_and_put_side_by_side(qtbot, events, opened, tmp_path) -> None:
    dialog = opened()
    save = child(dialog, QPushButton, "reportSave")
    assert not save.isEnabled()
    group = child(dialog, QComboBox, "reportGroup")
    group.setCurrentIndex(group.findText("Series “Photo Walk”"))
    group.activated.emit(group.currentIndex())
    listed = child(dialog, QListWidget, "reportEvents")
    assert [listed.item(row).checkState() for row in range(2)] == [Qt.CheckState.Checked] * 2
    assert save.isEnabled()
    assert not child(dialog, QCheckBox, "reportPart-participants").isEnabled()
    path = tmp_path / "both.json"
    child(dialog, QLineEdit, "reportPath").setText(str(path))
    with qtbot.waitSignal(dialog.written, timeout=LONG):
        save.click()
    assert json.loads(path.read_text("utf-8"))["title"] == "2 events"


def test_the_file_and_the_grant_follow_the_chosen_event(events, opened) -> None:
    dialog = opened(events[0])
    path = child(dialog, QLineEdit, "reportPath")
    assert path.text().endswith("Photo Walk 2025.pdf")
    listed = child(dialog, QListWidget, "reportEvents")
    first, second = sorted(map(listed.item, range(2)), key=lambda item: item.text())
    second.setCheckState(Qt.CheckState.Checked)
    first.setCheckState(Qt.CheckState.Unchecked)
    assert path.text().endswith("Photo Walk 2026.pdf")
    # What the user has typed stays.
    path.setText("/home/organizer/mine.pdf")
    first.setCheckState(Qt.CheckState.Checked)
    assert path.text() == "/home/organizer/mine.pdf"


def test_a_grant_of_another_form_is_said_at_the_field(events, opened, tmp_path) -> None:
    dialog = opened(events[0])
    child(dialog, QLineEdit, "reportGrant").setText("G-7")
    press_path = tmp_path / "report.pdf"
    child(dialog, QLineEdit, "reportPath").setText(str(press_path))
    child(dialog, QPushButton, "reportSave").click()
    assert fault(dialog, "reportFault") == problem_sentence(Problem.GRANT_BAD)
    assert not press_path.exists()


def test_a_chart_is_copied_and_saved(qtbot: QtBot, workspace: Workspace, events, tmp_path: Path) -> None:
    tab = DemographicsTab(workspace)
    qtbot.addWidget(tab)
    tab.resize(800, 600)
    tab.show()
    event = workspace.find_event(events[0])
    assert event is not None
    tab.show_event(event)
    qtbot.waitUntil(lambda: bool(tab.findChildren(ChartBox)), timeout=LONG)
    assert "30 people registered" in child(tab, QLabel, "demographicsLead").text()
    box = tab.findChildren(ChartBox)[2]
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    box.copy()
    qtbot.waitUntil(lambda: not clipboard.image().isNull(), timeout=LONG)
    with closing(workspace.mirror.reader()) as reader:
        assert set(read_releases(reader, events[0])) == {4}
    for name in ("chart.png", "chart.svg"):
        path = tmp_path / name
        box.save(path)
        qtbot.waitUntil(path.exists, timeout=LONG)
        assert not QImage(str(path)).isNull()
