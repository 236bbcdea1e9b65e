"""The tab that says what came of an event, on the practice wiki."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QTableView,
    QTableWidget,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from app.domain.events.event import Event
from app.models.workspace import Workspace
from app.sync.fetching.pull import Pull
from app.views.demographics.timeline_chart import TimelineChart
from app.views.events.figure_card import FigureCard
from app.views.impact.impact_tab import ImpactTab
from app.views.widgets.empty_state import EmptyState
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.window_kit import LONG, child, shown_dialog


@pytest.fixture(scope="module")
def wiki() -> Iterator[PracticeServer]:
    with practice_server("--participants", "80", "--edits", "700") as server:
        yield server


@pytest.fixture
def event(workspace: Workspace, wiki: PracticeServer) -> Event:
    wikis = workspace.wikis()
    wikis.sign_in_with_token(wikis.find(wiki.base), wiki.token())
    workspace.reload()
    Pull(wikis, workspace.accounts[0], lambda _: None).some([wiki.big_event])
    workspace.reload()
    return next(one for one in workspace.events if one.event_id == wiki.big_event)


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, event: Event) -> ImpactTab:
    tab = ImpactTab(workspace)
    qtbot.addWidget(tab)
    tab.resize(1000, 800)
    tab.show()
    tab.show_event(event)
    qtbot.waitUntil(child(tab, EmptyState, "impactEmpty").isVisible, timeout=LONG)
    return tab


def number(tab: ImpactTab, name: str) -> str:
    return child(tab, FigureCard, f"impact-{name}").number


def read(qtbot: QtBot, tab: ImpactTab) -> None:
    child(tab, QPushButton, "impactEmptyButton").click()
    qtbot.waitUntil(child(tab, QPushButton, "impactRead").isVisible, timeout=LONG)


def test_what_was_read_is_shown_and_follows_the_chosen_time(qtbot: QtBot, tab: ImpactTab) -> None:
    assert not child(tab, QPushButton, "impactRead").isVisible()
    read(qtbot, tab)
    assert not child(tab, EmptyState, "impactEmpty").isVisible()
    edits = number(tab, "edits")
    assert int(edits) > 100
    assert child(tab, QTableWidget, "impactPages").rowCount() == 10
    chart = child(tab, TimelineChart, "impactChart").chart
    assert sum(count for _day, count in chart.columns) == int(edits)
    assert "read just now" in child(tab, QLabel, "impactState").text()
    child(tab, QToolButton, "impactMonthMore").click()
    qtbot.waitUntil(lambda: number(tab, "edits") != edits, timeout=LONG)
    assert int(number(tab, "edits")) > int(edits)


def test_private_people_are_asked_about_after_a_question(
    qtbot: QtBot, tab: ImpactTab, wiki: PracticeServer, workspace: Workspace, event: Event
) -> None:
    read(qtbot, tab)
    table = child(tab, QTableView, "impactPeople").model()
    public = table.rowCount()
    box = child(tab, QCheckBox, "impactPrivate")
    wiki.forget_requests()
    box.click()
    # Nothing is sent, and nothing looks chosen, before the answer.
    assert not box.isChecked()
    assert not wiki.asked("usercontribs")
    question = shown_dialog(qtbot, tab, QMessageBox)
    child(question, QPushButton, "impactPrivateBoxAccept").click()
    qtbot.waitUntil(lambda: table.rowCount() > public, timeout=LONG)
    assert box.isChecked()
    names = [table.index(row, 0).data() for row in range(table.rowCount())]
    assert sum("(private)" in name for name in names) == table.rowCount() - public
    # Without them again: what was read of them is forgotten.
    qtbot.waitUntil(box.isEnabled, timeout=LONG)
    box.click()
    qtbot.waitUntil(lambda: table.rowCount() == public, timeout=LONG)


def test_people_are_found_by_name_and_sorted(qtbot: QtBot, tab: ImpactTab) -> None:
    read(qtbot, tab)
    table = child(tab, QTableView, "impactPeople").model()
    edits = [int(table.index(row, 3).data()) for row in range(table.rowCount())]
    assert edits == sorted(edits, reverse=True)
    name = table.index(2, 0).data()
    tab._content._filter.setText(name[:4].upper())
    assert name in [table.index(row, 0).data() for row in range(table.rowCount())]
    assert table.rowCount() < len(edits)


def test_people_are_saved_without_private_ones_and_newcomers_follow_the_days(
    qtbot: QtBot, tab: ImpactTab, workspace: Workspace, event: Event, tmp_path: Path
) -> None:
    read(qtbot, tab)
    child(tab, QCheckBox, "impactPrivate").click()
    question = shown_dialog(qtbot, tab, QMessageBox)
    child(question, QPushButton, "impactPrivateBoxAccept").click()
    table = child(tab, QTableView, "impactPeople").model()
    public = event.participants - event.private_participants
    qtbot.waitUntil(lambda: table.rowCount() > public, timeout=LONG)
    path = tmp_path / "people.csv"
    tab.save_people(path)
    qtbot.waitUntil(path.exists, timeout=LONG)
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    shown = [table.index(row, 0).data() for row in range(table.rowCount())]
    assert len(rows) - 1 == sum("(private)" not in name for name in shown)
    assert "(private)" not in table.text_of(range(table.rowCount()))
    assert len(table.text_of(range(table.rowCount())).splitlines()) == len(rows) - 1
    before = int(number(tab, "newcomers"))
    days = child(tab, QSpinBox, "impactNewcomerDays")
    days.setValue(0)
    days.editingFinished.emit()
    qtbot.waitUntil(lambda: int(number(tab, "newcomers")) < before, timeout=LONG)
