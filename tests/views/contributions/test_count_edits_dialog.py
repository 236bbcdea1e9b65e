"""Counting edits of participants for an event: listed, looked over, and sent in the background."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from app.domain.changes.change import Change, ChangeState
from app.domain.changes.edit_count import EditCount
from app.domain.changes.operations import CountEdits, EditEvent
from app.models.workspace import Workspace
from app.sync.fetching.pull import Pull
from app.sync.sending import contribution_handlers
from app.views.contributions.count_edits_dialog import CountEditsDialog
from app.views.widgets.table_rows import choose_row
from app.views.window.main_window import MainWindow
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.sign_in.session_making import sign_in_with_session
from tests.support.window_kit import LONG, Links, child, close_window, open_window, shown_dialog

#: The sample contest that goes on, and counts some edits.
CONTEST = 8


@pytest.fixture(scope="module")
def wiki() -> Iterator[PracticeServer]:
    with practice_server("--mediawiki", "1.47") as server:
        yield server


@pytest.fixture
def window(
    qtbot: QtBot, workspace: Workspace, wiki: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setattr(contribution_handlers, "_SECONDS_BETWEEN_EDITS", 0.0)
    sign_in_with_session(workspace.wikis(), wiki)
    workspace.reload()
    Pull(workspace.wikis(), workspace.accounts[0]).some([CONTEST])
    workspace.reload()
    window = open_window(qtbot, workspace)
    window.sync._soon.setInterval(0)
    yield window
    close_window(window)


def opened(qtbot: QtBot, window: MainWindow) -> CountEditsDialog:
    window.event_actions.count_edits.trigger()
    dialog = shown_dialog(qtbot, window, CountEditsDialog)
    qtbot.waitUntil(lambda: "counted yet" in child(dialog, QLabel, "countEditsState").text(), timeout=LONG)
    return dialog


def rows(dialog: CountEditsDialog) -> int:
    return child(dialog, QTableView, "countEditsTable").model().rowCount()


def test_what_was_looked_over_is_counted_and_nothing_twice(
    qtbot: QtBot, window: MainWindow, workspace: Workspace
) -> None:
    dialog = opened(qtbot, window)
    listed = rows(dialog)
    table = child(dialog, QTableView, "countEditsTable")
    accept = child(dialog, QPushButton, "countEditsAccept")
    child(dialog, QPushButton, "countEditsNone").click()
    assert not accept.isEnabled()
    for row in range(4):
        choose_row(table, row)
        qtbot.keyClick(table, Qt.Key.Key_Space)
    # Pressed again, it is left out.
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert accept.text() == "Count 3 edits"
    accept.click()
    qtbot.waitUntil(lambda: bool(counting(workspace)) and not counting(workspace)[0].open, timeout=LONG)
    (change,) = counting(workspace)
    assert change.state is ChangeState.DONE
    assert change.sentence == "3 edits count now."
    dialog = opened(qtbot, window)
    assert rows(dialog) == listed - 3
    dialog.reject()


def test_other_changes_are_sent_while_edits_are_counted(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contribution_handlers, "_SECONDS_BETWEEN_EDITS", 0.3)
    dialog = opened(qtbot, window)
    child(dialog, QPushButton, "countEditsNone").click()
    table = child(dialog, QTableView, "countEditsTable")
    for row in range(8):
        choose_row(table, row)
        qtbot.keyClick(table, Qt.Key.Key_Space)
    before = len(counting(workspace))
    child(dialog, QPushButton, "countEditsAccept").click()
    qtbot.waitUntil(lambda: len(counting(workspace)) > before, timeout=LONG)
    counted = counting(workspace)[-1].number
    qtbot.waitUntil(lambda: tried(workspace, counted) > 0, timeout=LONG)
    window.event_actions.close.trigger()
    qtbot.waitUntil(lambda: closed(workspace), timeout=LONG)
    assert 0 < tried(workspace, counted) < 8
    qtbot.waitUntil(lambda: not counting(workspace)[-1].open, timeout=LONG)
    assert counting(workspace)[-1].sentence == "8 edits count now."


def test_closing_sends_what_is_sent_at_once_and_leaves_the_counting(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contribution_handlers, "_SECONDS_BETWEEN_EDITS", 0.3)
    dialog = opened(qtbot, window)
    child(dialog, QPushButton, "countEditsAccept").click()
    qtbot.waitUntil(lambda: bool(counting(workspace)), timeout=LONG)
    counted = counting(workspace)[-1].number
    qtbot.waitUntil(lambda: tried(workspace, counted) > 0, timeout=LONG)
    # A change that waits for its time to be undone.
    window.sync._soon.setInterval(3_600_000)
    before = sum(isinstance(one.operation, EditEvent) for one in workspace.changes)
    window.event_actions.close.trigger()
    qtbot.waitUntil(
        lambda: sum(isinstance(one.operation, EditEvent) for one in workspace.changes) > before, timeout=LONG
    )
    window.close()
    qtbot.waitUntil(lambda: bool(window.findChildren(QPushButton, "askUnsent0")), timeout=LONG)
    child(window, QPushButton, "askUnsent0").click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG)
    assert not [one for one in workspace.changes if isinstance(one.operation, EditEvent) and one.open]
    assert counting(workspace)[-1].state is ChangeState.WAITING
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=LONG)
    assert window.sync.at_rest


def test_the_edit_of_a_row_is_shown_in_the_browser(
    qtbot: QtBot, window: MainWindow, wiki: PracticeServer
) -> None:
    dialog = opened(qtbot, window)
    links = Links()
    QDesktopServices.setUrlHandler("http", links, "open")
    table = child(dialog, QTableView, "countEditsTable")
    choose_row(table, 0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    QDesktopServices.unsetUrlHandler("http")
    assert len(links.opened) == 1
    assert links.opened[0].startswith(wiki.base)
    assert "oldid=" in links.opened[0]
    dialog.reject()


def closed(workspace: Workspace) -> bool:
    return any(isinstance(one.operation, EditEvent) and not one.open for one in workspace.changes)


def tried(workspace: Workspace, number: int) -> int:
    change = next(one for one in workspace.changes if one.number == number)
    return EditCount.of(change.progress).tried


def counting(workspace: Workspace) -> list[Change]:
    return [change for change in workspace.changes if isinstance(change.operation, CountEdits)]
