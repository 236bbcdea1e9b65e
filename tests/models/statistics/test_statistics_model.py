"""The table of a question's answers, under the thresholds."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.statistics.statistics import EventStatistics, question_statistics
from app.domain.wording import people_texts
from app.models.statistics.statistics_loader import StatisticsLoader
from app.models.statistics.statistics_model import StatisticsModel
from app.models.workspace import Workspace
from tests.support.window_kit import add_account, add_event, crowd, registration, store_people


@pytest.mark.parametrize("chosen", [{}, {"none": 3}, {"none": 7, "confident": 30, "<b>other</b>": 2}])
def test_is_a_consistent_model(qtmodeltester: ModelTester, chosen: dict[str, int]) -> None:
    model = StatisticsModel(question_statistics(4, chosen, 60))
    qtmodeltester.check(model)
    assert model.rowCount() == (6 if len(chosen) > 1 else 0)


def test_small_numbers_are_hidden() -> None:
    model = StatisticsModel(question_statistics(4, {"none": 7, "confident": 30, "some-confident": 2}, 60))
    rows = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert rows == [
        ["Never contributed", "7", "11.7 %"],
        [people_texts.option_label(4, "some-not-confident"), "fewer than 5", "0.0–6.7 %"],
        [people_texts.option_label(4, "some-confident"), "fewer than 5", "0.0–6.7 %"],
        [people_texts.option_label(4, "confident"), "30", "50.0 %"],
        ["No response", "15–23", "25.0–38.3 %"],
    ]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Participants"


def test_only_the_last_request_gets_a_result(qtbot: QtBot, workspace: Workspace) -> None:
    account = add_account(workspace)
    first = add_event(workspace, account, registration(1))
    second = add_event(workspace, account, registration(2))
    store_people(workspace, first, crowd(40))
    store_people(workspace, second, crowd(12))
    workspace.reload()
    loader = StatisticsLoader(workspace, workspace)
    found: list[EventStatistics] = []
    for key in (first, second):
        event = workspace.find_event(key)
        assert event is not None
        loader.load(event, lambda figures: found.append(figures.statistics))
    qtbot.waitUntil(lambda: bool(found))
    assert [statistics.people for statistics in found] == [12]
