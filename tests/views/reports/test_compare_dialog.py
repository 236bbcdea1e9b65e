"""Several events side by side, on the screen."""

from contextlib import closing
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from app.domain.events.event import Event
from app.domain.people.participant import Answer, AnswersState
from app.models.workspace import Workspace
from app.store.people.releases import read_releases
from app.views.demographics.bar_chart import BarChart
from app.views.reports.compare_dialog import CompareDialog
from app.views.reports.report_dialog import ReportDialog
from app.views.reports.report_view import ReportView
from tests.support.window_kit import (
    LONG,
    add_account,
    add_event,
    child,
    close_window,
    open_window,
    person,
    registration,
    shown_dialog,
    store_people,
    wiki_facts,
)


@pytest.fixture
def events(workspace: Workspace) -> list[Event]:
    """Return two events of a series, whose people are partly the same, and another one."""
    account = add_account(workspace, wiki_facts())
    first = add_event(workspace, account, registration(4, "Photo Walk 1", days=-20))
    second = add_event(workspace, account, registration(5, "Photo Walk 2", days=-10))
    add_event(workspace, account, registration(6, "Reading night", days=3))
    answers = (Answer(4, "confident"),)
    answered = [person(n, answers_state=AnswersState.SHOWN, answers=answers) for n in range(1, 31)]
    store_people(workspace, first, answered)
    store_people(workspace, second, answered[20:] + [person(n) for n in range(31, 41)])
    workspace.reload()
    return [event for event in workspace.events if event.key in (first, second)]


def figures(dialog: CompareDialog) -> dict[str, str]:
    """Return the facts that are shown, by their labels."""
    labels = [label.text() for label in child(dialog, ReportView, "compareView").findChildren(QLabel)]
    return dict(pairwise(labels))


def test_what_is_shown_follows_the_chosen_events(
    qtbot: QtBot, workspace: Workspace, events: list[Event]
) -> None:
    dialog = CompareDialog(workspace, events)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: "People, each counted once" in figures(dialog), timeout=LONG)
    shown = figures(dialog)
    assert (shown["Registrations"], shown["People, each counted once"]) == ("50", "40")
    assert shown["Registrations of people who had registered before"] == "10"
    assert dialog.findChildren(BarChart)
    tables = dialog.findChildren(QTableWidget)
    table = next(one for one in tables if one.accessibleName().startswith("Events in the order"))
    table.setFocus()
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(clipboard.text()), timeout=LONG)
    # What it tells of answers is kept first: later tables must not tell more.
    with closing(workspace.mirror.reader()) as reader:
        assert read_releases(reader, events[0].key)
    copied = [line.split("\t") for line in clipboard.text().splitlines()]
    assert [line[2] for line in copied] == ["Event", "Photo Walk 1", "Photo Walk 2"]
    assert [line[3] for line in copied] == ["Registered", "30", "20"]
    listed = child(dialog, QListWidget, "reportEvents")
    for row in range(listed.count()):
        listed.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert child(dialog, QLabel, "compareHint").isVisible()
    assert not child(dialog, QPushButton, "compareReport").isEnabled()
    assert not dialog.findChildren(BarChart)


def test_it_begins_with_the_series_and_leads_to_the_report(
    qtbot: QtBot, workspace: Workspace, events: list[Event]
) -> None:
    window = open_window(qtbot, workspace)
    try:
        window.event_list.choose(events[0].key)
        child(window, QAction, "compare").trigger()
        dialog = shown_dialog(qtbot, window, CompareDialog)
        assert {one.key for one in dialog._events.chosen()} == {one.key for one in events}
        child(dialog, QPushButton, "compareReport").click()
        report = shown_dialog(qtbot, window, ReportDialog)
        assert {one.key for one in report._events.chosen()} == {one.key for one in events}
        report.reject()
    finally:
        close_window(window)
