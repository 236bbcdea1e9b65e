"""Taking over response statistics in the window."""

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.models.statistics.statistics_loader import EventFigures, StatisticsLoader
from app.models.workspace import Workspace
from app.views.demographics.import_dialog import ImportStatisticsDialog
from tests.support.window_kit import (
    LONG,
    add_account,
    add_event,
    child,
    crowd,
    fault,
    registration,
    store_people,
    wiki_facts,
)

COPIED = "Option\tPercentage\tNumber\nYes\t30%\t12\nNo\t30%\t12\nNo response\t40%\t16\n"


@pytest.fixture
def event_key(workspace: Workspace) -> int:
    key = add_event(workspace, add_account(workspace, wiki_facts()), registration(4, "Photo Walk"))
    store_people(workspace, key, crowd(40))
    workspace.reload()
    return key


def test_pasted_tables_are_taken_over_and_others_refused(
    qtbot: QtBot, workspace: Workspace, event_key: int
) -> None:
    event = workspace.find_event(event_key)
    assert event is not None
    dialog = ImportStatisticsDialog(workspace, event)
    qtbot.addWidget(dialog)
    dialog.open()
    text, accept = child(dialog, QPlainTextEdit, "importText"), child(dialog, QPushButton, "importAccept")
    assert not accept.isEnabled()
    text.setPlainText("something else")
    accept.click()
    qtbot.waitUntil(lambda: fault(dialog, "importFault") != "", timeout=LONG)
    text.setPlainText(COPIED)
    with qtbot.waitSignal(dialog.taken_over, timeout=LONG):
        accept.click()
    found: list[EventFigures] = []
    StatisticsLoader(workspace, workspace).load(event, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=LONG)
    assert found[0].of_wiki is not None
    assert [one.question for one in found[0].of_wiki.questions] == [5]
