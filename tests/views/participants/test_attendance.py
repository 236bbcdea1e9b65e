"""Who came, beside the participants: a column, chips, a figure, and files."""

import csv
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.desk.event_desk import EventDesk, Person
from app.domain.desk.acts import ActKind, PersonKey
from app.domain.desk.walk_ins import WalkIn
from app.domain.people.people_columns import PEOPLE_COLUMNS
from app.domain.statistics.people_counts import PeopleGroup
from app.models.people.export_control import ExportChoices, ExportControl
from app.models.workspace import Workspace
from app.views.events.figure_card import FigureCard
from app.views.window.event_pane import EventTab
from app.views.window.main_window import MainWindow
from tests.support.table_columns import Column
from tests.support.window_kit import child, crowd, names_shown, settled, store_people

Show = Callable[[], MainWindow]
LEFT = Qt.MouseButton.LeftButton


def check_in(workspace: Workspace, key: int) -> list[str]:
    """Check two people in, mark one as a no-show, and let a walk-in come; return the names of the two."""
    people = crowd(5)
    store_people(workspace, key, people)
    workspace.reload()
    with closing(workspace.mirror.reader()) as reader:
        desk = EventDesk(workspace.mirror, reader, workspace.find_event(key))
    them = [Person(PersonKey.of_user(one.user_id), one.name) for one in people]
    desk.note(them[:2], ActKind.CHECK_IN)
    desk.note(them[1:2], ActKind.CHECK_OUT)
    desk.note(them[2:3], ActKind.NO_SHOW)
    desk.add_walk_in(WalkIn("Pedro"))
    workspace.desk_was_used([key])
    return [one.name for one in people[:2]]


def test_the_table_shows_who_came_once_something_was_noted(
    qtbot: QtBot, workspace: Workspace, show_window: Show, events: list[int]
) -> None:
    window = show_window()
    settled(qtbot, window)
    table = window.event_pane.participants.table
    assert table.isColumnHidden(Column.ATTENDANCE)
    came = check_in(workspace, events[0])
    settled(qtbot, window)
    assert not table.isColumnHidden(Column.ATTENDANCE)
    for group, label, names in (
        (PeopleGroup.ARRIVED, "Arrived 2", came),
        (PeopleGroup.NO_SHOW, "No-shows 1", None),
        (PeopleGroup.NOT_ARRIVED, "Not arrived 3", None),
    ):
        chip = child(window, QToolButton, f"chip-{group.value}")
        qtbot.waitUntil(lambda chip=chip, label=label: chip.text() == label)
        qtbot.mouseClick(chip, LEFT)
        settled(qtbot, window)
        assert len(names_shown(window)) == int(label.rpartition(" ")[2])
        if names:
            assert sorted(names_shown(window)) == sorted(names)
        qtbot.mouseClick(chip, LEFT)
    table.sortByColumn(Column.ATTENDANCE, Qt.SortOrder.AscendingOrder)
    settled(qtbot, window)
    shown = [table.model().index(row, Column.ATTENDANCE).data() for row in range(3)]
    assert {"Arrived", "Left"} < set(shown)


def test_the_overview_counts_who_came(
    qtbot: QtBot, workspace: Workspace, show_window: Show, events: list[int]
) -> None:
    check_in(workspace, events[0])
    window = show_window()
    window.event_pane.go_to(EventTab.OVERVIEW)
    card = child(window, FigureCard, "figure-arrived")
    qtbot.waitUntil(lambda: card.number == "2")
    assert card.note == "1 walk-in"


def test_a_file_holds_attendance_and_walk_ins(
    qtbot: QtBot, workspace: Workspace, events: list[int], tmp_path: Path
) -> None:
    came = check_in(workspace, events[0])
    control = ExportControl(workspace)
    path = tmp_path / "people.csv"
    written: list[int] = []
    choices = ExportChoices(columns=PEOPLE_COLUMNS, include_private=True)
    control.write(
        workspace.find_event(events[0]), path, "csv", choices, None, written.append, print, lambda: None
    )
    qtbot.waitUntil(lambda: written == [6])
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    found = {row["Name"]: row["Attendance"] for row in rows}
    assert [found[name] for name in came] == ["Arrived", "Left"]
    assert list(found.values()).count("No-show") == 1
    pedro = next(row for row in rows if row["Name"] == "Pedro")
    assert (pedro["Attendance"], pedro["User ID"]) == ("Walk-in", "")
    assert [value for key, value in pedro.items() if key.startswith("Registered at")] == [""]
    assert all(value for key, value in pedro.items() if key.startswith("Arrived at"))
